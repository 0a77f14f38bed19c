"""One window for one library: what later starts ask of it, and who is not listened to."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from desktop import single_instance
from desktop.call import LARGEST, OPEN, QUICK, QUIT, Call
from desktop.single_instance import TAKEN, SingleInstance, window_address

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
    caller.connectToServer(first._address)
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


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder of our own whose name leaves a socket in it room for its own."""
    with tempfile.TemporaryDirectory(prefix="phial-") as folder:
        yield Path(folder)


@pytest.mark.skipif(not hasattr(os, "setuid") or os.getuid() != 0, reason="only root can be another user")
def test_another_user_is_not_listened_to(
    qtbot: QtBot, home: Path, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short))
    first = SingleInstance(home)
    assert first.take()
    door = Path(first._server.fullServerName())
    assert door.parent.parent == short
    assert door.stat().st_mode & 0o077 == 0
    assert door.parent.stat().st_mode & 0o077 == 0
    for place, mode in ((door, 0o666), (door.parent, 0o711), (short, 0o711)):
        place.chmod(mode)  # had the system let them in: who they are still decides
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
    first.release()


def test_another_library_has_a_window_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    one, other = SingleInstance(tmp_path / "one"), SingleInstance(tmp_path / "other")
    assert one.take()
    assert other.take()
    one.release()
    other.release()
    QCoreApplication.processEvents()


@pytest.fixture
def long_temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for what is temporary, here and in processes begun from now on: its name has 150 characters."""
    folder = tmp_path / ("t" * (149 - len(str(tmp_path))))
    folder.mkdir()
    assert len(str(folder)) == 150
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="Unix sockets")
def test_a_temporary_folder_with_a_long_name_leaves_a_second_start_its_way(
    qtbot: QtBot, home: Path, long_temporary: Path
) -> None:
    first = SingleInstance(home)
    assert first.take()
    assert len(os.fsencode(first._server.fullServerName())) < 104
    with qtbot.waitSignal(first.called, timeout=20_000) as called:
        other = start_another(home, "quick", patience=60.0)
    assert called.args == [Call(QUICK)]
    assert other.communicate(timeout=20)[0] == "told\n"
    first.release()
    assert list(long_temporary.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Unix sockets")
def test_a_start_with_another_environment_finds_the_first(
    qtbot: QtBot, home: Path, first: SingleInstance, tmp_path: Path, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short))
    (tmp_path / "link").symlink_to(home)
    assert window_address(home) == window_address(tmp_path / "link") != first._address
    with qtbot.waitSignal(first.called, timeout=20_000):
        other = start_another(tmp_path / "link", "window", patience=60.0)
    assert other.communicate(timeout=20)[0] == "told\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Unix sockets")
def test_where_no_place_for_a_socket_is_ours_there_is_a_window_all_the_same(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse() -> Path:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(single_instance, "make_sockets_folder", refuse)
    first = SingleInstance(home)
    assert first.take()
    assert not first._server.isListening()
    assert "no later start will find this window" in caplog.text
    first.release()
