"""``phial backup`` asks the worker; ``phial restore`` does what it does itself, where nobody holds the library."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from engine.links import Link
from rag import cli_backup
from rag.backing_up import back_up
from rag.cli import DONE, NOTHING_DONE, WRONG_USAGE, main
from rag.errors import LANGUAGES, text
from rag.holding import hold
from rag.protocol import BackedUp, BackUp, BackupProgress, Request
from rag.stores.database import Database
from rag.stores.records import Records
from tests.fakes.worker import FakeWorker
from tests.rag.stores.filling import add_document


def keeps(worker: FakeWorker) -> None:
    def answer(_worker: FakeWorker, link: Link, request: Request) -> None:
        assert isinstance(request, BackUp)
        link.send(BackupProgress(request.id, "packing", 5, 10))
        link.send(BackedUp(request.id, request.path, 2_000_000, 7, 3))

    worker.script.handlers[BackUp] = answer


def test_a_backup_is_asked_of_the_worker(
    worker: FakeWorker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keeps(worker)
    path = str(tmp_path / "one.phial")
    assert main(["backup", path, "--with-models", "--without-vectors"]) == DONE
    assert worker.asked(BackUp) == [BackUp(1, path, with_models=True, with_vectors=False)]
    shown = capsys.readouterr().out.replace("\n", " ")
    assert "2 MB, 7 documents, 3 conversations" in shown


def test_programs_are_told_each_step(worker: FakeWorker, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keeps(worker)
    assert main(["backup", str(tmp_path / "one.phial"), "--json"]) == DONE
    first, last = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {"event": "backup_progress", "stage": "packing", "bytes_done": 5, "bytes": 10}
    assert (last["event"], last["documents"]) == ("backed_up", 7)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    there = tmp_path / "there"
    there.mkdir()
    database = Database(there)
    add_document(Records(database), "/docs/a.md", "The crane stands.")
    database.close()
    back_up(there, BackUp(0, str(tmp_path / "one.phial")), lambda _: None, lambda: False)
    return tmp_path / "one.phial"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_backup_is_restored_and_what_it_means_is_said(
    home: Path, archive: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("PHIAL_LANGUAGE", language)
    assert main(["restore", str(archive)]) == DONE
    shown = " ".join(capsys.readouterr().out.split())
    assert text("restore_done", language, documents=1, conversations=0) in shown
    assert text("restore_away", language, away=1) in shown
    assert main(["restore", str(archive)]) == NOTHING_DONE
    assert "--replace" in capsys.readouterr().err
    assert main(["restore", str(archive), "--replace", "--json"]) == DONE
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (last["event"], last["documents"]) == ("restored", 1)
    assert Path(last["aside"]).is_dir()


def test_paths_are_mapped_by_the_command(home: Path, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    assert main(["restore", str(archive), "--map", f"/docs={tmp_path}"]) == DONE
    database = Database(home)
    assert [document.paths for document in Records(database).documents()] == [(str(tmp_path / "a.md"),)]
    database.close()


def test_a_map_that_is_none_is_wrong_usage(home: Path, archive: Path) -> None:
    assert main(["restore", str(archive), "--map", "/docs"]) == WRONG_USAGE
    assert not home.exists()


def test_a_library_that_is_in_use_is_left_alone(
    home: Path, archive: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_backup, "HELD_SECONDS", 0.1)
    lock = hold(home)
    assert main(["restore", str(archive)]) == NOTHING_DONE
    lock.release()
    assert "in use" in capsys.readouterr().err
    assert not (home / "library.db").exists()


def test_a_worker_that_is_just_ending_is_waited_for(home: Path, archive: Path) -> None:
    lock = hold(home)
    soon = threading.Timer(0.2, lock.release)
    soon.start()
    assert main(["restore", str(archive)]) == DONE
    soon.join()


def test_a_library_that_is_newer_or_damaged_can_be_replaced(home: Path, archive: Path) -> None:
    home.mkdir()
    (home / "library.db").write_bytes(b"no database" * 1_000)
    assert main(["restore", str(archive), "--replace"]) == DONE
    Database(home).close()
