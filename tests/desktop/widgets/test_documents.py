"""The list of documents: a model that follows the library, its order, its filter, its progress."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.theme import Theme
from desktop.widgets.document_filter import DocumentFilter
from desktop.widgets.document_model import (
    DOCUMENT_ROLE,
    DocumentModel,
    fraction_done,
    is_under_way,
)
from desktop.widgets.document_row import DocumentRow
from rag.errors import Problem
from rag.protocol import DocumentState
from tests.fakes.plausible import document

NAMES = st.sampled_from(["a.pdf", "b.pdf", "c.md", "d.txt", "e.pdf"])
STEPS = st.one_of(
    st.tuples(st.just("change"), NAMES), st.tuples(st.just("forget"), NAMES), st.tuples(st.just("replace"), NAMES)
)


@given(st.lists(STEPS, max_size=30))
def test_the_model_holds_what_a_dictionary_would(steps: list[tuple[str, str]]) -> None:
    model = DocumentModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    held: dict[str, str] = {}
    for step, name in steps:
        one = document(name)
        if step == "change":
            model.change(one)
            held[one.key] = name
        elif step == "forget":
            model.forget(one.key)
            held.pop(one.key, None)
        else:
            model.replace([one])
            held = {one.key: name}
    assert {one.key: one.name for one in model.documents} == held
    for key, name in held.items():
        found = model.by_key(key)
        assert found is not None
        assert found.name == name


def test_a_document_keeps_its_row_when_its_key_changes() -> None:
    model = DocumentModel()
    waiting = dataclasses.replace(document("a.pdf", DocumentState.QUEUED), key="/a.pdf", sha256="")
    model.replace([document("b.pdf"), waiting, document("c.pdf")])
    model.change(document("a.pdf"), was="/a.pdf")
    assert [one.name for one in model.documents] == ["b.pdf", "a.pdf", "c.pdf"]
    assert model.by_key("/a.pdf") is None


def test_a_file_that_turns_out_to_be_known_becomes_one_row() -> None:
    model = DocumentModel()
    waiting = dataclasses.replace(document("copy.pdf", DocumentState.QUEUED), key="/copy.pdf", sha256="")
    model.replace([document("a.pdf"), waiting])
    model.change(document("a.pdf"), was="/copy.pdf")
    assert [one.name for one in model.documents] == ["a.pdf"]


@given(done=st.integers(0, 90), pages=st.integers(1, 90))
def test_progress_never_goes_back(done: int, pages: int) -> None:
    read = min(done, pages)
    reading = fraction_done(document("a.pdf", DocumentState.READING, pages=pages, read=read))
    embedding = fraction_done(document("a.pdf", DocumentState.ANSWERABLE, pages=pages, embedded=read))
    assert reading is not None
    assert embedding is not None
    assert 0 <= reading <= embedding <= 1


@pytest.mark.parametrize("state", [state for state in DocumentState if state.is_settled])
def test_what_is_settled_shows_no_progress(state: DocumentState) -> None:
    assert fraction_done(document("a.pdf", state)) is None


def test_names_are_in_the_order_a_person_expects_and_found_by_any_of_their_words(theme: Theme) -> None:
    model = DocumentModel()
    model.replace([document(name) for name in ("Report 10.pdf", "report 9.pdf", "Émile.pdf", "Zebra.md", "eau.md")])
    shown = DocumentFilter(model)
    assert [shown.index(row, 0).data() for row in range(shown.rowCount())] == [
        "eau.md", "Émile.pdf", "report 9.pdf", "Report 10.pdf", "Zebra.md",
    ]  # fmt: skip
    shown.set_words("10 REP")
    assert [shown.index(row, 0).data() for row in range(shown.rowCount())] == ["Report 10.pdf"]
    shown.set_words("")
    assert shown.rowCount() == 5


def test_the_state_is_said_in_words() -> None:
    model = DocumentModel()
    model.replace([document("a.pdf", DocumentState.FAILED, reason=Problem("pdf_broken", {"path": "a.pdf"}))])
    said = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("a.pdf, a.pdf can’t be read")


def test_scans_are_counted_while_ocr_reads_them() -> None:
    scans = document("a.pdf", pages=50, waiting=37, by_ocr=3)
    assert fraction_done(scans) == 3 / 40
    assert is_under_way(scans)
    assert DocumentModel().state_words(scans) == "reading scans: 3 of 40 pages"
    read = document("a.pdf", pages=50, by_ocr=40)
    assert fraction_done(read) is None
    assert not is_under_way(read)
    assert DocumentModel().state_words(read) == "ready, 50 pages, 40 read by OCR"


def test_what_is_on_a_drive_that_is_not_there_is_said_and_not_waited_for() -> None:
    away = document("a.pdf", DocumentState.READING, pages=50, read=3, is_away=True)
    assert not is_under_way(away)
    assert "On a drive that isn’t connected" in DocumentModel().state_words(away)


@pytest.mark.parametrize(
    ("name", "pages", "expected"),
    [
        ("a.pptx", 20, "ready, 20 slides"),
        ("a.xlsx", 3, "ready, 3 sheets"),
        ("a.epub", 12, "ready, 12 chapters"),
        ("a.mbox", 7, "ready, 7 messages"),
        ("a.eml", 1, "ready"),
        ("a.md", 1, "ready"),
        ("a.txt", 4, "ready, 4 parts"),
    ],
)
def test_each_format_counts_in_its_own_units(name: str, pages: int, expected: str) -> None:
    assert DocumentModel().state_words(document(name, pages=pages)) == expected


@pytest.mark.parametrize("state", list(DocumentState))
@pytest.mark.parametrize("name", ["a.pdf", "notes.md", "x" * 400 + ".pdf", "تقرير.pdf"])
def test_every_state_is_painted(theme: Theme, state: DocumentState, name: str) -> None:
    model = DocumentModel()
    model.replace([document(name, state)])
    row = DocumentRow(theme)
    option = QStyleOptionViewItem()
    index = model.index(0)
    assert index.data(DOCUMENT_ROLE) == document(name, state)
    option.rect.setRect(0, 0, 240, row.sizeHint(option, index).height())
    picture = QImage(240, option.rect.height(), QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    row.paint(painter, option, index)
    painter.end()
    blank = QImage(picture.size(), picture.format())
    blank.fill(0)
    assert picture != blank
