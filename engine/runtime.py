"""The model process: llama.cpp with one model, which writes, or with an embedder (engine.embedding_model).

How it is spoken to stands in engine.model_process.
"""

from __future__ import annotations

import faulthandler
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from engine.cells import Cells
from engine.decoding import Answer, Decoder
from engine.embedding_model import EmbeddingModel
from engine.errors import EngineProblem, PhialError
from engine.frames import Message
from engine.links import parent_link
from engine.messages import CODEC, ChatMessage, Ended, Generation, Load, Reading, Written
from engine.model_process import ModelProcess
from engine.prompt_tokens import PromptTokens
from engine.templates import choose_template
from engine.weights import Log, Weights


class Model:
    """A loaded model with its context and KV cache. ``is_stopped`` is asked between llama.cpp's operations."""

    def __init__(self, load: Load, log: Log, is_stopped: Callable[[], bool]) -> None:
        """Load it. Raises PhialError: what ``Weights`` and ``Cells`` raise."""
        self._load = load
        weights = Weights(load.path, load.context, log)
        self._template = choose_template(weights.header, load.form or None)
        self._prompt_tokens = PromptTokens(weights, self._template)
        self._cells = Cells(weights, load, is_stopped)
        self._decoder = Decoder(weights, self._cells, self._prompt_tokens)

    @property
    def template_refusal(self) -> str:
        """Why the template in the header is not used; "" where it is, or where there is none."""
        return self._template.refusal

    def count_content(self, text: str) -> int:
        """How many tokens ``text`` has as content."""
        return len(self._prompt_tokens.of_content(text))

    def count_prompt(self, messages: Sequence[ChatMessage]) -> int:
        """How many tokens the prompt for ``messages`` has."""
        return sum(len(segment.tokens) for segment in self._prompt_tokens.of_messages(messages))

    def write(self, number: int, generation: Generation) -> Iterator[Message]:
        """Write an answer: Reading and Written as they come, then Ended. Raises PhialError: PROMPT_TOO_LONG."""
        begun = time.perf_counter()
        segments = self._prompt_tokens.of_messages(generation.messages, by_blocks=False)
        prompt = [token for segment in segments for token in segment.tokens]
        if len(prompt) + generation.max_tokens > self._load.context:
            raise PhialError(
                EngineProblem.PROMPT_TOO_LONG, tokens=len(prompt) + generation.max_tokens, context=self._load.context
            )
        reused = self._cells.keep_prefix(prompt)
        answer = Answer()
        for at in range(reused, len(prompt), self._load.micro_batch):
            if not self._cells.decode(prompt[at : at + self._load.micro_batch]):
                answer.reason = "stopped"
                break
            yield Reading(number, len(self._cells.read))
        read = time.perf_counter()
        if not answer.reason:
            for text in self._decoder.write(generation, (*generation.stop, *self._template.stop), answer):
                yield Written(number, text)
        yield Ended(
            number,
            answer.reason,
            len(prompt),
            reused,
            answer.tokens,
            read - begun,
            time.perf_counter() - read,
        )


def main() -> None:
    """Run the model process; its first argument is the link to its host."""
    faulthandler.enable()
    log = Log()
    ModelProcess(
        parent_link(sys.argv[1], CODEC),
        lambda load, is_stopped: Model(load, log, is_stopped),
        lambda load: EmbeddingModel(load, log),
    ).run()


if __name__ == "__main__":
    main()
