"""What is said aloud: an answer sentence by sentence as it comes, a failure at once, and nothing twice."""

from __future__ import annotations

import dataclasses
from collections import Counter

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.panes.conversation import ConversationPane
from desktop.theme import Theme
from desktop.widgets import announce as announcing
from desktop.widgets.announce import Sentences, announce, warn
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import Ask, Failed
from tests.fakes.plausible import ANSWER
from tests.fakes.worker import FakeWorker

POLITE, ASSERTIVE = QAccessible.AnnouncementPoliteness.Polite, QAccessible.AnnouncementPoliteness.Assertive


class Listener:
    """A screen reader that writes down what it is given to say."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []

    @staticmethod
    def isActive() -> bool:  # noqa: N802 - Qt's name
        return True

    def updateAccessibility(self, event: QAccessibleAnnouncementEvent) -> None:  # noqa: N802 - Qt's name
        self.heard.append((event.message(), event.politeness()))

    @property
    def words(self) -> list[str]:
        return [said for said, _ in self.heard]


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    listener = Listener()
    monkeypatch.setattr(announcing.QAccessible, "isActive", listener.isActive)
    monkeypatch.setattr(announcing.QAccessible, "updateAccessibility", listener.updateAccessibility)
    return listener


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, client: WorkerClient) -> ConversationPane:
    pane = ConversationPane(theme, client)
    qtbot.addWidget(pane)
    pane.resize(700, 600)
    pane.show()
    return pane


def test_what_is_announced_waits_its_turn_and_a_failure_does_not(qtbot: QtBot, listener: Listener) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    announce(widget, "Copied")
    warn(widget, "The disk is full.")
    announce(widget, " ")
    assert listener.heard == [("Copied", POLITE), ("The disk is full.", ASSERTIVE)]


def test_nothing_is_made_where_nobody_listens(
    qtbot: QtBot, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing.QAccessible, "isActive", lambda: False)
    widget = QWidget()
    qtbot.addWidget(widget)
    announce(widget, "Copied")
    assert listener.heard == []


def test_an_answer_is_said_once_a_sentence_and_nothing_twice(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker, listener: Listener
) -> None:
    pane.ask(ANSWER.question)
    qtbot.waitUntil(lambda: bool(pane.answers) and pane.answers[-1].answer is not None)
    for sentence in ANSWER.sentences:
        assert listener.words.count(sentence.text) == 1
    assert [said for said, times in Counter(listener.words).items() if times > 1] == []
    assert {politeness for _, politeness in listener.heard} == {POLITE}
    assert len(listener.heard) <= len(ANSWER.sentences) + 5  # passages, what is waited for, what is remarked


def test_a_failure_is_said_at_once_and_once(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker, listener: Listener
) -> None:
    worker.script.handlers[Ask] = lambda _, link, request: link.send(Failed(request.id, Problem("model_died")))
    pane.ask("Why?")
    qtbot.waitUntil(lambda: any(politeness == ASSERTIVE for _, politeness in listener.heard))
    assert [politeness for _, politeness in listener.heard].count(ASSERTIVE) == 1


def test_an_answer_that_is_stopped_says_what_stands_and_that_it_was_stopped(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker, listener: Listener
) -> None:
    worker.script.pause = 0.02
    worker.script.answer = dataclasses.replace(ANSWER)
    pane.ask(ANSWER.question)
    qtbot.waitUntil(lambda: ANSWER.sentences[0].text in listener.words)
    pane.stop()
    assert any("Stopped" in said for said in listener.words)
    assert [said for said, times in Counter(listener.words).items() if times > 1] == []


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        (["The ", "crane. It", " holds"], ["The crane."]),
        (["A list:\n", "- **one**\n- two\n"], ["A list:", "• one", "• two"]),
        (["It is 3.5 m/s", " high. "], ["It is 3.5 m/s high."]),
    ],
)
def test_a_stream_is_cut_where_its_sentences_end(pieces: list[str], said: list[str]) -> None:
    sentences = Sentences()
    heard = [sentence for piece in pieces for sentence in sentences.feed(piece)]
    assert [one.replace("\u00a0", " ") for one in heard] == said
