"""A collection holds what it was given through everything that can happen to a file."""

from __future__ import annotations

import pytest

from rag.errors import LibraryProblem, Problem
from rag.stores.collection_records import CollectionRecords
from rag.stores.database import Database
from rag.stores.records import Records, WaitingFile
from tests.rag.stores.filling import VERSIONS, add_document, sum_of


@pytest.fixture
def collections(database: Database) -> CollectionRecords:
    return CollectionRecords(database)


def read_as(records: Records, path: str, name: str) -> None:
    """The file at ``path`` turns out to hold the document ``name``."""
    records.begin_document(WaitingFile(path, "", 1, 1), sum_of(name), VERSIONS)


def test_a_collection_is_made_changed_renamed_and_undone(records: Records, collections: CollectionRecords) -> None:
    for name in ("a", "b"):
        add_document(records, f"/{name}", "The crane.", name=name)
    collections.change("Cranes", [sum_of("a"), sum_of("b"), sum_of("a")], [])
    collections.change("empty", [], [])
    assert collections.collections() == {"Cranes": 2, "empty": 0}
    collections.change("Cranes", [], [sum_of("a")])
    assert collections.keys("Cranes") == (sum_of("b"),)
    collections.rename("Cranes", "Booms")
    assert collections.collections() == {"Booms": 1, "empty": 0}
    assert collections.keys("Booms") == (sum_of("b"),)
    collections.delete("Booms")
    assert collections.collections() == {"empty": 0}
    assert collections.keys("Booms") == ()


def test_an_edited_document_stays_in_its_collections(records: Records, collections: CollectionRecords) -> None:
    add_document(records, "/a", "The crane.", name="a")
    collections.change("one", [sum_of("a")], [])
    collections.change("two", [sum_of("a")], [])
    read_as(records, "/a", "edited")
    assert set(collections.keys("one")) == {sum_of("a"), sum_of("edited")}, "the former one answers till then"
    records.remove_documents(records.orphans())
    assert collections.collections() == {"one": 1, "two": 1}
    assert collections.keys("two") == (sum_of("edited"),)


def test_a_document_that_was_moved_stays_in_its_collection(records: Records, collections: CollectionRecords) -> None:
    add_document(records, "/a", "The crane.", name="a")
    collections.change("one", [sum_of("a")], [])
    records.note_file("/moved", 1, 1, retries=True)
    read_as(records, "/moved", "a")
    records.forget_path("/a")
    assert collections.keys("one") == (sum_of("a"),)


def test_a_file_that_waits_is_in_it_by_its_path(records: Records, collections: CollectionRecords) -> None:
    records.note_file("/new", 1, 1, retries=True)
    collections.change("one", ["/new"], [])
    assert collections.keys("one") == ("/new",)
    read_as(records, "/new", "a")
    assert collections.keys("one") == (sum_of("a"),)


def test_a_file_that_changes_while_it_is_read_stays_too(records: Records, collections: CollectionRecords) -> None:
    records.note_file("/new", 1, 1, retries=True)
    collections.change("one", ["/new"], [])
    read_as(records, "/new", "half")
    records.disown("/new", sum_of("half"), Problem(LibraryProblem.FILE_CHANGED.value))
    records.remove_documents(records.orphans())
    assert collections.keys("one") == ("/new",)
    read_as(records, "/new", "whole")
    assert collections.keys("one") == (sum_of("whole"),)


def test_what_is_forgotten_is_in_no_collection(records: Records, collections: CollectionRecords) -> None:
    add_document(records, "/a", "The crane.", name="a")
    records.note_file("/new", 1, 1, retries=True)
    collections.change("one", [sum_of("a"), "/new"], [])
    records.remove_documents([sum_of("a")])
    assert collections.keys("one") == ("/new",)
    records.forget_path("/new")
    assert collections.collections() == {"one": 0}
    read = add_document(records, "/a", "The crane.", name="a")
    assert read
    assert collections.keys("one") == (), "it came anew"
