"""A backup is whole and of one instant, or there is none; whatever is done to the library, or to us, meanwhile."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import sqlite3
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.model_notes import note_hash, state_of
from engine.paths import backups, models
from rag import backing_up
from rag.backing_up import back_up, one_at_a_time
from rag.backup_archive import LIBRARY, open_archive
from rag.errors import LibraryProblem, PhialError
from rag.protocol import BackedUp, BackUp, BackupProgress, Reply
from rag.stores.database import Database
from rag.stores.records import Records
from rag.stores.vector_records import VectorRecords
from tests.rag.stores.filling import add_document


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "window.ini").write_text("[window]\nlanguage=fr\n")
    return folder


@pytest.fixture
def database(home: Path) -> Iterator[Database]:
    opened = Database(home)
    for number in range(5):
        add_document(Records(opened), f"/docs/{number}.md", "The crane stands. " * 50)
    yield opened
    opened.close()


def never() -> bool:
    return False


def made(home: Path, target: Path, *, with_models: bool = False, with_vectors: bool = True) -> list[Reply]:
    said: list[Reply] = []
    last = back_up(home, BackUp(0, str(target), with_models, with_vectors), said.append, never)
    assert last is not None
    return [*said, last]


def rows_in(archive: Path, query: str, folder: Path) -> list[tuple[object, ...]]:
    with zipfile.ZipFile(archive) as file:
        file.extract(LIBRARY, folder)
    with contextlib.closing(sqlite3.connect(folder / LIBRARY)) as connection:
        return connection.execute(query).fetchall()


def leftovers(home: Path, target: Path) -> list[str]:
    return [path.name for folder in (target.parent, backups(home)) if folder.is_dir()
            for path in folder.iterdir() if path.name.endswith((".part", ".phial", "-up.db"))]  # fmt: skip


def refused(home: Path, target: Path) -> LibraryProblem:
    with pytest.raises(PhialError) as failure:
        made(home, target)
    kind = failure.value.kind
    assert isinstance(kind, LibraryProblem)
    return kind


def test_it_holds_what_the_library_holds_and_says_what_that_is(home: Path, database: Database, tmp_path: Path) -> None:
    target = tmp_path / "one.phial"
    *steps, last = made(home, target)
    assert last == BackedUp(0, str(target), target.stat().st_size, 5, 0)
    assert [step.stage for step in steps if isinstance(step, BackupProgress)] == sorted(
        (step.stage for step in steps if isinstance(step, BackupProgress)),
        key=["copying", "packing", "checking"].index,
    )
    with open_archive(target) as archive:
        assert [part.name for part in archive.manifest.parts] == ["library.db", "window.ini"]
        assert archive.manifest.home == str(home)
    assert rows_in(target, "SELECT count(*) FROM passages", tmp_path / "out") == [(5,)]
    assert leftovers(home, target) == ["one.phial"]
    if sys.platform != "win32":
        assert target.stat().st_mode & 0o077 == 0


def test_it_is_of_one_instant_though_somebody_writes_all_the_while(
    home: Path, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.stores.copying.PAGES_AT_ONCE", 2)  # so that many are written between two of its steps
    ended = threading.Event()

    def write() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            with database.transaction() as connection:
                connection.execute("INSERT INTO settings VALUES (?, '')", (f"a{number}",))
                connection.execute("INSERT INTO settings VALUES (?, '')", (f"b{number}",))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        made(home, tmp_path / "one.phial")
    finally:
        ended.set()
        thread.join()
    ((odd,),) = rows_in(tmp_path / "one.phial", "SELECT count(*) % 2 FROM settings", tmp_path / "out")
    assert odd == 0


def test_vectors_stay_behind_where_they_are_not_wanted(home: Path, database: Database, tmp_path: Path) -> None:
    vectors = VectorRecords(database)
    with database.transaction() as connection:
        connection.execute("INSERT INTO vectors VALUES ('key', zeroblob(400000))")
        connection.execute("UPDATE passages SET vector_key = 'key', is_indexed = 1")
    assert vectors.count_indexed() == 5
    made(home, tmp_path / "small.phial", with_vectors=False)
    query = "SELECT (SELECT count(*) FROM vectors), (SELECT count(*) FROM passages WHERE vector_key IS NULL)"
    assert rows_in(tmp_path / "small.phial", query, tmp_path / "out") == [(0, 5)]
    assert (tmp_path / "out" / LIBRARY).stat().st_size < 400_000
    assert vectors.count_indexed() == 5


def test_models_come_along_when_they_are_asked_for_and_are_named_anyway(
    home: Path, database: Database, tmp_path: Path
) -> None:
    models(home).mkdir()
    weights = models(home) / "Phi 4 mini.gguf"
    weights.write_bytes(b"weights" * 1_000)
    (models(home) / "arriving.gguf.part").write_bytes(b"half")
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    state = state_of(weights)
    assert state is not None
    note_hash(home, weights, state, digest)
    for with_models, parts in ((False, []), (True, ["models/Phi 4 mini.gguf"])):
        target = tmp_path / f"{with_models}.phial"
        made(home, target, with_models=with_models)
        with open_archive(target) as archive:
            named = [part.name for part in archive.manifest.parts]
            assert [name for name in named if name.startswith("models/")] == parts
            assert [(model.name, model.sha256) for model in archive.manifest.models] == [("Phi 4 mini.gguf", digest)]


@pytest.mark.parametrize("stage", ["copying", "packing", "checking"])
def test_cancelled_at_any_stage_it_leaves_nothing(home: Path, database: Database, tmp_path: Path, stage: str) -> None:
    seen: list[str] = []

    def tell(reply: Reply) -> None:
        assert isinstance(reply, BackupProgress)
        seen.append(reply.stage)

    target = tmp_path / "one.phial"
    assert back_up(home, BackUp(0, str(target)), tell, lambda: stage in seen) is None
    assert seen[-1] == stage
    assert leftovers(home, target) == []
    made(home, target)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("stage", ["copying", "packing", "checking"])
def test_killed_at_any_stage_it_leaves_no_backup_and_the_library_whole(
    home: Path, database: Database, tmp_path: Path, stage: str
) -> None:
    target = tmp_path / "one.phial"

    def tell(reply: Reply) -> None:
        if isinstance(reply, BackupProgress) and reply.stage == stage:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        back_up(home, BackUp(0, str(target)), tell, never)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert not target.exists()
    made(home, target)
    assert leftovers(home, target) == ["one.phial"]
    assert database.reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_file_that_is_there_stays(home: Path, database: Database, tmp_path: Path) -> None:
    (tmp_path / "one.phial").write_text("mine")
    assert refused(home, tmp_path / "one.phial") is LibraryProblem.FILE_THERE_ALREADY
    assert (tmp_path / "one.phial").read_text() == "mine"


def test_a_place_that_is_none_is_said(home: Path, database: Database, tmp_path: Path) -> None:
    assert refused(home, tmp_path / "nowhere" / "one.phial") is LibraryProblem.FILE_UNWRITABLE


def test_room_is_asked_for_before(
    home: Path, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up.shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000))
    assert refused(home, tmp_path / "one.phial") is LibraryProblem.NO_ROOM
    assert leftovers(home, tmp_path / "one.phial") == []


def test_two_at_once_are_one_too_many(home: Path, database: Database, tmp_path: Path) -> None:
    with one_at_a_time(home):
        assert refused(home, tmp_path / "one.phial") is LibraryProblem.BACKUP_UNDER_WAY
    made(home, tmp_path / "one.phial")


def test_the_manifest_can_be_read_by_anybody(home: Path, database: Database, tmp_path: Path) -> None:
    made(home, tmp_path / "one.phial")
    with zipfile.ZipFile(tmp_path / "one.phial") as file:
        manifest = json.loads(file.read("manifest.json"))
        library = hashlib.sha256(file.read(LIBRARY)).hexdigest()
    assert manifest["product"] == "phial"
    assert {part["name"]: part["sha256"] for part in manifest["parts"]}[LIBRARY] == library
