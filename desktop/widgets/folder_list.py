"""The folders that are followed, as a small section of the library that folds; nothing where there are none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop import keys
from desktop.theme import Theme
from desktop.widgets.buttons import Button
from desktop.widgets.document_order import is_named
from desktop.widgets.folder_row import FOLDER_ROLE, FolderRow, folder_name
from desktop.widgets.row_list import RowList
from desktop.widgets.tips import plain_tip
from rag.protocol import WatchedFolder

MOST_ROWS = 5
"""Rows that are in sight at once: the documents below need the room."""


class FolderList(QWidget):
    """``chosen``: a WatchedFolder whose documents are wanted. ``unwatch_wanted``: one to follow no longer.

    ``folder_wanted``: one to be shown.
    """

    chosen = Signal(object)
    unwatch_wanted = Signal(object)
    folder_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = QStandardItemModel(self)
        self._rows = FolderRow(theme, self)
        self._words: tuple[str, ...] = ()
        self._heading = Button()
        self._heading.setProperty("role", "heading")
        self._heading.clicked.connect(self._turn)
        self._list = self._make_list()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.space(1))
        layout.setSpacing(theme.space(0.5))
        layout.addWidget(self._heading)
        layout.addWidget(self._list)
        theme.changed.connect(self._dress)
        self.show_folders(())

    @property
    def folders(self) -> tuple[WatchedFolder, ...]:
        """Those that are shown."""
        return tuple(self._model.index(row, 0).data(FOLDER_ROLE) for row in range(self._model.rowCount()))

    def show_folders(self, folders: Sequence[WatchedFolder]) -> None:
        """Show these and no others; the row that has the keyboard keeps it."""
        ordered = sorted(folders, key=lambda one: (folder_name(one).casefold(), one.path))
        if ordered and tuple(ordered) == self.folders:
            return  # told with each change of the library, most of which are of other documents
        current = self._list.currentIndex().row()
        self._model.clear()
        for folder in ordered:
            item = QStandardItem(folder_name(folder))
            item.setEditable(False)
            item.setData(folder, FOLDER_ROLE)
            tip = plain_tip(f"{folder.path}\n{self._state_words(folder)}")
            item.setData(tip, Qt.ItemDataRole.ToolTipRole)
            item.setData(f"{folder_name(folder)}, {self._state_words(folder)}", Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        self._list.setCurrentIndex(self._model.index(max(0, min(current, self._model.rowCount() - 1)), 0))
        self._fit()
        self._dress()

    @property
    def shown(self) -> tuple[WatchedFolder, ...]:
        """Those in sight."""
        return tuple(self.folders[row] for row in self._list.shown_rows)

    def set_words(self, text: str) -> None:
        """Show those whose names hold each word of ``text``."""
        self._words = self._rows.words = tuple(text.casefold().split())
        self._fit()

    def _make_list(self) -> RowList:
        view = RowList(MOST_ROWS)
        view.setModel(self._model)
        view.setItemDelegate(self._rows)
        view.setAccessibleName(self.tr("Watched folders"))
        view.customContextMenuRequested.connect(self._open_menu)
        view.clicked.connect(self._choose)
        for key, act in (("Return", self._choose), ("Enter", self._choose), (keys.FORGET, self._unwatch)):
            shortcut = QShortcut(QKeySequence(key), view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda act=act: act(view.currentIndex()))
        return view

    def _state_words(self, folder: WatchedFolder) -> str:
        match folder.state:
            case "away":
                return self.tr("on a drive that isn’t connected")
            case "unreadable":
                return self.tr("can’t be read")
            case _:
                return self.tr("watched, %Ln document(s)", "", folder.documents)

    def _fit(self) -> None:
        for row, folder in enumerate(self.folders):
            self._list.setRowHidden(row, not is_named(folder_name(folder), self._words))
        self.setVisible(bool(self.shown))
        self._list.updateGeometry()

    def _turn(self) -> None:
        self._list.setVisible(self._list.isHidden())
        self._dress()

    def _dress(self) -> None:
        is_open = not self._list.isHidden()
        self._heading.setIcon(self._theme.icon("open" if is_open else "folded", "muted"))
        count = self._model.rowCount()
        words = self.tr("WATCHED FOLDERS")
        self._heading.setText(words if is_open else f"{words} · {QLocale().toString(count)}")
        self._heading.setAccessibleName(self.tr("Watched folders: %Ln", "", count))
        self._heading.setAccessibleDescription(self.tr("Unfolded") if is_open else self.tr("Folded"))

    def _choose(self, index: QModelIndex) -> None:
        folder = index.data(FOLDER_ROLE)
        if isinstance(folder, WatchedFolder):
            self.chosen.emit(folder)

    def _unwatch(self, index: QModelIndex) -> None:
        folder = index.data(FOLDER_ROLE)
        if isinstance(folder, WatchedFolder):
            self.unwatch_wanted.emit(folder)

    def _open_menu(self, place: QPoint) -> None:
        index = self._list.indexAt(place)
        folder = (index if index.isValid() else self._list.currentIndex()).data(FOLDER_ROLE)
        if not isinstance(folder, WatchedFolder):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Ask only these documents"), lambda: self.chosen.emit(folder))
        menu.addAction(self.tr("Show in folder"), lambda: self.folder_wanted.emit(folder))
        menu.addSeparator()
        menu.addAction(self.tr("Stop watching"), lambda: self.unwatch_wanted.emit(folder))
        menu.popup(self._list.viewport().mapToGlobal(place))
