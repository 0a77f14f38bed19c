"""One window for one library: a second start brings the first to the front."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from engine.paths import make_private_folder

WINDOW, QUICK = "window", "quick"
"""What a second start can ask of the first."""

PATIENCE = 2_000
"""Milliseconds that the first may take to answer the second."""


class SingleInstance(QObject):
    """Which of the programs started for the library in ``home`` has the window.

    ``called``: another was started, and asks this one to come forward (``window``) or for the quick question
    (``quick``).
    """

    called = Signal(str)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = hashlib.sha256(os.fsencode(home.absolute())).hexdigest()[:16]
        self._name = f"phial-window-{digest}"
        make_private_folder(home)
        self._lock = QLockFile(str(home / "window.lock"))
        self._lock.setStaleLockTime(0)  # a lock is stale when its owner is gone, however old it is
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def take(self, wanted: str = WINDOW) -> bool:
        """Be the one with the window. False where another is; it has then been asked for what is ``wanted``."""
        if not self._lock.tryLock(0):
            socket = QLocalSocket()
            socket.connectToServer(self._name)
            if socket.waitForConnected(PATIENCE):
                socket.write(wanted.encode())
                socket.waitForBytesWritten(PATIENCE)
                socket.disconnectFromServer()
                return False
            # Its owner holds the lock and does not answer: a window too many is better than none.
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Let another be the one."""
        self._server.close()
        self._lock.unlock()

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(self._hear)
            if socket.state() is QLocalSocket.LocalSocketState.UnconnectedState:
                self._tell(socket)  # it has said what it had to say, and is gone

    def _hear(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._tell(socket)

    def _tell(self, socket: QLocalSocket) -> None:
        said = bytes(socket.readAll().data())
        socket.deleteLater()
        self.called.emit(QUICK if said == QUICK.encode() else WINDOW)
