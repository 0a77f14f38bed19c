"""What other threads leave for the GUI thread: taken in their order, in slices that no person feels."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

SLICE = 0.008
"""Seconds: half a frame. A folder of a thousand files is a thousand messages; painted between them is in time."""


class Inbox(QObject):
    """Calls that any thread may ``put`` and that the thread it was made in runs, one after the other.

    A queued signal for each message would do the same, but Qt delivers all that are queued before it paints.
    """

    _filled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls: deque[Callable[[], None]] = deque()
        self._is_told = threading.Event()
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._run_some)
        self._filled.connect(self._run_some, Qt.ConnectionType.QueuedConnection)

    def put(self, call: Callable[[], None]) -> None:
        """Have ``call`` run in the other thread, after all that was put before."""
        self._calls.append(call)
        if not self._is_told.is_set():
            self._is_told.set()
            self._filled.emit()

    def _run_some(self) -> None:
        self._is_told.clear()  # first: what is put from here on may have missed this round, and tells again
        end = time.monotonic() + SLICE
        while self._calls:
            if time.monotonic() >= end:
                self._again.start()
                return
            self._calls.popleft()()
