"""Failures where a person meets them in the window: each says what to do, and has a button that does it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.panes.library_notice import LibraryNotice
from desktop.panes.reader_trouble import ReaderTrouble
from desktop.widgets.trouble import TroubleCard
from desktop.widgets.trouble_bar import TroubleBar
from desktop.widgets.undo_bar import UndoBar
from desktop.windows.folding import Pane
from desktop.windows.main import MainWindow
from rag.errors import Problem
from rag.protocol import Ask, Failed, Index, Remove, ShowPage
from tests.fakes.plausible import CITATIONS, STUDY
from tests.fakes.worker import FakeWorker


def press(qtbot: QtBot, inside: QWidget, words: str) -> None:
    button = next(one for one in inside.findChildren(QPushButton) if one.text() == words and one.isVisibleTo(inside))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def fails(worker: FakeWorker, kind: type[Ask | Index | ShowPage], problem: Problem) -> None:
    worker.script.handlers[kind] = lambda _, link, request: link.send(Failed(request.id, problem))


def test_without_a_model_the_answer_leads_to_the_models(qtbot: QtBot, window: MainWindow, worker: FakeWorker) -> None:
    fails(worker, Ask, Problem("no_model"))
    window.conversation.ask("Why?")
    turn = window.conversation.turns[-1]
    card = turn.findChild(TroubleCard)
    assert card is not None
    qtbot.waitUntil(lambda: card.problem is not None)
    assert card.accessibleName() == "No language model is installed."
    press(qtbot, card, "Show the models")
    assert window.models.isVisible()
    window.models.hide()


def test_a_full_disk_is_said_where_the_documents_were_dropped(
    qtbot: QtBot, window: MainWindow, worker: FakeWorker
) -> None:
    fails(worker, Index, Problem("disk_full", {"path": "/home/ada/.local/share/phial"}))
    window.library.add_paths(["/home/ada/report.pdf"])
    notice = window.library.findChild(LibraryNotice)
    assert notice is not None
    qtbot.waitUntil(lambda: notice.accessibleName() == "The disk is full.")
    assert "Free some space" in notice.accessibleDescription()


def test_a_shortcut_that_is_taken_leads_to_the_settings(qtbot: QtBot, window: MainWindow) -> None:
    window.show_problem(Problem("shortcut_taken", {"shortcut": "Ctrl+Alt+Space"}))
    bar = window.findChild(TroubleBar)
    assert bar is not None
    with qtbot.waitSignal(window.settings_wanted):
        press(qtbot, bar, "Choose another")


def test_a_damaged_library_leads_to_its_folder(
    qtbot: QtBot, window: MainWindow, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    window.show_problem(Problem("library_damaged", {"path": str(home / "library.db")}))
    bar = window.findChild(TroubleBar)
    assert bar is not None
    press(qtbot, bar, "Show the data folder")
    assert shown == [QUrl.fromLocalFile(str(home))]


@pytest.mark.parametrize("width", [1360, 700], ids=["all_panes", "one_pane"])
def test_what_is_gone_from_the_disk_is_removed_from_the_reader_and_can_be_brought_back(
    qtbot: QtBot, window: MainWindow, worker: FakeWorker, width: int
) -> None:
    window.resize(width, 860)
    fails(worker, ShowPage, missing := Problem("path_missing", {"path": STUDY.name}))
    window.show_page(CITATIONS[0], CITATIONS)
    qtbot.waitUntil(lambda: window.reader.trouble == missing)
    trouble = window.reader.findChild(ReaderTrouble)
    assert trouble is not None
    press(qtbot, trouble, "Remove from Phial")
    assert not window.reader.isVisible()
    assert STUDY not in window.library.documents
    assert window.focused_pane() is Pane.LIBRARY
    bar = window.library.findChild(UndoBar)
    assert bar is not None
    assert bar.isVisible(), "the way back is in sight, however narrow the window is"
    press(qtbot, bar, "Undo")
    assert STUDY in window.library.documents
    assert not worker.asked(Remove)
