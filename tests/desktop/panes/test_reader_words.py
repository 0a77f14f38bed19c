"""Selecting, copying and seeking words in the reader, as a person does: with the mouse and with keys."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.panes.reader import ReaderPane
from desktop.theme import Theme
from desktop.widgets.page_layout import Fit
from desktop.widgets.page_text import PageText
from desktop.worker_client import WorkerClient
from engine.links import Link
from rag.errors import Problem
from rag.protocol import DocumentSearched, Failed, HitsFound, PageHits, Request, SearchDocument, ShowPage
from tests.fakes.plausible import CITATIONS, LINES, NOTES, STUDY, document
from tests.fakes.worker import FakeWorker


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, client: WorkerClient) -> ReaderPane:
    pane = ReaderPane(theme, client)
    qtbot.addWidget(pane)
    pane.resize(560, 700)
    pane.show()
    pane.activateWindow()
    return pane


@pytest.fixture
def study(qtbot: QtBot, pane: ReaderPane) -> ReaderPane:
    """The study, open at its first page, whose words are known."""
    pane.show_document(STUDY)
    qtbot.waitUntil(lambda: pane.page is not None and pane.page_view.knows_words(1))
    pane.focus()
    return pane


def words_of(pane: ReaderPane) -> PageText:
    text = pane.page_view.selecting.text_of(pane.page_view.current)
    assert text is not None
    return text


def place_of(pane: ReaderPane, word: int) -> QPoint:
    """Where a word of the page stands in the viewport."""
    view = pane.page_view
    return view.viewport().mapFrom(view, view.place_of(view.current, words_of(pane).words[word].box).center())


def select(qtbot: QtBot, pane: ReaderPane, first: int, last: int) -> None:
    viewport = pane.page_view.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place_of(pane, first))
    qtbot.mouseMove(viewport, place_of(pane, last))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place_of(pane, last))


def selected(pane: ReaderPane) -> str:
    return pane.page_view.selecting.text


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


# --- selecting --------------------------------------------------------------------------------------------------------


def test_a_drag_selects_words_and_they_are_copied_as_one_sentence(qtbot: QtBot, study: ReaderPane) -> None:
    select(qtbot, study, 4, 20)
    expected = " ".join(words_of(study).text.split()[4:21])
    assert selected(study) == expected
    qtbot.keyClick(study.page_view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == expected
    with_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(study.page_view, Qt.Key.Key_C, with_shift)
    assert clipboard() == f"“{expected}” ({STUDY.name}, p. 1)"


def copied_with_place(qtbot: QtBot, pane: ReaderPane) -> str:
    with_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(pane.page_view, Qt.Key.Key_C, with_shift)
    return clipboard()


def test_the_place_is_that_of_what_is_selected_whatever_page_is_in_sight(qtbot: QtBot, study: ReaderPane) -> None:
    select(qtbot, study, 4, 8)
    text = selected(study)
    study.go_to_page(2)
    qtbot.waitUntil(lambda: study.page is not None and study.page.page == 2 and study.page_view.knows_words(2))
    assert copied_with_place(qtbot, study) == f"“{text}” ({STUDY.name}, p. 1)"
    end = place_of(study, 3)
    qtbot.mouseClick(study.page_view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, end)
    assert copied_with_place(qtbot, study).endswith(f"({STUDY.name}, p. 1 – p. 2)"), "over two pages: both"
    study.go_to_page(1)
    qtbot.waitUntil(lambda: study.page is not None and study.page.page == 1)
    assert copied_with_place(qtbot, study).endswith(f"({STUDY.name}, p. 1 – p. 2)")


def test_twice_selects_a_word_three_times_a_line_and_shift_extends(qtbot: QtBot, study: ReaderPane) -> None:
    viewport, button = study.page_view.viewport(), Qt.MouseButton.LeftButton
    place = place_of(study, 5)
    qtbot.mouseClick(viewport, button, pos=place)
    assert selected(study) == ""
    qtbot.mouseDClick(viewport, button, pos=place)
    assert selected(study) == "crane"
    qtbot.mouseClick(viewport, button, pos=place)
    assert selected(study) == LINES[0]
    qtbot.mouseClick(viewport, button, Qt.KeyboardModifier.ShiftModifier, place_of(study, 25))
    assert selected(study).startswith(LINES[0])
    assert selected(study).endswith(words_of(study).text.split()[25])
    qtbot.wait(QApplication.doubleClickInterval() + 50)
    qtbot.mouseClick(viewport, button, pos=place_of(study, 60))
    assert selected(study) == "", "a click lets go"


def test_the_keyboard_selects_extends_and_lets_go(qtbot: QtBot, study: ReaderPane) -> None:
    view, shift = study.page_view, Qt.KeyboardModifier.ShiftModifier
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Right, shift)
    assert selected(study).split() == ["4.2", "Design", "values"]
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert selected(study).split() == words_of(study).text.split()
    with qtbot.assertNotEmitted(study.closed):
        qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert selected(study) == ""
    with qtbot.waitSignal(study.closed):
        qtbot.keyClick(view, Qt.Key.Key_Escape)


def test_what_is_selected_is_asked_about(qtbot: QtBot, study: ReaderPane) -> None:
    select(qtbot, study, 4, 8)
    with qtbot.waitSignal(study.asked_about) as asked:
        qtbot.keyClick(study.page_view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [" ".join(words_of(study).text.split()[4:9])]


def test_the_menu_offers_what_can_be_done(qtbot: QtBot, study: ReaderPane) -> None:
    def possible() -> set[str]:
        study.page_view.menu_wanted.emit(QPoint(5, 5))
        menu = study.findChildren(QMenu)[-1]
        found = {action.text() for action in menu.actions() if action.isEnabled() and action.text()}
        menu.close()
        return found

    assert possible() == {"Select all of the page", "Turn the pages"}
    select(qtbot, study, 4, 8)
    assert {"Copy", "Copy with its place", "Ask about this"} < possible()


def test_the_pointer_is_a_beam_over_words_alone(qtbot: QtBot, study: ReaderPane) -> None:
    viewport = study.page_view.viewport()
    qtbot.mouseMove(viewport, place_of(study, 6))
    assert viewport.cursor().shape() is Qt.CursorShape.IBeamCursor
    qtbot.mouseMove(viewport, QPoint(30, 30))
    assert viewport.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_a_turned_page_is_selected_where_its_words_stand_now(qtbot: QtBot, study: ReaderPane) -> None:
    before = place_of(study, 5)
    qtbot.keyClick(study.page_view, Qt.Key.Key_R)
    assert place_of(study, 5) != before
    qtbot.mouseDClick(study.page_view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(study, 5))
    assert selected(study) == "crane"


# --- size and scrolling -----------------------------------------------------------------------------------------------


def test_the_wheel_with_ctrl_zooms_where_the_pointer_is(qtbot: QtBot, study: ReaderPane) -> None:
    view = study.page_view
    at = QPointF(place_of(study, 40))
    before = view.page_at(at)
    event = QWheelEvent(
        at, QPointF(view.viewport().mapToGlobal(at.toPoint())), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    scale = view.scale
    QApplication.sendEvent(view.viewport(), event)
    after = view.page_at(at)
    assert view.scale > 1.4 * scale
    assert before is not None
    assert after is not None
    assert after == pytest.approx(before, abs=2)
    qtbot.keyClick(view, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    assert view.fit is Fit.PAGE
    assert view.scale * 842 <= view.viewport().height()
    qtbot.keyClick(view, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == pytest.approx(1.0)


def test_scrolling_runs_on_into_the_next_page_which_is_there_already(
    qtbot: QtBot, study: ReaderPane, worker: FakeWorker
) -> None:
    def asked() -> list[int]:
        return [request.page for request in worker.asked(ShowPage) if isinstance(request, ShowPage)]

    qtbot.waitUntil(lambda: 2 in asked())
    assert max(asked()) <= 3, "no further than what is beside what is seen"
    bar = study.page_view.verticalScrollBar()
    bar.setValue(bar.value() + 842)
    qtbot.waitUntil(lambda: study.page is not None and study.page.page == 2)
    assert study.page_view.current == 2


# --- seeking ----------------------------------------------------------------------------------------------------------


def seek(qtbot: QtBot, pane: ReaderPane, words: str) -> None:
    pane.find_words()
    field = pane.find_bar.focusWidget()
    assert field is not None
    field.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_hits_are_counted_marked_and_gone_to_round_and_round(qtbot: QtBot, study: ReaderPane) -> None:
    seek(qtbot, study, "ten-minute")
    bar, view = study.find_bar, study.page_view
    qtbot.waitUntil(lambda: bar.said == "1 of 60")
    qtbot.waitUntil(lambda: len(view.hit_places()) >= 12)
    shot = view.grab().toImage()
    strong, pale = (shot.pixelColor(place.bottomRight() - QPoint(1, 1)) for place in view.hit_places()[:2])
    assert strong.blue() < pale.blue() - 20, "the one that is gone to is stronger"
    field = bar.focusWidget()
    assert field is not None
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert bar.said == "2 of 60"
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(field, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert bar.said == "60 of 60"
    qtbot.waitUntil(lambda: study.page is not None and study.page.page == 5)
    qtbot.waitUntil(lambda: view.viewport().rect().contains(view.hit_places()[0].center()))
    qtbot.keyClick(field, Qt.Key.Key_F3)
    assert bar.said == "1 of 60"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert view.hasFocus(), "the keyboard goes back to what is read"
    assert not view.hit_places()


def test_the_first_hit_is_the_one_from_here_on(qtbot: QtBot, study: ReaderPane) -> None:
    study.go_to_page(3)
    qtbot.waitUntil(lambda: study.page is not None and study.page.page == 3)
    seek(qtbot, study, "ten-minute")
    qtbot.waitUntil(lambda: study.find_bar.said == "25 of 60")


def test_what_is_selected_is_sought(qtbot: QtBot, study: ReaderPane) -> None:
    qtbot.mouseDClick(study.page_view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(study, 5))
    study.find_words()
    assert study.find_bar.words == "crane"
    qtbot.waitUntil(lambda: study.find_bar.said == "1 of 60")


def test_nothing_found_and_pages_that_nobody_read_are_said(qtbot: QtBot, study: ReaderPane, worker: FakeWorker) -> None:
    def search(_: FakeWorker, link: Link, request: Request) -> None:
        link.send(HitsFound(request.id, (), 7, 10))
        link.send(DocumentSearched(request.id, 0, 3, is_whole=True))

    worker.script.handlers[SearchDocument] = search
    seek(qtbot, study, "nowhere")
    qtbot.waitUntil(lambda: study.find_bar.said == "Not found · 3 pages not read yet")


def test_more_hits_than_are_shown_and_a_failure_are_said(qtbot: QtBot, study: ReaderPane, worker: FakeWorker) -> None:
    def search(_: FakeWorker, link: Link, request: Request) -> None:
        link.send(HitsFound(request.id, (PageHits(1, ((0, 3), (4, 9))),), 10, 10))
        link.send(DocumentSearched(request.id, 9_000, 0, is_whole=False))

    worker.script.handlers[SearchDocument] = search
    seek(qtbot, study, "4.2")
    qtbot.waitUntil(lambda: study.find_bar.said == "1 of more than 2")
    problem = Problem("document_gone")
    worker.script.handlers[SearchDocument] = lambda _, link, request: link.send(Failed(request.id, problem))
    seek(qtbot, study, "other")
    qtbot.waitUntil(lambda: "no longer in your library" in study.find_bar.said)


def test_a_note_is_searched_to_the_letter(qtbot: QtBot, pane: ReaderPane) -> None:
    pane.show_document(NOTES)
    qtbot.waitUntil(lambda: pane.page is not None and pane.note_view.is_whole)
    seek(qtbot, pane, "ear")
    qtbot.waitUntil(lambda: pane.find_bar.said == "1 of 2")
    qtbot.waitUntil(lambda: pane.note_view.marked == ("ear", "ear"))
    pane.note_view.selectAll()
    assert "Turbine inspection notes" in pane.note_view.selected_text


def test_a_citation_in_a_searched_document_keeps_its_mark(qtbot: QtBot, pane: ReaderPane) -> None:
    pane.show_citation(CITATIONS[0], CITATIONS)
    qtbot.waitUntil(lambda: bool(pane.page_view.mark_places()))
    seek(qtbot, pane, "gust")
    qtbot.waitUntil(lambda: pane.find_bar.said.startswith("1 of"))
    assert pane.page_view.mark_places()
    pane.step(1)
    assert pane.find_bar.said.startswith("2 of"), "F3 leads through hits while words are sought"


SLIDES = document("Kick-off.pptx", pages=3)


def test_hits_lead_from_one_page_of_text_to_another(qtbot: QtBot, pane: ReaderPane, worker: FakeWorker) -> None:
    worker.script.documents.append(dataclasses.replace(SLIDES))
    pane.show_document(SLIDES)
    qtbot.waitUntil(lambda: pane.page is not None and pane.note_view.is_whole)
    seek(qtbot, pane, "crane")
    qtbot.waitUntil(lambda: pane.find_bar.said == "1 of 6")
    for _ in range(2):
        pane.step(1)
    qtbot.waitUntil(lambda: pane.page is not None and pane.page.page == 2)
    qtbot.waitUntil(lambda: len(pane.note_view.marked) == 2)
