"""A model process that runs: asks it, hears what it answers, and knows when it is gone."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import psutil

from engine.catalogue import InstalledModel
from engine.errors import EngineProblem, PhialError
from engine.frames import FrameError, Message
from engine.hardware import MICRO_BATCH, suggested_threads
from engine.links import LinkClosed, start_child
from engine.messages import (
    CODEC,
    Counted,
    CountPrompt,
    CountTexts,
    Ended,
    Failed,
    Generation,
    Load,
    Loaded,
    Reading,
    Stop,
    Write,
    Written,
)
from engine.paths import make_private_folder
from engine.phi import recognise

POLL_SECONDS = 0.02
STOP_SECONDS = 3.0  # from asking it to stop to ending it
SILENT_SECONDS = 120.0  # without a sign of life while it counts or writes: 128 tokens of a prompt, or one of an answer
LOAD_SECONDS = 600.0  # a file of 9 GB from a slow disk
LARGEST_LOG = 2**20  # bytes; one older file is kept

# llama.cpp's threads wait for each other a thousand times a token. By default they spin meanwhile: beside any other
# work (indexing, a browser) that is up to 30 times slower than letting the core go (decision 0013).
PATIENT = {"OMP_WAIT_POLICY": "passive"}

Expected = TypeVar("Expected", bound=Message)

NEVER: Callable[[], bool] = lambda: False  # noqa: E731 - a value, not a function of its own


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


class Cancelled(Exception):
    """The caller wants it no more; what was under way has been ended."""


class RunningModel:
    """A process with ``model`` and ``context`` tokens. ``on_loss`` is called when it ends without being ended."""

    def __init__(
        self, model: InstalledModel, context: int, log_folder: Path, on_loss: Callable[[RunningModel], None]
    ) -> None:
        """Start the process; the model is not loaded yet. Raises PhialError: MODEL_PROCESS_DIED."""
        self.model = model
        self.context = context
        self._on_loss = on_loss
        self._numbers = itertools.count(1)
        self._waiting: dict[int, queue.SimpleQueue[Message | None]] = {}
        self._waiting_guard = threading.Lock()
        self._is_gone = False
        self._was_ended = False
        self._exit_status = 0
        try:
            with _log_file(log_folder) as log:
                self._child = start_child("engine.runtime", CODEC, environment=PATIENT, log=log)
        except OSError as error:
            raise PhialError(
                EngineProblem.MODEL_PROCESS_DIED, details=str(error), model=model.name, exit_status=error.errno or 0
            ) from error
        threading.Thread(target=self._listen, name="model", daemon=True).start()

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return not self._is_gone

    @property
    def was_ended(self) -> bool:
        """Whether it is gone because ``end`` was called."""
        return self._was_ended

    @property
    def memory(self) -> int:
        """Resident bytes of the process; 0 where it is gone."""
        try:
            return int(psutil.Process(self._child.process.pid).memory_info().rss) if self.is_alive else 0
        except psutil.Error:
            return 0

    def load(self, is_cancelled: Callable[[], bool] = NEVER) -> None:
        """Load the model. Raises PhialError, Cancelled; the process is of no use then."""
        header = self.model.header
        phi = recognise(header, self.model.path) if header else None
        load = Load(
            next(self._numbers),
            str(self.model.path),
            self.context,
            suggested_threads(),
            MICRO_BATCH,
            phi.form if phi else "",
        )
        with self._asked(load) as replies:
            self._expect(Loaded, replies, LOAD_SECONDS, is_cancelled)

    def count(self, request: Callable[[int], CountTexts | CountPrompt]) -> list[int]:
        """The counts that the message of ``request`` (made for a number) asks for. Raises PhialError."""
        with self._asked(request(next(self._numbers))) as replies:
            return list(self._expect(Counted, replies, SILENT_SECONDS, NEVER).tokens)

    def write(self, generation: Generation, is_cancelled: Callable[[], bool]) -> Iterator[Piece | Finished]:
        """Write an answer; the last item is Finished. Raises PhialError."""
        number = next(self._numbers)
        is_stopping, deadline = False, time.monotonic() + SILENT_SECONDS
        with self._asked(Write(number, generation)) as replies, self._stopping(number, replies) as mark_ended:
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
                    raise _error(message)
                elif time.monotonic() > deadline:
                    self.end()
                    if is_stopping:
                        yield Finished("stopped")
                        return
                    raise self._silent(SILENT_SECONDS)

    def end(self) -> None:
        """End the process at once and wait for its end."""
        self._was_ended = True
        self._exit_status = self._child.kill()
        self._leave()

    @contextlib.contextmanager
    def _asked(self, message: Load | CountTexts | CountPrompt | Write) -> Iterator[queue.SimpleQueue[Message | None]]:
        replies: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        with self._waiting_guard:
            if self._is_gone:
                raise self._died()
            self._waiting[message.id] = replies
        try:
            self._send(message)
            yield replies
        finally:
            with self._waiting_guard:
                del self._waiting[message.id]

    @contextlib.contextmanager
    def _stopping(self, number: int, replies: queue.SimpleQueue[Message | None]) -> Iterator[Callable[[], None]]:
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

    def _expect(
        self,
        kind: type[Expected],
        replies: queue.SimpleQueue[Message | None],
        seconds: float,
        is_cancelled: Callable[[], bool],
    ) -> Expected:
        """The reply of ``kind``, passing over others. Raises PhialError (Failed, gone, silent), Cancelled."""
        deadline = time.monotonic() + seconds
        while True:
            message = self._next(replies)
            if isinstance(message, kind):
                return message
            if isinstance(message, Failed):
                raise _error(message)
            if is_cancelled():
                raise Cancelled
            if time.monotonic() > deadline:
                self.end()
                raise self._silent(seconds)

    def _next(self, replies: queue.SimpleQueue[Message | None]) -> Message | None:
        """The next reply; None where there is none within POLL_SECONDS. Raises PhialError: MODEL_PROCESS_DIED."""
        try:
            message = replies.get(timeout=POLL_SECONDS)
        except queue.Empty:
            return None
        if message is None:
            raise self._died()
        return message

    def _send(self, message: Message) -> None:
        try:
            self._child.link.send(message)
        except LinkClosed as error:
            self._leave()
            raise self._died() from error

    def _listen(self) -> None:
        try:
            while True:
                message = self._child.link.receive()
                number = getattr(message, "id", 0)
                with self._waiting_guard:
                    if number in self._waiting:
                        self._waiting[number].put(message)
        except (LinkClosed, FrameError):
            self._leave()
            if not self._was_ended:
                self._on_loss(self)

    def _leave(self) -> None:
        """The process is gone, or of no more use: everyone who waits for it hears so."""
        with self._waiting_guard:
            if self._is_gone:
                return
            if not self._was_ended:
                self._exit_status = self._status()
            self._is_gone = True
            for replies in self._waiting.values():
                replies.put(None)

    def _status(self) -> int:
        try:
            return self._child.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            return self._child.kill()

    def _died(self) -> PhialError:
        return PhialError(EngineProblem.MODEL_PROCESS_DIED, model=self.model.name, exit_status=self._exit_status)

    def _silent(self, seconds: float) -> PhialError:
        return PhialError(EngineProblem.MODEL_PROCESS_SILENT, model=self.model.name, seconds=seconds)


def _finished(message: Ended) -> Finished:
    return Finished(
        message.reason,
        message.prompt_tokens,
        message.cached_tokens,
        message.answer_tokens,
        message.prefill_s,
        message.decode_s,
    )


def _error(message: Failed) -> PhialError:
    return PhialError(message.kind, details=message.details, **message.parameters)


@contextlib.contextmanager
def _log_file(folder: Path) -> Iterator[int]:
    make_private_folder(folder)
    path = folder / "model.log"
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size > LARGEST_LOG:
            path.replace(folder / "model.log.1")
    with path.open("ab") as file:
        path.chmod(0o600)
        yield file.fileno()
