"""The collections as a list: opened, renamed and deleted by mouse and by keyboard, and dropped upon."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from desktop import keys
from desktop.theme import Theme
from desktop.widgets.collection_row import COLLECTION_ROLE, CollectionRows
from desktop.widgets.counted_words import CountedWords
from desktop.widgets.document_model import dragged
from desktop.widgets.document_order import is_named
from desktop.widgets.dropped import dropped, take_a_copy
from desktop.widgets.row_list import RowList
from desktop.widgets.tips import plain_tip
from rag.protocol import CollectionRow

MOST_ROWS = 6
"""Rows that are in sight at once: the documents below need the room."""


class CollectionList(RowList):
    """``opened``, ``delete_wanted`` and ``files_wanted`` carry a name; ``renamed`` also the one that was written.

    ``documents_dropped``: a name, the keys of documents, and whether they are to leave the collection that is open.
    ``files_dropped``: a name and what was Dropped.
    """

    opened = Signal(str)
    renamed = Signal(str, str)
    delete_wanted = Signal(str)
    files_wanted = Signal(str)
    documents_dropped = Signal(str, object, bool)
    files_dropped = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(MOST_ROWS, parent)
        self._words: tuple[str, ...] = ()
        self._items = QStandardItemModel(self)
        self._painter = CollectionRows(theme, self)
        self._painter.renamed.connect(self.renamed)
        self.setModel(self._items)
        self.setItemDelegate(self._painter)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.viewport().setAcceptDrops(True)
        self.setAccessibleName(self.tr("Collections"))
        self.customContextMenuRequested.connect(self._open_menu)
        self.clicked.connect(self._open)
        for key in ("Return", "Enter"):
            self._bind(key).connect(lambda: self._open(self.currentIndex()))
        self._bind(keys.FORGET).connect(lambda: self._want(self.delete_wanted, self.currentIndex()))
        theme.changed.connect(self.viewport().update)
        self.show_rows(())

    @property
    def shown(self) -> tuple[str, ...]:
        """The names in sight."""
        return tuple(self._items.item(row).text() for row in self.shown_rows)

    def show_rows(self, rows: Sequence[CollectionRow], open_name: str = "") -> None:
        """Show these and no others, ``open_name`` as the one that is open; a name that is being written stays."""
        self._painter.open_name = open_name
        wanted = {row.name: row for row in sorted(rows, key=lambda row: row.name.casefold())}
        for place in reversed(range(self._items.rowCount())):
            if self._items.item(place).text() not in wanted:
                self._items.removeRow(place)
        for place, row in enumerate(wanted.values()):
            item = self._items.item(place) if place < self._items.rowCount() else None
            if item is None or item.text() != row.name:
                item = QStandardItem(row.name)
                self._items.insertRow(place, item)
            self._tell(item, row, is_open=row.name == open_name)
        self._fit()
        self.viewport().update()

    def set_words(self, text: str) -> None:
        """Show those whose names hold each word of ``text``."""
        self._words = self._painter.words = tuple(text.casefold().split())
        self._fit()
        self.viewport().update()

    def _tell(self, item: QStandardItem, row: CollectionRow, *, is_open: bool) -> None:
        count = CountedWords().documents(row.documents)
        said = self.tr("{name}, collection, {count}").format(name=row.name, count=count)
        item.setData(row, COLLECTION_ROLE)
        item.setData(plain_tip(f"{row.name}\n{count}"), Qt.ItemDataRole.ToolTipRole)
        item.setData(f"{said}, {self.tr('open')}" if is_open else said, Qt.ItemDataRole.AccessibleTextRole)

    def _fit(self) -> None:
        for row in range(self._items.rowCount()):
            self.setRowHidden(row, not is_named(self._items.item(row).text(), self._words))
        self.setVisible(bool(self.shown_rows))
        self.updateGeometry()

    # --- what the person does ---------------------------------------------------------------------------------------

    def _bind(self, key: str) -> SignalInstance:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        return shortcut.activated

    def _open(self, index: QModelIndex) -> None:
        self._want(self.opened, index)

    def _want(self, signal: SignalInstance, index: QModelIndex) -> None:
        if index.isValid():
            signal.emit(index.data())

    def _open_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        index = index if index.isValid() else self.currentIndex()
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        name = str(index.data())
        row = QPersistentModelIndex(index)  # others may come and go while the menu is open
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Show and ask only these documents"), lambda: self.opened.emit(name))
        menu.addAction(self.tr("Add files to it…"), lambda: self.files_wanted.emit(name))
        menu.addSeparator()
        rename = menu.addAction(self.tr("Rename"), lambda: self.edit(self._items.index(row.row(), 0)))
        delete = menu.addAction(self.tr("Delete (its documents stay)"), lambda: self.delete_wanted.emit(name))
        # Shown beside the words; the list itself acts on the keys.
        rename.setShortcut(keys.RENAME)
        delete.setShortcut(keys.FORGET)
        menu.popup(self.viewport().mapToGlobal(place))

    # --- what is dropped --------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Documents of the list, and files, can go into a collection."""
        self._point(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show into which."""
        self._point(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They go elsewhere."""
        event.accept()
        self._aim("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Put them into the collection."""
        name, documents = self._name_at(event), dragged(event.mimeData())
        self._aim("")
        if not name:
            event.ignore()
            return
        if documents:
            event.accept()
            leaves = event.dropAction() == Qt.DropAction.MoveAction
            self.documents_dropped.emit(name, documents, leaves)
        else:
            take_a_copy(event)
            self.files_dropped.emit(name, dropped(event.mimeData()))

    def _point(self, event: QDragMoveEvent) -> None:
        name = self._name_at(event) if _can_hold(event.mimeData()) else ""
        self._aim(name)
        if not name:
            event.ignore()
        elif dragged(event.mimeData()):
            event.acceptProposedAction()
        else:
            take_a_copy(event)

    def _name_at(self, event: QDropEvent) -> str:
        index = self.indexAt(event.position().toPoint())
        return str(index.data()) if index.isValid() else ""

    def _aim(self, name: str) -> None:
        self._painter.target = name
        self.viewport().update()


def _can_hold(data: QMimeData) -> bool:
    return bool(dragged(data) or dropped(data).paths)
