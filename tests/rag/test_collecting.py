from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.collecting import LONGEST_NAME
from rag.errors import LibraryProblem, PhialError
from rag.protocol import CollectionRow, Collections
from tests.rag.making_shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    yield made
    made.database.close()


def test_names_are_told_apart_without_capitals(shelf: Shelf) -> None:
    shelf.add("a")
    shelf.collections.change("  Leases \n 2024 ", ["/a"], [])
    shelf.collections.change("LEASES 2024", [], [])
    assert shelf.collections.listed() == (CollectionRow("Leases 2024", 1),)
    assert shelf.collections.known("leases  2024") == "Leases 2024"
    assert [document.name for document in shelf.collections.documents("leases 2024")] == ["a"]
    shelf.collections.rename("leases 2024", "leases 2024")
    assert shelf.collections.listed() == (CollectionRow("leases 2024", 1),)
    shelf.collections.change("other", [], [])
    with pytest.raises(PhialError) as raised:
        shelf.collections.rename("other", "LEASES 2024")
    assert (raised.value.kind, raised.value.parameters) == (
        LibraryProblem.COLLECTION_EXISTS,
        {"name": "leases 2024"},
    )


@pytest.mark.parametrize("name", ["", " \n", "x" * (LONGEST_NAME + 1), "a\x1b[2J", "a\u202eb"])
def test_a_name_is_one_line_that_can_be_shown(shelf: Shelf, name: str) -> None:
    shelf.add("a")
    with pytest.raises(PhialError) as raised:
        shelf.collections.change(name, ["/a"], [])
    assert raised.value.kind is LibraryProblem.COLLECTION_UNNAMED
    assert shelf.collections.listed() == ()


def test_nothing_is_changed_where_something_is_unknown(shelf: Shelf) -> None:
    shelf.add("a")
    for change, kind in (
        (lambda: shelf.collections.change("one", ["/a", "/nowhere"], []), LibraryProblem.PATH_NOT_IN_LIBRARY),
        (lambda: shelf.collections.change("one", [], ["/a"]), LibraryProblem.COLLECTION_UNKNOWN),
        (lambda: shelf.collections.rename("one", "two"), LibraryProblem.COLLECTION_UNKNOWN),
        (lambda: shelf.collections.delete("one"), LibraryProblem.COLLECTION_UNKNOWN),
    ):
        with pytest.raises(PhialError) as raised:
            change()
        assert raised.value.kind is kind
    assert shelf.collections.listed() == ()


def test_every_change_is_told(shelf: Shelf) -> None:
    shelf.add("a")
    with shelf.feed.follow() as told:
        shelf.collections.change("one", ["/a"], [])
        shelf.collections.rename("one", "two")
        shelf.collections.delete("two")
        said = [told.get(timeout=5) for _ in range(3)]
    assert said == [
        Collections(0, (CollectionRow("one", 1),)),
        Collections(0, (CollectionRow("two", 1),)),
        Collections(0, ()),
    ]
