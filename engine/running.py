"""A model process that runs: has a model loaded and answers written."""

from __future__ import annotations

import contextlib
import dataclasses
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.catalogue import InstalledModel
from engine.errors import PhialError
from engine.hardware import MICRO_BATCH, suggested_threads
from engine.messages import Ended, Failed, Generation, Load, Loaded, Reading, Stop, Write, Written
from engine.phi import recognise
from engine.running_process import (
    LOAD_SECONDS,
    NEVER,
    SILENT_SECONDS,
    STOP_SECONDS,
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


class RunningModel(RunningProcess):
    """A process with ``model`` and ``context`` tokens. ``on_loss`` is called when it ends without being ended."""

    def __init__(
        self, model: InstalledModel, context: int, log_folder: Path, on_loss: Callable[[RunningModel], None]
    ) -> None:
        """Start the process; the model is not loaded yet. Raises PhialError: MODEL_PROCESS_DIED."""
        self.model = model
        self.context = context
        super().__init__(model.name, log_folder, lambda: on_loss(self))

    def load(self, is_cancelled: Callable[[], bool] = NEVER) -> None:
        """Load the model. Raises PhialError, Cancelled; the process is of no use then."""
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
        )
        with self._asked(number, load) as replies:
            self._expect(Loaded, replies, LOAD_SECONDS, is_cancelled)

    def write(self, generation: Generation, is_cancelled: Callable[[], bool]) -> Iterator[Piece | Finished]:
        """Write an answer; the last item is Finished. Raises PhialError."""
        number = next(self._numbers)
        is_stopping, deadline = False, time.monotonic() + SILENT_SECONDS
        with self._asked(number, Write(number, generation)) as replies, self._stopping(number, replies) as mark_ended:
            while True:
                if not is_stopping and is_cancelled():
                    self._send(Stop(number))
                    is_stopping, deadline = True, time.monotonic() + STOP_SECONDS
                message = self._next(replies)
                if isinstance(message, Reading | Written) and not is_stopping:
                    deadline = time.monotonic() + SILENT_SECONDS
                if isinstance(message, Written):
                    yield Piece(message.text)
                elif isinstance(message, Ended):
                    mark_ended()
                    yield _finished(message)
                    return
                elif isinstance(message, Failed):
                    mark_ended()
                    raise error_of(message)
                elif time.monotonic() > deadline:
                    self.end()
                    if is_stopping:
                        yield Finished("stopped")
                        return
                    raise self._silent(SILENT_SECONDS)

    @contextlib.contextmanager
    def _stopping(self, number: int, replies: Replies) -> Iterator[Callable[[], None]]:
        """Whatever ends the block before its answer has ended (a caller that lets go) stops the answer."""
        ended = threading.Event()
        try:
            yield ended.set
        finally:
            if not ended.is_set() and self.is_alive:
                try:
                    self._send(Stop(number))
                    self._expect(Ended, replies, STOP_SECONDS, NEVER)
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
    )
