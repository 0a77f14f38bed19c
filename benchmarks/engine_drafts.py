"""What drafts (engine.lookup) gain or lose: the starter's answers with and without them, in turns.

The starter is a real model, so that it writes what a person could be given: parts of its prompt again where it is asked
for them, and else words of its own. Random weights write in circles, which would flatter every draft.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping

from engine_goals import Figure, ratio
from engine_prompts import sentence
from engine_watch import processor_seconds

from engine.catalogue import InstalledModel
from engine.host import ChatMessage, Finished, Generation, ModelHost

NOT_SLOWER = 0.97  # of writing without drafts: never slower, within what can be told apart
ANSWER_TOKENS = 96
SENTENCES = 12
TASKS: Mapping[str, str] = {
    "quoting": "Repeat this text word for word:",
    "free": "Write a short story of your own about somebody who reads this:",
}


def draft_figures(open_host: Callable[[], ModelHost], model: InstalledModel, rounds: int, seed: int) -> list[Figure]:
    """How fast answers are with drafts, of how fast they are without: a ratio for each of TASKS.

    By processor time, which holds still where other programs take turns, and by the clock. Every round has a process of
    its own with a text of its own, so that what is learned of drafts is learned anew each time.
    """
    source = random.Random(seed)
    figures = []
    for task, instruction in TASKS.items():
        of_processor, of_clock, drafted, accepted = [], [], 0, 0
        for number in range(rounds):
            text = "".join(sentence(source) for _ in range(SENTENCES))
            messages = (ChatMessage("user", f"{instruction}\n\n{text}"),)
            host = open_host()
            try:
                host.load(model)
                # The prompt is read, and it is learned how many threads write best.
                _taken(host, Generation(messages, ANSWER_TOKENS // 2, drafts=False))
                seconds: dict[bool, list[float]] = {}
                clock: dict[bool, float] = {}
                for drafts in (True, False) if number % 2 else (False, True):
                    asked = Generation(messages, ANSWER_TOKENS, drafts=drafts)
                    processor, clock[drafts], finished = _taken(host, asked)
                    seconds[drafts] = [processor / finished.answer_tokens, clock[drafts] / finished.answer_tokens]
                    drafted, accepted = drafted + finished.drafted, accepted + finished.accepted
            finally:
                host.close()
            of_processor.append(seconds[False][0] / seconds[True][0])
            of_clock.append(seconds[False][1] / seconds[True][1])
        taken = f"{accepted} of {drafted} drafted tokens were right"
        figures += [
            ratio(f"drafts, {task}, by processor time, of without", of_processor, seed, at_least=NOT_SLOWER),
            ratio(f"drafts, {task} ({taken}), of without", of_clock, seed, at_least=NOT_SLOWER),
        ]
    return figures


def _taken(host: ModelHost, asked: Generation) -> tuple[float, float, Finished]:
    """Processor time and seconds of the answer to ``asked``, and what the host says of it."""
    before, begun = processor_seconds(), time.perf_counter()
    *_, finished = host.generate(asked, lambda: False)
    assert isinstance(finished, Finished)
    return processor_seconds() - before, time.perf_counter() - begun, finished
