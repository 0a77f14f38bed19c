"""One request to the worker, from its sending to its end: what it says on the way, and how it ended."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from rag.errors import Problem
from rag.protocol import Cancelled, Failed, Reply, Request, Watch


class Operation(QObject):
    """A request under way. It ends once: succeeded, failed or cancelled, and ``ended`` after each of them.

    ``received`` carries each reply (rag.protocol.Reply) before the final one; ``succeeded`` the final one; ``failed``
    a Problem. All are emitted in the GUI thread, never before the caller of ``WorkerClient.run`` is back in the event
    loop, so that what is connected at once misses nothing.
    """

    received = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, request: Request, cancel: Callable[[Operation], None]) -> None:
        super().__init__()
        self.request = request
        self._cancel = cancel
        self._is_running = True

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._is_running

    def cancel(self) -> None:
        """Ask the worker to stop it. It still ends in its own way (an ``ask`` with words on the screen succeeds)."""
        if self._is_running:
            self._cancel(self)

    def abandon(self) -> None:
        """Nobody waits for it any more: those who asked have gone. What the worker does, it does."""
        self._is_running = False
        self.deleteLater()

    def take(self, reply: Reply) -> None:
        """Hand it what the worker said to it."""
        if not self._is_running:
            return
        if isinstance(reply, Failed):
            self.fail(reply.problem)
        elif isinstance(reply, Cancelled):
            self._is_running = False
            self.cancelled.emit()
            self._end()
        # A watch goes on for ever: the list of documents that ends another request only begins it.
        elif reply.is_final and not isinstance(self.request, Watch):
            self._is_running = False
            self.succeeded.emit(reply)
            self._end()
        else:
            self.received.emit(reply)

    def fail(self, problem: Problem) -> None:
        """End it with ``problem``."""
        if self._is_running:
            self._is_running = False
            self.failed.emit(problem)
            self._end()

    def _end(self) -> None:
        self.ended.emit()
        # What is connected often holds this object, and nobody sees that circle: it would stay with all that it shows.
        self.deleteLater()
