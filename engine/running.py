"""A model process that runs: has a model loaded and answers written."""

from __future__ import annotations

import contextlib
import dataclasses
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

from engine.catalogue import InstalledModel
from engine.errors import PhialError
from engine.frames import Message
from engine.hardware import MICRO_BATCH, suggested_threads
from engine.kv_store import NO_STATES, KvBudget
from engine.messages import (
    ChatMessage,
    Ended,
    Failed,
    FindHeld,
    Forget,
    Forgotten,
    Generation,
    Held,
    Load,
    Loaded,
    Prepare,
    Prepared,
    Reading,
    Save,
    Saved,
    Stop,
    Write,
    Written,
)
from engine.phi import recognise
from engine.running_process import (
    LOAD_SECONDS,
    NEVER,
    SILENT_SECONDS,
    STOP_SECONDS,
    Cancelled,
    Replies,
    RunningProcess,
    error_of,
)


@dataclasses.dataclass(frozen=True)
class Piece:
    """The next text of an answer."""

    text: str


@dataclasses.dataclass(frozen=True)
class Finished:
    """The end of an answer: by itself (``end``), at its limit (``length``), or as was asked (``stopped``).

    ``cached_tokens`` of the ``prompt_tokens`` were in the KV cache already; times are seconds.
    """

    reason: str
    prompt_tokens: int = 0
    cached_tokens: int = 0
    answer_tokens: int = 0
    prefill_s: float = 0.0
    decode_s: float = 0.0
    drafted: int = 0
    accepted: int = 0


class RunningModel(RunningProcess):
    """A process with ``model`` and ``context`` tokens, whose KV cache it ``quantizes`` or not.

    ``on_loss`` is called when it ends without being ended.
    """

    def __init__(
        self,
        model: InstalledModel,
        context: int,
        log_folder: Path,
        on_loss: Callable[[RunningModel], None],
        *,
        quantizes: bool = False,
    ) -> None:
        """Start the process; the model is not loaded yet. Raises PhialError: MODEL_PROCESS_DIED."""
        self.model = model
        self.context = context
        self._quantizes = quantizes
        super().__init__(model.name, log_folder, lambda: on_loss(self))

    def load(self, is_cancelled: Callable[[], bool] = NEVER, kv: KvBudget = NO_STATES) -> None:
        """Load the model, which keeps the states of blocks as ``kv`` says.

        Raises PhialError, Cancelled; the process is of no use then.
        """
        header = self.model.header
        phi = recognise(header, self.model.path) if header else None
        number = next(self._numbers)
        load = Load(
            number,
            str(self.model.path),
            self.context,
            suggested_threads(),
            MICRO_BATCH,
            phi.form if phi else "",
            kv.folder,
            kv.memory,
            kv.disk,
            self._quantizes,
        )
        with self._asked(number, load) as replies:
            self._expect(Loaded, replies, LOAD_SECONDS, is_cancelled)

    def write(
        self, generation: Generation, is_cancelled: Callable[[], bool], *, spares_core: bool = False
    ) -> Iterator[Piece | Finished]:
        """Write an answer; the last item is Finished. ``spares_core`` leaves one to other work. Raises PhialError."""
        number = next(self._numbers)
        request = Write(number, generation, spares_core)
        with contextlib.closing(self._followed(number, request, Ended, is_cancelled)) as messages:
            for message in messages:
                if isinstance(message, Written):
                    yield Piece(message.text)
                elif isinstance(message, Ended):
                    yield _finished(message)
                    return
        yield Finished("stopped")

    def prepare(self, messages: Sequence[ChatMessage], is_cancelled: Callable[[], bool]) -> bool:
        """Have the blocks of ``messages`` there; whether they are, and it was not cancelled. Raises PhialError."""
        number = next(self._numbers)
        replies = list(self._followed(number, Prepare(number, tuple(messages)), Prepared, is_cancelled))
        return any(isinstance(reply, Prepared) and not reply.was_stopped for reply in replies)

    def held(self, messages: Sequence[ChatMessage]) -> tuple[bool, ...]:
        """Which blocks of ``messages`` are there. Raises PhialError."""
        number = next(self._numbers)
        with self._asked(number, FindHeld(number, tuple(messages))) as replies:
            return tuple(map(bool, self._expect(Held, replies, SILENT_SECONDS, NEVER).tokens))

    def forget(self, owners: Sequence[str]) -> None:
        """Forget the blocks of ``owners``, and the conversation. Raises PhialError."""
        number = next(self._numbers)
        with self._asked(number, Forget(number, tuple(owners))) as replies:
            self._expect(Forgotten, replies, SILENT_SECONDS, NEVER)

    def save(self, seconds: float) -> None:
        """Write to disk what has been read; in ``seconds`` at most, and no failure. Not while it writes an answer."""
        number = next(self._numbers)
        deadline = time.monotonic() + seconds
        with (
            contextlib.suppress(PhialError, Cancelled),
            self._asked(number, Save(number)) as replies,
        ):
            self._expect(Saved, replies, SILENT_SECONDS, lambda: time.monotonic() > deadline)

    def _followed(
        self, number: int, request: Message, last: type[Message], is_cancelled: Callable[[], bool]
    ) -> Generator[Message, None, None]:
        """What comes up for ``request``, ``last`` as the end; without it where a stop was not obeyed."""
        is_stopping, deadline = False, time.monotonic() + SILENT_SECONDS
        with self._asked(number, request) as replies, self._stopping(number, replies, last) as mark_ended:
            while True:
                if not is_stopping and is_cancelled():
                    self._send(Stop(number))
                    is_stopping, deadline = True, time.monotonic() + STOP_SECONDS
                message = self._next(replies)
                if isinstance(message, Failed):
                    mark_ended()
                    raise error_of(message)
                if isinstance(message, last):
                    mark_ended()
                    yield message
                    return
                if isinstance(message, Reading | Written):
                    yield message
                    if not is_stopping:
                        deadline = time.monotonic() + SILENT_SECONDS
                elif time.monotonic() > deadline:
                    self.end()
                    if is_stopping:
                        return
                    raise self._silent(SILENT_SECONDS)

    @contextlib.contextmanager
    def _stopping(self, number: int, replies: Replies, last: type[Message]) -> Iterator[Callable[[], None]]:
        """Whatever ends the block before ``last`` has come (a caller that lets go) stops what was asked for."""
        ended = threading.Event()
        try:
            yield ended.set
        finally:
            if not ended.is_set() and self.is_alive:
                try:
                    self._send(Stop(number))
                    self._expect(last, replies, STOP_SECONDS, NEVER)
                except PhialError:
                    self.end()


def _finished(message: Ended) -> Finished:
    return Finished(
        message.reason,
        message.prompt_tokens,
        message.cached_tokens,
        message.answer_tokens,
        message.prefill_s,
        message.decode_s,
        message.drafted,
        message.accepted,
    )
