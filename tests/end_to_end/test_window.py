"""A day with the real window: real worker, real stores, real embedder, real starter model, as a person uses them."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit

from desktop.widgets.document_list import DocumentList
from desktop.widgets.evidence import EvidenceStrip
from desktop.widgets.find_view import FindView
from desktop.widgets.quick_row import QuickRow
from desktop.widgets.summary_view import SummaryView
from desktop.widgets.trouble_bar import TroubleBar
from desktop.widgets.turn import TurnView
from rag.protocol import Documents, DocumentState, Found, ListDocuments, Search
from rag.session import Session
from tests.end_to_end.conftest import SAMPLES
from tests.end_to_end.person import Person, opened

GUST = "What gust is the Alder Quay footbridge designed for?"
HEATER = "How long does one filling of the paraffin heater burn?"
PDFS = ("alder-quay-footbridge.pdf", "halden-greenhouse.pdf", "jardin-des-tilleuls.pdf")
WRONG = "torn.pdf"


@pytest.fixture(scope="module")
def person(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    """Somebody who has dropped three documents and a torn one on a new window."""
    folder = tmp_path_factory.mktemp("papers")
    papers = [Path(shutil.copy(SAMPLES / name, folder)) for name in PDFS]
    torn = folder / WRONG
    torn.write_bytes(papers[0].read_bytes()[:900])
    with opened(qapp, folder / "home") as person:
        person.window.resize(1360, 860)
        person.drop([*papers, torn])
        states = {DocumentState.READY, DocumentState.FAILED}
        person.wait(
            lambda: (
                len(person.window.library.documents) == len(papers) + 1
                and all(one.state in states for one in person.window.library.documents)
            ),
            "the documents",
        )
        yield person


def test_what_was_dropped_is_ready_and_what_is_torn_says_so(person: Person) -> None:
    states = {one.name: one.state for one in person.window.library.documents}
    assert states == {**dict.fromkeys(PDFS, DocumentState.READY), WRONG: DocumentState.FAILED}
    rows = person.find(DocumentList, person.window.library)
    point_at(rows, WRONG)
    person.wait(lambda: "damaged" in person.said(person.window.library), "the reason")
    QTest.keyClick(rows, Qt.Key.Key_Escape)


def test_evidence_stands_before_the_first_word_and_a_citation_leads_to_its_marked_page(person: Person) -> None:
    person.begin_anew()
    person.write(GUST)
    turn = person.last()
    person.wait(lambda: turn.findChild(EvidenceStrip).cards, "the evidence")
    assert isinstance(turn, TurnView)
    assert turn.answer is None
    assert not person.said(turn).count("tokens/s")
    person.wait(lambda: turn.answer is not None, "the answer")
    assert "41 metres per second" in turn.answer.text
    person.click_chip(turn, turn.answer.citations[0].number)
    reader = person.window.reader
    person.wait(lambda: reader.page is not None and reader.page_view.mark_places(), "the page")
    assert reader.page.page == 2
    assert reader.isVisible()
    assert "alder-quay-footbridge.pdf" in person.said(reader)
    QTest.keyClick(reader, Qt.Key.Key_Escape)
    person.wait(lambda: not reader.isVisible(), "the reader to be gone")


def test_an_answer_is_stopped_and_asked_again(person: Person) -> None:
    person.begin_anew()
    person.write(HEATER)
    turn = person.last()
    person.wait(lambda: turn.findChild(EvidenceStrip).cards, "the evidence")
    QTest.keyClick(person.window.conversation.composer, Qt.Key.Key_Escape)
    assert not person.window.conversation.is_answering
    assert "Stopped." in person.said(turn)
    person.click("Ask again", turn)
    again = person.last()
    assert again is not turn
    person.wait(lambda: again.answer is not None, "the answer")
    assert "eleven hours" in again.answer.text.lower()


def test_a_document_is_summed_up_and_every_document_is_searched(person: Person) -> None:
    person.begin_anew()
    modes = person.window.conversation.composer.modes
    person.click("Summarise", modes)
    depth = next(box for box in modes.findChildren(QComboBox) if box.accessibleName().startswith("How much"))
    QTest.keyClick(depth, Qt.Key.Key_Down)  # not every part: quickly
    person.write("the paraffin heater")
    summary = person.last()
    assert isinstance(summary, SummaryView)
    person.wait(lambda: summary.answer is not None, "the summary")
    assert summary.answer.citations
    person.click("Find all", modes)
    person.write("water")
    found = person.last()
    assert isinstance(found, FindView)
    person.wait(lambda: not person.window.conversation.is_answering, "what was found")
    assert {row.passage.document for row in found.rows if row.passage} == set(PDFS[:2])
    QTest.mouseClick(found.rows[0], Qt.MouseButton.LeftButton)
    person.wait(lambda: person.window.reader.page is not None, "its page")
    person.click("Ask", modes)
    person.wait(lambda: PDFS[0] in person.said(found) and PDFS[1] in person.said(found), "its documents to be in sight")
    shown = [sorted(person.said(turn).split()) for turn in (summary, found)]
    conversation = person.window.conversation
    person.wait(lambda: conversation.conversation != 0, "where it is kept")
    kept_in = conversation.conversation
    person.begin_anew()
    conversation.open_conversation(kept_in)
    person.wait(lambda: [sorted(person.said(one).split()) for one in conversation.turns] == shown, "both as they were")


def names_in(rows: QAbstractItemView) -> list[str]:
    model = rows.model()
    return [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]


def point_at(rows: QAbstractItemView, name: str) -> None:
    """Click the row of the document called ``name``."""
    place = next(number for number, words in enumerate(names_in(rows)) if name in words)
    index = rows.model().index(place, 0)
    rows.scrollTo(index)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(index).center())


def test_what_was_removed_comes_back_with_undo(person: Person) -> None:
    rows = person.find(DocumentList, person.window.library)
    point_at(rows, PDFS[1])
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    person.wait(lambda: not any(PDFS[1] in words for words in names_in(rows)), "its row to be gone")
    person.click("Undo")
    person.wait(lambda: any(PDFS[1] in words for words in names_in(rows)), "its row to be back")
    assert person.window.conversation.composer.scope  # it was chosen, and is again
    QTest.keyClick(rows, Qt.Key.Key_Escape)  # back in the list, where the keyboard is: from here on all are asked
    assert not person.window.conversation.composer.scope
    person.begin_anew()
    assert "eleven hours" in person.answer(HEATER).answer.text.lower()


def test_a_worker_that_is_killed_is_said_and_the_next_one_answers(person: Person) -> None:
    person.begin_anew()
    bar = person.window.findChild(TroubleBar)
    assert bar is not None
    person.write(GUST)
    turn = person.last()
    os.kill(int((person.home / "library.pid").read_text()), signal.SIGKILL)
    person.wait(lambda: bar.isVisible() and bar.problem is not None, "the bar")
    person.wait(lambda: bar.problem is None, "the next worker")
    person.wait(lambda: len(person.window.library.documents) == len(PDFS) + 1, "the documents")
    person.click("Ask again", turn)
    again = person.last()
    person.wait(lambda: again.answer is not None, "the answer")
    assert "41 metres per second" in again.answer.text


def test_the_quick_question_shows_passages_while_one_types_and_answers_on_enter(person: Person) -> None:
    popup = person.shell.quick
    popup.appear()
    field = person.find(QLineEdit, popup)
    QTest.keyClicks(field, GUST)
    person.wait(lambda: any(row.isVisible() for row in popup.findChildren(QuickRow)), "passages")
    QTest.keyClick(field, Qt.Key.Key_Return)
    person.wait(lambda: popup.answer is not None, "the answer")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not popup.isVisible()
    person.wait(lambda: person.window.conversation.answers and person.last().question == GUST, "the conversation")


def test_what_is_removed_for_good_is_nowhere_but_on_the_disk(person: Person) -> None:
    rows = person.find(DocumentList, person.window.library)
    file = Path(next(one.paths[0] for one in person.window.library.documents if one.name == PDFS[2]))
    for name in (PDFS[2], WRONG):  # what is removed next has the former carried out
        point_at(rows, name)
        QTest.keyClick(rows, Qt.Key.Key_Delete)
    with Session(person.home) as terminal:

        def listed() -> set[str]:
            return {one.name for one in terminal.get(Documents, ListDocuments).documents}

        person.wait(lambda: PDFS[2] not in listed(), "its end")
        *_, found = terminal.run(lambda number: Search(number, "le grand chaudron de M. Lacombe"))
        assert isinstance(found, Found)
        assert PDFS[2] not in {passage.document for passage in found.passages}
    assert file.exists()


def test_what_was_asked_is_found_after_the_program_was_closed(qapp: QApplication, tmp_path: Path) -> None:
    with opened(qapp, tmp_path / "home") as person:
        person.drop([SAMPLES / "choir-meeting.md"])
        found = {DocumentState.ANSWERABLE, DocumentState.READY}
        person.wait(lambda: {one.state for one in person.window.library.documents} & found, "the note")
        person.answer("When does the choir meet?")
        person.window.resize(700, 600)
        person.window.close()
    with opened(qapp, tmp_path / "home") as person:
        person.wait(lambda: person.window.library.documents, "the library")
        assert person.window.size().toTuple() == (700, 600)
        QTest.keyClick(person.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        history = person.find(QAbstractItemView, person.window.conversation)
        person.wait(lambda: history.model().rowCount() == 1, "the conversation")
        QTest.keyClick(person.find(QLineEdit, person.window.conversation), Qt.Key.Key_Return)
        person.wait(lambda: person.window.conversation.answers, "the answer")
        assert person.window.conversation.answers[0].question == "When does the choir meet?"
