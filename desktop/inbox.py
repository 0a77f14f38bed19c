"""What other threads leave for the GUI thread: taken in their order, in slices that no person feels.

A thread may neither emit on one of Qt's objects, which the GUI thread may be deleting at that moment, nor be the last
to hold one, which would then be taken down in the wrong thread. What is here for threads holds nothing of Qt's.
"""

from __future__ import annotations

import atexit
import itertools
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar, TypeVarTuple

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

SLICE = 0.008
"""Seconds: half a frame. A folder of a thousand files is a thousand messages; painted between them is in time."""

Found = TypeVar("Found")
Owner = TypeVar("Owner", bound=QObject)
Given = TypeVarTuple("Given")


class Inbox(Generic[Owner]):
    """Calls that any thread may ``put`` and that the GUI thread, in which it is made, runs as long as ``owner`` lives.

    A queued signal for each message would do the same, but Qt delivers all that are queued before it paints, also those
    that are queued meanwhile: a slice begins with a timer, and who puts is told of nothing until all is taken.
    """

    def __init__(self, owner: Owner) -> None:
        self._owner = weakref.ref(owner)
        self._bell = _the_bell()

    def put(self, method: Callable[[Owner, *Given], None], *given: *Given) -> None:
        """Have ``method`` of the owner (named by its class, not bound) run after all that anybody put before."""
        self._bell.put(partial(_call, self._owner, method, given))

    def promise(self, take: Callable[[Found], None]) -> Callable[[Found], None]:
        """What a thread may hold and call, once, to have ``take`` run with what it was called with.

        ``take``, and what it is a method of, are held here until then, or until ``owner`` has been deleted.
        """
        key = self._bell.promise(self._owner, take)
        return partial(_keep_promise, self._bell, key)

    def beside(self, work: Callable[[], Found], take: Callable[[Found], None], name: str) -> None:
        """Have ``work`` done in a thread of its own, called ``name``, and then ``take`` run with what it found.

        ``work`` may hold nothing of Qt's. The thread is a daemon: a drive that never answers keeps nobody from closing
        the window.
        """
        threading.Thread(target=_work, args=(work, self.promise(take)), name=name, daemon=True).start()


class _Bell(QObject):
    """The one of Qt's objects that threads may touch: it outlives them."""

    _rung = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._calls: deque[Callable[[], None]] = deque()
        self._is_rung = threading.Event()
        self._lock = threading.Lock()
        self._is_gone = False
        self._numbers = itertools.count()
        self._promised: dict[int, tuple[weakref.ref[Any], Callable[[Any], None]]] = {}
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._run_some)
        self._rung.connect(self._again.start, Qt.ConnectionType.QueuedConnection)
        # Python comes to this before it comes to PySide's own end, which deletes all of Qt's objects.
        atexit.register(self._go)

    # --- in any thread ----------------------------------------------------------------------------------------------

    def put(self, call: Callable[[], None]) -> None:
        self._calls.append(call)
        if not self._is_rung.is_set():
            self._is_rung.set()
            with self._lock:
                if not self._is_gone:
                    self._rung.emit()

    # --- in the GUI thread ------------------------------------------------------------------------------------------

    def promise(self, owner: weakref.ref[Owner], take: Callable[[Found], None]) -> int:
        for key in [key for key, (other, _) in self._promised.items() if _living(other) is None]:
            del self._promised[key]  # nobody is left to hear of it
        key = next(self._numbers)
        self._promised[key] = owner, take
        return key

    def deliver(self, key: int, found: object) -> None:
        owner, take = self._promised.pop(key, (None, None))
        if owner is not None and take is not None and _living(owner) is not None:
            take(found)

    def _run_some(self) -> None:
        if not self._calls:
            self._is_rung.clear()
            if not self._calls:  # else it was put before that, by somebody who saw that it was rung
                return
        self._again.start()  # first: a call may fail, turn an event loop of its own, or be the end of its owner
        end = time.monotonic() + SLICE
        while self._calls and time.monotonic() < end:
            self._calls.popleft()()

    def _go(self) -> None:
        with self._lock:
            self._is_gone = True


_bells: list[_Bell] = []


def _the_bell() -> _Bell:
    if not _bells:
        _bells.append(_Bell())
    return _bells[0]


def _living(owner: weakref.ref[Owner]) -> Owner | None:
    there = owner()
    return there if there is not None and shiboken6.isValid(there) else None


def _call(owner: weakref.ref[Owner], method: Callable[[Owner, *Given], None], given: tuple[*Given]) -> None:
    there = _living(owner)
    if there is not None:
        method(there, *given)


def _keep_promise(bell: _Bell, key: int, found: object) -> None:
    bell.put(partial(bell.deliver, key, found))


def _work(work: Callable[[], Found], tell: Callable[[Found], None]) -> None:
    tell(work())
