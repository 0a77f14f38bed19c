"""The order of documents, and which of them are listed."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.document_filter import DocumentFilter
from desktop.widgets.document_model import DocumentModel
from desktop.widgets.document_order import Members, Order, Sorting
from desktop.widgets.sort_button import SortButton, keep_sorting, kept_sorting
from rag.protocol import Document, DocumentState
from tests.fakes.plausible import document


def made(name: str, added: float = 0, dated: str = "", pages: int = 1, size: int = 1, state: str = "ready") -> Document:
    plain = document(name, DocumentState(state), pages=pages)
    return dataclasses.replace(plain, added=added, dated=dated, bytes=size)


SHELF = [
    made("b.pdf", added=3, dated="2024", pages=9, size=10),
    made("a.md", added=1, dated="2024-03-05", pages=1, size=30, state="queued"),
    made("c.pdf", added=2, dated="", pages=4, size=20, state="failed"),
    made("A 10.docx", added=4, dated="1999-12-31", pages=4, size=5),
    made("a 9.docx", added=5, dated="2024-03", pages=4, size=5, state="needs_password"),
]


def listed(documents: list[Document], sorting: Sorting) -> list[str]:
    model = DocumentModel()
    model.replace(documents)
    shown = DocumentFilter(model)
    shown.set_sorting(sorting)
    return [shown.index(row, 0).data() for row in range(shown.rowCount())]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.NAME, ["a 9.docx", "A 10.docx", "a.md", "b.pdf", "c.pdf"]),
        (Order.ADDED, ["a 9.docx", "A 10.docx", "b.pdf", "c.pdf", "a.md"]),
        (Order.DATED, ["a.md", "a 9.docx", "b.pdf", "A 10.docx", "c.pdf"]),
        (Order.KIND, ["a 9.docx", "A 10.docx", "a.md", "b.pdf", "c.pdf"]),
        (Order.PAGES, ["b.pdf", "a 9.docx", "A 10.docx", "c.pdf", "a.md"]),
        (Order.STATE, ["c.pdf", "a 9.docx", "a.md", "A 10.docx", "b.pdf"]),
        (Order.SIZE, ["a.md", "c.pdf", "b.pdf", "a 9.docx", "A 10.docx"]),
    ],
)
def test_documents_are_listed_by_what_is_wanted(order: Order, expected: list[str]) -> None:
    assert listed(SHELF, Sorting(order)) == expected
    assert listed(SHELF, Sorting(order, is_reversed=True)) == expected[::-1]


@given(
    documents=st.lists(
        st.builds(
            made,
            st.sampled_from(["a.pdf", "A 2.pdf", "é.md", "10.txt", "9.txt"]),
            added=st.floats(0, 9),
            dated=st.sampled_from(["", "2024", "2024-02", "2024-02-29"]),
            pages=st.integers(0, 3),
            size=st.integers(0, 3),
        ),
        unique_by=lambda one: one.key,
    ),
    order=st.sampled_from(Order),
)
def test_every_order_lists_all_of_them_the_same_however_they_came(documents: list[Document], order: Order) -> None:
    names = listed(documents, Sorting(order))
    assert sorted(names) == sorted(one.name for one in documents)
    assert names == listed(documents[::-1], Sorting(order))


def test_members_are_listed_alone_also_when_one_was_read_a_moment_ago() -> None:
    waiting = dataclasses.replace(document("new.pdf", DocumentState.QUEUED), key="/new.pdf", paths=("/new.pdf",))
    members = Members(frozenset({SHELF[0].key, "/new.pdf"}), frozenset({*SHELF[0].paths, "/new.pdf"}))
    model = DocumentModel()
    model.replace([*SHELF, waiting])
    shown = DocumentFilter(model)
    shown.set_members(members)
    assert [shown.index(row, 0).data() for row in range(shown.rowCount())] == ["b.pdf", "new.pdf"]
    model.change(dataclasses.replace(document("new.pdf"), paths=("/new.pdf",)), was="/new.pdf")
    assert shown.rowCount() == 2
    shown.set_members(None)
    assert shown.rowCount() == 6


def test_the_order_is_chosen_in_a_menu_and_kept(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    store = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    button = SortButton(theme, kept_sorting(store))
    qtbot.addWidget(button)
    button.show()
    chosen: list[Sorting] = []
    button.chosen.connect(chosen.append)
    for words in ("Date added", "The other way round"):
        button.click()
        menu = next(menu for menu in button.findChildren(QMenu) if menu.isVisible())
        next(action for action in menu.actions() if action.text() == words).trigger()
        menu.close()
    assert chosen == [Sorting(Order.ADDED), Sorting(Order.ADDED, is_reversed=True)]
    assert "Date added" in button.accessibleName()
    keep_sorting(store, chosen[-1])
    assert kept_sorting(store) == chosen[-1]
    store.setValue("library/order", "by moonlight")
    assert kept_sorting(store).order is Order.NAME
