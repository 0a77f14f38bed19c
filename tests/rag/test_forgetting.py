"""Forgetting beside threads that read: nothing goes that was not to go."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast
from unittest.mock import MagicMock

import pytest

from rag.courtesy import Courtesy
from rag.feed import Feed
from rag.forgetting import Forgetter
from rag.indexing import Indexer
from rag.reading import Interrupted
from rag.stores.database import Database
from rag.stores.folder_records import FolderRecords
from rag.stores.history import History
from rag.stores.records import Records, WaitingFile
from rag.stores.vector_records import VectorRecords
from tests.rag.stores.filling import VERSIONS, add_document, sum_of


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path)
    yield opened
    opened.close()


def forgetter(database: Database, records: Records, indexer: object) -> Forgetter:
    others: Any = MagicMock()
    return Forgetter(
        database, records, FolderRecords(database), others, VectorRecords(database), History(database), others, Feed(),
        cast("Indexer", indexer), lambda _: None,
    )  # fmt: skip


def test_a_copy_that_is_found_while_its_original_is_forgotten_stays(database: Database) -> None:
    records = Records(database)
    add_document(records, "/a.md", "The crane stands.")
    indexer = MagicMock()
    copies = ["/copy.md"]

    @contextlib.contextmanager
    def without(_keys: Sequence[str]) -> Iterator[None]:
        for path in copies:  # a reader that was at it has finished before nobody reads the document any more
            records.note_file(path, 100, 1, retries=True)
            records.begin_document(WaitingFile(path, "", 100, 1), sum_of("a.md"), VERSIONS)
        copies.clear()
        yield

    indexer.without = without
    forgetter(database, records, indexer).forget_paths(["/a.md"])
    assert [document.paths for document in records.documents()] == [("/copy.md",)]
    forgetter(database, records, indexer).forget_paths(["/copy.md"])
    assert records.documents() == ()


def test_no_other_file_becomes_a_document_that_is_being_forgotten(database: Database) -> None:
    others: Any = MagicMock()
    indexer = Indexer(Records(database), VectorRecords(database), others, Feed(), Courtesy(), others, others)
    sha256 = "a" * 64
    with indexer.without([sha256]), pytest.raises(Interrupted), indexer._alone(sha256):
        pass
    with indexer._alone(sha256):
        pass
