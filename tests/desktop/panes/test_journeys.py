"""Summing up and finding all in the conversation: what is asked for, shown, stopped and opened."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.panes.conversation import ConversationPane
from desktop.theme import Theme
from desktop.widgets.answer import AnswerText
from desktop.widgets.conversation_head import ConversationHead
from desktop.widgets.find_view import MOST_CARDS, FindView
from desktop.widgets.following_scroll import FollowingScroll
from desktop.widgets.mode_bar import Mode
from desktop.widgets.scope import ChosenScope
from desktop.widgets.summary_view import SummaryView
from desktop.widgets.summary_words import SummaryWords
from desktop.widgets.trouble import TroubleCard
from desktop.worker_client import WorkerClient
from engine.links import Link
from rag.errors import LibraryProblem, Problem
from rag.protocol import (
    MOST_QUOTED,
    Ask,
    CheckedDocument,
    ComparisonCell,
    ComparisonRow,
    DocumentFinding,
    DocumentState,
    ExportAnswer,
    Failed,
    FindAll,
    FindProgress,
    FoundAll,
    FoundIn,
    KeepTurn,
    Request,
    Summarise,
    Summarised,
    SummarisedDocument,
    Summary,
    SummaryLength,
    SummaryMode,
    SummaryProgress,
    SummarySection,
    SummarySentence,
    Token,
    UnreadDocument,
    summary_as_answer,
)
from tests.fakes.plausible import ANSWER, NOTES, PASSAGES, STUDY
from tests.fakes.replies import HANDLERS, Handler
from tests.fakes.worker import FakeWorker

FINDINGS = tuple(
    DocumentFinding(letter * 64, name, f"/{name}", 0.9, (passage,), ())
    for letter, name, passage in zip("ab", ("Study.pdf", "Notes.md"), PASSAGES, strict=False)
)
SENTENCES = tuple(SummarySentence(one.text, one.supported, one.citations) for one in ANSWER.sentences)
SUMMARY = Summary(
    SummaryMode.THOROUGH, SummaryLength.PARAGRAPH, "", "en", "", (SummarySection("Design values", "", SENTENCES),), (),
    ANSWER.citations, (SummarisedDocument("a" * 64, STUDY.name, "/x", "page", 148, ((1, 100), (120, 139))),),
    "SmolLM2", is_stand_in=True, sentences_left_out=2, compression=0.05, timings=ANSWER.timings,
)  # fmt: skip


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, client: WorkerClient) -> ConversationPane:
    pane = ConversationPane(theme, client)
    pane.every_document = lambda: (STUDY, NOTES)
    qtbot.addWidget(pane)
    pane.resize(760, 800)
    pane.show()
    return pane


def write(qtbot: QtBot, pane: ConversationPane, mode: Mode, words: str) -> None:
    next(
        chip for chip in pane.composer.findChildren(QPushButton)
        if chip.accessibleName() == {Mode.ASK: "Ask", Mode.SUMMARISE: "Summarise", Mode.FIND_ALL: "Find all"}[mode]
        and chip.isCheckable()
    ).click()  # fmt: skip
    edit = pane.composer.findChild(QPlainTextEdit)
    assert edit is not None
    qtbot.keyClicks(edit, words)
    qtbot.keyClick(edit, Qt.Key.Key_Return)


def said(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def press(widget: QWidget, words: str) -> None:
    next(button for button in widget.findChildren(QPushButton) if button.text() == words).click()


def find_all(worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(FindProgress(request.id, 1, 6, 4.0))
    link.send(FoundIn(request.id, FINDINGS[1]))
    link.send(
        FoundAll(
            request.id, 5, 6, FINDINGS, (CheckedDocument("k", "Budget.pdf", "/b"),),
            (UnreadDocument("u", "Scan.pdf", "/s", DocumentState.READY, None, 3, 1, 2),), (), 1.2,
        )
    )  # fmt: skip


def test_every_document_in_which_it_is_found_is_shown(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    worker.script.handlers[FindAll] = find_all
    pane.set_scope(ChosenScope((STUDY,)))
    write(qtbot, pane, Mode.FIND_ALL, "crane")
    view = pane.turns[0]
    assert isinstance(view, FindView)
    qtbot.waitUntil(lambda: "Found in 2 documents · 5 of 6 looked at" in said(view))
    asked = worker.asked(FindAll)[0]
    assert isinstance(asked, FindAll)
    assert (asked.question, asked.scope.documents) == ("crane", (STUDY.key,))
    assert [row.passage.text for row in view.rows if row.passage] == [one.text for one in PASSAGES[:2]]
    assert [row.passage.number for row in view.rows if row.passage] == [1, 2]
    press(view, "2 other documents")
    assert "Scan.pdf: 3 pages waiting for OCR, 1 page that could not be read, 2 pages that were left unread" in said(
        view
    )
    assert "Nothing in: Budget.pdf" in said(view)
    with qtbot.waitSignal(pane.citation_opened) as opened:
        view.rows[1].click()
    assert opened.args is not None
    assert opened.args[0].text == PASSAGES[1].text
    assert len(opened.args[1]) == 2


def test_a_look_that_is_stopped_keeps_what_it_found(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    def begin(_: FakeWorker, link: Link, request: Request) -> None:
        link.send(FindProgress(request.id, 1, 6, 4.0))
        link.send(FoundIn(request.id, FINDINGS[0]))

    worker.script.handlers[FindAll] = begin
    write(qtbot, pane, Mode.FIND_ALL, "crane")
    view = pane.turns[0]
    assert isinstance(view, FindView)
    qtbot.waitUntil(lambda: len(view.rows) == 1)
    assert view.status == "Looked at 1 of 6 documents · 4 s left"
    pane.stop()
    assert "Stopped." in said(view)
    assert len(view.rows) == 1


def summarise(worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(SummaryProgress(request.id, "reading", STUDY.name, 2, 9, 30.0))
    link.send(Token(request.id, "The crane"))
    link.send(Summarised(request.id, SUMMARY))


@pytest.mark.parametrize(("done", "expected"), [(0, "part 1 of 9"), (2, "part 3 of 9"), (9, "part 9 of 9")])
def test_a_summary_names_the_part_that_is_read_now(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker, done: int, expected: str
) -> None:
    worker.script.handlers[Summarise] = lambda _, link, request: link.send(
        SummaryProgress(request.id, "reading", STUDY.name, done, 9, 30.0)
    )
    write(qtbot, pane, Mode.SUMMARISE, "")
    qtbot.waitUntil(lambda: expected in said(pane.turns[0]))


def test_documents_are_summed_up_with_their_places(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    worker.script.handlers[Summarise] = summarise
    write(qtbot, pane, Mode.SUMMARISE, "")
    view = pane.turns[0]
    assert isinstance(view, SummaryView)
    qtbot.waitUntil(lambda: view.answer is not None)
    asked = worker.asked(Summarise)[0]
    assert isinstance(asked, Summarise)
    assert (asked.documents, asked.focus, asked.mode) == ((STUDY.key, NOTES.key), "", SummaryMode.THOROUGH)
    text = view.findChild(AnswerText)
    assert text is not None
    assert text.toPlainText().startswith("Design values\nThe crane on the north quay")
    assert f"{STUDY.name}: 120 of 148 pages looked at" in said(view)
    assert "2 unsupported sentences left out" in said(view)
    with qtbot.waitSignal(pane.citation_opened) as opened:
        text.citation_chosen.emit(ANSWER.citations[0])
    assert opened.args is not None
    assert len(opened.args[1]) == len(ANSWER.citations)
    press(view, "Copy with sources")
    copied = QGuiApplication.clipboard().text()
    assert "[1]" in copied
    assert ANSWER.citations[0].document in copied
    press(view, "Sum up again")
    qtbot.waitUntil(lambda: len(worker.asked(Summarise)) == 2)


def test_what_a_summary_is_to_be_is_the_person_s_to_say(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    worker.script.handlers[Summarise] = summarise
    pane.composer.modes.choose(Mode.SUMMARISE)
    for name, value in (("Length", "bullets"), ("How much", "quick"), ("Language", "fr")):
        box = next(one for one in pane.composer.findChildren(QComboBox) if one.accessibleName().startswith(name))
        box.setCurrentIndex(box.findData(value))
    pane.set_scope(ChosenScope((NOTES,)))
    write(qtbot, pane, Mode.SUMMARISE, "the costs")
    qtbot.waitUntil(lambda: bool(worker.asked(Summarise)))
    asked = worker.asked(Summarise)[0]
    assert isinstance(asked, Summarise)
    assert (asked.documents, asked.focus) == ((NOTES.key,), "the costs")
    assert (asked.mode, asked.length, asked.output_language) == (SummaryMode.QUICK, SummaryLength.BULLETS, "fr")


def test_without_documents_there_is_nothing_to_sum_up(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    pane.every_document = tuple
    write(qtbot, pane, Mode.SUMMARISE, "")
    assert pane.turns == ()
    assert pane.composer.message
    pane.every_document = lambda: (STUDY,)
    pane.set_scope(ChosenScope(collection="Thesis sources"))
    write(qtbot, pane, Mode.SUMMARISE, "")
    assert "Thesis sources" in pane.composer.message, "an empty collection is not everything"
    assert not worker.asked(Summarise)


def test_what_goes_wrong_is_said_and_can_be_tried_again(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    worker.script.handlers[Summarise] = lambda _, link, request: link.send(Failed(request.id, Problem("worker_died")))
    write(qtbot, pane, Mode.SUMMARISE, "")
    qtbot.waitUntil(
        lambda: any(one.text() == "Sum up again" and one.isVisible() for one in pane.turns[0].findChildren(QPushButton))
    )
    worker.script.handlers[Summarise] = summarise
    next(
        one for one in pane.turns[0].findChildren(QPushButton) if one.text() == "Sum up again" and one.isVisible()
    ).click()
    qtbot.waitUntil(lambda: len(pane.turns) == 2)


def test_a_comparison_names_each_aspect_and_each_document() -> None:
    cells = tuple(ComparisonCell(letter * 64, (SummarySentence(f"Says {letter}.", True, (1,)),)) for letter in "ab")
    documents = tuple(SummarisedDocument(letter * 64, f"{letter}.pdf", "", "page", 1, ((1, 1),)) for letter in "ab")
    compared = dataclasses.replace(SUMMARY, sections=(), rows=(ComparisonRow("Cost", cells),), documents=documents)
    assert summary_as_answer(compared).text == "**Cost**\na.pdf: Says a.\nb.pdf: Says b."


def many(count: int) -> tuple[DocumentFinding, ...]:
    return tuple(DocumentFinding(f"{one:064d}", f"{one}.pdf", "/x", 0.9, PASSAGES[:2], ()) for one in range(count))


def test_of_many_documents_the_first_are_shown_and_then_more(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    def find_many(_: FakeWorker, link: Link, request: Request) -> None:
        for finding in many(45):
            link.send(FoundIn(request.id, finding))
        link.send(FoundAll(request.id, 45, 45, many(45)[::-1], (), (), (), 1.0))

    worker.script.handlers[FindAll] = find_many
    write(qtbot, pane, Mode.FIND_ALL, "crane")
    view = pane.turns[0]
    assert isinstance(view, FindView)
    qtbot.waitUntil(lambda: "Found in 45 documents" in said(view))
    qtbot.waitUntil(
        lambda: (
            [one.text() for one in view.findChildren(QLabel) if one.text().endswith(".pdf") and one.isVisible()]
            == [f"{one}.pdf" for one in range(44, 44 - MOST_CARDS, -1)]
        )
    )
    press(view, f"Show {MOST_CARDS} more documents")
    press(view, "Show 5 more documents")
    assert [row.passage.number for row in view.rows if row.passage] == list(range(1, 91))
    assert not [one for one in view.findChildren(QPushButton) if "more document" in one.text() and one.isVisible()]


def test_what_is_nowhere_is_said_to_be_in_no_document(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    worker.script.handlers[FindAll] = lambda _, link, request: link.send(
        FoundAll(request.id, 4, 4, (), (), (), (), 1.0)
    )
    write(qtbot, pane, Mode.FIND_ALL, "crane")
    qtbot.waitUntil(lambda: pane.turns[0].status == "Found in no document · 4 of 4 looked at")


def test_a_document_that_could_not_be_read_is_named_once_without_its_folders(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    locked = Problem(LibraryProblem.PDF_ENCRYPTED.value, {"path": "/home/ada/Wages.pdf"})
    unread = (UnreadDocument("u", "Wages.pdf", "/home/ada/Wages.pdf", DocumentState.NEEDS_PASSWORD, locked, 0, 0),)
    worker.script.handlers[FindAll] = lambda _, link, request: link.send(
        FoundAll(request.id, 4, 4, (), (), unread, (), 1.0)
    )
    document = SummarisedDocument("u" * 64, "Wages.pdf", "/home/ada/Wages.pdf", "page", 1, (), problem=locked)
    summary = dataclasses.replace(SUMMARY, documents=(document,))
    worker.script.handlers[Summarise] = lambda _, link, request: link.send(Summarised(request.id, summary))
    write(qtbot, pane, Mode.FIND_ALL, "crane")
    qtbot.waitUntil(lambda: not pane.is_answering)
    press(pane.turns[0], "1 other document")
    write(qtbot, pane, Mode.SUMMARISE, "")
    qtbot.waitUntil(lambda: not pane.is_answering)
    for turn in pane.turns:
        told = next(label.text() for label in turn.findChildren(QLabel) if "Wages.pdf" in label.text())
        assert told.count("Wages.pdf") == 1
        assert "/home" not in told


def test_the_choices_of_a_summary_fit_the_narrowest_window(qtbot: QtBot, pane: ConversationPane) -> None:
    pane.composer.modes.choose(Mode.SUMMARISE)
    assert pane.composer.minimumSizeHint().width() <= 360


def test_a_list_is_shown_from_its_top(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    worker.script.handlers[FindAll] = lambda _, link, request: link.send(
        FoundAll(request.id, 15, 15, many(15), (), (), (), 1.0)
    )
    for _ in range(2):
        write(qtbot, pane, Mode.FIND_ALL, "crane")
        qtbot.waitUntil(lambda: not pane.is_answering)
    view = pane.turns[1]
    scroll = pane.findChild(FollowingScroll)
    assert scroll is not None
    qtbot.waitUntil(lambda: view.mapTo(scroll.viewport(), QPoint()).y() == 0)


def test_a_summary_begins_a_conversation_and_a_question_goes_on_in_it(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    worker.script.handlers[Summarise] = summarise
    head = pane.findChild(ConversationHead)
    assert head is not None
    write(qtbot, pane, Mode.SUMMARISE, "")
    assert head.title == "Summarise 2 documents"
    qtbot.waitUntil(lambda: not pane.is_answering)
    write(qtbot, pane, Mode.ASK, ANSWER.question)  # perhaps before it was kept
    qtbot.waitUntil(lambda: bool(pane.answers) and pane.answers[-1].answer is not None)
    assert head.title == "Summarise 2 documents"
    (asked,) = worker.asked(Ask)
    assert isinstance(asked, Ask)
    assert asked.conversation == pane.conversation != 0


def test_what_was_summed_up_and_found_is_in_the_history_as_it_was_shown(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    of_both = (SUMMARY.documents[0], dataclasses.replace(SUMMARY.documents[0], sha256=NOTES.key, document=NOTES.name))
    summary_of_both = dataclasses.replace(SUMMARY, focus="the crane", documents=of_both)
    worker.script.handlers[Summarise] = lambda _, link, request: link.send(Summarised(request.id, summary_of_both))
    worker.script.handlers[FindAll] = find_all
    write(qtbot, pane, Mode.SUMMARISE, "the crane")
    qtbot.waitUntil(lambda: pane.conversation != 0)
    write(qtbot, pane, Mode.FIND_ALL, "crane")
    qtbot.waitUntil(lambda: len(worker.script.conversations[0].turns) == 2)
    shown = [said(turn) for turn in pane.turns]
    questions = [kept.answer.question for kept in worker.script.conversations[0].turns]
    assert questions == ["Summarise 2 documents: the crane", "Find all: crane"]
    assert all(kept.answer.text for kept in worker.script.conversations[0].turns)
    pane.new_conversation()
    pane.open_conversation(1)
    qtbot.waitUntil(lambda: len(pane.turns) == 2 and all(map(said, pane.turns)))
    assert [sorted(said(turn).split(" | ")) for turn in pane.turns] == [sorted(one.split(" | ")) for one in shown]
    summary, found = pane.turns
    assert isinstance(summary, SummaryView)
    assert isinstance(found, FindView)
    press(summary, "Sum up again")
    qtbot.waitUntil(lambda: len(worker.asked(Summarise)) == 2)
    first, again = worker.asked(Summarise)
    assert isinstance(first, Summarise)
    assert isinstance(again, Summarise)
    assert (again.documents, again.focus) == (("a" * 64, NOTES.key), "the crane")
    assert dataclasses.replace(again, id=first.id, documents=first.documents) == first


def refuse(kind: LibraryProblem, times: int) -> Handler:
    """A handler of KeepTurn that fails so many ``times``, and then keeps."""

    def keep(worker: FakeWorker, link: Link, request: Request) -> None:
        if len(worker.asked(KeepTurn)) <= times:
            link.send(Failed(request.id, Problem(kind.value, {"path": "/x"})))
        else:
            HANDLERS[KeepTurn](worker, link, request)

    return keep


def test_a_summary_that_can_t_be_kept_says_so_and_stays(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    worker.script.handlers[Summarise] = summarise
    worker.script.handlers[KeepTurn] = refuse(LibraryProblem.DISK_FULL, 9)
    write(qtbot, pane, Mode.SUMMARISE, "")
    view = pane.turns[0]
    qtbot.waitUntil(lambda: "Not kept among the conversations: The disk is full" in said(view))
    assert "5.0 % of the words" in said(view)
    card = view.findChild(TroubleCard)
    assert card is not None
    assert not card.isVisible(), "the summary is fine"
    pane.ask(ANSWER.question)  # nobody waits for what will not come
    qtbot.waitUntil(lambda: bool(pane.answers) and pane.answers[-1].answer is not None)


def test_the_next_worker_keeps_what_the_last_one_did_not(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    worker.script.handlers[Summarise] = summarise
    worker.script.handlers[KeepTurn] = refuse(LibraryProblem.WORKER_DIED, 1)
    write(qtbot, pane, Mode.SUMMARISE, "")
    qtbot.waitUntil(lambda: pane.conversation != 0)
    assert len(worker.script.conversations[0].turns) == 1


def test_where_its_conversation_was_deleted_a_summary_begins_another(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    pane.ask(ANSWER.question)
    qtbot.waitUntil(lambda: pane.conversation != 0 and not pane.is_answering)
    worker.script.handlers[Summarise] = summarise
    worker.script.handlers[KeepTurn] = refuse(LibraryProblem.CONVERSATION_GONE, 1)
    write(qtbot, pane, Mode.SUMMARISE, "")
    qtbot.waitUntil(lambda: len(worker.asked(KeepTurn)) == 2)
    assert [request.conversation for request in worker.asked(KeepTurn) if isinstance(request, KeepTurn)] == [1, 0]
    qtbot.waitUntil(lambda: pane.conversation == 2)


def test_what_is_kept_says_in_plain_words_what_was_shown(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    worker.script.handlers[FindAll] = find_all
    write(qtbot, pane, Mode.FIND_ALL, "crane")
    qtbot.waitUntil(lambda: pane.conversation != 0)
    nothing = FoundAll(0, 2, 2, (), (), (), (), 1.0)
    worker.script.handlers[FindAll] = lambda _, link, request: link.send(dataclasses.replace(nothing, id=request.id))
    write(qtbot, pane, Mode.FIND_ALL, "dragons")
    qtbot.waitUntil(lambda: len(worker.script.conversations[0].turns) == 2)
    first, second = worker.script.conversations[0].turns
    assert first.answer.text.startswith("Found in 2 documents · 5 of 6 looked at\n\nStudy.pdf")
    assert "*" not in first.answer.text
    assert "".join(first.answer.text.split()) == "".join("".join(one.text.split()) for one in first.answer.sentences)
    assert second.answer.text == "Found in no document · 2 of 2 looked at"


def test_of_very_many_documents_the_last_are_kept_by_name(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    found = FoundAll(0, 300, 300, many(300), (), (), (), 1.0)
    worker.script.handlers[FindAll] = lambda _, link, request: link.send(dataclasses.replace(found, id=request.id))
    write(qtbot, pane, Mode.FIND_ALL, "crane")
    qtbot.waitUntil(lambda: pane.conversation != 0)
    (request,) = worker.asked(KeepTurn)
    assert isinstance(request, KeepTurn)
    assert request.found is not None
    are_quoted = [bool(one.passages) for one in request.found.findings]
    assert are_quoted == [number < MOST_QUOTED for number in range(300)]
    assert request.answer.text.startswith("Found in 300 documents")


def test_a_summary_that_came_to_nothing_is_not_kept(qtbot: QtBot, pane: ConversationPane, worker: FakeWorker) -> None:
    nothing = dataclasses.replace(SUMMARY, sections=(), was_stopped=True)
    worker.script.handlers[Summarise] = lambda _, link, request: link.send(Summarised(request.id, nothing))
    write(qtbot, pane, Mode.SUMMARISE, "")
    qtbot.waitUntil(lambda: not pane.is_answering)
    pane.ask(ANSWER.question)
    qtbot.waitUntil(lambda: bool(pane.answers) and pane.answers[-1].answer is not None)
    assert not worker.asked(KeepTurn)


def test_a_comparison_that_found_nothing_to_compare_by_says_so_and_stays_a_comparison(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    nothing = dataclasses.replace(SUMMARY, sections=(), citations=(), documents=2 * SUMMARY.documents, compares=True)
    worker.script.handlers[Summarise] = lambda _, link, request: link.send(Summarised(request.id, nothing))
    pane.composer.modes.choose(Mode.SUMMARISE)
    kinds = next(box for box in pane.composer.findChildren(QComboBox) if box.findData("compare") >= 0)
    kinds.setCurrentIndex(kinds.findData("compare"))
    write(qtbot, pane, Mode.SUMMARISE, "")
    qtbot.waitUntil(lambda: pane.conversation != 0)
    conversation = pane.conversation
    pane.new_conversation()
    pane.open_conversation(conversation)
    qtbot.waitUntil(lambda: bool(pane.turns))
    (again,) = pane.turns
    assert again.title == "Compare 2 documents"
    assert isinstance(again, SummaryView)
    assert again.answer is not None
    assert again.answer.text.startswith("The documents share no sections")
    assert again.request(ChosenScope(), 0)[1]["compares"]
    press(again, "Sum up again")
    qtbot.waitUntil(lambda: len(worker.asked(Summarise)) == 2)
    first, second = worker.asked(Summarise)
    assert isinstance(first, Summarise)
    assert isinstance(second, Summarise)
    assert first.compares
    assert second.compares


def test_only_a_question_is_anticipated(qtbot: QtBot, pane: ConversationPane) -> None:
    expected: list[str] = []
    pane.composer.expected.connect(expected.append)
    edit = pane.composer.findChild(QPlainTextEdit)
    assert edit is not None
    qtbot.keyClicks(edit, "how long is the footbridge")
    qtbot.waitUntil(lambda: expected == ["how long is the footbridge"])
    for mode in (Mode.FIND_ALL, Mode.SUMMARISE, Mode.ASK):
        pane.composer.modes.choose(mode)
    assert expected == ["how long is the footbridge", "", "", "how long is the footbridge"]


def test_documents_that_were_read_whole_are_counted_not_listed() -> None:
    documents = tuple(SummarisedDocument(f"{one:064d}", f"{one}.pdf", "", "page", 3, ((1, 3),)) for one in range(9))
    part = SummarisedDocument("p" * 64, "part.pdf", "", "page", 9, ((1, 2),))
    lines = SummaryWords().coverage(dataclasses.replace(SUMMARY, documents=(*documents, part)))
    assert lines == ["9 documents looked at from the first page to the last", "part.pdf: 2 of 9 pages looked at"]


def test_what_was_found_is_copied_and_kept_with_its_places(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    finding = dataclasses.replace(FINDINGS[0], citations=ANSWER.citations[:2])
    found = FoundAll(0, 2, 2, (finding,), (), (), (), 0.4)
    worker.script.handlers[FindAll] = lambda _worker, link, request: link.send(
        dataclasses.replace(found, id=request.id)
    )
    path = tmp_path / "found.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    pane.composer.modes.choose(Mode.FIND_ALL)
    qtbot.keyClicks(pane.composer.findChild(QPlainTextEdit), "gust speed")
    qtbot.keyClick(pane.composer.findChild(QPlainTextEdit), Qt.Key.Key_Return)
    turn = pane.turns[-1]
    qtbot.waitUntil(lambda: any(one.text() == "Copy" and one.isVisible() for one in turn.findChildren(QPushButton)))
    for words in ("Copy", "Save…"):
        next(one for one in turn.findChildren(QPushButton) if one.text() == words).click()
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines()[0] == "Study.pdf"
    assert f"“{ANSWER.citations[0].quote}” (p. 57)" in copied
    assert "<b>Study.pdf</b>" in QGuiApplication.clipboard().mimeData().html()
    qtbot.waitUntil(path.exists)
    [wanted] = worker.asked(ExportAnswer)
    assert isinstance(wanted, ExportAnswer)
    assert wanted.title == "Find all: gust speed"
    assert wanted.answer.sentences[0].text == "Study.pdf"  # a file has headings of its own: no marks
