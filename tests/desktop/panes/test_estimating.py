"""The estimate beside the button: for what is chosen, anew when that changes, and nothing where nothing can be said."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop.panes import estimating
from desktop.panes.conversation import ConversationPane
from desktop.theme import Theme
from desktop.widgets.estimate_words import EstimateWords
from desktop.widgets.mode_bar import Mode
from desktop.widgets.scope import ChosenScope
from desktop.worker_client import WorkerClient
from engine.links import Link
from rag.errors import Problem
from rag.protocol import Errand, Estimate, Estimated, Failed, ModelState, Request, Scope, SummaryLength, SummaryMode
from tests.fakes.plausible import ANSWER, NOTES
from tests.fakes.worker import FakeWorker


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, client: WorkerClient, monkeypatch: pytest.MonkeyPatch) -> ConversationPane:
    monkeypatch.setattr(estimating, "PAUSE", 40)
    pane = ConversationPane(theme, client)
    qtbot.addWidget(pane)
    pane.resize(640, 800)
    pane.show()
    return pane


def asked(worker: FakeWorker) -> list[Estimate]:
    return [one for one in worker.asked(Estimate) if isinstance(one, Estimate)]


def chip(pane: ConversationPane, name: str) -> QPushButton:
    return next(one for one in pane.composer.findChildren(QPushButton) if one.accessibleName() == name)


def test_before_anything_is_written_it_says_how_long_an_answer_takes(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    qtbot.waitUntil(lambda: pane.composer.estimate == "about 12 s here")
    assert [one.errand for one in asked(worker)] == [Errand.ASK]


def test_each_mode_and_wish_has_its_own(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    worker.script.estimate = Estimated(0, 100.0, 130.0, 0, is_measured=False)
    qtbot.mouseClick(chip(pane, "Summarise"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: pane.composer.estimate.startswith("about 2 min for 2 document"))
    length = next(box for box in pane.composer.findChildren(QComboBox) if box.accessibleName().startswith("Length"))
    qtbot.keyClick(length, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: asked(worker)[-1].length is SummaryLength.PAGE)
    last = asked(worker)[-1]
    assert (last.errand, last.mode) == (Errand.SUMMARISE, SummaryMode.THOROUGH)
    qtbot.mouseClick(chip(pane, "Find all"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: asked(worker)[-1].errand is Errand.FIND_ALL)


def test_a_scope_changes_it_and_many_changes_ask_once(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    qtbot.waitUntil(lambda: len(asked(worker)) == 1)
    for _ in range(20):
        pane.set_scope(ChosenScope())
    pane.set_scope(ChosenScope((NOTES,)))
    qtbot.waitUntil(lambda: asked(worker)[-1].scope == Scope((NOTES.key,)))
    assert len(asked(worker)) == 2
    pane.set_scope(ChosenScope((NOTES,), "Harbour"))
    qtbot.waitUntil(lambda: asked(worker)[-1].scope == Scope(collections=("Harbour",)))


def test_another_model_asks_anew_and_the_same_does_not(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    qtbot.waitUntil(lambda: len(asked(worker)) == 1)
    state = ModelState(0, "phi", "Phi", "asleep", 0, is_stand_in=False)
    pane.estimating.consider_model(state)
    qtbot.waitUntil(lambda: len(asked(worker)) == 2)
    pane.estimating.consider_model(dataclasses.replace(state, memory=5))
    qtbot.wait(120)
    assert len(asked(worker)) == 2
    pane.estimating.consider_model(dataclasses.replace(state, state="awake"))
    qtbot.waitUntil(lambda: len(asked(worker)) == 3)


@pytest.mark.parametrize("is_failure", [True, False])
def test_where_nobody_can_say_nothing_is_said(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker, is_failure: bool
) -> None:
    qtbot.waitUntil(lambda: bool(pane.composer.estimate))
    worker.script.estimate = Estimated(0, -1.0, -1.0, 0, is_measured=False)

    def fail(_worker: FakeWorker, link: Link, request: Request) -> None:
        link.send(Failed(request.id, Problem("library_empty")))

    if is_failure:
        worker.script.handlers[Estimate] = fail
    pane.composer.modes.choose(Mode.FIND_ALL)
    qtbot.waitUntil(lambda: pane.composer.estimate == "")


def test_it_gives_way_to_the_answer_and_is_asked_again_after_it(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    qtbot.waitUntil(lambda: bool(pane.composer.estimate))
    worker.script.pause = 0.03
    pane.ask(ANSWER.question)
    assert pane.composer.estimate == ""
    worker.script.estimate = Estimated(0, 2.0, 7.0, 0, is_measured=True)
    qtbot.waitUntil(lambda: pane.composer.estimate == "about 7 s here")


@pytest.mark.parametrize(
    ("estimated", "said"),
    [
        (Estimated(0, 0.2, 0.4, 0, is_measured=True), "about 1 s here"),
        (Estimated(0, 5.0, 18.4, 0, is_measured=True), "about 18 s here"),
        (Estimated(0, 5.0, 47.0, 0, is_measured=True), "about 45 s here"),
        (Estimated(0, 5.0, 59.0, 0, is_measured=True), "about 1 min here"),
        (Estimated(0, 5.0, 61.0, 0, is_measured=True), "about 1 min here"),
        (Estimated(0, 5.0, 7_300.0, 0, is_measured=True), "about 2 h here"),
    ],
)
def test_it_claims_no_more_than_it_knows(estimated: Estimated, said: str) -> None:
    assert EstimateWords().of(estimated) == said


def test_what_it_rests_on_is_told_to_who_points_at_it() -> None:
    measured = EstimateWords().basis(Estimated(0, 3.0, 12.0, 0, is_measured=True))
    assert measured.startswith("First word: about 3 s.")
    guessed = EstimateWords().basis(Estimated(0, 3.0, 12.0, 9, is_measured=False))
    assert "First word" not in guessed
    assert guessed != measured[len("First word: about 3 s. ") :]
