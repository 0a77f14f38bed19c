from __future__ import annotations

import threading
from pathlib import Path

import pytest

from rag import analysing
from rag.analysing import Analysing
from rag.courtesy import Courtesy
from rag.errors import LibraryProblem, PhialError
from rag.stores.database import Database
from rag.stores.records import Records
from tests.rag.stores.filling import add_document


def outdated(home: Path) -> tuple[Database, Records]:
    """A library of three passages that a former version of the lexicon analysed."""
    database = Database(home)
    records = Records(database)
    add_document(records, "/a.md", "The lease ends.", "The rent is due.", "The crane stands.")
    with database.transaction() as connection:
        connection.execute("UPDATE passages SET lexicon = 0")
    return database, records


def finish(analyser: Analysing) -> None:
    assert analyser._thread is not None
    analyser._thread.join(timeout=20)
    assert not analyser._thread.is_alive()


def test_what_is_outdated_is_analysed_in_the_background(tmp_path: Path) -> None:
    database, records = outdated(tmp_path)
    analyser = Analysing(records, Courtesy())
    analyser.start()
    finish(analyser)
    assert records.is_analysed()
    analyser.close()
    database.close()


def test_without_anything_to_do_nothing_is_started(tmp_path: Path) -> None:
    database, records = outdated(tmp_path)
    while records.analyse_some(10):
        pass
    analyser = Analysing(records, Courtesy())
    analyser.start()
    assert analyser._thread is None
    analyser.close()
    database.close()


def test_it_holds_while_indexing_is_paused_and_ends_when_the_library_closes(tmp_path: Path) -> None:
    database, records = outdated(tmp_path)
    courtesy = Courtesy()
    courtesy.pause(True)
    analyser = Analysing(records, courtesy)
    analyser.start()
    analyser.close()
    finish(analyser)
    assert not records.is_analysed()
    database.close()


def test_a_full_disk_is_waited_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database, _ = outdated(tmp_path)
    failed = threading.Event()

    class FullOnce(Records):
        def analyse_some(self, most: int) -> bool:
            if not failed.is_set():
                failed.set()
                raise PhialError(LibraryProblem.DISK_FULL, path=str(tmp_path))
            return super().analyse_some(most)

    monkeypatch.setattr(analysing, "RETRY_SECONDS", 0.0)
    analyser = Analysing(FullOnce(database), Courtesy())
    analyser.start()
    finish(analyser)
    assert failed.is_set()
    assert Records(database).is_analysed()
    database.close()
