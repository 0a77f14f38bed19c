"""The worker as a process: several clients, death on either side, junk at the door."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.links import Link
from engine.paths import HOME_VARIABLE
from rag.cli import main as run_command
from rag.client import KEY_FILE, connect, door_address
from rag.errors import LibraryProblem, PhialError
from rag.library import Library
from rag.protocol import (
    Ask,
    Cancel,
    Cancelled,
    DocumentChanged,
    Documents,
    DocumentState,
    Failed,
    Index,
    Indexed,
    LibraryStatus,
    ListConversations,
    ListDocuments,
    Pause,
    Status,
    Token,
    Watch,
)
from rag.session import Session
from tests.end_to_end.conftest import SAMPLES, run_phial

NOTE = SAMPLES / "sourdough-notebook.md"
PATIENCE = 30.0


@contextlib.contextmanager
def connected(home: Path) -> Iterator[tuple[Link, int]]:
    link, welcome = connect(home, "test")
    try:
        yield link, welcome.pid
    finally:
        link.close()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def has_ended(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def many_notes(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        sections = "".join(
            f"## Berth {berth}\n\nShip {number} lay at berth {berth}. " * 12 + "\n\n" for berth in range(6)
        )
        (folder / f"note-{number}.md").write_text(f"# Log {number}\n\n{sections}", encoding="utf-8")
    return folder


def test_two_clients_share_one_worker_and_see_each_others_work(tmp_path: Path) -> None:
    with connected(tmp_path / "home") as (window, pid), connected(tmp_path / "home") as (terminal, other_pid):
        assert pid == other_pid
        window.send(Watch(1))
        assert isinstance(window.receive(), Documents)
        terminal.send(Index(1, (str(NOTE),)))
        while (
            not isinstance(news := window.receive(), DocumentChanged) or news.document.state is not DocumentState.READY
        ):
            assert not isinstance(news, Failed)
        while not isinstance(said := terminal.receive(), Indexed):
            pass
        assert said.files[0].state is DocumentState.READY


def test_two_clients_that_start_at_once_find_one_worker(tmp_path: Path) -> None:
    pids: list[int] = []
    all_are_in = threading.Barrier(4, timeout=PATIENCE)

    def start() -> None:
        with connected(tmp_path / "home") as (_, pid):
            pids.append(pid)
            all_are_in.wait()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pids) == 4
    assert len(set(pids)) == 1


def test_the_worker_and_its_children_end_with_their_last_client(tmp_path: Path) -> None:
    with connected(tmp_path / "home") as (link, pid):
        link.send(Index(1, (str(many_notes(tmp_path / "notes", 40)),)))
        while not isinstance(link.receive(), DocumentChanged):
            pass
        wait_for(lambda: bool(psutil.Process(pid).children(recursive=True)))
        children = [child.pid for child in psutil.Process(pid).children(recursive=True)]
    wait_for(lambda: has_ended(pid))
    wait_for(lambda: all(has_ended(child) for child in children))


def test_a_worker_killed_while_it_indexes_is_replaced_and_nothing_is_lost(tmp_path: Path) -> None:
    home, notes = tmp_path / "home", many_notes(tmp_path / "notes", 12)
    restarts: list[int] = []
    with Session(home, lambda: restarts.append(1)) as session:
        killed: list[int] = []
        for reply in session.run(lambda number: Index(number, (str(notes),))):
            if isinstance(reply, DocumentChanged) and reply.document.state is DocumentState.ANSWERABLE:
                worker = int((home / "library.pid").read_text())
                if len(killed) < 2 and worker not in killed:  # what it had sent may be read after its end
                    os.kill(worker, signal.SIGKILL)
                    killed.append(worker)
        assert isinstance(reply, Indexed)
    assert len(restarts) == 2
    assert [file.state for file in reply.files] == [DocumentState.READY] * 12
    wait_for(lambda: not _is_held(home))
    with Library.open(home) as library, Library.open(tmp_path / "peace") as peaceful:
        *_, _ = peaceful.index([str(notes)])
        assert library.is_vector_index_sound()
        assert _content(home) == _content(tmp_path / "peace")


def _is_held(home: Path) -> bool:
    try:
        Library.open(home).close()
    except PhialError:
        return True
    return False


def _content(home: Path) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(home / "library.db")) as database:
        passages = database.execute(
            "SELECT sha256, page, start, end, section, text, vector_key IS NOT NULL, is_indexed FROM passages"
        ).fetchall()
        return sorted(passages) + database.execute("SELECT count(*) FROM vectors").fetchall()


def test_cancelling_one_request_leaves_the_others(tmp_path: Path) -> None:
    with connected(tmp_path / "home") as (link, _):
        link.send(Pause(1, paused=True))
        link.send(Index(2, (str(NOTE),)))
        link.send(Watch(3))
        link.send(Cancel(4, 3))
        ended: dict[int, object] = {}
        while len(ended) < 2:
            reply = link.receive()
            if isinstance(reply, Cancelled) or reply.type == "done":
                ended[reply.id] = reply
        assert isinstance(ended[3], Cancelled)
        link.send(Pause(5, paused=False))
        while not isinstance(reply := link.receive(), Indexed):
            pass
        assert reply.id == 2


def test_a_client_that_goes_takes_its_requests_with_it(samples_home: Path) -> None:
    with connected(samples_home) as (staying, _):
        with connected(samples_home) as (going, _):
            going.send(Ask(1, "What does the manual of the greenhouse say about frost and the lemon trees?"))
            while not isinstance(going.receive(), Token):
                pass
        staying.send(Ask(1, "What core temperature does the loaf have when it is done?"))
        while (reply := staying.receive()).type != "answered":
            assert not isinstance(reply, Failed)


def test_a_wrong_key_opens_nothing(samples_home: Path) -> None:
    from engine.links import knock
    from rag.protocol import CODEC

    with pytest.raises(OSError):  # noqa: PT011 - whatever the system calls it
        knock(door_address(samples_home), b"guessed", CODEC)
    assert (samples_home / KEY_FILE).stat().st_mode & 0o077 == 0


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    junk=st.one_of(
        st.binary(max_size=200),
        st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=8), max_size=4).map(
            lambda value: json.dumps({"v": 1, "type": "ask", **value}).encode()
        ),
    )
)
def test_junk_is_answered_as_junk_and_harms_nobody(samples_home: Path, junk: bytes) -> None:
    with connected(samples_home) as (link, _):
        link._connection.send_bytes(junk)  # no message could be this
        reply = link.receive()
        assert isinstance(reply, Failed)
        assert reply.problem.kind == LibraryProblem.BAD_REQUEST
        link.send(Status(9))
        assert isinstance(link.receive(), LibraryStatus)


def test_an_id_in_use_is_refused(samples_home: Path) -> None:
    with connected(samples_home) as (link, _):
        link.send(Watch(1))
        assert isinstance(link.receive(), Documents)
        link.send(ListDocuments(1))
        while not isinstance(reply := link.receive(), Failed):
            pass
        assert reply.problem.kind == LibraryProblem.BAD_REQUEST


def test_a_library_that_another_process_holds_gets_its_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("rag.client.HELD_SECONDS", 0.5)  # hence the terminal is in this process; the worker is not
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.setenv("PHIAL_LANGUAGE", "en")
    with Library.open(tmp_path / "home"):
        assert run_command(["status"]) == 1
    assert str(os.getpid()) in capsys.readouterr().err


def test_a_library_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    Library.open(home).close()
    with contextlib.closing(sqlite3.connect(home / "library.db")) as database:
        database.execute("PRAGMA user_version = 99")
    before = (home / "library.db").read_bytes()
    ran = run_phial(home, "status", "--json")
    assert ran.status == 1
    assert ran.objects[0]["reason_kind"] == "library_newer"
    assert (home / "library.db").read_bytes() == before


def test_a_damaged_library_gets_its_sentence(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "library.db").write_bytes(b"this is no database" * 500)
    ran = run_phial(home, "status", "--json")
    assert ran.status == 1
    assert ran.objects[0]["reason_kind"] == "library_damaged"


def test_damage_that_is_met_only_while_reading_gets_its_sentence(tmp_path: Path) -> None:
    home = tmp_path / "home"
    Library.open(home).close()
    with contextlib.closing(sqlite3.connect(home / "library.db")) as database:
        (place,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'conversations'").fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    with (home / "library.db").open("r+b") as file:
        file.seek((place - 1) * size)
        file.write(b"\xff" * size)
    with connected(home) as (link, _):
        link.send(ListConversations(1))
        reply = link.receive()
        assert isinstance(reply, Failed)
        assert reply.problem.kind == LibraryProblem.LIBRARY_DAMAGED


def test_a_data_folder_that_can_not_be_made_gets_its_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    ran = run_phial(tmp_path / "file" / "home", "status")
    assert ran.status == 1
    assert str(tmp_path / "file") in ran.complaint


def test_logs_hold_no_question_and_no_text(samples_home: Path) -> None:
    question = "Has anybody seen the quicksilver pelican of Ravenna?"
    run_phial(samples_home, "search", question)
    run_phial(samples_home, "ask", question)
    logged = b"".join(file.read_bytes() for file in (samples_home / "logs").iterdir())
    assert logged
    for word in (b"pelican", b"Ravenna", b"paraffin", b"Lacombe"):
        assert word not in logged


@pytest.mark.skipif(os.name != "posix", reason="Unix permissions")
def test_all_that_is_written_is_its_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for command in (["index", str(NOTE)], ["search", "bread"]):
        ran = run_phial(home, *command, prefix=("sh", "-c", 'umask 0; exec "$@"', "sh"))
        assert ran.status == 0, ran.complaint
    written = [home, *home.rglob("*")]
    assert {"library.db", "worker.out", "worker.log", "chroma"} <= {path.name for path in written}
    assert [path for path in written if path.exists() and path.stat().st_mode & 0o077] == []
