"""One parser process as its parent sees it: what is asked of it, and the limits of time and memory it is held to."""

from __future__ import annotations

import contextlib
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.frames import FrameError, Message
from engine.links import LinkClosed, start_child
from rag.errors import LibraryProblem, Problem
from rag.extract.messages import CODEC, Failed
from rag.extract.process_limits import Limits

TICK_SECONDS = 0.05
"""How often a wait looks whether it was cancelled, and how much memory the process holds."""
_FAILURES = frozenset({LibraryProblem.PARSER_OUT_OF_MEMORY, LibraryProblem.PARSER_DIED})
"""What a parser says of itself that costs a page, not the document."""


class ParserFailure(Exception):
    """The process died, hung or took too much memory (PARSER_DIED, PARSER_TIMED_OUT, PARSER_OUT_OF_MEMORY)."""

    def __init__(self, kind: LibraryProblem, seconds: float = 0.0, details: str = "") -> None:
        super().__init__(kind.value)
        self.kind = kind
        self._seconds = seconds
        self._details = details

    def problem(self, path: str, page: int) -> Problem:
        """What happened, as a value, on the page (from 1) that was being read."""
        parameters: dict[str, str | int | float] = {"path": path, "page": page}
        if self.kind is LibraryProblem.PARSER_TIMED_OUT:
            parameters["seconds"] = self._seconds
        return Problem(self.kind, parameters, self._details)


class ParserProcess:
    """A parser process; a context that ends it."""

    def __init__(self, limits: Limits) -> None:
        """Start it. Raises ParserFailure where the system starts no process."""
        self._limits = limits
        self._last_look = 0.0
        self.documents = 0
        self.is_done = False
        """Whether nothing more is to come of what was asked, and all went well."""
        try:
            self.scratch = tempfile.mkdtemp(prefix="phial-")
            """The one folder that it may write in."""
            places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self.scratch)
            self._child = start_child(
                "rag.extract.child", CODEC, limits.as_argument(), self.scratch, environment=places
            )
        except OSError as error:
            raise ParserFailure(LibraryProblem.PARSER_DIED, details=type(error).__name__) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._child.process.pid

    @property
    def is_running(self) -> bool:
        """Whether it has not died."""
        return self._child.process.poll() is None

    def memory(self) -> int:
        """Bytes resident; 0 of a dead one."""
        import psutil  # only here: the parser loads this file too, and starts without it

        with contextlib.suppress(psutil.Error):
            return psutil.Process(self.pid).memory_info().rss
        return 0

    def clear_scratch(self) -> None:
        """Erase what it wrote: copies of what was attached to a document."""
        for entry in Path(self.scratch).iterdir():
            shutil.rmtree(entry, ignore_errors=True) if entry.is_dir() else entry.unlink(missing_ok=True)

    def end(self) -> None:
        """End it, whatever it does, and erase what it wrote."""
        self._child.kill()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def send(self, message: Message) -> None:
        """Ask it for something. Raises ParserFailure where it is dead."""
        try:
            self._child.link.send(message)
        except LinkClosed as error:
            raise self._death() from error

    def receive(self, seconds: float, is_cancelled: Callable[[], bool]) -> Message | None:
        """Its next message, waiting up to ``seconds``; None when it was cancelled. Raises ParserFailure."""
        deadline = time.monotonic() + seconds
        try:
            while not self._child.link.has_message(min(TICK_SECONDS, max(0.0, deadline - time.monotonic()))):
                if is_cancelled():
                    return None
                if time.monotonic() >= deadline:
                    raise ParserFailure(LibraryProblem.PARSER_TIMED_OUT, seconds)
                self._check_memory()
            self._check_memory()
            message = self._child.link.receive()
        except (LinkClosed, FrameError) as error:
            raise self._death() from error
        if isinstance(message, Failed) and message.problem.kind in _FAILURES:
            raise ParserFailure(LibraryProblem(message.problem.kind), details=message.problem.details)
        return message

    def _check_memory(self) -> None:
        """At most every tick: a parser that sends without a pause is looked at too."""
        now = time.monotonic()
        if now - self._last_look < TICK_SECONDS:
            return
        self._last_look = now
        if self.memory() > self._limits.memory:  # 0 of a dead one: the link says so in a moment
            raise ParserFailure(LibraryProblem.PARSER_OUT_OF_MEMORY)

    def _death(self) -> ParserFailure:
        status = self._child.kill()
        if status == -getattr(signal, "SIGXCPU", 0):  # it computed all the time that a document may take
            return ParserFailure(LibraryProblem.PARSER_TIMED_OUT, self._limits.document_seconds)
        return ParserFailure(LibraryProblem.PARSER_DIED, details=f"exit status {status}")
