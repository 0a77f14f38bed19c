"""The documents that are listed: whatever happens to them, those that are wanted, in their order."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.widgets.document_filter import DocumentFilter
from desktop.widgets.document_model import DOCUMENT_ROLE, DOCUMENTS, DocumentModel
from desktop.widgets.document_order import Members, Order, Orders, Sorting
from rag.protocol import Document
from tests.fakes.plausible import document

NAMES = ("b.pdf", "a.md", "A 10.docx", "a 9.docx", "c.pdf", "c 2.pdf")
KEYS = tuple(document(name).key for name in NAMES)

Step = Callable[[DocumentModel, DocumentFilter], object]


def made(name: str, pages: int = 1) -> Document:
    return document(name, pages=pages)


def listed(shown: DocumentFilter) -> list[Document]:
    return [shown.index(row).data(DOCUMENT_ROLE) for row in range(shown.rowCount())]


def expected(model: DocumentModel, shown: DocumentFilter, members: Members | None) -> list[Document]:
    """What is wanted, found and ordered from scratch."""
    orders, words = Orders(), shown.words
    wanted = [one for one in model.documents if members is None or one in members]
    wanted = [one for one in wanted if all(word in one.name.casefold() for word in words)]
    wanted.sort(key=lambda one: orders.key_of(one, shown.sorting.order))
    return wanted[::-1] if shown.sorting.is_reversed else wanted


documents = st.builds(made, st.sampled_from(NAMES), st.integers(1, 4))
many = st.lists(documents, unique_by=lambda one: one.key, max_size=6)
all_of_them = st.tuples(*(st.builds(made, st.just(name), st.integers(1, 4)) for name in NAMES)).map(list)
steps = st.one_of(
    *[st.builds(lambda one: lambda model, _: model.change(one), documents)] * 6,
    st.builds(lambda one, key: lambda model, _: model.change(one, was=key), documents, st.sampled_from(KEYS)),
    st.builds(lambda key: lambda model, _: model.forget(key), st.sampled_from(KEYS)),
    st.builds(lambda all_of_them: lambda model, _: model.replace(all_of_them), many),
    st.builds(lambda some: lambda model, _: model.conceal(some), many),
    st.builds(lambda some: lambda model, _: model.reveal(some), many),
    st.builds(lambda words: lambda _, shown: shown.set_words(words), st.sampled_from(["", "a", "A 1", "c pdf", "x"])),
    st.builds(
        lambda keys: lambda _, shown: shown.set_members(Members(frozenset(keys), frozenset())),
        st.lists(st.sampled_from(KEYS)),
    ),
    st.builds(
        lambda order, is_reversed: lambda _, shown: shown.set_sorting(Sorting(order, is_reversed)),
        st.sampled_from([Order.NAME, Order.PAGES, Order.KIND]), st.booleans(),
    ),
)  # fmt: skip


@given(first=all_of_them, order=st.sampled_from([Order.NAME, Order.PAGES]), steps=st.lists(steps, max_size=20))
def test_whatever_happens_those_that_are_wanted_are_listed_in_their_order(
    first: list[Document], order: Order, steps: list[Step]
) -> None:
    model = DocumentModel()
    model.replace(first)
    shown = DocumentFilter(model)
    shown.set_sorting(Sorting(order))
    tester = QAbstractItemModelTester(shown, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for step in steps:
        step(model, shown)
        assert listed(shown) == expected(model, shown, shown.members)
        for row, one in enumerate(listed(shown)):
            assert (shown.document_at(row), shown.rows_of({one.key})) == (one, [row])
    del tester


@pytest.mark.parametrize("is_reversed", [False, True])
def test_a_row_that_moves_takes_what_is_selected_with_it(is_reversed: bool) -> None:
    model = DocumentModel()
    model.replace([made(name, pages) for pages, name in enumerate(NAMES, start=1)])
    shown = DocumentFilter(model)
    shown.set_sorting(Sorting(Order.PAGES, is_reversed))
    for before, pages in ((3, 9), (9, 1), (1, 4)):
        (row,) = shown.rows_of({KEYS[2]})
        kept = QPersistentModelIndex(shown.index(row))
        selection = QItemSelectionModel(shown)
        selection.select(shown.index(row), QItemSelectionModel.SelectionFlag.Select)
        assert shown.document_at(row).pages == before
        model.change(made(NAMES[2], pages))
        assert kept.data(DOCUMENT_ROLE) == made(NAMES[2], pages)
        assert [index.data(DOCUMENT_ROLE) for index in selection.selectedIndexes()] == [made(NAMES[2], pages)]
        assert listed(shown) == expected(model, shown, None)


def test_the_same_list_told_anew_moves_nothing() -> None:
    model = DocumentModel()
    many_of_them = [document(f"Report {number}.pdf") for number in range(100)]
    model.replace(many_of_them)
    shown = DocumentFilter(model)
    resets: list[str] = []
    shown.modelReset.connect(lambda: resets.append("reset"))
    kept = QPersistentModelIndex(shown.index(50))
    model.replace([dataclasses.replace(one, pages=7) for one in many_of_them])
    shown.set_words("report")
    assert (resets, kept.row(), shown.document_at(50).pages) == ([], 50, 7)
    model.replace([dataclasses.replace(one, name=f"{99 - place:02}") for place, one in enumerate(many_of_them)])
    assert [one.name for one in listed(shown)] == [], "no name holds the word any more"
    shown.set_words("")
    assert [one.name for one in listed(shown)] == [f"{number:02}" for number in range(100)]


def test_documents_are_dragged_from_where_they_are_listed() -> None:
    model = DocumentModel()
    model.replace([made("b.pdf"), made("a.md")])
    shown = DocumentFilter(model)
    assert shown.flags(shown.index(0)) & Qt.ItemFlag.ItemIsDragEnabled
    assert shown.mimeTypes() == [DOCUMENTS]
    carried = shown.mimeData([shown.index(0), shown.index(1)])
    assert json.loads(bytes(carried.data(DOCUMENTS).data())) == [made("a.md").key, made("b.pdf").key]
