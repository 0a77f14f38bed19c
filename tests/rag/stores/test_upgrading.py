"""A library that an older version of the program made is opened by this one: nothing of it is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.errors import LibraryProblem, Problem
from rag.protocol import DocumentState
from rag.stores.database import FILE, Database
from rag.stores.records import Records, WaitingFile
from rag.stores.rows import stored_problem
from rag.stores.schema import SCHEMA_VERSION
from tests.rag.stores.filling import sum_of

SCHEMA_1 = Path(__file__).with_name("schema_1.sql")
UNKNOWN = stored_problem(Problem(LibraryProblem.FORMAT_UNKNOWN, {"path": "/c.docx"}))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The folder of a library of version 1: a document that is ready, one of whose pages half are read, and a file."""
    connection = sqlite3.connect(tmp_path / FILE)
    connection.executescript(SCHEMA_1.read_text(encoding="utf-8"))
    for name, state, pages in (("a.pdf", "ready", 1), ("b.md", "reading", 2)):
        connection.execute(
            "INSERT INTO documents VALUES (?, ?, 'pdf', ?, ?, NULL, 9, 1.0, 1, 1)", (sum_of(name), name, state, pages)
        )
        connection.execute(
            "INSERT INTO files VALUES (?, ?, 9, 1, ?, NULL, 1.0)", (f"/{name}", sum_of(name), state == "reading")
        )
        connection.execute("INSERT INTO pages VALUES (?, 1, '', 'The crane.', x'', 1, 1, 0, NULL)", (sum_of(name),))
    connection.execute(
        "INSERT INTO passages (sha256, page, start, end, title, section, text, vector_key, is_indexed)"
        " VALUES (?, 1, 0, 10, 'a.pdf', '', 'The crane.', 'key', 1)",
        (sum_of("a.pdf"),),
    )
    connection.execute("INSERT INTO vectors VALUES ('key', x'0000803f')")
    connection.execute("INSERT INTO files VALUES ('/c.docx', NULL, 9, 1, 0, ?, 1.0)", (UNKNOWN,))
    connection.commit()
    connection.close()
    return tmp_path


@pytest.fixture
def upgraded(old: Path) -> Iterator[Database]:
    database = Database(old)
    yield database
    database.close()


def analyse_all(database: Database) -> None:
    while Records(database).analyse_some(1):
        pass


def made(database: Database) -> dict[str, object]:
    """What the library is made of: the columns of each table, and its indexes and triggers."""
    rows = database.reader.execute("SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {
        name: sorted(row[1:] for row in database.reader.execute(f"PRAGMA table_info({name})"))
        if kind == "table"
        else kind
        for kind, name in rows
    }


def test_an_upgraded_library_is_made_as_a_new_one(upgraded: Database, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    new = Database(tmp_path / "new")
    analyse_all(upgraded)
    assert upgraded.reader.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert made(upgraded) == made(new)
    new.close()


def test_what_an_old_version_read_stays_until_it_is_read_anew(upgraded: Database) -> None:
    records = Records(upgraded)
    ready = records.documents([sum_of("a.pdf")])[0]
    assert (ready.state, ready.pages_read, ready.passages_embedded) == (DocumentState.READY, 1, 1)
    read_again, _ = records.outdated(2, 2)
    assert read_again == (sum_of("a.pdf"),)
    records.wait_again(read_again)
    ready = records.documents([sum_of("a.pdf")])[0]
    assert (ready.state, ready.pages_read, ready.passages_embedded) == (DocumentState.QUEUED, 0, 1)
    assert records.count_waiting() == 3, "also the file whose format was unknown"


def test_pages_of_two_versions_do_not_mix(upgraded: Database) -> None:
    records = Records(upgraded)
    file = WaitingFile("/b.md", sum_of("b.md"), 9, 1)
    assert records.begin_document(file, sum_of("b.md"), (2, 2)) is DocumentState.READING
    assert records.pages_read(sum_of("b.md")) == 0
    assert records.outdated(2, 2)[0] == (sum_of("a.pdf"),)


def test_a_scan_that_waits_for_ocr_is_read_anew_too(upgraded: Database) -> None:
    records = Records(upgraded)
    records.settle_file("/b.md")
    assert set(records.outdated(2, 2)[0]) == {sum_of("a.pdf"), sum_of("b.md")}


def test_what_may_have_been_read_before_it_was_edited_counts_as_read(upgraded: Database) -> None:
    documents = {document.name: document for document in Records(upgraded).documents()}
    assert documents["b.md"].state is DocumentState.READING
    assert {name: document.is_unread for name, document in documents.items()} == {
        "a.pdf": False, "b.md": False, "c.docx": True,
    }  # fmt: skip
