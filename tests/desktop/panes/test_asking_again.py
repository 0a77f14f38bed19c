"""What can be done with an answer: asked again of another model, in other words, kept alone; and the way back to it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPlainTextEdit, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from desktop.panes.conversation import ConversationPane
from desktop.theme import Theme
from desktop.widgets.answer import AnswerText
from desktop.widgets.greeting import Greeting
from desktop.widgets.scope import ChosenScope
from desktop.widgets.support_legend import SupportLegend
from desktop.widgets.turn import TurnView
from desktop.worker_client import WorkerClient
from rag.protocol import Ask, Conversation, ExportAnswer, ExportFormat, Scope, Turn
from tests.fakes.plausible import ANSWER, NOTES, STARTER
from tests.fakes.worker import FakeWorker

PHI = dataclasses.replace(STARTER, model="phi-4-mini", name="Phi-4-mini", is_stand_in=False, is_chosen=False)
LARGE = dataclasses.replace(PHI, model="phi-4", name="Phi-4", fit="does_not_fit")
KEPT = Conversation(0, 7, "Cranes", (Turn(1, 1_750_000_000.0, ANSWER),))


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, client: WorkerClient) -> ConversationPane:
    pane = ConversationPane(theme, client)
    qtbot.addWidget(pane)
    pane.resize(640, 500)
    pane.show()
    return pane


def answered(qtbot: QtBot, pane: ConversationPane, question: str = ANSWER.question) -> TurnView:
    pane.ask(question)
    turn = pane.answers[-1]
    qtbot.waitUntil(lambda: turn.answer is not None and not pane.is_answering)
    return turn


def button(turn: TurnView, name: str) -> QPushButton:
    return next(one for one in turn.findChildren(QPushButton) if name in (one.text(), one.accessibleName()))


def asked(worker: FakeWorker) -> list[Ask]:
    return [one for one in worker.asked(Ask) if isinstance(one, Ask)]


def edit_of(pane: ConversationPane) -> QPlainTextEdit:
    return pane.composer.findChild(QPlainTextEdit)


def test_another_model_is_chosen_from_a_menu_of_those_that_can(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    worker.script.models = (STARTER, PHI, LARGE)
    turn = answered(qtbot, pane)
    qtbot.keyClick(button(turn, "Ask again with another model"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions() if action.text()] == [
        "SmolLM2 135M, a stand-in", "Phi-4-mini", "Get a model…"
    ]  # fmt: skip
    menu.actions()[1].trigger()
    menu.close()
    qtbot.waitUntil(lambda: len(asked(worker)) == 2)
    assert [(one.question, one.model) for one in asked(worker)] == [(ANSWER.question, ""), (ANSWER.question, PHI.model)]
    assert pane.answers[-1].model == PHI.model
    qtbot.waitUntil(lambda: not pane.is_answering)


def test_the_menu_leads_to_the_models(qtbot: QtBot, pane: ConversationPane) -> None:
    turn = answered(qtbot, pane)
    button(turn, "Ask again with another model").click()
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    with qtbot.waitSignal(pane.models_wanted):
        menu.actions()[-1].trigger()
    menu.close()


def test_a_question_is_edited_and_asked_as_another(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    turn = answered(qtbot, pane)
    qtbot.keyClicks(edit_of(pane), "half a thought")
    qtbot.keyClick(button(turn, "Edit the question and ask it again"), Qt.Key.Key_Return)
    assert pane.composer.text == ANSWER.question
    assert pane.window().focusWidget() is edit_of(pane)
    qtbot.keyClicks(edit_of(pane), " Now")
    qtbot.keyClick(edit_of(pane), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(asked(worker)) == 2)
    assert asked(worker)[-1].question == f"{ANSWER.question} Now"
    qtbot.waitUntil(lambda: not pane.is_answering)
    assert len(pane.turns) == 2  # what was answered stays beside the words that it answered


def test_what_stood_in_the_composer_comes_back(qtbot: QtBot, pane: ConversationPane) -> None:
    turn = answered(qtbot, pane)
    qtbot.keyClicks(edit_of(pane), "half a thought")
    button(turn, "Edit the question and ask it again").click()
    qtbot.keyClick(edit_of(pane), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pane.composer.text == "half a thought"


def test_words_from_elsewhere_stand_apart_from_what_is_written(qtbot: QtBot, pane: ConversationPane) -> None:
    qtbot.keyClicks(edit_of(pane), "What is")
    pane.write("a storm pin")
    assert pane.composer.text == "What is a storm pin"


def test_one_answer_is_kept_as_a_file_under_its_question(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "answer.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    turn = answered(qtbot, pane)
    button(turn, "Save…").click()
    qtbot.waitUntil(path.exists)
    [wanted] = worker.asked(ExportAnswer)
    assert isinstance(wanted, ExportAnswer)
    assert (wanted.title, wanted.format) == (ANSWER.question, ExportFormat.MARKDOWN)
    assert wanted.answer == dataclasses.replace(turn.answer, question="")
    assert wanted.asked > 1_700_000_000.0


def test_a_start_offers_to_go_on_with_the_last_conversation(
    qtbot: QtBot, theme: Theme, client: WorkerClient, worker: FakeWorker
) -> None:
    worker.script.conversations = [KEPT]
    pane = ConversationPane(theme, client)
    qtbot.addWidget(pane)
    pane.show()
    greeting = pane.findChild(Greeting)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in greeting.findChildren(QPushButton)))
    [resume] = greeting.findChildren(QPushButton)
    assert resume.accessibleName() == "Go on with: Cranes"
    qtbot.keyClick(resume, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(pane.answers) == 1)
    assert pane.conversation == 7
    pane.new_conversation()
    qtbot.waitUntil(resume.isVisible)


def test_where_nothing_was_asked_there_is_nothing_to_go_on_with(qtbot: QtBot, pane: ConversationPane) -> None:
    qtbot.wait(100)
    assert not any(one.isVisible() for one in pane.findChild(Greeting).findChildren(QPushButton))


def test_a_new_conversation_keeps_the_scope(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    pane.set_scope(ChosenScope((NOTES,)))
    answered(qtbot, pane)
    pane.new_conversation()
    answered(qtbot, pane)
    assert [one.scope for one in asked(worker)] == [Scope((NOTES.key,))] * 2


def test_the_keys_go_from_question_to_question(qtbot: QtBot, pane: ConversationPane) -> None:
    for question in ("first", "second", "third"):
        answered(qtbot, pane, question)
    bar = pane._column.verticalScrollBar()
    qtbot.wait(100)  # what was just shown finds its height
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    tops = []
    for _ in range(3):
        pane.step(-1)
        tops.append(bar.value())
    assert tops == sorted(tops, reverse=True)
    assert tops[-1] < 40
    pane.step(1)
    assert bar.value() == tops[-2]


def test_a_sentence_without_support_is_explained_to_who_sees_and_to_who_listens(
    qtbot: QtBot, pane: ConversationPane
) -> None:
    turn = answered(qtbot, pane)
    text = turn.findChild(AnswerText)
    assert "marked so" in turn.findChild(SupportLegend).words
    assert ANSWER.sentences[-1].text in text.accessibleDescription()
    assert ANSWER.sentences[0].text not in text.accessibleDescription()
    pane.activateWindow()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    for _ in range(3):
        qtbot.keyClick(text, Qt.Key.Key_Tab)
        assert not QToolTip.isVisible()  # a chip
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert QToolTip.text() == "Nothing in the passages supports this sentence."
    QToolTip.hideText()


def test_where_all_is_supported_nothing_is_explained(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    sentences = ANSWER.sentences[:3]
    words = " ".join(one.text for one in sentences)
    worker.script.answer = dataclasses.replace(ANSWER, sentences=sentences, text=words)
    turn = answered(qtbot, pane)
    assert turn.findChild(SupportLegend).words == ""
    assert turn.findChild(AnswerText).accessibleDescription() == ""
    cursor = QTextCursor(turn.findChild(AnswerText).document())
    cursor.movePosition(QTextCursor.MoveOperation.End)
    assert cursor.charFormat().anchorHref() != "#unsupported"


def test_without_a_model_the_way_to_one_stands_below_the_answer(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    worker.script.answer = dataclasses.replace(ANSWER, model="", is_stand_in=False, is_quoted=True)
    turn = answered(qtbot, pane)
    with qtbot.waitSignal(pane.models_wanted):
        qtbot.keyClick(button(turn, "Get a model…"), Qt.Key.Key_Return)
