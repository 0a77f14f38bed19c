"""What stands beside the pages and what is said where there are none: small pictures, outline, citations, mends."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.panes.reader import ReaderPane
from desktop.theme import Theme
from desktop.widgets.outline_view import OutlineModel, OutlineView
from desktop.worker_client import WorkerClient
from engine.links import Link
from rag.errors import Problem
from rag.protocol import Failed, OutlineEntry, Page, PageForm, ReadOutline, Request, Retry, ShowPage, Unlock
from tests.fakes.plausible import CITATIONS, NOTES, STUDY
from tests.fakes.replies import HANDLERS
from tests.fakes.worker import FakeWorker


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, client: WorkerClient) -> ReaderPane:
    pane = ReaderPane(theme, client)
    qtbot.addWidget(pane)
    pane.resize(720, 700)
    pane.show()
    pane.activateWindow()
    return pane


def open_study(qtbot: QtBot, pane: ReaderPane) -> None:
    pane.show_citation(CITATIONS[0], CITATIONS)
    qtbot.waitUntil(lambda: pane.page is not None and pane.strip.pages.model().rowCount() == STUDY.pages)


def press(pane: ReaderPane, words: str) -> None:
    next(one for one in pane.findChildren(QAbstractButton) if one.text() == words and one.isVisible()).click()


def small_ones(worker: FakeWorker) -> list[int]:
    """The pages that were asked for as small pictures."""
    asked = [request for request in worker.asked(ShowPage) if isinstance(request, ShowPage)]
    return [request.page for request in asked if request.scale < 0.4]


# --- pages ------------------------------------------------------------------------------------------------------------


def test_only_the_pages_in_sight_are_fetched_and_cited_ones_say_so(
    qtbot: QtBot, pane: ReaderPane, worker: FakeWorker
) -> None:
    open_study(qtbot, pane)
    assert not small_ones(worker), "a strip that is folded away asks for nothing"
    qtbot.keyClick(pane.page_view, Qt.Key.Key_F4)
    pages = pane.strip.pages
    qtbot.waitUntil(lambda: len(small_ones(worker)) >= 3)
    assert pages.currentIndex().row() == 56
    assert set(small_ones(worker)) <= set(range(50, 63))
    names = [pages.model().data(pages.model().index(row, 0), Qt.ItemDataRole.AccessibleTextRole) for row in (0, 2, 56)]
    assert names == ["Page 1", "Page 3, cited", "Page 57, cited"]
    qtbot.keyClick(pages, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: pane.page is not None and pane.page.page == 58)
    bar = pane.page_view.verticalScrollBar()
    bar.setValue(bar.maximum() * 120 // STUDY.pages)
    assert 115 <= pages.currentIndex().row() + 1 <= 125, "follows what is read"
    qtbot.waitUntil(lambda: any(page > 110 for page in small_ones(worker)))
    assert not [page for page in small_ones(worker) if 70 < page < 110], "what was only passed isn't fetched"


def test_tab_stops_at_the_part_that_is_shown_whoever_chose_it(qtbot: QtBot, pane: ReaderPane) -> None:
    def stops() -> list[str]:
        tabs = [one for one in pane.strip.findChildren(QAbstractButton) if one.property("role") == "tab"]
        return [one.text() for one in tabs if one.focusPolicy() & Qt.FocusPolicy.TabFocus]

    open_study(qtbot, pane)
    assert stops() == ["Pages"]
    pane.strip.turn_to(1)
    assert stops() == ["Outline"]


def test_in_the_small_pages_what_is_selected_is_copied_and_never_a_number(qtbot: QtBot, pane: ReaderPane) -> None:
    def copied() -> str:
        QGuiApplication.clipboard().setText("from before")
        qtbot.keyClick(pane.strip.pages, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        return QGuiApplication.clipboard().text()

    open_study(qtbot, pane)
    qtbot.waitUntil(lambda: pane.page_view.knows_words(57))
    qtbot.keyClick(pane.page_view, Qt.Key.Key_F4)
    assert copied() == "from before"
    pane.page_view.selecting.select_page(57)
    words = pane.page_view.selecting.text
    qtbot.keyClick(pane.strip.pages, Qt.Key.Key_Down)
    assert words
    assert copied() == words


def test_a_note_of_one_page_has_an_outline_instead_of_pages(qtbot: QtBot, pane: ReaderPane) -> None:
    pane.show_document(NOTES)
    qtbot.waitUntil(lambda: pane.page is not None and pane.note_view.is_whole)
    qtbot.keyClick(pane.note_view, Qt.Key.Key_F4)
    assert pane.strip.outline.isVisible()
    qtbot.waitUntil(lambda: pane.strip.outline.model().rowCount() == 1)


# --- outline ----------------------------------------------------------------------------------------------------------


def test_a_section_is_gone_to_and_the_one_that_is_read_is_marked(qtbot: QtBot, pane: ReaderPane) -> None:
    open_study(qtbot, pane)
    pane.strip.fold()
    press(pane, "Outline")
    outline = pane.strip.outline
    qtbot.waitUntil(lambda: outline.model().rowCount() == 15)
    assert outline.currentIndex().data() == "Section 6"
    chapter = outline.model().index(2, 0)
    qtbot.mouseClick(outline.viewport(), Qt.MouseButton.LeftButton, pos=outline.visualRect(chapter).center())
    qtbot.waitUntil(lambda: pane.page is not None and pane.page.page == 21)
    assert outline.currentIndex() == chapter, "what was chosen stays chosen"


def test_a_document_without_sections_says_so_and_so_does_one_with_too_many(
    qtbot: QtBot, pane: ReaderPane, worker: FakeWorker
) -> None:
    worker.script.handlers[ReadOutline] = lambda _, link, request: link.send(
        Failed(request.id, Problem("document_gone"))
    )
    open_study(qtbot, pane)
    pane.strip.fold()
    press(pane, "Outline")
    note = pane.strip._outline_note
    qtbot.waitUntil(lambda: note.text() == "This document has neither an outline nor headings.")
    pane.strip.show_outline((OutlineEntry("A", 1, 1),), is_whole=False)
    assert "very long" in note.text()


def under(model: QAbstractItemModel, parent: QModelIndex) -> list[str]:
    return [str(model.index(row, 0, parent).data()) for row in range(model.rowCount(parent))]


def test_sections_stand_under_those_before_them_with_a_higher_level(qtbot: QtBot, theme: Theme) -> None:
    view = OutlineView(theme)
    qtbot.addWidget(view)
    levels = (1, 2, 2, 3, 1, 3)
    view.show_entries([OutlineEntry(str(number), level, number) for number, level in enumerate(levels, start=1)])
    model = view.model()
    assert isinstance(model, OutlineModel)
    top = QModelIndex()
    assert under(model, top) == ["1", "5"]
    first = model.index(0, 0, top)
    assert under(model, first) == ["2", "3"]
    assert under(model, model.index(1, 0, first)) == ["4"]
    assert model.index(0, 0, model.index(1, 0, first)).parent().parent() == first
    assert under(model, model.index(1, 0, top)) == ["6"]


def test_a_link_within_a_note_leads_to_its_heading_and_no_other_link_anywhere(
    qtbot: QtBot, pane: ReaderPane, worker: FakeWorker
) -> None:
    text = "[down](#the-end) [out](http://127.0.0.1:9/#the-end)\n\n" + "Text.\n\n" * 200 + "## The end!\n\nHere."

    def show(_: FakeWorker, link: Link, request: Request) -> None:
        assert isinstance(request, ShowPage)
        link.send(Page(request.id, request.sha256, "x.md", "/x.md", "markdown", 1, 1, "", 0.0, 0.0, b"", text, (), (),
                       PageForm.MARKDOWN, "part"))  # fmt: skip

    worker.script.handlers[ShowPage] = show
    pane.show_document(NOTES)
    qtbot.waitUntil(lambda: pane.page is not None and pane.note_view.is_whole)
    view = pane.note_view
    bar = view.verticalScrollBar()
    line = view.cursorRect(QTextCursor(view.document())).center()
    out = line + QPoint(view.fontMetrics().horizontalAdvance("down ou"), 0)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=out)
    assert bar.value() == 0
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=line + QPoint(6, 0))
    qtbot.waitUntil(lambda: bar.value() > bar.maximum() // 2)
    assert view.source().isEmpty()


# --- citations --------------------------------------------------------------------------------------------------------


def test_the_citations_lead_to_their_pages(qtbot: QtBot, pane: ReaderPane) -> None:
    open_study(qtbot, pane)
    pane.strip.fold()
    press(pane, "Citations")
    rows = pane.strip.citations
    assert [rows.item(row).text().split("\n")[0] for row in range(rows.count())] == [
        f"{STUDY.name}, p. 57", f"{STUDY.name}, p. 3 (iii)", NOTES.name,
    ]  # fmt: skip
    assert rows.currentRow() == 0
    place = rows.visualItemRect(rows.item(1)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: pane.page is not None and pane.page.page == 3)


# --- what can't be shown ----------------------------------------------------------------------------------------------


def fail(worker: FakeWorker, kind: str) -> None:
    problem = Problem(kind, {"path": "/x.pdf"})
    worker.script.handlers[ShowPage] = lambda _, link, request: link.send(Failed(request.id, problem))


def test_a_document_that_has_gone_closes_the_reader(qtbot: QtBot, pane: ReaderPane, worker: FakeWorker) -> None:
    fail(worker, "document_gone")
    pane.show_document(STUDY)
    qtbot.waitUntil(lambda: pane.trouble is not None)
    with qtbot.waitSignal(pane.closed):
        press(pane, "Close the reader")


def test_a_document_that_has_changed_is_read_again(qtbot: QtBot, pane: ReaderPane, worker: FakeWorker) -> None:
    fail(worker, "document_changed")
    pane.show_document(STUDY)
    qtbot.waitUntil(lambda: pane.trouble is not None)
    press(pane, "Read it again")
    qtbot.waitUntil(lambda: pane.trouble is None)
    assert [request.keys for request in worker.asked(Retry) if isinstance(request, Retry)] == [(STUDY.sha256,)]


def test_a_locked_document_is_opened_in_its_place(qtbot: QtBot, pane: ReaderPane, worker: FakeWorker) -> None:
    worker.script.passwords = {STUDY.key: "secret"}
    worker.script.documents = [dataclasses.replace(STUDY), NOTES]
    fail(worker, "pdf_encrypted")
    pane.show_document(STUDY)
    qtbot.waitUntil(lambda: pane.trouble is not None)
    press(pane, "Enter its password…")
    pane._contents.changed.emit()  # more becomes known of its pages while the person types
    qtbot.wait(50)
    field = next(one for one in pane.findChildren(QLineEdit) if one.echoMode() is QLineEdit.EchoMode.Password)
    qtbot.keyClicks(field, "wrong")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(worker.asked(Unlock)) == 1 and field.isEnabled())
    assert field.accessibleDescription()
    worker.script.handlers.pop(ShowPage)
    qtbot.keyClicks(field, "secret")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane.page is not None)
    assert pane.trouble is None


def test_a_page_that_fails_beside_the_one_that_is_read_is_said_when_one_comes_to_it(
    qtbot: QtBot, pane: ReaderPane, worker: FakeWorker
) -> None:
    def show(fake: FakeWorker, link: Link, request: Request) -> None:
        assert isinstance(request, ShowPage)
        if request.page == 2:
            link.send(Failed(request.id, Problem("page_failed", {"path": "/x.pdf", "page": 2})))
        else:
            HANDLERS[ShowPage](fake, link, request)

    worker.script.handlers[ShowPage] = show
    pane.show_document(STUDY)
    qtbot.waitUntil(lambda: pane.page is not None)
    qtbot.waitUntil(lambda: any(one.page == 2 for one in worker.asked(ShowPage) if isinstance(one, ShowPage)))
    qtbot.wait(50)
    assert pane.trouble is None
    pane.go_to_page(2)
    qtbot.waitUntil(lambda: pane.trouble is not None)
    assert pane.page_view.isVisible(), "the pages that could be read stay"
    pane.go_to_page(3)
    qtbot.waitUntil(lambda: pane.page is not None and pane.page.page == 3)
    assert pane.trouble is None
