"""A process of engine.runtime that runs: starts it, asks it, hears what it answers, and knows when it is gone."""

from __future__ import annotations

import contextlib
import itertools
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import psutil

from engine.endings import LastWords, ran_out_of_memory
from engine.errors import EngineProblem, PhialError
from engine.frames import FrameError, Message
from engine.kernel_choice import this_machine
from engine.links import LinkClosed, start_child
from engine.messages import CODEC, Counted, CountPrompt, CountTexts, Failed
from engine.paths import make_private_folder

POLL_SECONDS = 0.02
STOP_SECONDS = 3.0  # from asking it to stop to ending it
SILENT_SECONDS = 120.0  # without a sign of life while it counts or writes: 128 tokens of a prompt, or one of an answer
LOAD_SECONDS = 600.0  # a file of 9 GB from a slow disk
LOG = "model.log"
LARGEST_LOG = 2**20  # bytes; one older file is kept

# llama.cpp's threads wait for each other a thousand times a token. By default they spin meanwhile: beside any other
# work (indexing, a browser) that is up to 30 times slower than letting the core go (decision 0013).
PATIENT = {"OMP_WAIT_POLICY": "passive"}

# Where one is installed, llama.cpp's abort calls a debugger: that takes seconds, and writes what every function was
# given, which may be a question's text, into the log.
WITHOUT_DEBUGGER = {"GGML_NO_BACKTRACE": "1"}

# Keys that are to be quantized are mixed with each other by llama.cpp first, which moved passages can't be turned in.
PLAIN_KEYS = {"LLAMA_ATTN_ROT_DISABLE": "1"}

Expected = TypeVar("Expected", bound=Message)

Replies = queue.SimpleQueue[Message | None]
"""What came up for one request; None: the process is gone."""

NEVER: Callable[[], bool] = lambda: False  # noqa: E731 - a value, not a function of its own


class Cancelled(Exception):
    """The caller wants it no more; what was under way has been ended."""


class RunningProcess:
    """A process for the model called ``name``. ``on_loss`` is called when it ends without being ended."""

    def __init__(self, name: str, log_folder: Path, on_loss: Callable[[], None] = lambda: None) -> None:
        """Start the process; nothing is loaded yet. Raises PhialError: MODEL_PROCESS_DIED."""
        self.name = name
        self._on_loss = on_loss
        self._numbers = itertools.count(1)
        self._waiting: dict[int, Replies] = {}
        self._waiting_guard = threading.Lock()
        self._is_gone = False
        self._was_ended = False
        self._exit_status = 0
        self._kernels = this_machine()
        self._kernel = self._kernels.chosen()
        self._was_forbidden = False
        environment = {**PATIENT, **WITHOUT_DEBUGGER, **PLAIN_KEYS, **self._kernel.environment}
        try:
            with _log_file(log_folder) as log:
                self._last_words = LastWords(log_folder / LOG)
                self._child = start_child("engine.runtime", CODEC, environment=environment, log=log)
        except OSError as error:
            raise PhialError(
                EngineProblem.MODEL_PROCESS_DIED, details=str(error), model=name, exit_status=error.errno or 0
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
    def process_id(self) -> int:
        """The system's number of the process."""
        return self._child.process.pid

    @property
    def memory(self) -> int:
        """Resident bytes of the process; 0 where it is gone."""
        try:
            return int(psutil.Process(self._child.process.pid).memory_info().rss) if self.is_alive else 0
        except psutil.Error:
            return 0

    def count(self, request: Callable[[int], CountTexts | CountPrompt]) -> list[int]:
        """The counts that the message of ``request`` (made for a number) asks for. Raises PhialError."""
        number = next(self._numbers)
        with self._asked(number, request(number)) as replies:
            return list(self._expect(Counted, replies, SILENT_SECONDS, NEVER).tokens)

    def end(self) -> None:
        """End the process at once and wait for its end."""
        self._was_ended = True
        self._exit_status = self._child.kill()
        self._leave()

    @contextlib.contextmanager
    def _asked(self, number: int, message: Message) -> Iterator[Replies]:
        replies: Replies = queue.SimpleQueue()
        with self._waiting_guard:
            if self._is_gone:
                raise self._died()
            self._waiting[number] = replies
        try:
            self._send(message)
            yield replies
        finally:
            with self._waiting_guard:
                del self._waiting[number]

    def _expect(
        self,
        kind: type[Expected],
        replies: Replies,
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
                raise error_of(message)
            if is_cancelled():
                raise Cancelled
            if time.monotonic() > deadline:
                self.end()
                raise self._silent(seconds)

    def _next(self, replies: Replies) -> Message | None:
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
                self._on_loss()

    def _leave(self) -> None:
        """The process is gone, or of no more use: everyone who waits for it hears so."""
        with self._waiting_guard:
            if self._is_gone:
                return
            if not self._was_ended:
                self._exit_status = self._status()
                self._was_forbidden = self._kernels.strike(self._kernel, self._exit_status)
            self._is_gone = True
            for replies in self._waiting.values():
                replies.put(None)

    def _status(self) -> int:
        try:
            return self._child.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            return self._child.kill()

    def _died(self) -> PhialError:
        if self._was_forbidden:
            return PhialError(EngineProblem.KERNEL_FORBIDDEN, model=self.name, kernel=self._kernel.name)
        if not self._was_ended and ran_out_of_memory(self._exit_status, self._last_words.read()):
            return PhialError(EngineProblem.MODEL_MEMORY_RAN_OUT, model=self.name)
        return PhialError(EngineProblem.MODEL_PROCESS_DIED, model=self.name, exit_status=self._exit_status)

    def _silent(self, seconds: float) -> PhialError:
        return PhialError(EngineProblem.MODEL_PROCESS_SILENT, model=self.name, seconds=seconds)


def error_of(message: Failed) -> PhialError:
    """What the process failed of, to be raised."""
    return PhialError(message.kind, details=message.details, **message.parameters)


@contextlib.contextmanager
def _log_file(folder: Path) -> Iterator[int]:
    make_private_folder(folder)
    path = folder / LOG
    with contextlib.suppress(OSError):  # there is none yet; on Windows, another process of ours has it open
        if path.stat().st_size > LARGEST_LOG:
            path.replace(folder / "model.log.1")
    with path.open("ab") as file:
        path.chmod(0o600)
        yield file.fileno()
