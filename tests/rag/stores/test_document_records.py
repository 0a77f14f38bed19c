"""Which documents nothing was read of: those alone can be left out without losing anything."""

from __future__ import annotations

from rag.errors import LibraryProblem, Problem
from rag.protocol import DocumentState
from rag.stores.records import Records, WaitingFile
from tests.rag.stores.filling import VERSIONS, add_document, page, sum_of


def unread(records: Records) -> dict[str, bool]:
    """Of each document, by its name."""
    return {document.name: document.is_unread for document in records.documents()}


def begin(records: Records, path: str, was: str, content: str) -> DocumentState:
    """The file at ``path``, which held ``was``, turns out to hold ``content``."""
    assert records.note_file(path, 200, 2, retries=True)
    return records.begin_document(WaitingFile(path, was, 200, 2), sum_of(content), VERSIONS)


def test_what_waits_or_is_being_read_for_the_first_time_is_unread(records: Records) -> None:
    records.note_file("/queued.md", 100, 1, retries=True)
    begin(records, "/begun.md", "", "begun")
    records.add_pages(sum_of("begun"), [page()])
    add_document(records, "/read.md", "The crane.")
    assert unread(records) == {"queued.md": True, "begun.md": True, "read.md": False}


def test_what_failed_or_is_read_again_is_not(records: Records) -> None:
    records.note_file("/gone.md", 100, 1, retries=True)
    begin(records, "/empty.md", "", "empty")
    records.set_state(sum_of("empty"), DocumentState.EMPTY)
    add_document(records, "/again.md", "The crane.")
    records.wait_again([sum_of("again.md")])
    records.settle_file("/gone.md")
    assert unread(records) == {"gone.md": False, "empty.md": False, "again.md": False}


def test_what_an_edited_file_held_was_read(records: Records) -> None:
    add_document(records, "/a.md", "The crane.", name="first")
    assert begin(records, "/a.md", sum_of("first"), "second") is DocumentState.READING
    documents = {document.sha256: document for document in records.documents()}
    assert documents[sum_of("second")].state is DocumentState.READING
    assert not documents[sum_of("second")].is_unread
    # Edited once more while it was read: what it held first still is in the library.
    begin(records, "/a.md", sum_of("second"), "third")
    assert not any(document.is_unread for document in records.documents())


def test_one_that_changed_while_it_was_read_anew_is_not_unread_either(records: Records) -> None:
    add_document(records, "/a.md", "The crane.", name="first")
    begin(records, "/a.md", sum_of("first"), "second")
    records.disown("/a.md", sum_of("second"), Problem(LibraryProblem.FILE_CHANGED, {"path": "/a.md"}))
    assert records.note_file("/a.md", 300, 3, retries=True)
    assert {document.key: document.is_unread for document in records.documents()}["/a.md"] is False


def test_what_was_edited_before_any_of_it_was_read_is_unread(records: Records) -> None:
    begin(records, "/a.md", "", "first")
    begin(records, "/a.md", sum_of("first"), "second")
    assert {document.sha256: document.is_unread for document in records.documents()}[sum_of("second")]


def test_what_a_file_held_that_answers_while_it_is_read_anew_was_read(records: Records) -> None:
    add_document(records, "/a.md", "The crane.", name="first")
    records.wait_again([sum_of("first")])
    begin(records, "/a.md", sum_of("first"), "second")
    assert not any(document.is_unread for document in records.documents())


def test_one_that_answers_and_changed_while_it_was_read_anew_is_not_unread_either(records: Records) -> None:
    add_document(records, "/a.md", "The crane.", name="first")
    records.wait_again([sum_of("first")])
    records.disown("/a.md", sum_of("first"), Problem(LibraryProblem.FILE_CHANGED, {"path": "/a.md"}))
    assert records.note_file("/a.md", 300, 3, retries=True)
    assert {document.key: document.is_unread for document in records.documents()}["/a.md"] is False


def test_one_that_changed_while_it_was_read_for_the_first_time_is_unread(records: Records) -> None:
    begin(records, "/a.md", "", "first")
    records.disown("/a.md", sum_of("first"), Problem(LibraryProblem.FILE_CHANGED, {"path": "/a.md"}))
    assert records.note_file("/a.md", 300, 3, retries=True)
    assert {document.key: document.is_unread for document in records.documents()}["/a.md"] is True
