"""The parts of the library pane, as its tests reach them."""

from __future__ import annotations

from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget

from desktop.panes.library import LibraryPane
from desktop.widgets.document_list import DocumentList


def part(pane: LibraryPane, kind: type[QWidget]) -> QWidget:
    found = pane.findChild(kind)
    assert found is not None
    return found


def button(pane: QWidget, words: str) -> QPushButton:
    return next(b for b in pane.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(pane))


def buttons(pane: QWidget) -> set[str]:
    return {b.text() for b in pane.findChildren(QPushButton) if b.isVisibleTo(pane)}


def rows(pane: LibraryPane) -> list[str]:
    view = part(pane, DocumentList)
    assert isinstance(view, DocumentList)
    return [view.model().index(row, 0).data() for row in range(view.model().rowCount())]


def choose(pane: LibraryPane, name: str) -> None:
    view = part(pane, DocumentList)
    assert isinstance(view, DocumentList)
    view.setCurrentIndex(view.model().index(rows(pane).index(name), 0))


def menu_of(pane: LibraryPane) -> QMenu:
    """The menu of what is selected, as the Menu key opens it."""
    view = part(pane, DocumentList)
    assert isinstance(view, DocumentList)
    place = view.visualRect(view.currentIndex()).center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), asked)
    return next(menu for menu in pane.findChildren(QMenu) if menu.isVisible())


def pick(pane: LibraryPane, name: str, words: str) -> None:
    choose(pane, name)
    menu = menu_of(pane)
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()
