"""The collections as a list: its menu is about the collection that it was opened on."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.collection_list import CollectionList
from rag.protocol import CollectionRow

CRANES, LEASES, THESIS = (CollectionRow(name, 1) for name in ("Cranes", "Leases", "Thesis"))


def chosen(listed: CollectionList, words: str) -> QAction:
    """What the menu of the row in the middle offers so, once another has come before it and the last one has gone."""
    row = listed.visualRect(listed.model().index(1, 0)).center()
    listed.customContextMenuRequested.emit(QPoint(row))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    listed.show_rows((CollectionRow("Bridges", 1), CRANES, LEASES))
    return next(one for one in menu.actions() if one.text().startswith(words))


def test_what_comes_while_its_menu_is_open_changes_nothing_of_what_it_is_about(qtbot: QtBot, theme: Theme) -> None:
    listed, deleted = CollectionList(theme), list[str]()
    qtbot.addWidget(listed)
    listed.delete_wanted.connect(deleted.append)
    listed.show_rows((CRANES, LEASES, THESIS))
    listed.show()
    chosen(listed, "Delete").trigger()
    assert deleted == ["Leases"]
    QApplication.activePopupWidget().close()
    listed.show_rows((CRANES, LEASES, THESIS))
    chosen(listed, "Rename").trigger()
    field = listed.findChild(QLineEdit)
    assert field is not None
    assert field.text() == "Leases"
    QApplication.activePopupWidget().close()
