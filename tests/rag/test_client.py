from __future__ import annotations

import json
import stat
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.frames import plain
from engine.links import Link
from engine.paths import logs, make_private_folder
from rag.client import KEY_FILE, PROBLEM_FILE, client_version, connect, door_address, make_door_key, write_start_problem
from rag.errors import LibraryProblem, PhialError, Problem
from rag.protocol import Documents, Failed, Hello, ListDocuments, Request, Status
from rag.stores.database import FILE
from tests.fakes.worker import FakeWorker


def test_the_address_is_the_librarys_own_and_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert door_address(tmp_path / "a") == door_address(Path("a")) != door_address(tmp_path / "b")
    # A Unix socket's path has room for 103 bytes, whatever the data folder's has.
    assert len(door_address(tmp_path / ("long/" * 100))) < 104


@pytest.mark.skipif(sys.platform == "win32", reason="links and Unix sockets")
def test_a_library_has_one_address_however_it_is_spelled(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "link").symlink_to("home")
    address = door_address(tmp_path / "home")
    assert door_address(tmp_path / "link") == address
    assert door_address(tmp_path / "link" / ".." / "home") == address


@pytest.mark.skipif(sys.platform == "win32", reason="Unix sockets")
def test_a_door_is_where_there_is_a_folder_with_room_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing, too_long = tmp_path / "missing", tmp_path / ("long" * 40)
    too_long.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(missing))
    monkeypatch.setenv("TMPDIR", str(too_long))
    monkeypatch.setattr("tempfile.tempdir", None)  # where it keeps what TMPDIR once was
    folder = Path(door_address(tmp_path)).parent.parent
    assert folder.is_dir()
    assert folder not in {missing, too_long}
    assert len(door_address(tmp_path)) < 104


@pytest.mark.skipif(sys.platform == "win32", reason="Unix permissions")
def test_the_key_is_fresh_and_its_owners_alone(tmp_path: Path) -> None:
    first = make_door_key(tmp_path)
    assert (tmp_path / KEY_FILE).read_bytes() == first
    assert len(first) == 32
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    (tmp_path / KEY_FILE).with_suffix(".new").write_bytes(b"left by a worker that was killed")
    assert make_door_key(tmp_path) != first
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_a_client_is_greeted_and_answered(worker: FakeWorker) -> None:
    link, welcome = connect(worker.home, "test", starts_worker=False)
    assert welcome.home == str(worker.home)
    assert worker.asked(Hello) == [Hello(0, "test", client_version())]
    link.send(ListDocuments(1))
    assert link.receive() == Documents(1, tuple(worker.script.documents))
    link.close()


def test_where_no_worker_runs_and_none_is_started_that_is_said(home: Path) -> None:
    with pytest.raises(PhialError) as failure:
        connect(home, "test", starts_worker=False)
    assert failure.value.kind is LibraryProblem.WORKER_DIED


def test_a_wrong_key_opens_nothing(worker: FakeWorker) -> None:
    (worker.home / KEY_FILE).write_bytes(b"another key")
    with pytest.raises(PhialError) as failure:
        connect(worker.home, "test", starts_worker=False)
    assert failure.value.kind is LibraryProblem.WORKER_DIED
    assert worker.requests == []


def refuse(_worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(Failed(request.id, Problem("worker_other_version")))


def speak_another_language(_worker: FakeWorker, link: Link, _request: Request) -> None:
    link._connection.send_bytes(b'{"v":99,"type":"welcome"}')


def talk_past(_worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(Documents(request.id, ()))


@pytest.mark.parametrize(
    ("greeting", "kind"),
    [
        (refuse, LibraryProblem.WORKER_OTHER_VERSION),
        (speak_another_language, LibraryProblem.WORKER_OTHER_VERSION),
        (talk_past, LibraryProblem.WORKER_START_FAILED),
    ],
)
def test_a_worker_that_does_not_greet_as_it_should(worker: FakeWorker, greeting: object, kind: LibraryProblem) -> None:
    assert callable(greeting)
    worker.script.handlers[Hello] = greeting
    with pytest.raises(PhialError) as failure:
        connect(worker.home, "test", starts_worker=False)
    assert failure.value.kind is kind


def test_the_word_that_a_worker_left_is_a_problem_again(home: Path) -> None:
    make_private_folder(logs(home))
    problem = Problem("library_newer", {"path": str(home)}, "why")
    write_start_problem(home, problem)
    assert json.loads((logs(home) / PROBLEM_FILE).read_text(encoding="utf-8")) == plain(problem)


def test_a_library_that_cannot_be_opened_is_said_by_the_worker_itself(home: Path) -> None:
    make_private_folder(home)
    (home / FILE).write_bytes(b"no database, whatever it is called " * 200)
    with pytest.raises(PhialError) as failure:
        connect(home, "test")
    assert failure.value.kind is LibraryProblem.LIBRARY_DAMAGED
    assert failure.value.parameters == {"path": str(home)}


def test_a_worker_without_room_to_say_why_it_ended_is_understood(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.client.process_command", lambda *_arguments: [sys.executable, "-c", "raise SystemExit(3)"])
    kinds = []
    for free in (10**12, 0):
        monkeypatch.setattr("rag.client.shutil.disk_usage", lambda _home, free=free: SimpleNamespace(free=free))
        with pytest.raises(PhialError) as failure:
            connect(home, "test")
        kinds.append(failure.value.kind)
    assert kinds == [LibraryProblem.WORKER_START_FAILED, LibraryProblem.DISK_FULL]


def test_a_data_folder_that_cannot_be_made_is_unwritable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PhialError) as failure:
        connect(tmp_path / "file" / "phial", "test")
    assert failure.value.kind is LibraryProblem.LIBRARY_UNWRITABLE


def test_the_real_worker_is_started_and_greets(home: Path) -> None:
    link, welcome = connect(home, "test")
    assert (welcome.version, welcome.home) == (client_version(), str(home))
    link.send(Status(1))
    assert link.has_message(30)
    link.close()
