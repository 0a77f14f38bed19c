"""The model process: llama.cpp with one model, which writes, or with an embedder (engine.embedding_model).

How it is spoken to stands in engine.model_process.
"""

from __future__ import annotations

import faulthandler
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import engine.kernel_library  # noqa: F401 - before whatever imports llama_cpp

# isort: split
from engine.cells import Cells
from engine.decoding import Answer, Decoder
from engine.embedding_model import EmbeddingModel
from engine.errors import EngineProblem, PhialError
from engine.frames import Message
from engine.kv_store import KvBudget, KvStore
from engine.links import parent_link
from engine.messages import CODEC, CONVERSATION, ChatMessage, Ended, Generation, Load, Prepared, Reading, Written
from engine.model_process import ModelProcess
from engine.model_shape import shape_of
from engine.prompt_reading import Progress, PromptReader
from engine.prompt_tokens import PromptTokens, Segment
from engine.templates import choose_template
from engine.threads import courteous
from engine.weights import Log, Weights


class Model:
    """A loaded model with its context and KV cache. ``is_stopped`` is asked between llama.cpp's operations."""

    def __init__(self, load: Load, log: Log, is_stopped: Callable[[], bool]) -> None:
        """Load it. Raises PhialError: what ``Weights`` and ``Cells`` raise."""
        self._load = load
        weights = Weights(load.path, load.context, log)
        self._template = choose_template(weights.header, load.form or None)
        self._store = KvStore(KvBudget(load.store, load.memory_budget, load.disk_budget))
        cells = self._cells = Cells(weights, load, is_stopped)
        self._prompt_tokens = PromptTokens(weights, self._template)
        self._reader = PromptReader(cells, self._store, shape_of(weights, load.context), load)
        self._decoder = Decoder(weights, cells, self._prompt_tokens)

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

    def held(self, messages: Sequence[ChatMessage]) -> tuple[int, ...]:
        """How many tokens of each block of ``messages`` are there: all, or 0."""
        return self._reader.held(self._prompt_tokens.of_messages(messages))

    def forget(self, owners: Sequence[str]) -> None:
        """Forget the blocks of ``owners``, and the conversation."""
        self._store.forget([*owners, CONVERSATION])

    def drop_forgotten(self) -> None:
        """Forget what has been read, where something was to be forgotten since."""
        self._reader.drop_forgotten()

    def save(self) -> None:
        """Have on disk what has been read, for another process."""
        self._reader.save()

    def prepare(self, number: int, messages: Sequence[ChatMessage]) -> Iterator[Message]:
        """Have the blocks of ``messages`` in the store: Reading as it comes, then Prepared.

        Messages without blocks are read whole: an answer to them goes on from there.
        """
        progress = Progress()
        self._take_cores(spares_core=True)
        segments = self._segments(messages, moves_blocks=True, answer=0)
        has_blocks = any(segment.owner is not None for segment in segments)
        for tokens in (self._reader.prepare if has_blocks else self._reader.read)(segments, progress):
            yield Reading(number, tokens)
        yield Prepared(number, progress.computed, progress.was_stopped)

    def write(self, number: int, generation: Generation, *, spares_core: bool = False) -> Iterator[Message]:
        """Write an answer: Reading and Written as they come, then Ended. Raises PhialError: PROMPT_TOO_LONG."""
        begun = time.perf_counter()
        self._take_cores(spares_core=spares_core)
        segments = self._segments(generation.messages, generation.moves_blocks, generation.max_tokens)
        answer, progress = Answer(), Progress()
        for tokens in self._reader.read(segments, progress, generation.renewed):
            yield Reading(number, tokens)
        read = time.perf_counter()
        if progress.was_stopped:
            answer.reason = "stopped"
        else:
            for text in self._decoder.write(generation, (*generation.stop, *self._template.stop), answer):
                yield Written(number, text)
        yield Ended(
            number,
            answer.reason,
            progress.tokens,
            progress.reused,
            answer.tokens,
            read - begun,
            time.perf_counter() - read,
            answer.drafted,
            answer.accepted,
        )
        self._reader.drop_forgotten()

    def _take_cores(self, *, spares_core: bool) -> None:
        self._cells.threads = courteous(self._load.threads) if spares_core else self._load.threads
        self._cells.compute_with(self._cells.threads)

    def _segments(self, messages: Sequence[ChatMessage], moves_blocks: bool, answer: int) -> list[Segment]:
        """The prompt for ``messages``, with blocks where they can be moved, and shall.

        Raises PhialError: PROMPT_TOO_LONG, where it leaves no room for ``answer`` tokens.
        """
        by_blocks = moves_blocks and any(message.blocks for message in messages) and self._reader.can_move
        segments = self._prompt_tokens.of_messages(messages, by_blocks=by_blocks)
        tokens = answer + sum(len(segment.tokens) for segment in segments)
        if tokens > self._load.context:
            raise PhialError(EngineProblem.PROMPT_TOO_LONG, tokens=tokens, context=self._load.context)
        return segments


def main() -> None:
    """Run the model process; its first argument is the link to its host."""
    if sys.stderr is not None:  # a program without a console, started by something that gave it none
        faulthandler.enable()
    log = Log()
    ModelProcess(
        parent_link(sys.argv[1], CODEC),
        lambda load, is_stopped: Model(load, log, is_stopped),
        lambda load: EmbeddingModel(load, log),
    ).run()


if __name__ == "__main__":
    main()
