"""Somebody looks something up while a summary is made: with everything real it goes on, is kept and is found again."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from desktop.widgets.summary_view import SummaryView
from desktop.widgets.turn import TurnView
from rag.protocol import Conversations, DocumentState, ListConversations
from rag.session import Session
from tests.end_to_end.conftest import SAMPLES
from tests.end_to_end.person import opened

NOTEBOOK = "sourdough-notebook.md"
LOAF = "What core temperature does the loaf have when it is done?"


def test_a_summary_goes_on_while_a_question_is_answered_elsewhere(qapp: QApplication, tmp_path: Path) -> None:
    notebook = Path(shutil.copy(SAMPLES / NOTEBOOK, tmp_path))
    with opened(qapp, tmp_path / "home") as person:
        person.drop([notebook])
        library, pane = person.window.library, person.window.conversation
        person.wait(lambda: [one.state for one in library.documents] == [DocumentState.READY], "the notebook")
        person.click("Summarise", pane.composer.modes)
        depth = next(box for box in pane.composer.modes.findChildren(QComboBox) if box.findData("quick") >= 0)
        QTest.keyClick(depth, Qt.Key.Key_Down)  # not every part
        person.write("salt")
        assert isinstance(person.last(), SummaryView)
        pane.new_conversation()
        person.click("Ask", pane.composer.modes)
        answer = person.answer(LOAF).answer
        assert answer is not None
        assert "97" in answer.text
        person.wait(lambda: not pane.awaited, "the summary to be kept")
        assert [type(turn) for turn in pane.turns] == [TurnView], "where the question was asked there is no summary"
        person.window.show_activities()
        row = next(one for one in person.window.activity_pane.rows if one.words[0].startswith("Summing up"))
        person.click(f"Open: {row.words[0]}", row)
        person.wait(lambda: [type(turn) for turn in pane.turns] == [SummaryView], "the summary")
        summary = pane.turns[0]
        assert isinstance(summary, SummaryView)
        assert summary.answer is not None
        assert summary.answer.citations
        with Session(person.home) as session:
            kept = session.get(Conversations, ListConversations).conversations
    assert {(one.title, one.turns) for one in kept} == {(LOAF, 1), (f"Summarise {NOTEBOOK}: salt", 1)}
