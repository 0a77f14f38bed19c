"""The window's link to the worker: threads carry messages, everything that acts on them runs in the GUI thread."""

from __future__ import annotations

import dataclasses
import itertools
import logging
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.inbox import Inbox
from desktop.operations import Operation
from engine.frames import FrameError
from engine.links import Link, LinkClosed
from rag.client import connect
from rag.errors import LibraryProblem, PhialError, Problem, problem_of
from rag.protocol import Cancel, Cancelled, Remove, Reply, Request, Restore, Restored

FIRST_PAUSE = 0.25
"""Seconds before the worker is started again; doubled while it does not stay up."""

LONGEST_PAUSE = 8.0
"""Seconds."""

_log = logging.getLogger(__name__)


class WorkerClient(QObject):
    """Requests to the worker of the library in ``home``, which is found or started, watched and started again.

    ``connected``: a worker is there. ``lost``: it died or could not be started (with the Problem); what was in flight
    has failed with WORKER_DIED, and the next try is under way. ``begun`` carries each Operation.

    A worker that has taken a backup in ends as it should, and is not ``lost``. ``restoring``: one is about to be asked
    for that, and does before it what is asked now. ``replaced``: it has; what was in flight is cancelled with it, and
    what is asked until the next one is there reaches none, for it was meant for the library that was here.
    """

    connected = Signal()
    lost = Signal(object)
    begun = Signal(object)
    restoring = Signal()
    replaced = Signal()

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.concealed: Callable[[], tuple[str, ...]] = tuple
        """Gives the documents (by key) that the person has removed and may bring back."""
        self._home = home
        self._numbers = itertools.count(1)
        self._running: dict[int, Operation] = {}
        self._kept: list[Request] = []
        self._outgoing: queue.SimpleQueue[Request | None] | None = None
        self._link: Link | None = None
        self._is_to_end = False
        self._is_closing = threading.Event()
        self._hurries = threading.Event()
        self._inbox = Inbox(self)
        listening = _Listening(home, self._inbox, self._is_closing, self._hurries)
        self._thread = threading.Thread(target=listening.run, name="worker link", daemon=True)

    def start(self) -> None:
        """Begin to look for the worker; what was asked before is sent once it is there."""
        self._thread.start()

    def close(self) -> None:
        """Leave the worker; it ends by itself when its last client has gone."""
        self._is_closing.set()
        self._hurries.set()
        if self._outgoing is not None:
            self._outgoing.put(None)
            self._sender.join(1.0)  # what was asked last is still to be done
        if self._link is not None:
            self._link.close()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def try_now(self) -> None:
        """Don't wait any longer with the next try to have a worker."""
        self._hurries.set()

    @property
    def home(self) -> Path:
        """The data folder of the library."""
        return self._home

    @property
    def is_connected(self) -> bool:
        """Whether a worker is there."""
        return self._outgoing is not None

    @property
    def under_way(self) -> tuple[Operation, ...]:
        """What was asked, and has not ended yet."""
        return tuple(operation for operation in self._running.values() if operation.is_running)

    @property
    def is_restoring(self) -> bool:
        """Whether a backup is being taken in, or was, and the worker that has it is not there yet."""
        return self._is_to_end or any(isinstance(operation.request, Restore) for operation in self.under_way)

    def run(self, kind: type[Request], **fields: Any) -> Operation:
        """Send a request of ``kind`` with ``fields`` (all but its id); kept until the worker is there.

        One that can leave documents out leaves out those that the person has removed, erased yet or not.
        """
        if kind is Restore:
            self.restoring.emit()
        if any(field.name == "without" for field in dataclasses.fields(kind)):
            fields.setdefault("without", self._removed())
        request = kind(next(self._numbers), **fields)
        operation = Operation(request, self._cancel)
        self._running[request.id] = operation
        if self._outgoing is None:
            self._kept.append(request)
        else:
            self._outgoing.put(request)
        self.begun.emit(operation)
        return operation

    def _removed(self) -> tuple[str, ...]:
        erasing = [operation.request for operation in self.under_way if isinstance(operation.request, Remove)]
        going = [target for request in erasing for target in request.targets]
        return tuple(dict.fromkeys((*self.concealed(), *going)))

    def _cancel(self, operation: Operation) -> None:
        request = operation.request
        if request in self._kept:
            self._kept.remove(request)
            self._inbox.put(WorkerClient._hand_over, Cancelled(request.id))
        elif self._outgoing is not None:
            self._outgoing.put(Cancel(next(self._numbers), request.id))

    # --- in the GUI thread ------------------------------------------------------------------------------------------

    def _begin(self, link: Link) -> None:
        self._link = link
        if self._is_to_end:
            for request in self._kept:
                self._running.pop(request.id).abandon()  # the windows that asked show the library that was here
            self._kept.clear()
        self._is_to_end = False
        self._outgoing = queue.SimpleQueue()
        self._sender = threading.Thread(target=_send, args=(link, self._outgoing), name="worker sending", daemon=True)
        self._sender.start()
        for request in self._kept:
            self._outgoing.put(request)
        self._kept.clear()
        self.connected.emit()

    def _hand_over(self, reply: Reply) -> None:
        operation = self._running.get(reply.id)
        if operation is None or self._is_closing.is_set():  # what came last is for windows that go, or have gone
            return
        if isinstance(reply, Restored):
            self._is_to_end = True
            self.replaced.emit()
        operation.take(reply)
        if not operation.is_running:
            self._running.pop(reply.id, None)

    def _end(self, link: Link | None, problem: Problem) -> None:
        if link is None:  # no worker could be started: nobody will answer what was kept for it
            failed = [self._running.pop(request.id) for request in self._kept]
            self._kept.clear()
        else:
            if self._outgoing is not None:
                self._outgoing.put(None)
            self._outgoing = self._link = None
            link.close()
            failed = list(self._running.values())
            self._running.clear()
        if self._is_closing.is_set():
            return
        if link is None or not self._is_to_end:
            self.lost.emit(problem)
        for operation in failed:
            if link is not None and self._is_to_end:
                operation.take(Cancelled(operation.request.id))  # where it failed it would be asked of the next one
            else:
                operation.fail(problem)


class _Listening:
    """What the thread does that hears the worker: it holds nothing of Qt's."""

    def __init__(
        self, home: Path, inbox: Inbox[WorkerClient], is_closing: threading.Event, hurries: threading.Event
    ) -> None:
        self._home = home
        self._inbox = inbox
        self._is_closing = is_closing
        self._hurries = hurries

    def run(self) -> None:
        """Until the client closes: have a worker, and pass on what it says."""
        pause = FIRST_PAUSE
        while not self._is_closing.is_set():
            try:
                link, _ = connect(self._home, "window")
            except LinkClosed:
                link = None  # it died while it greeted
                problem = Problem(LibraryProblem.WORKER_DIED.value)
            except (PhialError, OSError) as error:
                link = None
                problem = problem_of(error)
            if link is not None:
                if self._is_closing.is_set():
                    link.close()  # the client may be gone, and would not
                    return
                self._inbox.put(WorkerClient._begin, link)
                if self._receive_all(link):
                    pause = FIRST_PAUSE
                problem = Problem(LibraryProblem.WORKER_DIED.value)
            if self._is_closing.is_set():
                return
            self._inbox.put(WorkerClient._end, link, problem)
            self._hurries.clear()
            if not self._is_closing.is_set():  # it may have been set while the other was cleared
                self._hurries.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _receive_all(self, link: Link) -> bool:
        """Pass on what arrives until the worker is gone; whether it said anything."""
        has_spoken = False
        while True:
            try:
                message = link.receive()
            except FrameError as error:
                _log.warning("a message of the worker that is none: %s", error)
                continue
            except LinkClosed:
                return has_spoken
            has_spoken = True
            if isinstance(message, Reply):
                self._inbox.put(WorkerClient._hand_over, message)


def _send(link: Link, outgoing: queue.SimpleQueue[Request | None]) -> None:
    while (request := outgoing.get()) is not None:
        try:
            link.send(request)
        except LinkClosed:
            return  # the thread that listens announces it
