from __future__ import annotations

import sqlite3
import stat
import sys
import threading
from pathlib import Path

import pytest

from rag.chunk import PassageDraft
from rag.errors import LibraryProblem, PhialError
from rag.stores.database import FILE, Database, RowGone
from rag.stores.records import Records
from rag.stores.schema import SCHEMA_VERSION
from tests.rag.stores.filling import VERSIONS, add_document, page, sum_of


def refused(home: Path) -> PhialError:
    with pytest.raises(PhialError) as refusal:
        Database(home)
    assert refusal.value.parameters == {"path": str(home)}
    return refusal.value


def test_what_was_written_is_there_after_opening_again(tmp_path: Path) -> None:
    first = Database(tmp_path)
    add_document(Records(first), "/a.md", "The crane stands.")
    first.close()
    second = Database(tmp_path)
    assert [document.name for document in Records(second).documents()] == ["a.md"]
    second.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Unix permissions")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    Database(tmp_path).close()
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_a_library_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    Database(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    before = (tmp_path / FILE).read_bytes()
    assert refused(tmp_path).kind is LibraryProblem.LIBRARY_NEWER
    assert (tmp_path / FILE).read_bytes() == before


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"what lies here is no database at all " * 100)
    assert refused(tmp_path).kind is LibraryProblem.LIBRARY_DAMAGED


def test_a_database_whose_pages_were_overwritten_is_damaged(tmp_path: Path) -> None:
    Database(tmp_path).close()
    content = bytearray((tmp_path / FILE).read_bytes())
    content[100:] = b"\xff" * (len(content) - 100)
    (tmp_path / FILE).write_bytes(content)
    assert refused(tmp_path).kind is LibraryProblem.LIBRARY_DAMAGED


def test_damage_that_is_met_later_has_its_name(tmp_path: Path) -> None:
    first = Database(tmp_path)
    records = Records(first)
    for number in range(50):
        add_document(records, f"/{number}.md", "The crane stands. " * 20)
    first.close()
    path = tmp_path / FILE
    size = path.stat().st_size
    database = Database(tmp_path)
    with path.open("r+b") as file:
        file.seek(size // 8)
        file.write(b"\xff" * (size - size // 8))
    with pytest.raises(PhialError) as failure:
        Records(database).remove_documents([sum_of(f"{number}.md") for number in range(50)])
    assert failure.value.kind is LibraryProblem.LIBRARY_DAMAGED
    database.close()


def test_a_place_where_no_file_can_be_is_unwritable(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere").kind is LibraryProblem.LIBRARY_UNWRITABLE
    (tmp_path / FILE).mkdir()
    assert refused(tmp_path).kind is LibraryProblem.LIBRARY_UNWRITABLE


def test_a_full_disk_keeps_nothing_of_what_did_not_fit(database: Database, records: Records) -> None:
    add_document(records, "/small.md", "The crane stands.")
    before = list(database.reader.iterdump())
    pages = database.reader.execute("PRAGMA page_count").fetchone()[0]
    database.reader.execute(f"PRAGMA max_page_count = {pages + 2}").fetchall()
    with pytest.raises(PhialError) as failure:
        records.add_pages(sum_of("small.md"), [page(number, "crane " * 2_000) for number in range(2, 40)])
    assert failure.value.kind is LibraryProblem.DISK_FULL
    assert list(database.reader.iterdump()) == before
    # With room again, it goes on.
    database.reader.execute("PRAGMA max_page_count = 1000000").fetchall()
    records.add_pages(sum_of("small.md"), [page(number, "crane " * 2_000) for number in range(2, 40)])
    assert records.pages_read(sum_of("small.md")) == 39


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_transaction_that_fails_leaves_nothing(database: Database, error: type[BaseException]) -> None:
    def write_half() -> None:
        with database.transaction() as connection:
            connection.execute("INSERT INTO settings VALUES ('half', 'written')")
            raise error

    with pytest.raises(error):
        write_half()
    assert database.reader.execute("SELECT * FROM settings").fetchall() == []
    with database.transaction() as connection:
        connection.execute("INSERT INTO settings VALUES ('whole', 'written')")
    assert database.reader.execute("SELECT key FROM settings").fetchall() == [("whole",)]


def test_a_mistake_of_ours_keeps_its_own_name(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError), database.transaction() as connection:
        connection.execute("INSERT INTO nothing VALUES (1)")


def test_what_belongs_to_a_document_that_is_gone_is_refused(records: Records) -> None:
    with pytest.raises(RowGone):
        records.add_pages(sum_of("gone"), [page()])
    with pytest.raises(RowGone):
        records.replace_passages(sum_of("gone"), "", [PassageDraft(1, 0, 1, "a", "")], VERSIONS)


def test_a_reader_sees_what_was_committed_and_never_half_of_it(database: Database) -> None:
    seen: list[int] = []

    def count() -> None:
        seen.append(database.reader.execute("SELECT count(*) FROM settings").fetchone()[0])

    with database.transaction() as connection:
        connection.execute("INSERT INTO settings VALUES ('a', '1')")
        run(count)
        connection.execute("INSERT INTO settings VALUES ('b', '2')")
    run(count)
    assert seen == [0, 2]


def test_a_snapshot_is_of_one_instant(database: Database) -> None:
    def write() -> None:
        with database.transaction() as connection:
            connection.execute("INSERT INTO settings VALUES ('a', '1')")
            connection.execute("DROP TABLE connections")

    with database.snapshot() as connection:
        assert connection.execute("SELECT count(*) FROM settings").fetchone() == (0,)
        run(write)
        with database.snapshot():
            assert connection.execute("SELECT count(*) FROM settings").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM connections").fetchone() == (0,)
    assert database.reader.execute("SELECT count(*) FROM settings").fetchone() == (1,)


def test_writers_take_turns(database: Database) -> None:
    def write(writer: int) -> None:
        for number in range(20):
            with database.transaction() as connection:
                connection.execute("INSERT INTO settings VALUES (?, ?)", (f"{writer}-{number}", ""))

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert database.reader.execute("SELECT count(*) FROM settings").fetchone() == (80,)


def run(work: object) -> None:
    assert callable(work)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
