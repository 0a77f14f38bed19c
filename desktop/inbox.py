"""What other threads leave for the GUI thread: taken in their order, in slices that no person feels."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

SLICE = 0.008
"""Seconds: half a frame. A folder of a thousand files is a thousand messages; painted between them is in time."""


class Inbox(QObject):
    """Calls that any thread may ``put`` and that the thread it was made in runs, one after the other.

    A queued signal for each message would do the same, but Qt delivers all that are queued before it paints, also those
    that are queued meanwhile: a slice begins with a timer, and who puts is told of nothing until all is taken.
    """

    _filled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls: deque[Callable[[], None]] = deque()
        self._is_told = threading.Event()
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._run_some)
        self._filled.connect(self._again.start, Qt.ConnectionType.QueuedConnection)

    def put(self, call: Callable[[], None]) -> None:
        """Have ``call`` run in the other thread, after all that was put before."""
        self._calls.append(call)
        if not self._is_told.is_set():
            self._is_told.set()
            with contextlib.suppress(RuntimeError):  # whose it was has gone meanwhile, with its window
                self._filled.emit()

    def _run_some(self) -> None:
        if not self._calls:
            self._is_told.clear()
            if not self._calls:  # else it was put before that, by somebody who saw that it was told
                return
        self._again.start()  # first: a call may fail, turn an event loop of its own, or be the end of this
        end = time.monotonic() + SLICE
        while self._calls and time.monotonic() < end:
            self._calls.popleft()()
