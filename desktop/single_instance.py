"""One window for one library: a later start reaches the first, with what it was given."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.call import LARGEST, QUIT, Call, call_in
from desktop.peers import is_of_this_user
from engine.paths import make_private_folder, make_sockets_folder, sockets_folder

PATIENCE = 2_000
"""Milliseconds that the first may take to answer the second, and a caller to say what it wants."""

ENDING_SECONDS = 10.0
"""How long a start waits for one that is ending, or that does not answer."""

_PAUSE = 0.05
"""Seconds between two tries."""

ADDRESS_FILE = "window.address"
"""In the data folder: where the one with the window listens. A start with another environment would look elsewhere."""

TAKEN = b"taken\n"
"""What the first answers when it has the call."""

_MOST_CALLERS = 16

_log = logging.getLogger(__name__)


class SingleInstance(QObject):
    """Which of the programs started for the library in ``home`` has the window.

    ``called`` carries the Call of another start.
    """

    called = Signal(object)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        make_private_folder(home)
        self._announced = home / ADDRESS_FILE
        self._address = window_address(home)
        self._lock = QLockFile(str(home / "window.lock"))
        self._lock.setStaleLockTime(0)  # a lock is stale when its owner is gone, however old it is
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MOST_CALLERS)
        self._server.newConnection.connect(self._answer)

    def take(self, call: Call = Call(), patience: float = ENDING_SECONDS) -> bool:  # noqa: B008 - a frozen value
        """Be the one with the window. False where another is, and has taken ``call``.

        One that is ending is waited for. One that holds the lock and does not answer for ``patience`` seconds leaves
        this one its place: a window too many is better than none.
        """
        deadline = time.monotonic() + patience
        while not self._lock.tryLock(0):
            if self._tell(call):
                return False
            if time.monotonic() >= deadline:
                break
            time.sleep(_PAUSE)
        self._listen()
        return True

    def end_other(self, patience: float = ENDING_SECONDS) -> bool:
        """Have the one with the window end, as by its own *Quit*, and wait until it has. False where it goes on."""
        deadline = time.monotonic() + patience
        while not self._lock.tryLock(0):
            if time.monotonic() >= deadline:
                return False
            self._tell(Call(QUIT))
            time.sleep(_PAUSE)
        self._lock.unlock()
        return True

    def hush(self) -> None:
        """Take no call any more: this one ends, and who comes now waits until it has."""
        self._server.close()

    def release(self) -> None:
        """Let another be the one."""
        self._server.close()
        self._lock.unlock()

    # --- in the later one -------------------------------------------------------------------------------------------

    def _tell(self, call: Call) -> bool:
        """Say ``call`` to the one that has the window; whether it has taken it."""
        socket = QLocalSocket()
        for address in self._other_addresses():
            socket.connectToServer(address)
            if socket.waitForConnected(PATIENCE):
                break
        else:
            return False
        if not is_of_this_user(int(socket.socketDescriptor())):
            return False
        _let_come_forward()
        socket.write(call.written())
        socket.waitForBytesWritten(PATIENCE)
        while socket.bytesAvailable() < len(TAKEN) and socket.waitForReadyRead(PATIENCE):
            pass
        return bytes(socket.readAll().data()) == TAKEN

    def _other_addresses(self) -> tuple[str, ...]:
        """Where the one that has the window may listen."""
        announced = ""
        with contextlib.suppress(OSError, UnicodeDecodeError):
            announced = self._announced.read_text(encoding="utf-8")
        return tuple(dict.fromkeys(filter(None, (announced, self._address))))

    # --- in the first -----------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        """Be there for later starts. Where that can't be, they have windows of their own, and this one is as good."""
        if sys.platform != "win32":
            try:
                make_sockets_folder()
            except OSError as error:
                _log.warning("no later start will find this window: %s", error.strerror)
                return
        with contextlib.suppress(OSError):  # a start with the same environment finds it all the same
            self._announced.write_text(self._address, encoding="utf-8")
        QLocalServer.removeServer(self._address)  # the lock says that whoever left it is gone
        if not self._server.listen(self._address):
            _log.warning("no later start will find this window: %s", self._server.errorString())

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if not is_of_this_user(int(socket.socketDescriptor())):
                socket.abort()
                socket.deleteLater()
                continue
            socket.setReadBufferSize(LARGEST + 1)
            socket.readyRead.connect(self._hear)
            socket.disconnected.connect(socket.deleteLater)
            QTimer.singleShot(PATIENCE, socket, socket.abort)
            self._hear_from(socket)

    def _hear(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._hear_from(socket)

    def _hear_from(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine() and socket.bytesAvailable() <= LARGEST:
            return
        socket.readyRead.disconnect(self._hear)  # one call a caller
        call = call_in(bytes(socket.readAll().data()))
        if call is None:
            socket.abort()  # no start of ours would say that
            return
        socket.write(TAKEN)
        socket.flush()
        socket.disconnectFromServer()
        self.called.emit(call)


def window_address(home: Path) -> str:
    """Where the one with the window of the library in ``home`` listens: a path, and a name on Windows.

    However ``home`` is spelled, through a link or with ``..``. Qt would put a bare name into the folder for what is
    temporary, whose own name may leave it no room.
    """
    digest = hashlib.sha256(os.fsencode(os.path.realpath(home))).hexdigest()[:16]
    if sys.platform == "win32":
        return f"phial-window-{digest}"
    return str(sockets_folder() / f"{digest}.window")


def _let_come_forward() -> None:
    """On Windows a program comes to the front only with the leave of the one that is in front: this one, just begun."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.WinDLL("user32").AllowSetForegroundWindow(any_process)
