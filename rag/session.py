"""A terminal's session with the worker: one request at a time, its replies as they come."""

from __future__ import annotations

import contextlib
import itertools
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from engine.frames import FrameError
from engine.links import Link, LinkClosed
from rag.client import connect
from rag.errors import LibraryProblem, PhialError, error_of
from rag.protocol import Cancel, Cancelled, Failed, Reply, Request, ends

MOST_RESTARTS = 3
"""How often a session goes on with a fresh worker when one dies under it."""

LISTEN_SECONDS = 0.1
"""How long a wait for the worker's next word is blind to an interrupt from the keyboard."""

FinalReply = TypeVar("FinalReply", bound=Reply)


class Session:
    """A connection to the worker of the library in ``home``, which is started where none runs."""

    def __init__(self, home: Path, on_restart: Callable[[], None] = lambda: None) -> None:
        """Connect. ``on_restart`` is called when the worker died and another one takes the request up.

        Raises PhialError (see ``connect``).
        """
        self._home = home
        self._on_restart = on_restart
        self._ids = itertools.count(1)
        self._link: Link = connect(home, "terminal")[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._link.close()

    def run(self, make: Callable[[int], Request]) -> Iterator[Reply]:
        """The replies to a request, the final one last; nothing after it where it was cancelled.

        An interrupt from the keyboard cancels the request, whose last word is still given; a second one ends it here.
        Raises KeyboardInterrupt behind that last word; PhialError where the request fails, or the worker dies more
        often than MOST_RESTARTS times.
        """
        with _interrupts() as interrupts:
            for restarts in range(MOST_RESTARTS + 1):
                request = make(next(self._ids))
                try:
                    self._link.send(request)
                    yield from self._replies(request, interrupts)
                    return
                except LinkClosed:
                    if interrupts:
                        raise KeyboardInterrupt from None
                    if restarts == MOST_RESTARTS:
                        break
                    self._on_restart()
                    self._link.close()
                    self._link = connect(self._home, "terminal")[0]
        raise PhialError(LibraryProblem.WORKER_DIED)

    def get(self, kind: type[FinalReply], make: Callable[[int], Request]) -> FinalReply:
        """The final reply to a request that has nothing else to say. Raises PhialError."""
        *_, last = self.run(make)
        if not isinstance(last, kind):
            raise PhialError(LibraryProblem.WORKER_DIED)
        return last

    def _replies(self, request: Request, interrupts: Sequence[int]) -> Iterator[Reply]:
        is_cancelled = False
        while True:
            if interrupts and not is_cancelled:
                is_cancelled = True
                self._link.send(Cancel(next(self._ids), request.id))
            if not self._link.has_message(LISTEN_SECONDS):
                continue
            try:
                reply = self._link.receive()
            except FrameError as error:
                raise PhialError(LibraryProblem.UNEXPECTED, details=str(error)) from error
            if not isinstance(reply, Reply) or reply.id != request.id:
                continue
            if isinstance(reply, Failed):
                raise error_of(reply.problem)
            if isinstance(reply, Cancelled):
                raise KeyboardInterrupt
            yield reply
            if ends(request, reply):
                if interrupts:
                    raise KeyboardInterrupt
                return


@contextlib.contextmanager
def _interrupts() -> Iterator[Sequence[int]]:
    """The first interrupt from the keyboard, noted instead of raised; the second is raised.

    Raised in the middle of a read, the first would leave half a message behind, and nothing that follows could be read.
    """
    noted: list[int] = []
    if threading.current_thread() is not threading.main_thread():  # only there can it be heard
        yield noted
        return

    def note(number: int, _frame: object) -> None:
        if noted:
            raise KeyboardInterrupt
        noted.append(number)

    former = signal.signal(signal.SIGINT, note)
    try:
        yield noted
    finally:
        signal.signal(signal.SIGINT, former)
