"""A backup takes the place of a library whole or not at all, here and on another machine."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import shutil
import signal
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from engine.frames import from_plain, plain
from engine.paths import backups, embedders, models
from rag import backing_up, restoring
from rag.backing_up import back_up
from rag.backup_archive import LIBRARY, MANIFEST, Manifest, Part, write_archive
from rag.errors import LibraryProblem, PhialError
from rag.protocol import Answer, BackUp, BackupProgress, PathMap, Reply, Restore, Restored
from rag.restoring import MOST_ASIDE, READY, complete, restore
from rag.stores.collection_records import CollectionRecords
from rag.stores.database import Database
from rag.stores.folder_records import FolderRecords
from rag.stores.history import History
from rag.stores.records import Records
from rag.stores.schema import SCHEMA_VERSION
from rag.stores.vector_records import VectorRecords
from tests.fakes.plausible import ANSWER
from tests.rag.making_summaries import SUMMARY
from tests.rag.stores.filling import add_document, sum_of
from tests.rag.stores.test_migrating import write_old


def never() -> bool:
    return False


def filled(home: Path, *names: str, folder: str = "/docs") -> Path:
    """A library of these documents."""
    home.mkdir(parents=True)
    database = Database(home)
    for name in names:
        add_document(Records(database), f"{folder}/{name}", f"The crane stands in {name}.")
    database.close()
    return home


def backed_up(home: Path, target: Path, *, with_models: bool = False) -> Path:
    assert back_up(home, BackUp(0, str(target), with_models), lambda _: None, never) is not None
    return target


def restored(home: Path, archive: Path, *maps: PathMap, replaces: bool = False) -> Restored:
    home.mkdir(parents=True, exist_ok=True)
    last = restore(home, Restore(0, str(archive), replaces, maps), lambda _: None, never)
    assert last is not None
    complete(home)
    return last


def names_in(home: Path) -> list[str]:
    database = Database(home)
    names = sorted(document.name for document in Records(database).documents())
    assert database.reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    return names


def refused(home: Path, archive: Path, *, replaces: bool = True) -> PhialError:
    before = everything_in(home)
    with pytest.raises(PhialError) as failure:
        restored(home, archive, replaces=replaces)
    assert everything_in(home) == before, "nothing was touched"
    return failure.value


def everything_in(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()
            and path.name != "backup.lock"} if home.exists() else {}  # fmt: skip


def answer_from(path: str) -> Answer:
    """An answer all of whose passages lie at ``path``."""

    def at_path(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: path if name == "path" else at_path(item) for name, item in value.items()}
        return [at_path(item) for item in value] if isinstance(value, list) else value

    answer: Answer = from_plain(Answer, at_path(json.loads(json.dumps(plain(ANSWER)))))
    return answer


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The backup of a library of a.md and b.md."""
    return backed_up(filled(tmp_path / "there", "a.md", "b.md"), tmp_path / "one.phial")


def test_a_library_comes_back_into_an_empty_folder(archive: Path, tmp_path: Path) -> None:
    last = restored(tmp_path / "here", archive)
    assert last == Restored(0, 2, 0, 2, "")
    assert names_in(tmp_path / "here") == ["a.md", "b.md"]
    assert sorted(path.name for path in (tmp_path / "here").iterdir() if path.is_dir()) == ["backups"]
    assert list(backups(tmp_path / "here").iterdir()) == []


def test_one_that_was_only_opened_counts_as_empty(archive: Path, tmp_path: Path) -> None:
    filled(tmp_path / "here")
    assert restored(tmp_path / "here", archive).aside == ""
    assert names_in(tmp_path / "here") == ["a.md", "b.md"]


def test_one_that_holds_something_stays_unless_it_may_go_aside(archive: Path, tmp_path: Path) -> None:
    home = filled(tmp_path / "here", "mine.md")
    assert refused(home, archive, replaces=False).kind is LibraryProblem.RESTORE_NOT_EMPTY
    (home / "chroma").mkdir()
    (home / "kv").mkdir()
    last = restored(home, archive, replaces=True)
    assert names_in(home) == ["a.md", "b.md"]
    assert names_in(Path(last.aside)) == ["mine.md"], "it is a library as before"
    assert not (home / "chroma").exists()
    assert not (home / "kv").exists()


def test_one_that_can_not_be_read_is_not_taken_for_empty(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / LIBRARY).write_bytes(b"no database " * 1_000)
    assert refused(tmp_path / "here", archive, replaces=False).kind is LibraryProblem.RESTORE_NOT_EMPTY
    last = restored(tmp_path / "here", archive, replaces=True)
    assert (Path(last.aside) / LIBRARY).read_bytes().startswith(b"no database")
    assert names_in(tmp_path / "here") == ["a.md", "b.md"]


def test_only_so_many_are_kept_aside(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = filled(tmp_path / "here", "mine.md")
    asides = []
    for second in range(MOST_ASIDE + 1):
        monkeypatch.setattr(restoring, "_stamp", lambda second=second: f"2026-01-01T00-00-0{second}")
        asides.append(Path(restored(home, archive, replaces=True).aside))
    assert [path.exists() for path in asides] == [False, *[True] * MOST_ASIDE]


def test_documents_lie_where_the_maps_say_and_the_others_are_away(tmp_path: Path) -> None:
    there = filled(tmp_path / "there", "a.md", "b.md", folder="C:\\Users\\Anna\\Reports".replace("\\", "/"))
    database = Database(there)
    with database.transaction() as connection:
        connection.execute("UPDATE files SET path = replace(path, '/', char(92))")
    FolderRecords(database).add_folder("C:\\Users\\Anna\\Reports")
    FolderRecords(database).identify_folder("C:\\Users\\Anna\\Reports", "1:2")
    CollectionRecords(database).change("Work", [sum_of("a.md"), "C:\\Users\\Anna\\Reports\\unread.pdf"], [])
    History(database).add_turn(0, answer_from("C:\\Users\\Anna\\Reports\\a.md"))
    read = dataclasses.replace(SUMMARY.documents[0], path="C:\\Users\\Anna\\Reports\\a.md")
    History(database).add_turn(1, ANSWER, dataclasses.replace(SUMMARY, documents=(read,)))
    database.close()
    here = tmp_path / "documents"
    here.mkdir()
    (here / "a.md").write_text("x")
    home = tmp_path / "here"
    last = restored(home, backed_up(there, tmp_path / "one.phial"), PathMap("c:\\users\\anna\\reports", str(here)))
    assert (last.documents, last.conversations, last.away) == (2, 1, 1)
    database = Database(home)
    documents = {document.name: document for document in Records(database).documents()}
    assert [(documents[name].paths, documents[name].is_away) for name in documents] == [
        ((str(here / "a.md"),), False), ((str(here / "b.md"),), True)
    ]  # fmt: skip
    assert FolderRecords(database).folders() == {str(here): ""}
    rows = database.reader.execute("SELECT key FROM collected ORDER BY key").fetchall()
    assert sorted(row[0] for row in rows) == sorted([sum_of("a.md"), str(here / "unread.pdf")])
    kept = History(database).last_answer(1)
    assert kept is not None
    assert plain(kept) == plain(answer_from(str(here / "a.md")))
    summary = History(database).conversation(1)[1][-1].summary
    assert summary is not None
    assert summary.documents[0].path == str(here / "a.md")
    # Found by its hash where the folder with it is added.
    add_document(Records(database), "/elsewhere/b.md", "", name="b.md")
    assert not Records(database).documents([sum_of("b.md")])[0].is_away
    database.close()


def test_nothing_is_got_from_a_network_that_was_being_got_there(archive: Path, tmp_path: Path) -> None:
    database = Database(tmp_path / "there")
    History(database).set_setting("downloads", '[{"model": "phi"}]')
    History(database).set_setting("setting/strictness", "open")
    database.close()
    restored(tmp_path / "here", backed_up(tmp_path / "there", tmp_path / "two.phial"))
    database = Database(tmp_path / "here")
    assert History(database).setting("downloads") == ""
    assert History(database).setting("setting/strictness") == "open"
    database.close()


def test_the_vector_index_is_filled_anew_from_what_was_computed(tmp_path: Path) -> None:
    there = filled(tmp_path / "there", "a.md")
    database = Database(there)
    with database.transaction() as connection:
        connection.execute("INSERT INTO vectors VALUES ('key', x'0000803f')")
        connection.execute("UPDATE passages SET vector_key = 'key', is_indexed = 1")
    database.close()
    restored(tmp_path / "here", backed_up(there, tmp_path / "one.phial"))
    database = Database(tmp_path / "here")
    assert VectorRecords(database).count_indexed() == 0
    assert len(VectorRecords(database).to_index(9)[0]) == 1
    database.close()


def test_models_come_along_and_one_that_is_here_is_not_written_again(tmp_path: Path) -> None:
    there = filled(tmp_path / "there", "a.md")
    for folder in (models(there), embedders(there) / "mine"):
        folder.mkdir(parents=True)
        (folder / "x.gguf").write_bytes(b"weights")
    (there / "models.json").write_text(json.dumps({"chosen": str(models(there) / "x.gguf")}))
    whole = backed_up(there, tmp_path / "whole.phial", with_models=True)
    bare = backed_up(there, tmp_path / "bare.phial")
    here = tmp_path / "here"
    assert restored(here, bare).models == ("x.gguf",)
    assert json.loads((here / "models.json").read_text()) == {"chosen": str(models(here) / "x.gguf")}
    assert restored(here, whole, replaces=True).models == ()
    assert (embedders(here) / "mine" / "x.gguf").read_bytes() == b"weights"
    inode = (models(here) / "x.gguf").stat().st_ino
    assert restored(here, whole, replaces=True).models == ()
    assert (models(here) / "x.gguf").stat().st_ino == inode


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_a_backup_of_an_older_version_is_brought_up(tmp_path: Path, version: int) -> None:
    there = write_old(tmp_path / "there", version)
    restored(tmp_path / "here", backed_up(there, tmp_path / "one.phial"))
    database = Database(tmp_path / "here")
    assert [row.title for row in History(database).conversations()] == []  # a title without a turn is not listed
    assert database.reader.execute("SELECT title FROM conversations").fetchall() == [("The crane",)]
    database.close()
    assert list(backups(tmp_path / "here").iterdir()) == []


def rewritten(archive: Path, change: Callable[[Path], object], **fields: Any) -> Path:
    """``archive`` with another library.db, its hash and its size in the manifest as they should be."""
    folder = archive.with_suffix("")
    with zipfile.ZipFile(archive) as old:
        old.extractall(folder)
    change(folder / LIBRARY)
    target = archive.with_name("changed.phial")
    shutil.move(folder / LIBRARY, folder.with_suffix(".db"))
    said = json.loads((folder / MANIFEST).read_text())

    def describe(parts: tuple[Part, ...]) -> Manifest:
        return Manifest(**{**said, "models": (), **fields, "parts": parts})

    write_archive(target, [(LIBRARY, folder.with_suffix(".db"))], describe, lambda _: None)
    return target


def run_sql(path: Path, script: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda path: path.write_bytes(b"no database" * 100), LibraryProblem.BACKUP_DAMAGED),
        (lambda path: path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 50_000), LibraryProblem.BACKUP_DAMAGED),
        (lambda path: (path.unlink(), run_sql(path, f"PRAGMA user_version = {SCHEMA_VERSION}")),
         LibraryProblem.BACKUP_DAMAGED),
        (lambda path: run_sql(path, "PRAGMA user_version = 99"), LibraryProblem.BACKUP_NEWER),
        (lambda path: run_sql(path, "CREATE VIEW v AS SELECT 1"), LibraryProblem.BACKUP_DAMAGED),
        (lambda path: run_sql(path, "CREATE TRIGGER t AFTER INSERT ON turns BEGIN DELETE FROM files; END"),
         LibraryProblem.BACKUP_DAMAGED),
        (lambda path: run_sql(path, "DROP TRIGGER file_read; CREATE TRIGGER file_read AFTER DELETE ON files BEGIN"
                                    " DELETE FROM turns; END"), LibraryProblem.BACKUP_DAMAGED),
        (lambda path: run_sql(path, "CREATE VIRTUAL TABLE x USING fts5(a)"), LibraryProblem.BACKUP_DAMAGED),
    ],
)  # fmt: skip
def test_a_library_that_is_none_of_ours_is_refused(
    archive: Path, tmp_path: Path, change: Callable[[Path], object], kind: LibraryProblem
) -> None:
    home = filled(tmp_path / "here", "mine.md")
    assert refused(home, rewritten(archive, change)).kind is kind


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_an_older_library_that_is_not_what_its_version_makes_of_it_is_a_damaged_backup(
    tmp_path: Path, version: int
) -> None:
    harm = "DROP TABLE turns; DROP TABLE pages; DROP TABLE documents; DROP TABLE files"
    archive = backed_up(write_old(tmp_path / "there", version), tmp_path / "one.phial")
    changed = rewritten(archive, lambda path: run_sql(path, harm))
    problem = refused(filled(tmp_path / "here", "mine.md"), changed)
    assert (problem.kind, problem.parameters) == (LibraryProblem.BACKUP_DAMAGED, {"path": str(changed)})
    assert problem.details.startswith("SQLITE_ERROR: "), "what is copied for a report says what was wrong"


def test_a_newer_schema_is_refused_before_anything_is_unpacked(archive: Path, tmp_path: Path) -> None:
    path = rewritten(archive, lambda _: None, schema=SCHEMA_VERSION + 1, version="9.9")
    problem = refused(filled(tmp_path / "here", "mine.md"), path)
    assert (problem.kind, problem.parameters["version"]) == (LibraryProblem.BACKUP_NEWER, "9.9")


def test_room_is_asked_for_before(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backing_up.shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000))
    assert refused(filled(tmp_path / "here", "mine.md"), archive).kind is LibraryProblem.NO_ROOM


@pytest.mark.parametrize("stage", ["unpacking", "fitting"])
def test_cancelled_at_any_stage_it_leaves_everything_as_it_was(archive: Path, tmp_path: Path, stage: str) -> None:
    home = filled(tmp_path / "here", "mine.md")
    before = everything_in(home)
    seen: list[str] = []

    def tell(reply: Reply) -> None:
        assert isinstance(reply, BackupProgress)
        seen.append(reply.stage)

    assert restore(home, Restore(0, str(archive), True), tell, lambda: stage in seen) is None
    assert everything_in(home) == before


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_killed_at_any_renaming_it_is_the_one_or_the_other_when_it_is_opened_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = filled(tmp_path / "there", "a.md")
    models(there).mkdir()
    (models(there) / "x.gguf").write_bytes(b"new")
    (there / "window.ini").write_text("new")
    archive = backed_up(there, tmp_path / "one.phial", with_models=True)
    is_over, deaths, outcomes = False, 0, []
    while not is_over:
        home = filled(tmp_path / f"here{deaths}", "mine.md")
        models(home).mkdir()
        (models(home) / "x.gguf").write_bytes(b"old")
        (home / "window.ini").write_text("old")
        is_over = not killed_at(deaths, home, archive)
        complete(home)
        outcome = names_in(home)
        outcomes.append(outcome)
        state = {"a.md": "new", "mine.md": "old"}[outcome[0]]
        assert (home / "window.ini").read_text() == state
        assert (models(home) / "x.gguf").read_text() == state
        assert not (home / READY).exists()
        if state == "new":
            (aside,) = backups(home).glob("before-restore-*")
            assert names_in(aside) == ["mine.md"]
        deaths += 1
    assert deaths > 8
    assert outcomes[0] == ["mine.md"]
    assert outcomes[-1] == ["a.md"]
    assert outcomes == sorted(outcomes, reverse=True)


def killed_at(number: int, home: Path, archive: Path) -> bool:
    """Restore in another process, killed at the renaming with this number; whether it came so far."""
    child = os.fork()
    if child == 0:
        left = [number]

        def counting(rename: Callable[..., Any]) -> Callable[..., Any]:
            def act(*arguments: Any, **options: Any) -> Any:
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left[0] -= 1
                return rename(*arguments, **options)

            return act

        for name in ("replace", "rename", "rmdir"):
            setattr(os, name, counting(getattr(os, name)))
        with contextlib.suppress(BaseException):
            restored(home, archive, replaces=True)
            os._exit(0)
        os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in {0, -signal.SIGKILL}
    return status != 0
