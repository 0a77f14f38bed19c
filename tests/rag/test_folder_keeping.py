"""What following a folder does to a real library.db."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.comparing import compare
from rag.errors import LibraryProblem, Problem
from rag.feed import Feed
from rag.folder_keeping import FolderKeeper
from rag.pages import PageText
from rag.protocol import DocumentState, PageState
from rag.scan import FoundFile
from rag.stores.database import Database
from rag.stores.folder_records import FolderRecords
from rag.stores.records import Records, WaitingFile

PATH = "/drive/scan.pdf"
SHA256 = "a" * 64
MISSING = Problem(LibraryProblem.PATH_MISSING, {"path": PATH})


class Indexer:
    """Notes that it was woken."""

    def wake(self) -> None:
        pass


class Library:
    """A library.db with one scan of two pages, and who keeps it in step with its folder."""

    def __init__(self, database: Database, home: Path) -> None:
        self.folders = FolderRecords(database)
        self.records = Records(database)
        indexer: Any = Indexer()
        forgetter: Any = None
        self.keeper = FolderKeeper(home, self.folders, self.records, Feed(), forgetter, indexer, lambda: None)
        self.records.note_file(PATH, 1, 1, retries=False)
        self.records.begin_document(WaitingFile(PATH, "", 1, 1), SHA256, (1, 1))
        pages = [PageText(number, "", "", (), 595.0, 842.0, (), None, True, waits=True) for number in (1, 2)]
        self.records.add_pages(SHA256, pages)
        self.records.settle_file(PATH)

    def fail_page(self, kind: LibraryProblem) -> None:
        page = self.records.next_waiting_page()
        assert page is not None
        self.records.fail_recognition(page, Problem(kind, {"path": PATH}))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    database = Database(tmp_path)
    yield Library(database, tmp_path)
    database.close()


def test_pages_that_ocr_missed_because_the_drive_went_are_read_when_it_is_back(library: Library) -> None:
    library.fail_page(LibraryProblem.PATH_MISSING)
    library.fail_page(LibraryProblem.OCR_FAILED)
    library.keeper.mark_away([PATH], is_away=True)
    assert [page.state for page in library.records.pages(SHA256)] == [PageState.FAILED] * 2
    library.keeper.mark_away([PATH], is_away=False)
    assert [page.state for page in library.records.pages(SHA256)] == [PageState.WAITING, PageState.FAILED]


@pytest.mark.parametrize(("kind", "is_read"), [(LibraryProblem.PATH_MISSING, True), (LibraryProblem.PDF_BROKEN, False)])
def test_a_document_whose_file_was_not_to_be_had_is_read_when_that_is_found(
    library: Library, kind: LibraryProblem, is_read: bool
) -> None:
    library.records.set_state(SHA256, DocumentState.FAILED, Problem(kind, {"path": PATH}))
    known = library.keeper.known(["/drive"])
    found = compare(known, [FoundFile(PATH, 1, 1)], lambda _: False, lambda _: True)
    assert bool(found.changed) is is_read
