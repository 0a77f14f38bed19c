"""The window of the index's health: how it is reached, and how it is left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QListView, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop import keys
from desktop.widgets.document_list import DocumentList
from desktop.widgets.notice import Notice
from desktop.windows.main import MainWindow
from rag.errors import Problem
from rag.protocol import DocumentState
from tests.fakes.plausible import NOTES, STUDY, document
from tests.fakes.worker import FakeWorker

TORN = document("Torn.pdf", DocumentState.FAILED, pages=0, reason=Problem("pdf_broken", {"path": "Torn.pdf"}))


@pytest.fixture
def with_trouble(qtbot: QtBot, window: MainWindow, worker: FakeWorker) -> MainWindow:
    worker.change(TORN)
    qtbot.waitUntil(lambda: len(window.library.documents) == 3)
    return window


def view_of(window: MainWindow) -> QListView:
    view = window.health.findChild(QListView)
    assert view is not None
    return view


def test_it_is_reached_by_its_key_and_left_with_escape(qtbot: QtBot, with_trouble: MainWindow) -> None:
    window = with_trouble
    key = next(one for one in window.findChildren(QPushButton) if one.accessibleName() == "Index health")
    assert keys.native(keys.HEALTH) in key.toolTip()
    key.click()
    qtbot.waitUntil(lambda: len(window.health.pane.rows) == 3)
    view_of(window).setCurrentIndex(view_of(window).model().index(0, 0))
    notice = window.health.findChild(Notice)
    assert notice is not None
    assert notice.isVisible()
    qtbot.keyClick(view_of(window), Qt.Key.Key_Escape)
    assert notice.isHidden()
    assert window.health.isVisible()
    qtbot.keyClick(view_of(window), Qt.Key.Key_Escape)
    assert window.health.isHidden()


def test_a_document_s_menu_leads_to_its_pages(qtbot: QtBot, with_trouble: MainWindow) -> None:
    window = with_trouble
    documents = window.library.findChild(DocumentList)
    assert documents is not None
    documents.selectAll()
    documents.clearSelection()
    documents.setCurrentIndex(documents.model().index(0, 0))
    documents.customContextMenuRequested.emit(documents.visualRect(documents.currentIndex()).center())
    menu = window.library.findChild(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert menu is not None
    entry = next(one for one in menu.actions() if isinstance(one, QAction) and one.text() == "Page by page…")
    entry.trigger()
    menu.close()
    qtbot.waitUntil(lambda: view_of(window).currentIndex().data() == STUDY.name)


def test_enter_in_the_search_presses_no_button(qtbot: QtBot, with_trouble: MainWindow) -> None:
    window = with_trouble
    window.show_health(TORN.key)
    qtbot.waitUntil(lambda: view_of(window).currentIndex().data() == TORN.name)
    notice = window.health.findChild(Notice)
    assert notice is not None
    assert notice.isVisible()
    search = next(f for f in window.health.findChildren(QLineEdit) if f.accessibleName() == "Search documents by name")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert notice.isVisible()


def test_what_is_opened_there_is_read_in_the_main_window(qtbot: QtBot, with_trouble: MainWindow) -> None:
    window = with_trouble
    window.show_health(NOTES.key)
    qtbot.waitUntil(lambda: view_of(window).currentIndex().data() == NOTES.name)
    qtbot.keyClick(view_of(window), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.reader.page is not None and window.reader.page.name == NOTES.name)
