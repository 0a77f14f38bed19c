"""What an answer tells of how it came about."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.detail_words import DetailWords
from desktop.widgets.details import Details
from desktop.widgets.turn import TurnView
from rag.protocol import Answer, CheckedDocument, FoundAll, Scope, Timings
from tests.fakes.plausible import ANSWER, PASSAGES, STUDY
from tests.rag.making_summaries import SUMMARY


def told(answer: Answer) -> dict[str, str]:
    return {fact.name: fact.value for fact in DetailWords().of_answer(answer)}


def with_timings(**changes: float) -> Answer:
    return dataclasses.replace(ANSWER, timings=dataclasses.replace(ANSWER.timings, **changes))


def button(turn: TurnView, words: str) -> QPushButton:
    return next(one for one in turn.findChildren(QPushButton) if one.text() == words)


@pytest.fixture
def turn(qtbot: QtBot, theme: Theme) -> TurnView:
    turn = TurnView(theme, ANSWER.question)
    qtbot.addWidget(turn)
    turn.resize(640, 900)
    turn.show()
    turn.show_answer(ANSWER)
    return turn


def test_an_answer_tells_its_times_its_tokens_and_its_model() -> None:
    facts = told(with_timings(cached_tokens=300))
    assert facts["Passages after"] == "0.04 s"
    assert facts["First word after"] == "1.8 s"
    assert facts["Whole answer after"] == "6.2 s"
    assert facts["Read"].startswith("612 token")
    assert facts["Read"].endswith("300 kept from before")
    assert facts["Written"].startswith("74 token")
    assert facts["Written"].endswith("16.8 a second")
    assert facts["Model"] == "SmolLM2 135M, a stand-in"
    assert facts["Passages hold it"] == "86 %"
    assert facts["Supported"].startswith("3 of 4 sentence")


def test_figures_are_in_the_form_of_the_locale() -> None:
    QLocale.setDefault(QLocale("fr_FR"))
    assert told(ANSWER)["First word after"] == "1,8 s"


def test_what_no_model_wrote_has_no_tokens() -> None:
    quoted = dataclasses.replace(ANSWER, model="", timings=Timings(0.1, 0.0, 0.2, 0, 0))
    facts = told(quoted)
    assert facts["Model"].startswith("none")
    assert not {"Read", "Written", "First word after"} & facts.keys()


def test_a_refusal_names_no_model_and_counts_no_sentences() -> None:
    facts = told(dataclasses.replace(ANSWER, refused=True))
    assert not {"Model", "Supported"} & facts.keys()


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (Scope(), "all documents"),
        (Scope((STUDY.sha256,)), STUDY.name),
        (Scope(collections=("Harbour",)), "collection “Harbour”"),
        (Scope(since="2024-03-01"), "2024-03-01 to …"),
    ],
)
def test_where_was_looked_is_said_by_name(scope: Scope, said: str) -> None:
    assert told(dataclasses.replace(ANSWER, scope=scope))["Looked in"] == said


def test_a_summary_and_a_look_into_every_document_have_details_too() -> None:
    facts = {fact.name: fact.value for fact in DetailWords().of_summary(SUMMARY)}
    assert facts["Whole summary after"] == "60.3 s"
    assert facts["Read one by one"].startswith("110 part")
    by_words = (CheckedDocument("a", "a.pdf", "/a.pdf"),)
    found = FoundAll(1, 9, 12, (), (), (), by_words, 1.5)
    facts = {fact.name: fact.value for fact in DetailWords().of_find(found)}
    assert facts["Looked at"].startswith("9 of 12 document")
    assert facts["By their words alone"].startswith("1 document")


def test_they_are_folded_until_they_are_wanted_and_made_no_sooner(qtbot: QtBot, turn: TurnView) -> None:
    details = turn.findChild(Details)
    assert details.isHidden()
    assert not details.findChildren(QLabel)
    unfold = button(turn, "Details")
    unfold.setFocus()
    qtbot.keyClick(unfold, Qt.Key.Key_Return)
    assert details.isVisible()
    assert "Whole answer after: 6.2 s" in {label.accessibleName() for label in details.findChildren(QLabel)}
    qtbot.keyClick(unfold, Qt.Key.Key_Space)
    assert details.isHidden()


def test_each_passage_in_them_opens(qtbot: QtBot, turn: TurnView) -> None:
    button(turn, "Details").click()
    links = turn.findChild(Details).findChildren(QPushButton)
    assert [link.accessibleName().split(":")[0] for link in links] == [f"Open passage {n}" for n in (1, 2, 3)]
    with qtbot.waitSignal(turn.opened) as opened:
        qtbot.keyClick(links[1], Qt.Key.Key_Return)
    assert opened.args == [PASSAGES[1], PASSAGES]
