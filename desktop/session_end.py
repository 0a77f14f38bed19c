"""The end of the person's session, or of this process by a signal: what is open is kept, and nothing is asked."""

from __future__ import annotations

import os
import signal
import socket
import sys

from PySide6.QtCore import QObject, QSocketNotifier, Signal
from PySide6.QtGui import QGuiApplication, QSessionManager

SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class SessionEnd(QObject):
    """``keeping``: the session may end, write down what is to be kept. ``ending``: this process has to end now."""

    keeping = Signal()
    ending = Signal()

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__(application)
        application.commitDataRequest.connect(self._keep)
        if sys.platform == "win32":  # Windows ends a session by messages, which Qt hears
            return
        # Python's handlers run between two lines of Python: while Qt waits, there are none. Its wake-up descriptor is
        # written at once, and Qt listens to that.
        self._heard, self._told = socket.socketpair()
        for end in (self._heard, self._told):
            end.setblocking(False)
        signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)
        for number in SIGNALS:
            signal.signal(number, lambda *_: None)
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def close(self) -> None:
        """Hear of no signal any more."""
        if sys.platform != "win32":
            self._notifier.setEnabled(False)
            signal.set_wakeup_fd(-1)
            self._heard.close()
            self._told.close()

    def _keep(self, manager: QSessionManager) -> None:  # noqa: ARG002 - nothing is asked of the person
        self.keeping.emit()

    def _hear(self) -> None:
        numbers = os.read(self._heard.fileno(), 64)
        if any(number in numbers for number in SIGNALS):
            self.keeping.emit()
            self.ending.emit()
