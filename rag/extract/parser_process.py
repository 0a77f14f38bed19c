"""One parser process as its parent sees it: what is asked of it, and the limits of time and memory it is held to."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import psutil

from engine.frames import FrameError, Message
from engine.links import LinkClosed, start_child
from rag.errors import LibraryProblem, Problem
from rag.extract.messages import CODEC, Failed

TICK_SECONDS = 0.05
"""How often a wait looks whether it was cancelled, and how much memory the process holds."""
ADDRESS_SPACE_BEYOND_MEMORY = 2**30
"""Bytes of address space that a process may reserve beyond the memory it may fill."""


@dataclass(frozen=True)
class Limits:
    """What a document may cost. Seconds are those spent waiting for the parser; sizes are bytes."""

    opening_seconds: float = 60.0
    """For starting a parser and opening the document, each time that is done."""
    page_seconds: float = 30.0
    document_seconds: float = 3600.0
    memory: int = 2 * 2**30
    pdf_bytes: int = 2 * 2**30
    note_bytes: int = 16 * 2**20
    """A note travels in one frame (see engine.frames.LARGEST_FRAME), in which a byte can take four."""
    picture_pixels: int = 40_000_000


USUAL_LIMITS = Limits()


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
        try:
            ceiling = limits.memory + ADDRESS_SPACE_BEYOND_MEMORY
            self._child = start_child("rag.extract.child", CODEC, str(ceiling))
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

    def end(self) -> None:
        """End it, whatever it does."""
        self._child.kill()

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
                if self._memory() > self._limits.memory:
                    raise ParserFailure(LibraryProblem.PARSER_OUT_OF_MEMORY)
            message = self._child.link.receive()
        except (LinkClosed, FrameError) as error:
            raise self._death() from error
        if isinstance(message, Failed) and message.problem.kind == LibraryProblem.PARSER_OUT_OF_MEMORY:
            raise ParserFailure(LibraryProblem.PARSER_OUT_OF_MEMORY)
        return message

    def _memory(self) -> int:
        try:
            return psutil.Process(self.pid).memory_info().rss
        except psutil.Error:
            return 0  # dead: the link says so in a moment

    def _death(self) -> ParserFailure:
        return ParserFailure(LibraryProblem.PARSER_DIED, details=f"exit status {self._child.kill()}")
