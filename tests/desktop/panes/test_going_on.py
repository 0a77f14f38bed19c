"""What is under way where somebody looks something up elsewhere: it goes on, is kept in its own place, and is found."""

from __future__ import annotations

import dataclasses
import time

import pytest
from pytestqt.qtbot import QtBot

from desktop.panes.conversation import ConversationPane
from desktop.theme import Theme
from desktop.widgets.find_view import FindView
from desktop.widgets.journey import Journey
from desktop.widgets.mode_bar import Mode
from desktop.widgets.scope import ChosenScope
from desktop.widgets.summary_view import SummaryView
from desktop.widgets.turn import TurnView
from desktop.worker_client import WorkerClient
from engine.links import Link
from rag.errors import Problem
from rag.protocol import (
    Answered,
    Ask,
    Cancel,
    Cancelled,
    Conversation,
    Failed,
    FindAll,
    FoundAll,
    KeepTurn,
    OpenConversation,
    Reply,
    Request,
    Summarise,
    Summarised,
    SummaryProgress,
    Token,
    Turn,
)
from tests.desktop.panes.test_journeys import FINDINGS, SUMMARY, said, write
from tests.fakes.plausible import ANSWER, NOTES, STUDY
from tests.fakes.worker import FakeWorker

EARLIER = Conversation(0, 7, "Cranes", (Turn(1, 1_750_000_000.0, ANSWER),))
FOUND = FoundAll(0, 5, 6, FINDINGS, (), (), (), 1.2)


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, client: WorkerClient) -> ConversationPane:
    pane = ConversationPane(theme, client)
    pane.every_document = lambda: (STUDY, NOTES)
    qtbot.addWidget(pane)
    pane.resize(760, 800)
    pane.show()
    return pane


class Held:
    """Requests of one kind, each to be answered when a test wants it."""

    def __init__(self, worker: FakeWorker, kind: type[Request]) -> None:
        self._asked: list[tuple[Link, Request]] = []
        worker.script.handlers[kind] = lambda _, link, request: self._asked.append((link, request))

    def __len__(self) -> int:
        return len(self._asked)

    def say(self, *replies: Reply, place: int = -1) -> None:
        link, request = self._asked[place]
        for reply in replies:
            link.send(dataclasses.replace(reply, id=request.id))

    @property
    def number(self) -> int:
        return self._asked[-1][1].id


def open_seven(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    if EARLIER not in worker.script.conversations:
        worker.script.conversations.append(EARLIER)
    pane.open_conversation(7)
    qtbot.waitUntil(lambda: [turn.question for turn in pane.turns] == [ANSWER.question])


@pytest.mark.parametrize(
    ("mode", "kind", "ends", "shown"),
    [(Mode.SUMMARISE, Summarise, Summarised(0, SUMMARY), SummaryView), (Mode.FIND_ALL, FindAll, FOUND, FindView)],
)
def test_what_takes_long_goes_on_and_is_kept_in_its_own_conversation(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker,
    mode: Mode, kind: type[Request], ends: Reply, shown: type[Journey],
) -> None:  # fmt: skip
    held = Held(worker, kind)
    write(qtbot, pane, mode, "crane")
    qtbot.waitUntil(lambda: len(held) == 1)
    open_seven(qtbot, pane, worker)
    assert not pane.is_answering
    assert worker.asked(Cancel) == []
    held.say(ends)
    qtbot.waitUntil(lambda: bool(worker.asked(KeepTurn)))
    qtbot.waitUntil(lambda: pane.awaited == ())
    assert worker.asked(KeepTurn)[0].conversation == 0  # type: ignore[attr-defined]
    assert pane.conversation == 7
    assert [turn.question for turn in pane.turns] == [ANSWER.question]
    pane.show_outcome(held.number)
    qtbot.waitUntil(lambda: [type(turn) for turn in pane.turns] == [shown])
    assert pane.conversation == worker.script.conversations[-1].conversation
    assert len(worker.asked(KeepTurn)) == 1


def test_whoever_comes_back_sees_it_go_on_and_its_end_once(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:  # fmt: skip
    held = Held(worker, Summarise)
    open_seven(qtbot, pane, worker)
    write(qtbot, pane, Mode.SUMMARISE, "crane")
    qtbot.waitUntil(lambda: len(held) == 1)
    pane.new_conversation()
    assert pane.turns == ()
    held.say(SummaryProgress(0, "reading", STUDY.name, 3, 8))
    pane.open_conversation(7)
    qtbot.waitUntil(lambda: [type(turn) for turn in pane.turns] == [TurnView, SummaryView])
    summary = pane.turns[1]
    qtbot.waitUntil(lambda: "part 4 of 8" in summary.status)
    assert summary.isVisible()
    assert pane.is_answering
    held.say(Token(0, "Words"), Summarised(0, SUMMARY))
    qtbot.waitUntil(lambda: pane.awaited == ())
    assert worker.asked(KeepTurn)[0].conversation == 7  # type: ignore[attr-defined]
    assert [type(turn) for turn in pane.turns] == [TurnView, SummaryView]


def test_what_is_kept_while_its_conversation_is_opened_stands_there_once(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:  # fmt: skip
    held, opening = Held(worker, Summarise), Held(worker, OpenConversation)
    pane.open_conversation(7)
    qtbot.waitUntil(lambda: len(opening) == 1)
    opening.say(EARLIER)
    qtbot.waitUntil(lambda: len(pane.turns) == 1)
    write(qtbot, pane, Mode.SUMMARISE, "crane")
    qtbot.waitUntil(lambda: len(held) == 1)
    pane.new_conversation()
    pane.open_conversation(7)
    qtbot.waitUntil(lambda: len(opening) == 2)
    held.say(Summarised(0, SUMMARY))
    qtbot.waitUntil(lambda: pane.awaited == ())
    kept = Turn(2, time.time(), ANSWER, SUMMARY)
    opening.say(dataclasses.replace(EARLIER, turns=(*EARLIER.turns, kept)))
    qtbot.waitUntil(lambda: [type(turn) for turn in pane.turns] == [TurnView, SummaryView])


def test_a_summary_that_was_stopped_is_kept_though_another_conversation_is_opened_at_once(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:  # fmt: skip
    held = Held(worker, Summarise)
    write(qtbot, pane, Mode.SUMMARISE, "crane")
    qtbot.waitUntil(lambda: len(held) == 1)
    pane.stop()
    open_seven(qtbot, pane, worker)
    held.say(Summarised(0, dataclasses.replace(SUMMARY, was_stopped=True)))
    qtbot.waitUntil(lambda: bool(worker.asked(KeepTurn)))
    assert worker.asked(KeepTurn)[0].summary.was_stopped  # type: ignore[attr-defined]


def test_an_answer_goes_on_too_until_another_question_is_asked(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:  # fmt: skip
    held = Held(worker, Ask)
    pane.ask("Why?")
    qtbot.waitUntil(lambda: len(held) == 1)
    number = held.number
    open_seven(qtbot, pane, worker)
    pane.show_outcome(number)
    assert [turn.question for turn in pane.turns] == ["Why?"]
    assert pane.is_answering
    open_seven(qtbot, pane, worker)
    assert worker.asked(Cancel) == []
    pane.ask("And the crane?")
    qtbot.waitUntil(lambda: [one.request for one in worker.asked(Cancel)] == [number])  # type: ignore[attr-defined]
    stopped = dataclasses.replace(ANSWER, question="Why?", was_stopped=True)
    held.say(Answered(0, stopped, 8, 1), place=0)
    qtbot.waitUntil(lambda: len(pane.awaited) == 1)
    assert [turn.question for turn in pane.turns] == [ANSWER.question, "And the crane?"]
    assert pane.is_answering


def test_what_could_not_be_kept_stays_until_it_was_seen(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:  # fmt: skip
    def refuse(_: FakeWorker, link: Link, request: Request) -> None:
        link.send(Failed(request.id, Problem("no_room", {"path": "/there", "needed": 1, "free": 0})))

    held = Held(worker, FindAll)
    worker.script.handlers[KeepTurn] = refuse
    write(qtbot, pane, Mode.FIND_ALL, "crane")
    qtbot.waitUntil(lambda: len(held) == 1)
    open_seven(qtbot, pane, worker)
    held.say(FOUND)
    qtbot.waitUntil(lambda: bool(worker.asked(KeepTurn)))
    qtbot.waitUntil(lambda: pane.awaited == ())
    pane.show_outcome(held.number)
    (view,) = pane.turns
    assert isinstance(view, FindView)
    assert "Not kept among the conversations" in said(view)


def test_nothing_is_kept_in_a_conversation_that_was_erased(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:  # fmt: skip
    held = Held(worker, Summarise)
    open_seven(qtbot, pane, worker)
    write(qtbot, pane, Mode.SUMMARISE, "crane")
    qtbot.waitUntil(lambda: len(held) == 1)
    pane.new_conversation()
    pane._history.deleted.emit(7)
    qtbot.waitUntil(lambda: bool(worker.asked(Cancel)))
    held.say(Summarised(0, SUMMARY))
    pane.ask("Why?")  # whatever came before it is here by then
    qtbot.waitUntil(lambda: pane.answers[-1].answer is not None)
    assert worker.asked(KeepTurn) == []
    pane.show_outcome(held.number)
    assert [turn.question for turn in pane.turns] == ["Why?"]


def test_a_question_that_waits_is_asked_of_what_was_chosen_with_it(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker,
) -> None:  # fmt: skip
    held = Held(worker, Ask)
    pane.ask("Why?")
    qtbot.waitUntil(lambda: len(held) == 1)
    pane.stop()
    pane.set_scope(ChosenScope((NOTES,)))
    pane.ask("And the crane?")
    pane.new_conversation()
    pane.set_scope(ChosenScope())
    held.say(Answered(0, dataclasses.replace(ANSWER, was_stopped=True), 8, 1))
    qtbot.waitUntil(lambda: len(held) == 2)
    (_, second) = worker.asked(Ask)
    assert second.scope.documents == (NOTES.key,)  # type: ignore[attr-defined]
    assert second.conversation == 8  # type: ignore[attr-defined]


TROUBLE = Failed(0, Problem("library_empty"))


@pytest.mark.parametrize(
    ("mode", "kind", "shown"),
    [(Mode.SUMMARISE, Summarise, SummaryView), (Mode.FIND_ALL, FindAll, FindView), (Mode.ASK, Ask, TurnView)],
)
def test_what_fails_out_of_sight_is_there_with_its_reason_until_it_was_seen(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker, mode: Mode, kind: type[Request], shown: type[Journey]
) -> None:
    held = Held(worker, kind)
    write(qtbot, pane, mode, "crane")
    qtbot.waitUntil(lambda: len(held) == 1)
    open_seven(qtbot, pane, worker)
    held.say(TROUBLE)
    qtbot.waitUntil(lambda: pane.awaited == ())
    pane.show_outcome(held.number)
    (turn,) = pane.turns
    assert isinstance(turn, shown)
    assert turn.question == "crane"
    assert turn.isVisible()
    assert "Your library has no documents yet" in said(turn)
    assert not pane.is_answering
    turn.asked_again.emit()
    qtbot.waitUntil(lambda: len(held) == 2)
    held.say(TROUBLE)
    qtbot.waitUntil(lambda: pane.awaited == ())
    open_seven(qtbot, pane, worker)
    pane.show_outcome(held.number)
    assert [turn.question for turn in pane.turns] == [ANSWER.question], "it was seen"


def test_what_failed_in_an_earlier_conversation_is_shown_where_that_is_opened_in_another_language_too(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker, theme: Theme, client: WorkerClient
) -> None:
    held = Held(worker, Summarise)
    open_seven(qtbot, pane, worker)
    write(qtbot, pane, Mode.SUMMARISE, "crane")
    qtbot.waitUntil(lambda: len(held) == 1)
    pane.new_conversation()
    held.say(TROUBLE)
    qtbot.waitUntil(lambda: pane.awaited == ())
    later = ConversationPane(theme, client)
    qtbot.addWidget(later)
    later.take_over(pane)
    assert later.turns == ()
    later.open_conversation(7)
    qtbot.waitUntil(lambda: [type(turn) for turn in later.turns] == [TurnView, SummaryView])
    assert "Your library has no documents yet" in said(later.turns[1])


def test_what_waits_is_asked_in_its_order_whatever_comes_after_it(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    summaries, found = Held(worker, Summarise), Held(worker, FindAll)
    pane.summarise((STUDY,))
    qtbot.waitUntil(lambda: len(summaries) == 1)
    pane.find_all("alpha")
    pane.find_all("beta")
    summaries.say(TROUBLE)
    for count in (1, 2):
        qtbot.waitUntil(lambda count=count: len(found) == count)
        found.say(FOUND)
    qtbot.waitUntil(lambda: pane.awaited == ())
    assert [one.question for one in worker.asked(FindAll)] == ["alpha", "beta"]  # type: ignore[attr-defined]
    assert not pane.is_answering
    assert all(turn.outcome is not None for turn in pane.turns)


def test_what_failed_out_of_sight_before_something_else_was_kept_there_is_shown_beside_it(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    summaries, found = Held(worker, Summarise), Held(worker, FindAll)
    pane.summarise((STUDY,))
    qtbot.waitUntil(lambda: len(summaries) == 1)
    pane.find_all("alpha")
    open_seven(qtbot, pane, worker)
    summaries.say(TROUBLE)
    qtbot.waitUntil(lambda: len(found) == 1)
    found.say(FOUND)
    qtbot.waitUntil(lambda: pane.awaited == ())
    pane.show_outcome(summaries.number)
    qtbot.waitUntil(lambda: {type(turn) for turn in pane.turns} == {SummaryView, FindView})


def test_stop_stops_all_that_waits(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    summaries = Held(worker, Summarise)
    pane.summarise((STUDY,))
    qtbot.waitUntil(lambda: len(summaries) == 1)
    pane.find_all("alpha")
    pane.find_all("beta")
    pane.stop()
    assert not pane.is_answering
    assert all("Stopped" in said(turn) for turn in pane.turns)
    summaries.say(Summarised(0, dataclasses.replace(SUMMARY, was_stopped=True)))
    qtbot.waitUntil(lambda: pane.awaited == ())
    assert worker.asked(FindAll) == []


def test_an_answer_that_waits_out_of_sight_gives_way_to_a_question_and_the_summary_before_it_does_not(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    summaries, answers = Held(worker, Summarise), Held(worker, Ask)
    pane.summarise((STUDY,))
    qtbot.waitUntil(lambda: len(summaries) == 1)
    pane.ask("Why?")
    open_seven(qtbot, pane, worker)
    pane.ask("And the crane?")
    qtbot.waitUntil(lambda: len(answers) == 1)
    assert worker.asked(Cancel) == []
    answers.say(Answered(0, dataclasses.replace(ANSWER, question="And the crane?"), 7, 2))
    summaries.say(Summarised(0, SUMMARY))
    qtbot.waitUntil(lambda: pane.awaited == ())
    assert [one.question for one in worker.asked(Ask)] == ["And the crane?"]  # type: ignore[attr-defined]
    pane.show_outcome(summaries.number)
    qtbot.waitUntil(lambda: [type(turn) for turn in pane.turns] == [SummaryView, TurnView])
    assert pane.turns[1].question == "Why?"
    assert "Stopped" in said(pane.turns[1])


def test_what_is_ended_elsewhere_says_that_it_was_stopped(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    held = Held(worker, FindAll)
    pane.find_all("alpha")
    qtbot.waitUntil(lambda: len(held) == 1)
    held.say(Cancelled(0))
    qtbot.waitUntil(lambda: not pane.is_answering)
    assert "Stopped" in said(pane.turns[0])
