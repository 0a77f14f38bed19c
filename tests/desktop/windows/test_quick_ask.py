"""The quick question: passages while it is typed, the answer on Enter, and the ways out of it."""

from __future__ import annotations

import dataclasses
import threading

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.answer import AnswerText
from desktop.widgets.quick_card import LOWEST_ANSWER
from desktop.widgets.quick_row import QuickRow
from desktop.windows.quick_ask import MARGIN, WIDTH, QuickAskWindow
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import Anticipate, Ask, Cancel, Failed, Search
from tests.fakes.plausible import ANSWER, PASSAGES
from tests.fakes.worker import FakeWorker


@pytest.fixture
def popup(qtbot: QtBot, theme: Theme, client: WorkerClient) -> QuickAskWindow:
    popup = QuickAskWindow(theme, client)
    qtbot.addWidget(popup)
    popup.appear()
    qtbot.waitUntil(popup.isActiveWindow)
    return popup


def field_of(popup: QuickAskWindow) -> QLineEdit:
    field = popup.findChild(QLineEdit)
    assert field is not None
    return field


def rows_of(popup: QuickAskWindow) -> list[QuickRow]:
    return [row for row in popup.findChildren(QuickRow) if row.isVisible()]


def text_of(popup: QuickAskWindow) -> str:
    text = popup.findChild(AnswerText)
    assert text is not None
    return text.toPlainText()


def said(popup: QuickAskWindow) -> str:
    return " | ".join(label.text() for label in popup.findChildren(QLabel) if label.isVisible())


def find(qtbot: QtBot, popup: QuickAskWindow) -> None:
    qtbot.keyClicks(field_of(popup), "gust speed")
    qtbot.waitUntil(lambda: len(rows_of(popup)) == 3)


def test_it_appears_with_the_keyboard_in_its_field(popup: QuickAskWindow) -> None:
    assert popup.width() == WIDTH
    assert field_of(popup).hasFocus()
    assert rows_of(popup) == []


def test_passages_come_while_it_is_typed_and_no_answer(qtbot: QtBot, popup: QuickAskWindow, worker: FakeWorker) -> None:
    qtbot.keyClicks(field_of(popup), "gu")
    qtbot.wait(250)
    assert not worker.asked(Search)
    height = popup.height()
    qtbot.keyClicks(field_of(popup), "st speed")
    qtbot.waitUntil(lambda: [row.passage for row in rows_of(popup)] == list(PASSAGES[:3]))
    assert [search.question for search in worker.asked(Search) if isinstance(search, Search)] == ["gust speed"]
    assert not worker.asked(Ask)
    assert popup.height() > height


def test_what_may_be_asked_is_anticipated_once_the_keys_rest(
    qtbot: QtBot, popup: QuickAskWindow, worker: FakeWorker
) -> None:
    kept = threading.Event()
    worker.script.handlers[Anticipate] = lambda *_: kept.set()  # it is still at it
    find(qtbot, popup)
    qtbot.keyClicks(field_of(popup), " of the bridge")
    qtbot.waitUntil(kept.is_set)
    [told] = worker.asked(Anticipate)
    assert isinstance(told, Anticipate)
    assert (told.question, told.conversation) == ("gust speed of the bridge", 0)
    popup.hide()
    qtbot.waitUntil(lambda: told.id in {asked.request for asked in worker.asked(Cancel) if isinstance(asked, Cancel)})


def test_enter_asks(qtbot: QtBot, popup: QuickAskWindow, worker: FakeWorker) -> None:
    find(qtbot, popup)
    qtbot.keyClick(field_of(popup), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ANSWER.sentences[0].text in text_of(popup))
    qtbot.waitUntil(lambda: ANSWER.model in said(popup))
    qtbot.keyClick(field_of(popup), Qt.Key.Key_Return)  # it is answered: nothing is asked twice
    assert len(worker.asked(Ask)) == 1


def test_other_words_end_the_answer_to_the_ones_before(qtbot: QtBot, popup: QuickAskWindow, worker: FakeWorker) -> None:
    worker.script.pause = 0.05
    find(qtbot, popup)
    qtbot.keyClick(field_of(popup), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(text_of(popup)))
    qtbot.keyClicks(field_of(popup), "s")
    assert text_of(popup) == ""
    qtbot.waitUntil(lambda: bool(worker.asked(Cancel)))
    qtbot.wait(200)
    assert text_of(popup) == ""


def test_the_arrows_choose_a_page_and_enter_opens_it(qtbot: QtBot, popup: QuickAskWindow, worker: FakeWorker) -> None:
    find(qtbot, popup)
    for _ in range(5):
        qtbot.keyClick(field_of(popup), Qt.Key.Key_Down)
    qtbot.keyClick(field_of(popup), Qt.Key.Key_Up)
    assert [row.is_current for row in rows_of(popup)] == [False, True, False]
    with qtbot.waitSignal(popup.page_wanted) as opened:
        qtbot.keyClick(field_of(popup), Qt.Key.Key_Return)
    assert opened.args == [PASSAGES[1], PASSAGES[:3]]
    assert popup.isHidden()
    assert not worker.asked(Ask)


def test_it_goes_on_in_the_main_window(qtbot: QtBot, popup: QuickAskWindow) -> None:
    find(qtbot, popup)
    with qtbot.waitSignal(popup.continue_wanted) as unanswered:
        qtbot.keyClick(field_of(popup), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert unanswered.args == ["gust speed", 0]
    assert popup.isHidden()
    popup.appear()
    find(qtbot, popup)
    qtbot.keyClick(field_of(popup), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ANSWER.model in said(popup))
    with qtbot.waitSignal(popup.continue_wanted) as answered:
        qtbot.keyClick(field_of(popup), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert answered.args is not None
    assert answered.args[1] > 0


def test_escape_hides_it_and_the_question_stays(qtbot: QtBot, popup: QuickAskWindow) -> None:
    find(qtbot, popup)
    qtbot.keyClick(field_of(popup), Qt.Key.Key_Escape)
    assert popup.isHidden()
    popup.toggle()
    assert popup.isVisible()
    assert field_of(popup).text() == "gust speed"
    assert field_of(popup).selectedText() == "gust speed"


def test_the_shortcut_puts_away_what_is_in_front(popup: QuickAskWindow) -> None:
    popup.toggle()
    assert popup.isHidden()


def test_the_question_is_forgotten_after_a_while(
    qtbot: QtBot, theme: Theme, client: WorkerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.windows.quick_ask.MEMORY", 50)
    popup = QuickAskWindow(theme, client)
    qtbot.addWidget(popup)
    popup.appear()
    field_of(popup).setText("gust speed")
    popup.hide()
    qtbot.waitUntil(lambda: field_of(popup).text() == "")


def test_a_refusal_says_so(qtbot: QtBot, popup: QuickAskWindow, worker: FakeWorker) -> None:
    worker.script.answer = dataclasses.replace(ANSWER, refused=True, sentences=(), citations=())
    find(qtbot, popup)
    qtbot.keyClick(field_of(popup), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "don’t seem to hold an answer" in said(popup))


def test_what_goes_wrong_is_said(qtbot: QtBot, popup: QuickAskWindow, worker: FakeWorker) -> None:
    worker.script.handlers[Ask] = lambda _, link, request: link.send(Failed(request.id, Problem("no_model")))
    find(qtbot, popup)
    qtbot.keyClick(field_of(popup), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "model" in said(popup).lower())
    problem = next(one for one in popup.findChildren(QLabel) if "model" in one.text().lower())
    del worker.script.handlers[Ask]
    qtbot.keyClick(field_of(popup), Qt.Key.Key_Return)
    assert not problem.text()  # it is tried again: what went wrong before is no more
    qtbot.waitUntil(lambda: ANSWER.sentences[0].text in text_of(popup))


def test_it_stands_in_the_upper_third_of_the_screen_with_the_pointer(popup: QuickAskWindow) -> None:
    screen = QGuiApplication.primaryScreen().availableGeometry()
    middle = popup.geometry().center().x()
    assert abs(middle - screen.center().x()) <= 1
    assert screen.height() // 6 < popup.y() - screen.top() < screen.height() // 3


def test_a_small_screen_has_a_smaller_popup_and_a_long_answer_scrolls(
    qtbot: QtBot, popup: QuickAskWindow, worker: FakeWorker
) -> None:
    worker.script.answer = dataclasses.replace(ANSWER, sentences=ANSWER.sentences * 12, text=ANSWER.text * 12)
    small = QRect(0, 0, 480, 460)
    popup._place(small)
    find(qtbot, popup)
    qtbot.keyClick(field_of(popup), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: popup.answer is not None)
    assert popup.width() == 480 - 2 * MARGIN
    assert small.contains(popup.geometry())
    scroll = popup.findChild(QScrollArea)
    assert scroll is not None
    assert scroll.height() >= LOWEST_ANSWER
    assert scroll.verticalScrollBar().maximum() > 0
