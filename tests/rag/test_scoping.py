from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.errors import LibraryProblem, PhialError
from rag.protocol import EVERYWHERE, Scope
from tests.rag.making_shelf import Shelf
from tests.rag.stores.filling import sum_of


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    yield made
    made.database.close()


def problem(shelf: Shelf, scope: Scope) -> tuple[LibraryProblem, dict[str, str | int | float]]:
    with pytest.raises(PhialError) as raised:
        shelf.scoper.documents_in(scope)
    assert isinstance(raised.value.kind, LibraryProblem)
    return raised.value.kind, raised.value.parameters


def sums(*names: str) -> tuple[str, ...]:
    return tuple(map(sum_of, names))


def test_everywhere_is_no_scope(shelf: Shelf) -> None:
    assert problem(shelf, EVERYWHERE) == (LibraryProblem.LIBRARY_EMPTY, {})
    shelf.add("a")
    assert shelf.scoper.documents_in(EVERYWHERE) is None


def test_places_and_collections_add_up_and_days_narrow(shelf: Shelf) -> None:
    for name, day in (("a", "2021"), ("b", "2022-05-01"), ("c", "2023-01-01"), ("d", "2022-07-01")):
        shelf.add(name, day)
    shelf.collections.change("kept", ["/b", "/c"], [])
    documents_in = shelf.scoper.documents_in
    assert documents_in(Scope(("/a",))) == sums("a")
    assert documents_in(Scope(collections=("kept",))) == sums("b", "c")
    assert documents_in(Scope(("/a", "/b"), ("kept",))) == sums("a", "b", "c")
    assert documents_in(Scope(since="2022", until="2022")) == sums("b", "d")
    assert documents_in(Scope(("/a",), ("kept",), since="2022-05")) == sums("b", "c")
    assert documents_in(Scope(("/a",), ("kept",), until="2021-03-01")) == sums("a")
    assert "/a" in shelf.interest
    assert sum_of("b") in shelf.interest


def test_each_part_of_a_scope_that_is_empty_is_named(shelf: Shelf) -> None:
    shelf.add("a", "2021")
    shelf.collections.change("Empty", [], [])
    assert problem(shelf, Scope(("/nowhere",))) == (LibraryProblem.SCOPE_EMPTY, {"path": "/nowhere"})
    assert problem(shelf, Scope(("/a", "/nowhere")))[0] is LibraryProblem.SCOPE_EMPTY
    assert problem(shelf, Scope(collections=("other",))) == (LibraryProblem.COLLECTION_UNKNOWN, {"name": "other"})
    assert problem(shelf, Scope(collections=("empty",))) == (LibraryProblem.COLLECTION_EMPTY, {"name": "Empty"})
    days: dict[str, str | int | float] = {"since": "2022-01-01", "until": "…"}
    assert problem(shelf, Scope(("/a",), since="2022")) == (LibraryProblem.DATES_EMPTY, days)
    assert problem(shelf, Scope(("/a",), since="soon")) == (LibraryProblem.DATE_WRONG, {"day": "soon"})


def test_what_is_still_to_be_read_is_a_member_and_not_asked(shelf: Shelf) -> None:
    shelf.add("a")
    shelf.records.note_file("/new", 1, 1, retries=True)
    assert problem(shelf, Scope(("/new",))) == (LibraryProblem.SCOPE_EMPTY, {"path": "/new"})
    assert [member.key for member in shelf.scoper.members(EVERYWHERE)] == [sum_of("a"), "/new"]
    shelf.collections.change("kept", ["/a", "/new"], [])
    assert shelf.scoper.documents_in(Scope(collections=("kept",))) == sums("a")
    assert len(shelf.scoper.members(Scope(collections=("kept",)))) == 2


def test_ten_thousand_documents_are_a_scope(shelf: Shelf) -> None:
    with shelf.database.transaction() as connection:
        rows = [(f"{number:064x}", f"/many/{number}.md", number) for number in range(10_000)]
        connection.executemany(
            "INSERT INTO documents (sha256, name, format, state, pages, bytes, added, extractor, chunker)"
            " VALUES (?1, ?2, 'text', 'ready', 1, 1, ?3, 1, 1)",
            rows,
        )
        connection.executemany(
            "INSERT INTO files (path, sha256, size, modified_ns, is_waiting, added) VALUES (?2, ?1, 1, 1, 0, ?3)", rows
        )
    scope = Scope(("/many",), since="1970", until="1970")
    assert set(shelf.scoper.documents_in(scope) or ()) == {sha256 for sha256, _, _ in rows}


def test_what_is_left_out_is_in_no_scope(shelf: Shelf) -> None:
    for name in ("a", "b", "folder/c", "folder/d"):
        shelf.add(name, "2021")
    shelf.collections.change("kept", ["/a", "/b"], [])
    documents_in = shelf.scoper.documents_in
    for without in (["/b"], [sum_of("b")]):
        assert documents_in(EVERYWHERE, without) == sums("a", "folder/c", "folder/d")
        assert documents_in(Scope(collections=("kept",)), without) == sums("a")
        assert documents_in(Scope(("/a", "/b"), since="2021"), without) == sums("a")
    assert documents_in(EVERYWHERE, ["/folder", "/a"]) == sums("b")
    assert documents_in(Scope(("/folder",)), ["/folder/c"]) == sums("folder/d")
    assert documents_in(EVERYWHERE, ["/nowhere", ""]) == sums("a", "b", "folder/c", "folder/d")
    assert documents_in(EVERYWHERE, [""]) is None
    shelf.records.note_file("/new", 1, 1, retries=True)
    members = shelf.scoper.members(EVERYWHERE, without=["/new", "/folder"])
    assert [member.key for member in members] == list(sums("a", "b"))


def test_where_all_of_a_scope_is_left_out_it_is_empty(shelf: Shelf) -> None:
    shelf.add("a")
    shelf.collections.change("Kept", ["/a"], [])
    for scope, kind in (
        (EVERYWHERE, LibraryProblem.LIBRARY_EMPTY),
        (Scope(("/a",)), LibraryProblem.SCOPE_EMPTY),
        (Scope(collections=("kept",)), LibraryProblem.COLLECTION_EMPTY),
    ):
        with pytest.raises(PhialError) as raised:
            shelf.scoper.documents_in(scope, ["/a"])
        assert raised.value.kind is kind


def test_what_no_path_leads_to_any_more_is_still_found_beside_what_is_left_out(shelf: Shelf) -> None:
    shelf.add("a")
    shelf.add("b")
    with shelf.database.transaction() as connection:
        connection.execute("DELETE FROM files WHERE sha256 = ?", sums("b"))
    assert shelf.scoper.documents_in(EVERYWHERE, ["/a"]) == sums("b")
    with pytest.raises(PhialError):
        shelf.scoper.documents_in(EVERYWHERE, ["/a", sum_of("b")])
