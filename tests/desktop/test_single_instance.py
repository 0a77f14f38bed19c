"""One window for one library: what later starts ask of it, and who is not listened to."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from desktop.call import LARGEST, OPEN, QUICK, QUIT, Call
from desktop.single_instance import TAKEN, SingleInstance

ONE_CALL = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop.call import Call
from desktop.single_instance import SingleInstance
application = QCoreApplication([])
home, patience, wanted, *paths = sys.argv[1:]
print("first" if SingleInstance(Path(home)).take(Call(wanted, tuple(paths)), float(patience)) else "told", flush=True)
"""


def start_another(home: Path, *arguments: str, patience: float = 10.0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ONE_CALL, str(home), str(patience), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


ONE_ENDING = """
import sys
from pathlib import Path
from desktop.single_instance import SingleInstance
print(SingleInstance(Path(sys.argv[1])).end_other())
"""


def start_ending(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", ONE_ENDING, str(home)], stdout=subprocess.PIPE, text=True)


@pytest.fixture
def first(qtbot: QtBot, home: Path) -> Iterator[SingleInstance]:
    instance = SingleInstance(home)
    assert instance.take()
    yield instance
    instance.release()


def say(first: SingleInstance, words: bytes) -> tuple[QLocalSocket, bytearray]:
    """A program that knows the door's name says ``words`` to it; what it is answered."""
    caller, heard = QLocalSocket(first), bytearray()
    caller.readyRead.connect(lambda: heard.extend(caller.readAll().data()))
    caller.connectToServer(first._name)
    caller.write(words)
    return caller, heard


def test_another_process_calls_the_first_with_its_files(qtbot: QtBot, home: Path, first: SingleInstance) -> None:
    for arguments, call in (
        (("window",), Call()),
        (("quick",), Call(QUICK)),
        (("open", "/a b/é.pdf", "/folder"), Call(OPEN, ("/a b/é.pdf", "/folder"))),
    ):
        with qtbot.waitSignal(first.called, timeout=20_000) as called:
            other = start_another(home, *arguments)
        assert called.args == [call]
        assert other.communicate(timeout=20)[0] == "told\n"


def test_a_start_while_the_first_is_ending_waits_and_is_the_next(home: Path, qtbot: QtBot) -> None:
    first = SingleInstance(home)
    assert first.take()
    first.hush()
    with start_another(home, "window", patience=60.0) as other:
        assert other.stdout is not None
        time.sleep(0.3)
        assert other.poll() is None
        first.release()
        assert other.stdout.readline() == "first\n"


def test_an_end_is_asked_for_and_waited_for(qtbot: QtBot, home: Path, first: SingleInstance) -> None:
    heard: list[Call] = []

    def end(call: Call) -> None:
        heard.append(call)
        first.hush()
        QTimer.singleShot(300, first.release)

    first.called.connect(end)
    began = time.monotonic()
    with start_ending(home) as other:
        qtbot.waitUntil(lambda: other.poll() is not None, timeout=20_000)
        assert other.stdout is not None
        assert other.stdout.read() == "True\n"
    assert heard == [Call(QUIT)]
    assert time.monotonic() - began >= 0.3


def test_where_none_has_the_window_there_is_nothing_to_wait_for(home: Path) -> None:
    assert SingleInstance(home).end_other(patience=0.0)


def test_one_that_does_not_end_is_said_to_go_on(home: Path, first: SingleInstance) -> None:
    first.hush()
    assert not SingleInstance(home).end_other(patience=0.1)


def test_one_that_hangs_does_not_keep_a_person_from_a_window(home: Path, first: SingleInstance) -> None:
    with start_another(home, "window", patience=0.1) as other:  # nobody runs the event loop of the first
        assert other.stdout is not None
        assert other.stdout.readline() == "first\n"


@pytest.mark.parametrize(
    "words",
    [
        b"x" * (LARGEST + 1),
        b"window\n",
        b'["window", [], "", "more"]\n',
        b'["format", [], ""]\n',
        b'["open", ["relative.pdf"], ""]\n',
        b'["open", ["/with\\u0000zero"], ""]\n',
        b'["open", [7], ""]\n',
        b'["open", "/etc/passwd", ""]\n',
        b"[" * 100_000 + b"\n",
        b"\xff\xfe\n",
    ],
    ids=range(10),
)
def test_what_no_start_of_ours_would_say_is_refused(qtbot: QtBot, first: SingleInstance, words: bytes) -> None:
    with qtbot.assertNotEmitted(first.called):
        caller, heard = say(first, words)
        with qtbot.waitSignal(caller.disconnected):
            pass
    assert heard == b""


def test_a_million_bytes_are_not_waited_for(qtbot: QtBot, first: SingleInstance) -> None:
    with qtbot.assertNotEmitted(first.called):
        caller, _ = say(first, b"x" * 1_000_000)
        with qtbot.waitSignal(caller.disconnected):
            pass
    with qtbot.waitSignal(first.called):  # and the door still stands open
        caller, heard = say(first, Call().written())
    qtbot.waitUntil(lambda: heard == TAKEN)


@pytest.mark.skipif(not hasattr(os, "setuid") or os.getuid() != 0, reason="only root can be another user")
def test_another_user_is_not_listened_to(qtbot: QtBot, home: Path, first: SingleInstance) -> None:
    door = Path(first._server.fullServerName())
    assert door.stat().st_mode & 0o077 == 0
    door.chmod(0o666)  # had the system let them in: who they are still decides
    code = """
import os, socket, sys
door = socket.socket(socket.AF_UNIX)
os.setuid(65534)
door.connect(sys.argv[1])
try:
    door.sendall(sys.argv[2].encode())
    print(door.recv(64))
except ConnectionError:
    print(b"")
"""
    command = [sys.executable, "-c", code, str(door), Call(QUICK).written().decode()]
    said: list[str] = []
    asking = threading.Thread(
        target=lambda: said.append(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    )
    with qtbot.assertNotEmitted(first.called):
        asking.start()
        qtbot.waitUntil(lambda: not asking.is_alive(), timeout=20_000)
    assert said == ["b''\n"]


def test_another_library_has_a_window_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    one, other = SingleInstance(tmp_path / "one"), SingleInstance(tmp_path / "other")
    assert one.take()
    assert other.take()
    one.release()
    other.release()
    QCoreApplication.processEvents()
