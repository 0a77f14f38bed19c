from __future__ import annotations

import pytest

from rag.stores.database import Database, RowGone
from rag.stores.records import Records
from rag.stores.summary_records import SummaryRecords
from tests.rag.stores.filling import add_document, sum_of

ONE, OTHER = sum_of("one.md"), sum_of("other.md")


@pytest.fixture
def kept(database: Database, records: Records) -> SummaryRecords:
    add_document(records, "/papers/one.md", "The crane stands.")
    add_document(records, "/papers/other.md", "The ferry waits.")
    return SummaryRecords(database)


def test_what_was_written_is_there_under_its_key(kept: SummaryRecords) -> None:
    kept.keep("a", "The crane.", [ONE])
    kept.keep("b", "Both.", [ONE, OTHER])
    assert kept.written(["a", "b", "c"]) == {"a": "The crane.", "b": "Both."}
    assert kept.written([]) == {}


def test_it_goes_with_any_of_its_documents(kept: SummaryRecords, records: Records, database: Database) -> None:
    kept.keep("a", "The crane.", [ONE])
    kept.keep("b", "Both.", [ONE, OTHER])
    kept.keep("c", "The ferry.", [OTHER])
    records.remove_documents([ONE])
    assert kept.written(["a", "b", "c"]) == {"c": "The ferry."}
    assert database.reader.execute("SELECT key, sha256 FROM summary_sources").fetchall() == [("c", OTHER)]


def test_nothing_is_kept_of_a_document_that_was_forgotten(kept: SummaryRecords, records: Records) -> None:
    records.remove_documents([OTHER])
    with pytest.raises(RowGone):
        kept.keep("b", "Both.", [ONE, OTHER])
    assert kept.written(["b"]) == {}
