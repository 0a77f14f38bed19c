"""The host of an embedder's process: starts it when texts are to be embedded, ends it when it is idle.

A process that dies is an ordinary event: what it was asked is asked once more of a fresh one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from engine import hardware
from engine.embedding_messages import Embed, Embedded, LoadedEmbedder, LoadEmbedder
from engine.errors import PROCESS_LOST, EngineProblem, PhialError
from engine.gguf_header import read_header
from engine.messages import CountTexts
from engine.room import Room
from engine.running_process import LOAD_SECONDS, NEVER, SILENT_SECONDS, RunningProcess

IDLE_SECONDS = 120.0
"""After so long without a text the process is ended: the memory is the person's."""

_LOST = PROCESS_LOST - {EngineProblem.MODEL_PROCESS_SILENT}
"""What a fresh process may do better."""

Given = TypeVar("Given")


class RunningEmbedder(RunningProcess):
    """A process with the embedder in the file at ``path``."""

    def load(self, path: Path, window: int, threads: int) -> None:
        """Load it; texts are cut to ``window`` tokens. Raises PhialError; the process is of no use then."""
        number = next(self._numbers)
        # A pass as short as a text may be: every text is held against all others of its pass, for nothing.
        with self._asked(number, LoadEmbedder(number, str(path), window, window, threads)) as replies:
            self._expect(LoadedEmbedder, replies, LOAD_SECONDS, NEVER)

    def embed(self, texts: Sequence[str]) -> bytes:
        """The vectors of up to TEXTS_A_PASS texts: little-endian float32. Raises PhialError."""
        number = next(self._numbers)
        with self._asked(number, Embed(number, tuple(texts))) as replies:
            return self._expect(Embedded, replies, SILENT_SECONDS, NEVER).vectors


class EmbeddingHost:
    """One process for one embedder, at most. Safe from any thread; it computes one call at a time."""

    def __init__(
        self,
        path: Path,
        name: str,
        window: int,
        threads: int,
        *,
        log_folder: Path,
        idle_seconds: float = IDLE_SECONDS,
        room: Room | None = None,
    ) -> None:
        """``room`` is shared with the model: where it does not hold both, the idle one ends for the other."""
        self._path, self._name = path, name
        self._window, self._threads = window, threads
        self._log_folder = log_folder
        self._idle_seconds = idle_seconds
        self._turn = threading.Lock()
        self._running: RunningEmbedder | None = None
        self._last_used = time.monotonic()
        self._is_closed = threading.Event()
        self._watching: threading.Thread | None = None
        self._room = room or Room()

    @property
    def is_running(self) -> bool:
        """Whether a text is embedded without anything being loaded first."""
        running = self._running
        return running is not None and running.is_alive

    @property
    def memory(self) -> int:
        """Resident bytes of the process, 0 where there is none."""
        running = self._running
        return running.memory if running else 0

    def load(self) -> None:
        """Have the process running.

        Raises PhialError: what ``read_header`` raises, MEMORY_TOO_SMALL, MODEL_ARCHITECTURE (it gives no vector of a
        text), MODEL_DAMAGED, MODEL_PROCESS_DIED, MODEL_PROCESS_SILENT.
        """
        self._ask(lambda _running: None)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each of ``texts`` has. Raises PhialError, as ``load``."""
        return self._ask(lambda running: running.count(lambda number: CountTexts(number, tuple(texts))))

    def embed(self, texts: Sequence[str]) -> bytes:
        """The vectors of up to TEXTS_A_PASS texts: little-endian float32, each of length 1.

        Raises PhialError, as ``load``.
        """
        return self._ask(lambda running: running.embed(texts))

    def give_way(self) -> None:
        """End the process, where it computes nothing, because another needs its memory."""
        if self._turn.acquire(blocking=False):
            try:
                if self._running is not None:
                    self._running.end()
            finally:
                self._turn.release()

    def close(self) -> None:
        """End the process, and stay without one."""
        self._room.leave(self)
        self._is_closed.set()
        running = self._running
        if running is not None:  # without waiting for a call that is under way: it hears that the process has gone
            running.end()

    def _ask(self, question: Callable[[RunningEmbedder], Given]) -> Given:
        with self._turn:
            try:
                return question(self._awake())
            except PhialError as error:
                if error.kind not in _LOST or self._is_closed.is_set():
                    raise
                return question(self._awake())
            finally:
                self._last_used = time.monotonic()

    def _awake(self) -> RunningEmbedder:
        if self._is_closed.is_set():
            raise PhialError(EngineProblem.MODEL_PROCESS_DIED, model=self._name, exit_status=0)
        if self._running is not None and self._running.is_alive:
            return self._running
        header = read_header(self._path)
        needed = hardware.memory_needed(header, self._window)
        free = self._room.make(needed, _memory_free, self)
        if needed > free:
            raise PhialError(EngineProblem.MEMORY_TOO_SMALL, model=self._name, needed=needed, free=free)
        running = self._running = RunningEmbedder(self._name, self._log_folder)
        try:
            if self._is_closed.is_set():  # while it started: whoever closed saw none that could be ended
                raise PhialError(EngineProblem.MODEL_PROCESS_DIED, model=self._name, exit_status=0)
            running.load(self._path, self._window, self._threads)
        except BaseException:
            running.end()
            raise
        if self._watching is None:
            self._watching = threading.Thread(target=self._watch, name="embedder idle", daemon=True)
            self._watching.start()
            self._room.enter(self)
        return running

    def _watch(self) -> None:
        while not self._is_closed.wait(min(self._idle_seconds / 4, 5.0)):
            if time.monotonic() - self._last_used < self._idle_seconds or not self._turn.acquire(blocking=False):
                continue
            try:
                if self.is_running and self._running is not None:
                    self._running.end()
            finally:
                self._turn.release()


def _memory_free() -> int:
    """Bytes for a process to come; what our others have mapped is not free, though the system could read it again."""
    return max(0, hardware.memory().available - hardware.mapped_by_children())
