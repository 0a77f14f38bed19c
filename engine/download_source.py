"""Where the bytes of a model come from, as the download sees it: a server or a file. And how one is told to stop."""

from __future__ import annotations

import contextlib
import dataclasses
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from engine.errors import EngineProblem, PhialError

CHUNK = 2**18
"""Bytes that are read at once at most."""


class Halted(Exception):
    """The download was told to stop where it stands."""


class Halt:
    """Tells a download to stop, also one that waits for a byte. Safe from any thread."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._lock = threading.Lock()
        self._wakers: list[Callable[[], None]] = []

    def ask(self) -> None:
        """Stop as soon as may be."""
        self._asked.set()
        with self._lock:
            wakers = tuple(self._wakers)
        for wake in wakers:
            wake()

    def check(self) -> None:
        """Raises Halted where it was asked for."""
        if self._asked.is_set():
            raise Halted

    def wait(self, seconds: float) -> None:
        """Wait, unless it is asked for meanwhile. Raises Halted."""
        self._asked.wait(seconds)
        self.check()

    @contextlib.contextmanager
    def waking(self, wake: Callable[[], None]) -> Iterator[None]:
        """A context in which ``wake`` is called, from another thread, when it is asked for. Raises Halted."""
        with self._lock:
            self._wakers.append(wake)
        try:
            self.check()
            yield
        finally:
            with self._lock:
                self._wakers.remove(wake)


class SourceFailed(Exception):
    """A source gave less than it was asked for, or nothing.

    ``problem`` is what a person is told if nothing else helps. ``is_final``: asking this source again is of no use.
    ``is_refusal``: it answered, but would not give; after ``retry_after`` seconds it may.
    """

    def __init__(
        self, problem: PhialError, *, is_final: bool = False, is_refusal: bool = False, retry_after: float = 0.0
    ) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.is_final = is_final
        self.is_refusal = is_refusal
        self.retry_after = retry_after


class RangeRefused(Exception):
    """The source has nothing at this offset; ``total`` is how many bytes it has, None where it doesn't say."""

    def __init__(self, total: int | None) -> None:
        super().__init__(str(total))
        self.total = total


@dataclasses.dataclass(frozen=True)
class Opened:
    """An answer: bytes from ``first`` on (which is 0 where the source knows no ranges) of ``total``, None: not told.

    ``validator`` names this state of the file, "" where the source gives it no name. ``chunks`` raises SourceFailed
    where the bytes end before they should; ``close`` ends it at any time.
    """

    first: int
    total: int | None
    validator: str
    has_ranges: bool
    chunks: Callable[[], Iterator[bytes]]
    close: Callable[[], None]


class Source(Protocol):
    """Somewhere that a file can be had from. ``name`` is the host or the folder, for people."""

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def takes_many(self) -> bool:
        """Whether several ranges at once may be faster."""

    def open(self, first: int, end: int | None, validator: str, halt: Halt) -> Opened:
        """The bytes from ``first`` to ``end`` (exclusive; None: to the last) if it still is what ``validator`` names.

        Raises SourceFailed, RangeRefused, Halted.
        """

    def wrong_file(self) -> PhialError:
        """What a person is told where all that came from here has another checksum than the model."""


class FileSource:
    """A file on this machine: on a stick, in a bundle."""

    takes_many = False

    def __init__(self, path: Path, model: str, name: str = "") -> None:
        """``name`` is what a person named: the file, or a folder above it."""
        self._path = path
        self._model = model
        self.name = name or str(path)

    def open(self, first: int, _end: int | None, _validator: str, _halt: Halt) -> Opened:
        """The file from ``first`` on: to its end, of which the download takes what it needs."""
        try:
            file = self._path.open("rb", buffering=0)
            total = self._path.stat().st_size
            file.seek(min(first, total))
        except OSError as error:
            raise self._unreadable(error) from error

        def chunks() -> Iterator[bytes]:
            while True:
                try:
                    chunk = file.read(CHUNK)
                except OSError as error:
                    raise self._unreadable(error) from error
                if not chunk:
                    return
                yield chunk

        return Opened(min(first, total), total, "", True, chunks, file.close)

    def wrong_file(self) -> PhialError:
        """It is another file, or a damaged one."""
        return PhialError(EngineProblem.MODEL_NOT_THERE, model=self._model, path=self.name)

    def _unreadable(self, error: OSError) -> SourceFailed:
        problem = PhialError(
            EngineProblem.DOWNLOAD_SOURCE_UNREADABLE, details=str(error.strerror), path=str(self._path)
        )
        return SourceFailed(problem, is_final=True)
