"""What is dropped on the main window, and what is pasted into its library."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.widgets.document_list import DocumentList
from desktop.widgets.drop import DropState
from desktop.widgets.dropped import COPIED_FILES
from desktop.widgets.notice import Notice
from desktop.windows.main import MainWindow
from rag.protocol import Ask, Index
from tests.fakes.worker import FakeWorker

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
PLACE = QPoint(9, 9)
COPY, LINK, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.LinkAction, Qt.DropAction.MoveAction


def hold(window: MainWindow, data: QMimeData) -> QDragEnterEvent:
    entering = QDragEnterEvent(PLACE, Qt.DropAction.CopyAction, data, LEFT, NONE)
    QApplication.sendEvent(window, entering)
    return entering


def drop(window: MainWindow, data: QMimeData, actions: Qt.DropAction = COPY | MOVE) -> Qt.DropAction:
    """What the program that gave it is told of what became of it."""
    hold(window, data)
    dropping = QDropEvent(QPointF(PLACE), actions, data, LEFT, Qt.KeyboardModifier.ShiftModifier)
    QApplication.sendEvent(window, dropping)
    assert dropping.isAccepted()
    return dropping.dropAction()


def cover_of(window: MainWindow) -> DropState:
    cover = window.findChild(DropState)
    assert cover is not None
    return cover


def said(window: MainWindow) -> str:
    return " ".join(label.text() for label in cover_of(window).findChildren(QLabel))


def text(words: str) -> QMimeData:
    data = QMimeData()
    data.setText(words)
    return data


def paths_asked(qtbot: QtBot, worker: FakeWorker) -> tuple[str, ...]:
    qtbot.waitUntil(lambda: bool(worker.asked(Index)))
    asked = worker.asked(Index)[0]
    assert isinstance(asked, Index)
    return asked.paths


def test_dropped_files_are_taken_in_and_what_is_on_the_web_is_refused(
    qtbot: QtBot, window: MainWindow, worker: FakeWorker
) -> None:
    data = QMimeData()
    data.setUrls(
        [QUrl.fromLocalFile("/papers/a.pdf"), QUrl("https://example.org/b.pdf"), QUrl.fromLocalFile("/papers/c")]
    )
    assert hold(window, data).isAccepted()
    assert cover_of(window).isVisible()
    assert "add to your library" in said(window)
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not cover_of(window).isVisible()
    drop(window, data)
    assert not cover_of(window).isVisible()
    assert paths_asked(qtbot, worker) == ("/papers/a.pdf", "/papers/c")
    notice = window.library.findChild(Notice)
    assert notice is not None
    assert "https://example.org/b.pdf" in notice.accessibleDescription()
    assert "fetches nothing" in notice.accessibleDescription()


def test_text_that_names_no_file_is_a_question_that_nobody_sends(window: MainWindow, worker: FakeWorker) -> None:
    hold(window, text("Which gust speed?"))
    assert "Drop to ask" in said(window)
    drop(window, text("Which gust speed?"))
    assert window.conversation.composer.text == "Which gust speed?"
    assert window.conversation.isAncestorOf(window.focusWidget() or window)
    assert not worker.asked(Ask)


def test_what_is_on_the_web_or_is_nothing_is_not_taken(window: MainWindow, worker: FakeWorker) -> None:
    hold(window, text("https://example.org/page"))
    assert "isn’t on this computer" in said(window)
    drop(window, text("https://example.org/page"))
    data = QMimeData()
    data.setData("application/x-colour", b"teal")
    assert not hold(window, data).isAccepted()
    assert not cover_of(window).isVisible()
    assert not worker.asked(Index)
    assert window.conversation.composer.text == ""


def test_what_is_dropped_stays_where_it_is(qtbot: QtBot, window: MainWindow, worker: FakeWorker) -> None:
    names = text("file:///papers/a%20b.pdf\n'/papers/c.pdf'")
    for actions, told in ((COPY | MOVE, COPY), (LINK | MOVE, LINK), (MOVE, Qt.DropAction.IgnoreAction)):
        assert drop(window, names, actions) == told, "a program that hears of a move deletes its file"
    assert paths_asked(qtbot, worker) == ("/papers/a b.pdf", "/papers/c.pdf")


def test_the_library_stays_in_sight_where_there_is_room(qtbot: QtBot, window: MainWindow) -> None:
    hold(window, text("/papers/a.pdf"))
    assert cover_of(window).x() >= window.library.width()
    window.resize(700, 800)
    window.search()
    QApplication.processEvents()
    hold(window, text("/papers/a.pdf"))
    assert cover_of(window).x() < 20
    assert cover_of(window).width() > 660


def test_files_that_were_copied_are_pasted_into_the_list(qtbot: QtBot, window: MainWindow, worker: FakeWorker) -> None:
    data = QMimeData()
    data.setData(COPIED_FILES, b"copy\nfile:///papers/a.pdf")
    QGuiApplication.clipboard().setMimeData(data)
    documents = window.library.findChild(DocumentList)
    assert documents is not None
    documents.setFocus()
    qtbot.keyClick(documents, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert paths_asked(qtbot, worker) == ("/papers/a.pdf",)
