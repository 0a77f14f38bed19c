"""The conversation pane over real operations and a door: what a person sees from the question to the cited answer."""

from __future__ import annotations

import dataclasses
import threading
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QLocale, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.panes.conversation import ConversationPane
from desktop.theme import Theme
from desktop.widgets.answer import AnswerText
from desktop.widgets.evidence import EvidenceCard, EvidenceStrip
from desktop.widgets.question_edit import QuestionEdit
from desktop.widgets.scope import ChosenScope
from desktop.widgets.turn import TurnView
from desktop.widgets.typing_pause import PAUSE_MS
from desktop.worker_client import WorkerClient
from engine.links import Link
from rag.errors import Problem
from rag.protocol import (
    LONGEST_QUESTION,
    Answered,
    Anticipate,
    Ask,
    Cancel,
    Cancelled,
    Conversation,
    DeleteConversation,
    Evidence,
    Failed,
    OpenConversation,
    RenameConversation,
    Request,
    Scope,
    Sentence,
    Stage,
    Token,
    Turn,
)
from tests.fakes.plausible import ANSWER, CITATIONS, NOTES, PASSAGES, STUDY
from tests.fakes.worker import FakeWorker

QUESTION = ANSWER.question


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, client: WorkerClient) -> ConversationPane:
    pane = ConversationPane(theme, client)
    qtbot.addWidget(pane)
    pane.resize(640, 800)
    pane.show()
    return pane


class Steps:
    """An answer that goes on only when the test lets it, so that what stands in between can be looked at."""

    def __init__(self, worker: FakeWorker) -> None:
        self._go_on = threading.Semaphore(0)
        self.ended = threading.Event()
        worker.script.handlers[Ask] = self._ask

    def go_on(self) -> None:
        self._go_on.release()

    def _ask(self, worker: FakeWorker, link: Link, request: Request) -> None:
        rough = tuple(dataclasses.replace(passage, marks=()) for passage in PASSAGES[:1])
        for message in (
            Evidence(request.id, rough, is_complete=False, seconds=0.02),
            Stage(request.id, "embedder"),
            Evidence(request.id, PASSAGES, is_complete=True, seconds=0.05),
            Stage(request.id, "model", "Phi-4-mini"),
            Token(request.id, "The **crane"),
            Token(request.id, "** stands."),
            Answered(request.id, ANSWER, 7, 1),
        ):
            self._go_on.acquire(timeout=20)
            link.send(message)
        self.ended.set()


def text_of(turn: TurnView) -> str:
    return turn.findChild(AnswerText).toPlainText()


def cards_of(turn: TurnView) -> tuple[EvidenceCard, ...]:
    return turn.findChild(EvidenceStrip).cards


def said(turn: QWidget) -> str:
    return " ".join(label.text() for label in turn.findChildren(QLabel) if label.isVisibleTo(turn))


def button(widget: QWidget, text: str) -> QPushButton:
    return next(one for one in widget.findChildren(QPushButton) if one.text() == text and one.isVisibleTo(widget))


def chip_of(text: AnswerText, address: str) -> QTextCursor:
    cursor = QTextCursor(text.document())
    while cursor.charFormat().anchorHref() != address:
        assert cursor.movePosition(QTextCursor.MoveOperation.NextCharacter), f"no chip {address}"
    return cursor


def answer_of(qtbot: QtBot, pane: ConversationPane, question: str = QUESTION) -> TurnView:
    pane.ask(question)
    turn = pane.turns[-1]
    qtbot.waitUntil(lambda: turn.answer is not None and not pane.is_answering)
    return turn


def test_evidence_comes_first_is_refined_then_the_stream_then_the_grounded_answer(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    steps = Steps(worker)
    pane.ask(QUESTION)
    turn = pane.turns[0]
    assert "Looking for passages" in said(turn)
    steps.go_on()
    qtbot.waitUntil(lambda: len(cards_of(turn)) == 1)
    first = cards_of(turn)[0]
    steps.go_on()
    qtbot.waitUntil(lambda: "Searching by meaning" in said(turn))
    steps.go_on()
    qtbot.waitUntil(lambda: len(cards_of(turn)) == 3)
    assert cards_of(turn)[0] is first, "a card that stays must stay the same widget, with its focus"
    steps.go_on()
    qtbot.waitUntil(lambda: "Loading Phi-4-mini" in said(turn))
    steps.go_on()
    qtbot.waitUntil(lambda: text_of(turn) == "The crane")
    assert "Loading" not in said(turn)
    steps.go_on()
    qtbot.waitUntil(lambda: text_of(turn) == "The crane stands.")
    assert turn.answer is None
    steps.go_on()
    qtbot.waitUntil(lambda: turn.answer == ANSWER)
    assert not pane.is_answering
    shown = " ".join(text_of(turn).split())
    assert "out of service. 1 These design values" in shown
    assert shown.endswith("This leaves a comfortable margin for most storms.")


def test_the_answer_says_its_figures_and_what_nothing_supports(qtbot: QtBot, pane: ConversationPane) -> None:
    turn = answer_of(qtbot, pane)
    assert "SmolLM2 135M, a stand-in" in turn.status
    assert "first word 1.8 s" in turn.status
    assert "17 tokens/s" in turn.status
    assert "marked so: nothing in the passages says the same" in said(turn)
    text = turn.findChild(AnswerText)
    cursor = QTextCursor(text.document())
    cursor.setPosition(text.toPlainText().index("comfortable") + 1)
    assert cursor.charFormat().underlineStyle() == cursor.charFormat().UnderlineStyle.DotLine
    assert "supports this sentence" in cursor.charFormat().toolTip()
    cursor.setPosition(text.toPlainText().index("design values") + 1)
    assert cursor.charFormat().underlineStyle() == cursor.charFormat().UnderlineStyle.NoUnderline


def test_a_click_on_a_chip_opens_its_citation(qtbot: QtBot, pane: ConversationPane) -> None:
    turn = answer_of(qtbot, pane)
    text = turn.findChild(AnswerText)
    place = text.cursorRect(chip_of(text, "#2")).center()
    with qtbot.waitSignal(pane.citation_opened) as opened:
        qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x() - 2, place.y()))
    assert opened.args == [ANSWER.citations[1], ANSWER.citations]
    assert [card.is_open for card in cards_of(turn)] == [False, True, False]


def test_chips_are_reached_and_pressed_by_keyboard(qtbot: QtBot, pane: ConversationPane) -> None:
    turn = answer_of(qtbot, pane)
    text = turn.findChild(AnswerText)
    pane.activateWindow()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    with qtbot.waitSignal(pane.citation_opened) as opened:
        qtbot.keyClick(text, Qt.Key.Key_Return)
    assert opened.args[0] in ANSWER.citations


def test_a_card_opens_its_passage_by_keyboard_too(qtbot: QtBot, pane: ConversationPane) -> None:
    turn = answer_of(qtbot, pane)
    card = cards_of(turn)[2]
    with qtbot.waitSignal(pane.citation_opened) as opened:
        qtbot.keyClick(card, Qt.Key.Key_Space)
    assert opened.args == [PASSAGES[2], PASSAGES]
    assert "Turbine inspection notes.md" in card.accessibleName()


def test_stop_is_shown_at_once_and_the_written_part_is_kept(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    steps = Steps(worker)
    for _ in range(5):
        steps.go_on()
    pane.ask(QUESTION)
    turn = pane.turns[0]
    qtbot.waitUntil(lambda: text_of(turn) == "The crane")
    pane.composer.focus()
    qtbot.keyClick(pane.composer, Qt.Key.Key_Escape)
    assert not pane.is_answering, "stopped on the screen though the worker has said nothing yet"
    assert "Stopped." in said(turn)
    qtbot.waitUntil(lambda: bool(worker.asked(Cancel)))
    steps.go_on()  # a token that was on its way
    steps.go_on()
    qtbot.waitUntil(lambda: turn.answer is not None)
    assert "The crane on the north quay" in text_of(turn)


def test_a_stop_before_the_first_word_leaves_the_evidence(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    def ask(_: FakeWorker, link: Link, request: Request) -> None:
        link.send(Evidence(request.id, PASSAGES, is_complete=True, seconds=0.1))
        stopped.wait(20)
        link.send(Cancelled(request.id))

    stopped = threading.Event()
    worker.script.handlers[Ask] = ask
    pane.ask(QUESTION)
    turn = pane.turns[0]
    qtbot.waitUntil(lambda: len(cards_of(turn)) == 3)
    pane.stop()
    stopped.set()
    assert "Stopped." in said(turn)
    assert len(cards_of(turn)) == 3
    worker.script.handlers.pop(Ask)
    button(turn, "Ask again").click()
    qtbot.waitUntil(lambda: pane.turns[-1].answer is not None)
    assert len(pane.turns) == 2


def test_a_question_after_a_stop_waits_for_the_worker_and_stays_in_the_conversation(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    steps = Steps(worker)
    pane.ask("first")
    pane.stop()
    pane.ask("second")
    assert pane.is_answering
    for _ in range(7):
        steps.go_on()
    qtbot.waitUntil(lambda: len(worker.asked(Ask)) == 2)
    second = worker.asked(Ask)[1]
    assert isinstance(second, Ask)
    assert (second.question, second.conversation) == ("second", 7)
    for _ in range(7):
        steps.go_on()
    qtbot.waitUntil(lambda: pane.turns[1].answer is not None)


def test_a_failure_is_said_where_it_happened_and_what_was_found_stays(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    def ask(_: FakeWorker, link: Link, request: Request) -> None:
        link.send(Evidence(request.id, PASSAGES, is_complete=True, seconds=0.1))
        link.send(Token(request.id, "Half a"))
        problem = Problem("model_process_died", {"model": "Phi-4-mini", "exit_status": -9}, "signal 9")
        link.send(Failed(request.id, problem))

    worker.script.handlers[Ask] = ask
    pane.ask(QUESTION)
    turn = pane.turns[0]
    qtbot.waitUntil(lambda: "Phi-4-mini" in said(turn))
    assert text_of(turn) == "Half a"
    assert len(cards_of(turn)) == 3
    assert not pane.is_answering
    button(turn, "Copy details").click()
    details = QGuiApplication.clipboard().text()
    assert "model_process_died" in details
    assert "signal 9" in details
    assert QUESTION not in details
    worker.script.handlers.pop(Ask)
    button(turn, "Ask again").click()
    qtbot.waitUntil(lambda: pane.turns[-1].answer is not None)


def test_the_death_of_the_worker_is_a_failure_like_any_other(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    Steps(worker).go_on()
    pane.ask(QUESTION)
    qtbot.waitUntil(lambda: len(cards_of(pane.turns[0])) == 1)
    worker.die()
    qtbot.waitUntil(lambda: bool(button_texts(pane.turns[0]) & {"Copy details"}), timeout=10000)
    assert not pane.is_answering


def button_texts(widget: QWidget) -> set[str]:
    return {one.text() for one in widget.findChildren(QPushButton) if one.isVisibleTo(widget)}


def test_a_refusal_is_said_plainly_with_the_nearest_passages(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    refusal = dataclasses.replace(ANSWER, refused=True, text="No.", sentences=(), citations=(), support=0.1)
    worker.script.answer = refusal
    worker.script.handlers[Ask] = lambda _, link, request: link.send(Answered(request.id, refusal, 1, 1))
    turn = answer_of(qtbot, pane)
    assert "don’t seem to hold an answer" in said(turn)
    assert "nearest passages" in said(turn)
    assert len(cards_of(turn)) == 3
    assert "Copy" not in button_texts(turn)


def test_a_refusal_quotes_the_nearest_sentences_each_with_the_way_to_its_page(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    refusal = dataclasses.replace(
        ANSWER, refused=True, text="No.", sentences=(Sentence("No.", supported=False),), citations=(), nearest=CITATIONS
    )
    worker.script.handlers[Ask] = lambda _, link, request: link.send(Answered(request.id, refusal, 1, 1))
    turn = answer_of(qtbot, pane)
    assert "These sentences are nearest to it" in said(turn)
    paragraphs = text_of(turn).split("\n")
    assert len(paragraphs) == len(CITATIONS)
    for paragraph, citation in zip(paragraphs, CITATIONS, strict=True):
        assert f"“{' '.join(citation.quote.split())}”" in paragraph
        assert paragraph.endswith(f" {citation.passage} ")
    assert "No." not in text_of(turn)
    assert "without support" not in said(turn)
    assert "Copy" not in button_texts(turn)
    with qtbot.waitSignal(pane.citation_opened) as opened:
        turn.findChild(AnswerText).anchorClicked.emit(QUrl("#2"))
    assert opened.args == [CITATIONS[1], CITATIONS]


def test_a_question_is_sent_with_the_language_of_the_window(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    QLocale.setDefault(QLocale("fr_FR"))
    answer_of(qtbot, pane)
    (request,) = worker.asked(Ask)
    assert isinstance(request, Ask)
    assert request.language == "fr"


def test_without_a_model_the_nearest_sentence_stands_there_and_how_the_question_was_understood(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    quoted = dataclasses.replace(ANSWER, is_quoted=True, model="", is_stand_in=False, understood="Which gust in 2021?")
    worker.script.handlers[Ask] = lambda _, link, request: link.send(Answered(request.id, quoted, 1, 1))
    turn = answer_of(qtbot, pane)
    assert "No model is installed" in said(turn)
    assert "Understood as: Which gust in 2021?\n" in said(turn), "each remark begins a line"


def test_copying_gives_text_and_html(qtbot: QtBot, pane: ConversationPane) -> None:
    turn = answer_of(qtbot, pane)
    button(turn, "Copy with sources").click()
    copied = QGuiApplication.clipboard().mimeData()
    assert "[2] Harbour wind study 2025.pdf, p. 3 (iii)" in copied.text()
    assert "<li>[3] <b>Turbine inspection notes.md</b>" in copied.html()
    button(turn, "Copy").click()
    assert QGuiApplication.clipboard().mimeData().text() == ANSWER.text


def test_what_a_model_writes_is_never_html(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    hostile = "<b>x</b> <img src='file:///etc/passwd'> ![y](http://example.org/z.png)"
    written = dataclasses.replace(ANSWER, text=hostile, sentences=(), citations=())
    worker.script.handlers[Ask] = lambda _, link, request: link.send(Answered(request.id, written, 1, 1))
    assert text_of(answer_of(qtbot, pane)) == hostile


def test_an_answer_and_what_it_cites_load_nothing_and_lead_nowhere(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "trap.png"
    Image.new("RGB", (300, 200), "#ff00ff").save(trap)
    opened: list[object] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda address: opened.append(address) or True)
    hostile = f"<img src='file://{trap}'> ![y]({trap}) [go](http://127.0.0.1:9/?q=1) <a href='file://{trap}'>x</a>"
    named = dataclasses.replace(CITATIONS[0], document=f"<img src='file://{trap}'>", quote=hostile)
    written = dataclasses.replace(ANSWER, text=hostile, sentences=(Sentence(hostile, True, (1,)),), citations=(named,))
    worker.script.handlers[Ask] = lambda _, link, request: link.send(Answered(request.id, written, 1, 1))
    turn = answer_of(qtbot, pane)
    answer = turn.findChild(AnswerText)
    assert answer.toPlainText().startswith(hostile)
    chip = chip_of(answer, "#1").charFormat()
    assert "<img" not in chip.toolTip()
    addresses, pictures = set(), 0
    cursor = QTextCursor(answer.document())
    while cursor.movePosition(QTextCursor.MoveOperation.NextCharacter):
        addresses.add(cursor.charFormat().anchorHref())
        pictures += cursor.charFormat().isImageFormat()
    assert (addresses, pictures) == ({"", "#1"}, 0)
    answer.anchorClicked.emit(QUrl("http://127.0.0.1:9/"))
    assert opened == []
    shot = turn.grab().toImage()
    seen = {shot.pixelColor(x, y).name() for x in range(0, shot.width(), 3) for y in range(0, shot.height(), 3)}
    assert "#ff00ff" not in seen


def test_the_scope_limits_the_question_and_its_chip_lifts_it(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    pane.set_scope(ChosenScope((STUDY, NOTES)))
    answer_of(qtbot, pane)
    chip = next(one for one in pane.composer.findChildren(QPushButton) if "Harbour" in one.text())
    with qtbot.waitSignal(pane.scope_changed) as changed:
        chip.click()
    assert changed.args == [ChosenScope((NOTES,))]
    answer_of(qtbot, pane)
    scopes = [request.scope.documents for request in worker.asked(Ask) if isinstance(request, Ask)]
    assert scopes == [(STUDY.key, NOTES.key), (NOTES.key,)]


def test_a_collection_is_asked_by_its_name_until_its_chip_lifts_it(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    pane.set_scope(ChosenScope((STUDY, NOTES), "Thesis sources"))
    answer_of(qtbot, pane)
    chips = [one for one in pane.composer.findChildren(QPushButton) if "×" in one.text()]
    assert [chip.text() for chip in chips] == ["Thesis sources  ×"]
    with qtbot.waitSignal(pane.scope_changed) as changed:
        chips[0].click()
    assert changed.args == [ChosenScope()]
    answer_of(qtbot, pane)
    scopes = [request.scope for request in worker.asked(Ask) if isinstance(request, Ask)]
    assert scopes == [Scope(collections=("Thesis sources",)), Scope()]


def test_a_scope_that_has_no_room_is_one_chip(qtbot: QtBot, pane: ConversationPane) -> None:
    pane.set_scope(ChosenScope((STUDY, NOTES)))
    modes = {"Ask", "Summarise", "Find all"}
    qtbot.waitUntil(lambda: {text[:7] for text in button_texts(pane.composer) - modes} == {"", "Harbour", "Turbine"})
    pane.resize(360, 800)
    qtbot.waitUntil(
        lambda: (
            {text[:11] for text in button_texts(pane.composer) - modes} in ({"", "2 document("}, {"", "2 documents"})
        )
    )
    assert pane.width() == 360, "chips must not keep the pane from getting narrow"
    pane.set_scope(ChosenScope((STUDY,)))
    chip = next(one for one in pane.composer.findChildren(QPushButton) if "×" in one.text())
    assert chip.sizeHint().width() < 300


def test_the_composer_asks_with_enter_and_grows_with_shift_and_enter(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    pane.focus_composer()
    edit = pane.composer.findChild(QuestionEdit)
    height = edit.height()
    qtbot.keyClicks(edit, "one")
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(edit, "two")
    assert edit.height() > height
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert pane.composer.text == ""
    qtbot.waitUntil(lambda: bool(worker.asked(Ask)))
    asked = worker.asked(Ask)[0]
    assert isinstance(asked, Ask)
    assert asked.question == "one\ntwo"
    qtbot.waitUntil(lambda: not pane.is_answering)


def test_what_is_typed_is_told_once_the_keys_rest_and_taken_back_with_the_text(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    kept = threading.Event()
    worker.script.handlers[Anticipate] = lambda *_: kept.set()  # it is still at it
    edit = pane.composer.findChild(QuestionEdit)
    edit.setPlainText("two words")
    edit.insertPlainText("what does the crane carry")
    qtbot.waitUntil(kept.is_set)
    edit.clear()
    qtbot.waitUntil(lambda: bool(worker.asked(Cancel)))
    [told] = worker.asked(Anticipate)
    assert isinstance(told, Anticipate)
    assert told.question == "what does the crane carrytwo words"
    assert isinstance(last := worker.asked(Cancel)[-1], Cancel)
    assert last.request == told.id
    edit.setPlainText("another one here")
    qtbot.waitUntil(lambda: len(worker.asked(Anticipate)) == 2)


def test_too_few_words_are_no_question_to_expect(qtbot: QtBot, pane: ConversationPane) -> None:
    edit = pane.composer.findChild(QuestionEdit)
    with qtbot.assertNotEmitted(pane.composer.expected, wait=2 * PAUSE_MS):
        edit.setPlainText("two words")


@pytest.mark.parametrize("question", [" \n ", "x" * (LONGEST_QUESTION + 1), "x" * 100_000])
def test_a_question_that_cannot_be_asked_gets_a_sentence(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker, question: str
) -> None:
    edit = pane.composer.findChild(QuestionEdit)
    edit.insertPlainText(question)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert pane.composer.message
    assert pane.composer.text == question
    assert not worker.asked(Ask)
    edit.setPlainText("short")
    assert not pane.composer.message


def test_the_view_follows_only_a_person_who_is_at_the_end(qtbot: QtBot, pane: ConversationPane) -> None:
    pane.resize(640, 420)
    answer_of(qtbot, pane)
    answer_of(qtbot, pane, "again")
    bar = pane._column.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    bar.setValue(0)
    pane.turns[-1].add_token(" more" * 500)
    qtbot.wait(20)
    assert bar.value() == 0


def kept(number: int, title: str) -> Conversation:
    return Conversation(0, number, title, (Turn(1, 1_750_000_000.0 + number, ANSWER),))


def test_history_opens_renames_and_deletes(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    worker.script.conversations = [kept(1, "Wind at the quay"), kept(2, "Maintenance contract")]
    pane.show_history()
    view = pane._history._list
    model = view.model()
    qtbot.waitUntil(lambda: model.rowCount() == 2)
    with qtbot.waitSignal(pane._history.opened) as opened:
        view.setFocus()
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [2]
    qtbot.waitUntil(lambda: len(pane.turns) == 1)
    assert pane.turns[0].answer == ANSWER
    pane.show_history()
    qtbot.waitUntil(lambda: model.rowCount() == 2)
    model.setData(model.index(0, 0), "  New   title ")
    qtbot.waitUntil(lambda: bool(worker.asked(RenameConversation)))
    renamed = worker.asked(RenameConversation)[0]
    assert isinstance(renamed, RenameConversation)
    assert (renamed.conversation, renamed.title) == (2, "New title")
    qtbot.waitUntil(lambda: model.rowCount() == 2 and model.index(0, 0).data() == "New title")
    pane._history._ask_deletion()
    assert not worker.asked(DeleteConversation)
    button(pane._history, "Delete").click()
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    assert pane.turns == (), "the deleted conversation was the one in sight"


def test_a_conversation_that_is_gone_is_said(qtbot: QtBot, pane: ConversationPane) -> None:
    pane.open_conversation(99)
    qtbot.waitUntil(lambda: bool(button_texts(pane) & {"Copy details"}))


def test_a_new_conversation_begins_with_number_0(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    answer_of(qtbot, pane)
    pane.new_conversation()
    assert pane.turns == ()
    assert "What would you like to know?" in said(pane)
    answer_of(qtbot, pane)
    numbers = [request.conversation for request in worker.asked(Ask) if isinstance(request, Ask)]
    assert numbers == [0, 0]


def test_one_that_was_about_to_be_shown_does_not_come_into_a_new_one(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    told: list[tuple[Link, Request]] = []
    worker.script.handlers[OpenConversation] = lambda _, link, request: told.append((link, request))
    pane.open_conversation(7)
    qtbot.waitUntil(lambda: bool(told))
    pane.new_conversation()
    link, request = told[0]
    link.send(Conversation(request.id, 7, "Cranes", (Turn(1, 1_750_000_000.0, ANSWER),)))
    answer_of(qtbot, pane)  # whatever came before it is here by then
    assert len(pane.turns) == 1
    assert pane.conversation != 7
