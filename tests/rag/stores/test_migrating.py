"""A library of an older version is brought up whole or not at all, and kept as it was for a while."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.paths import backups
from rag.errors import LibraryProblem, PhialError
from rag.stores import migrating
from rag.stores.database import FILE, Database
from rag.stores.migrating import DAYS_KEPT, copy_of
from rag.stores.schema import SCHEMA_VERSION, STEPS

OLDER = range(1, SCHEMA_VERSION)


def write_old(home: Path, version: int) -> Path:
    """A library with the schema of ``version``, and a conversation in it."""
    home.mkdir(exist_ok=True)
    connection = sqlite3.connect(home / FILE)
    connection.executescript(Path(__file__).with_name(f"schema_{version}.sql").read_text(encoding="utf-8"))
    connection.execute("INSERT INTO conversations (title, changed) VALUES ('The crane', 1.0)")
    connection.commit()
    connection.close()
    return home


def held_in(path: Path) -> tuple[int, list[object]]:
    connection = sqlite3.connect(path)
    held = (
        connection.execute("PRAGMA user_version").fetchone()[0],
        connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
        + connection.execute("SELECT * FROM conversations").fetchall(),
    )
    connection.close()
    return held


def test_there_is_a_library_of_every_older_schema() -> None:
    assert [version for version in OLDER if not Path(__file__).with_name(f"schema_{version}.sql").exists()] == []


@pytest.mark.parametrize("version", OLDER)
def test_it_is_brought_up_and_kept_as_it_was(tmp_path: Path, version: int) -> None:
    before = held_in(write_old(tmp_path, version) / FILE)
    assert before[0] == version
    database = Database(tmp_path)
    assert database.reader.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert database.reader.execute("SELECT title FROM conversations").fetchall() == [("The crane",)]
    database.close()
    assert held_in(copy_of(tmp_path, version)) == before
    assert [path.name for path in backups(tmp_path).iterdir()] == [copy_of(tmp_path, version).name]


@pytest.mark.parametrize("version", OLDER)
def test_a_step_that_fails_leaves_the_library_as_it_was_and_says_where_the_copy_is(
    tmp_path: Path, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = held_in(write_old(tmp_path, version) / FILE)
    last = SCHEMA_VERSION - 1
    monkeypatch.setitem(STEPS, last, STEPS[last] + "INSERT INTO nothing_of_the_kind VALUES (1);")
    with pytest.raises(PhialError) as failure:
        Database(tmp_path)
    assert failure.value.kind is LibraryProblem.LIBRARY_NOT_MIGRATED
    assert failure.value.parameters == {"path": str(tmp_path), "copy": str(copy_of(tmp_path, version))}
    assert held_in(tmp_path / FILE) == before == held_in(copy_of(tmp_path, version))
    monkeypatch.undo()
    Database(tmp_path).close()
    assert held_in(tmp_path / FILE)[0] == SCHEMA_VERSION


def test_the_last_copy_alone_is_kept_and_not_for_ever(tmp_path: Path) -> None:
    Database(write_old(tmp_path, 1)).close()
    shutil.move(tmp_path / FILE, tmp_path / "elsewhere.db")
    Database(write_old(tmp_path, 2)).close()
    assert [path.name for path in backups(tmp_path).iterdir()] == [copy_of(tmp_path, 2).name]
    for days, is_kept in ((DAYS_KEPT - 1, True), (DAYS_KEPT + 1, False)):
        then = time.time() - days * 86_400
        os.utime(copy_of(tmp_path, 2), (then, then))
        Database(tmp_path).close()
        assert copy_of(tmp_path, 2).exists() is is_kept


def test_where_there_is_no_room_for_a_copy_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = held_in(write_old(tmp_path, 1) / FILE)
    monkeypatch.setattr(migrating.shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000))
    with pytest.raises(PhialError) as failure:
        Database(tmp_path)
    assert failure.value.kind is LibraryProblem.DISK_FULL
    assert held_in(tmp_path / FILE) == before
    assert list(backups(tmp_path).iterdir()) == []


def test_a_new_library_has_nothing_to_keep(tmp_path: Path) -> None:
    Database(tmp_path).close()
    Database(tmp_path).close()
    assert not backups(tmp_path).exists()
