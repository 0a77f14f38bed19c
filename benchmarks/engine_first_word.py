"""Seconds to the first token of an answer: on a prompt that was never read, and where parts of it were read before.

All of it through the façade of the engine (engine.host), as Phial itself asks.
"""

from __future__ import annotations

import collections
import dataclasses
import random
import time
from collections.abc import Callable, Mapping

from engine_goals import Figure, median_ratio
from engine_prompts import Case, make_case, question

from engine.catalogue import InstalledModel
from engine.host import ChatMessage, Finished, Generation, ModelHost, Piece

PROMPT_TOKENS, PASSAGES = 1_500, 6
REORDERED = (1, 3, 5, 0, 2, 4)
ANSWER_TOKENS = 32
GOALS: Mapping[str, float] = {
    "same passages, same order": 0.08,
    "same passages, other order": 0.08,
    "follow-up in the conversation": 0.10,
    "after a restart": 0.25,
}


@dataclasses.dataclass(frozen=True)
class FirstWords:
    """Seconds of each way (``cold`` and those of GOALS), one for each case; and the tokens of the prompts."""

    seconds: Mapping[str, tuple[float, ...]]
    prompt_tokens: tuple[int, ...]

    def figures(self) -> list[Figure]:
        """Each way beside its goal, as a part of the cold one of the same case."""
        cold = self.seconds["cold"]
        shown = ", ".join(f"{seconds:.2f} s" for seconds in cold)
        figures = [Figure(f"first token of a prompt of {max(self.prompt_tokens)} tokens, cold", cold[0], shown)]
        for way, goal in GOALS.items():
            ratios = [seconds / whole for seconds, whole in zip(self.seconds[way], cold, strict=True)]
            figures.append(median_ratio(f"… {way}, of cold", ratios, at_most=goal))
        return figures


def measure_first_words(open_host: Callable[[], ModelHost], model: InstalledModel, cases: int, seed: int) -> FirstWords:
    """Time every way over so many ``cases``, each on a process of its own that opens with an empty memory.

    A restart counts from the start of the process: the model is loaded again within its seconds.
    """
    source = random.Random(seed)
    seconds: dict[str, list[float]] = collections.defaultdict(list)
    tokens: list[int] = []
    for _ in range(cases):
        host = open_host()
        try:
            host.load(model)
            case = make_case(source, PROMPT_TOKENS, PASSAGES, host.count_prompt_tokens)
            orders = {
                "cold": None,
                "same passages, same order": None,
                "same passages, other order": REORDERED,
            }
            for way, order in orders.items():
                asked = case.messages(question(source), order)
                took, finished = first_token(host, asked)
                seconds[way].append(took)
                tokens.append(finished.prompt_tokens)
            asked = (*asked, answered(host, asked), ChatMessage("user", question(source)))
            seconds["follow-up in the conversation"].append(first_token(host, asked)[0])
        finally:
            host.close()
        seconds["after a restart"].append(_restarted(open_host, model, case, source))
    return FirstWords({way: tuple(each) for way, each in seconds.items()}, tuple(tokens))


def first_token(host: ModelHost, messages: tuple[ChatMessage, ...]) -> tuple[float, Finished]:
    """Seconds until the first token of the answer to ``messages`` is there, and what the host says of it."""
    begun = time.perf_counter()
    *_, finished = host.generate(Generation(messages, max_tokens=1), lambda: False)
    assert isinstance(finished, Finished)
    return time.perf_counter() - begun, finished


def answered(host: ModelHost, messages: tuple[ChatMessage, ...]) -> ChatMessage:
    """The answer to ``messages``, to be gone on from."""
    events = host.generate(Generation(messages, max_tokens=ANSWER_TOKENS), lambda: False)
    return ChatMessage("assistant", "".join(event.text for event in events if isinstance(event, Piece)))


def _restarted(open_host: Callable[[], ModelHost], model: InstalledModel, case: Case, source: random.Random) -> float:
    host = open_host()
    try:
        begun = time.perf_counter()
        host.load(model)
        first_token(host, case.messages(question(source)))
        return time.perf_counter() - begun
    finally:
        host.close()
