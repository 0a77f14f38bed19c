"""What library.db knows of folders that are followed."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest

from rag.errors import LibraryProblem, Problem
from rag.protocol import PageState
from rag.stores.database import Database
from rag.stores.file_records import Given
from rag.stores.folder_records import FolderRecords
from rag.stores.health_records import HealthRecords
from rag.stores.records import Records
from tests.rag.stores.filling import add_document, page, sum_of


@pytest.fixture
def folders(database: Database) -> FolderRecords:
    return FolderRecords(database)


@pytest.fixture
def records(database: Database) -> Records:
    return Records(database)


def test_a_folder_is_followed_until_it_is_not(folders: FolderRecords) -> None:
    odd = os.fsdecode(b"/\xff/\n")
    folders.add_folder("/a")
    folders.add_folder(odd)
    folders.add_folder("/a")
    folders.identify_folder("/a", "1:2")
    assert folders.folders() == {"/a": "1:2", odd: ""}
    assert folders.remove_folder(odd)
    assert not folders.remove_folder(odd)
    assert list(folders.folders()) == ["/a"]


def test_what_lies_in_a_folder_and_what_only_looks_so(folders: FolderRecords, records: Records) -> None:
    paths = ["/a/b.md", "/a/b/c.md", "/a/é.md", os.fsdecode(b"/a/\xff.md"), "/a.md", "/ab/c.md", "/a-b/c.md"]
    for path in paths:
        records.note_file(path, 1, 1, retries=False)
    assert set(folders.files_in("/a")) == set(folders.files_in("/a/")) == set(paths[:4])
    assert set(folders.files_in("/")) == set(paths)
    assert set(folders.files_in("/a.md")) == {"/a.md"}
    assert folders.count_documents("/a") == 4


def test_what_is_away_waits_for_its_drive(folders: FolderRecords, records: Records) -> None:
    records.note_file("/a/b.md", 5, 1, retries=False)
    assert folders.waiting_sizes() == {5}
    folders.mark_away(["/a/b.md"], is_away=True)
    assert folders.files_in("/a")["/a/b.md"].is_away
    assert records.documents()[0].is_away
    assert records.next_file() is None
    assert records.count_waiting() == 0
    assert folders.waiting_sizes() == frozenset()
    assert records.note_file("/a/b.md", 5, 1, retries=False)
    assert records.next_file() is not None


def test_a_file_stays_given_as_plainly_as_it_once_was(folders: FolderRecords, records: Records) -> None:
    for path, given in (("/a/1", Given.BY_FOLLOWING), ("/a/2", Given.IN_A_FOLDER), ("/a/3", Given.BY_ITSELF)):
        records.note_file(path, 1, 1, retries=False, given=given)
    records.note_file("/a/3", 1, 1, retries=False, given=Given.BY_FOLLOWING)
    folders.add_folder("/a")
    assert [file.given for file in folders.files_in("/a").values()] == [
        Given.BY_FOLLOWING, Given.BY_FOLLOWING, Given.BY_ITSELF,
    ]  # fmt: skip


def test_a_file_that_cant_be_read_now_keeps_why(folders: FolderRecords, records: Records) -> None:
    reason = Problem(LibraryProblem.FILE_IN_CLOUD.value, {"path": "/a/b.pdf"})
    assert folders.note_unread("/a/b.pdf", reason)
    assert not folders.note_unread("/a/b.pdf", reason)
    assert records.documents()[0].reason == reason
    assert folders.files_in("/a")["/a/b.pdf"].reason == reason
    assert records.note_file("/a/b.pdf", 0, 0, retries=True), "it is read when it is there"


def test_the_documents_of_paths_with_all_their_paths(folders: FolderRecords, records: Records, tmp_path: Path) -> None:
    for path in ("/a/1", "/b/1", "/a/2"):
        records.note_file(path, 1, 1, retries=False)
    for path in ("/a/1", "/b/1"):
        file = next(file for file in iter(records.next_file, None) if file.path == path)
        records.begin_document(file, "sum", (1, 1))
        records.settle_file(path)
    assert folders.documents_of(["/a/1", "/a/2", "/none"]) == {"sum": {"/a/1", "/b/1"}, "": {"/a/2"}}


def test_what_came_of_pages_is_what_the_pages_say(database: Database, records: Records) -> None:
    add_document(records, "/a.pdf", "text")
    failed = Problem(LibraryProblem.PAGE_FAILED.value, {"path": "/a.pdf", "page": 2})
    pages = [
        page(1, "text"), dataclasses.replace(page(2, ""), problem=failed), page(3, " \n\t\xa0"), page(4, ""),
        dataclasses.replace(page(5, ""), waits=True), dataclasses.replace(page(6, "read"), confidence=0.9),
        dataclasses.replace(page(7, ""), confidence=0.2),
        dataclasses.replace(page(8, ""), problem=Problem(LibraryProblem.SCAN_LEFT_UNREAD.value, {"path": "/a.pdf"})),
    ]  # fmt: skip
    sha256 = sum_of("a.pdf")
    records.add_pages(sha256, pages)
    outcomes = list(HealthRecords(database).outcomes([sha256, "none"]))
    assert [(outcome.number, outcome.state) for outcome in outcomes] == [(page.number, page.state) for page in pages]
    assert [outcome.confidence for outcome in outcomes] == [page.confidence for page in pages]
    assert outcomes[1].problem == failed
    assert {outcome.state for outcome in outcomes} == set(PageState)


def test_what_was_left_out_is_taken_in_again_when_its_folder_is_given_once_more(folders: FolderRecords) -> None:
    for path in ("/here", "/there"):
        folders.add_folder(path)
    folders.leave_out(["/here/a.md", "/there/b.md", "/elsewhere/c.md"])
    folders.add_folder("/here")
    assert folders.left_out("/here") == frozenset()
    assert folders.left_out("/there") == {"/there/b.md"}
