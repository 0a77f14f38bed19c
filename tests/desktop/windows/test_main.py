"""The main window: panes that fold, keys, drops, trouble, and where it stood the last time."""

from __future__ import annotations

import dataclasses
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop import keys
from desktop.theme import Theme
from desktop.widgets.evidence import EvidenceStrip
from desktop.widgets.fold_bar import FoldBar
from desktop.widgets.page_layout import Fit
from desktop.widgets.trouble_bar import TroubleBar
from desktop.windows.folding import Pane
from desktop.windows.main import MainWindow
from desktop.windows.shortcuts import ShortcutsDialog
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import FindAll, FoundAll, Watch
from tests.fakes.plausible import PASSAGES, STUDY
from tests.fakes.worker import FakeWorker


def shown(window: MainWindow) -> list[Pane]:
    panes = {Pane.LIBRARY: window.library, Pane.CONVERSATION: window.conversation, Pane.READER: window.reader}
    return [pane for pane, widget in panes.items() if widget.isVisible()]


def is_at(window: MainWindow, page: int) -> bool:
    return window.reader.page is not None and window.reader.page.page == page


def press(window: MainWindow, key: Qt.Key) -> None:
    QApplication.sendEvent(window, QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def test_a_citation_opens_the_reader_and_escape_closes_it(window: MainWindow) -> None:
    assert shown(window) == [Pane.LIBRARY, Pane.CONVERSATION]
    window.conversation.citation_opened.emit(PASSAGES[0], PASSAGES)
    assert shown(window) == list(Pane)
    press(window, Qt.Key.Key_Escape)
    assert shown(window) == [Pane.LIBRARY, Pane.CONVERSATION]


def test_the_card_of_what_the_reader_shows_is_marked(qtbot: QtBot, window: MainWindow, worker: FakeWorker) -> None:
    window.conversation.ask("How large was the sample?")
    turn = window.conversation.turns[-1]
    qtbot.waitUntil(lambda: turn.answer is not None)
    strip = turn.findChild(EvidenceStrip)
    assert strip is not None
    last = [card for card in strip.cards if card.isVisible()][-1]
    last.setFocus()
    qtbot.keyClick(last, Qt.Key.Key_Return)
    assert [card.is_open for card in strip.cards] == [card is last for card in strip.cards]
    QApplication.processEvents()
    assert window.focusWidget() is last, "also while the panes find their widths"
    window.reader.step(-1)
    place = strip.cards.index(last)
    assert [number for number, card in enumerate(strip.cards) if card.is_open] == [place - 1]
    press(window, Qt.Key.Key_Escape)
    assert not any(card.is_open for card in strip.cards), "no page is shown"


def test_panes_fold_as_the_window_gets_narrow_and_come_back(qtbot: QtBot, window: MainWindow) -> None:
    window.library.document_opened.emit(STUDY)
    window.resize(1000, 800)
    assert shown(window) == [Pane.CONVERSATION, Pane.READER]
    bar = window.findChild(FoldBar)
    assert bar is not None
    assert bar.isVisible()
    library = next(b for b in bar.findChildren(QPushButton) if b.accessibleName() == "Library")
    qtbot.mouseClick(library, Qt.MouseButton.LeftButton)
    assert shown(window) == [Pane.LIBRARY, Pane.CONVERSATION]
    window.resize(700, 800)
    assert shown(window) == [Pane.LIBRARY]
    window.resize(1360, 860)
    assert shown(window) == list(Pane)
    assert not bar.isVisible()


def test_f6_goes_around_the_panes(window: MainWindow) -> None:
    around = []
    for _ in range(3):
        window.step(1)
        around.append(window.focused_pane())
    assert around == [Pane.LIBRARY, Pane.CONVERSATION, Pane.LIBRARY]


def test_a_worker_that_dies_is_said_calmly_until_it_is_back(
    qtbot: QtBot, window: MainWindow, worker: FakeWorker, home: Path
) -> None:
    bar = window.findChild(TroubleBar)
    assert bar is not None
    bar._farewell.setInterval(100)  # not what a person needs to read it
    worker.die()
    qtbot.waitUntil(bar.isVisible)
    copy = next(b for b in bar.findChildren(QPushButton) if b.text() == "Copy details")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert "worker_died" in QGuiApplication.clipboard().text()
    with FakeWorker(home) as second:
        qtbot.waitUntil(lambda: bool(second.asked(Watch)))
        qtbot.waitUntil(lambda: not bar.isVisible(), timeout=20_000)


def test_the_search_field_is_reached_also_while_the_library_is_folded(window: MainWindow) -> None:
    window.resize(700, 800)
    assert shown(window) == [Pane.CONVERSATION]
    window.search()
    assert shown(window) == [Pane.LIBRARY]
    assert isinstance(window.focusWidget(), QLineEdit)


def test_where_the_window_stood_is_kept_beside_the_library(
    qtbot: QtBot, window: MainWindow, theme: Theme, client: WorkerClient, settings: Path
) -> None:
    window.resize(740, 700)
    window.close()
    assert settings.exists()
    again = MainWindow(theme, client, QSettings(str(settings), QSettings.Format.IniFormat))
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (740, 700)


def test_the_keys_are_listed_and_each_of_them_is_bound(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(
        next(b for b in window.findChildren(QPushButton) if b.accessibleName() == "Shortcuts"),
        Qt.MouseButton.LeftButton,
    )
    dialog = window.findChild(ShortcutsDialog)
    assert dialog is not None
    listed = " ".join(label.text() for label in dialog.findChildren(QLabel))
    bound = {shortcut.key().toString() for shortcut in window.findChildren(QShortcut)}
    everywhere = (
        keys.NEXT_PANE,
        keys.SEARCH_DOCUMENTS,
        keys.SEARCH_CONVERSATIONS,
        keys.NEW_CONVERSATION,
        keys.ADD_FILES,
    )
    for key in (*everywhere, keys.SHORTCUTS, keys.QUIT, keys.NEXT_CITATION, keys.LARGER, keys.FIT_WIDTH):
        assert key in bound
        assert keys.native(key) in listed
    dialog.reject()


def test_words_that_no_name_has_are_looked_for_in_every_document(
    qtbot: QtBot, window: MainWindow, worker: FakeWorker
) -> None:
    found = FoundAll(0, 2, 2, (), (), (), (), 0.1)
    worker.script.handlers[FindAll] = lambda _, link, asked: link.send(dataclasses.replace(found, id=asked.id))
    window.activateWindow()
    window.search()
    field = window.focusWidget()
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "largest gust")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(worker.asked(FindAll)))
    (asked,) = worker.asked(FindAll)
    assert isinstance(asked, FindAll)
    assert asked.question == "largest gust"
    assert window.focused_pane() is Pane.CONVERSATION
    assert window.conversation.composer.text == ""
    qtbot.waitUntil(lambda: not window.conversation.is_answering)


def test_conversations_are_searched_from_anywhere_and_escape_leads_back(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(700, 800)
    window.search()
    window.search_conversations()
    assert shown(window) == [Pane.CONVERSATION]
    field = window.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.accessibleName() == "Search conversations"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert window.conversation.isAncestorOf(window.focusWidget() or window)
    assert not field.isVisible()


def test_a_long_path_does_not_keep_the_window_from_getting_narrow(window: MainWindow) -> None:
    window.library.document_opened.emit(STUDY)
    window.show_problem(Problem("library_unwritable", {"path": "/data/" + "z" * 220}))
    window.resize(700, 800)
    assert window.width() == 700
    assert shown(window) == [Pane.READER]


def test_the_reader_is_worked_by_keyboard_alone(qtbot: QtBot, window: MainWindow) -> None:
    window.library.document_opened.emit(STUDY)
    qtbot.waitUntil(lambda: window.reader.page is not None)
    window.show_pane(Pane.READER)
    for expected in (2, 3):
        focused = window.focusWidget()
        assert focused is not None
        window.reader.page_view.go_to_end()
        qtbot.keyClick(focused, Qt.Key.Key_PageDown)
        qtbot.waitUntil(partial(is_at, window, expected))
    window.reader.show_document(dataclasses.replace(STUDY, sha256=""))
    window.show_pane(Pane.READER)
    assert window.focused_pane() is Pane.READER


def test_the_page_is_sized_from_wherever_the_keyboard_is(qtbot: QtBot, window: MainWindow) -> None:
    window.library.document_opened.emit(STUDY)
    qtbot.waitUntil(lambda: window.reader.page is not None)
    for pane in (Pane.CONVERSATION, Pane.LIBRARY):
        window.show_pane(pane)
        focused = window.focusWidget()
        assert focused is not None
        before = window.reader.page_view.scale
        qtbot.keyClick(focused, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
        assert window.reader.page_view.scale > before
        qtbot.keyClick(focused, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
        assert window.reader.page_view.fit is Fit.WIDTH
        qtbot.keyClick(focused, Qt.Key.Key_F4)
        assert window.reader.strip.isVisible()
        window.reader.strip.fold()
