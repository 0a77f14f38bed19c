"""The outline of a document as a tree: its sections, the one that is read marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from desktop.theme import Theme
from desktop.widgets.tips import plain_tip
from rag.protocol import OutlineEntry

_MOST_UNFOLDED = 120
"""Sections up to which the whole tree is shown; of a larger one, its chapters."""

_INDENT = 1.75
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class OutlineModel(QAbstractItemModel):
    """Sections under sections, each a row; their order is that of the document."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: Sequence[OutlineEntry] = ()
        self._parents: list[int] = []
        self._rows: list[int] = []
        self._children: dict[int, list[int]] = {-1: []}

    def show_entries(self, entries: Sequence[OutlineEntry]) -> None:
        """The sections; each is under the last one before it whose level is higher."""
        self.beginResetModel()
        self._entries, self._parents, self._rows, self._children = entries, [], [], {-1: []}
        above: list[int] = []
        for number, entry in enumerate(entries):
            while above and entries[above[-1]].level >= entry.level:
                above.pop()
            parent = above[-1] if above else -1
            among = self._children.setdefault(parent, [])
            self._parents.append(parent)
            self._rows.append(len(among))
            among.append(number)
            above.append(number)
        self.endResetModel()

    @property
    def entries(self) -> Sequence[OutlineEntry]:
        """The sections."""
        return self._entries

    def entry_of(self, index: _Index) -> OutlineEntry | None:
        """The section of a row."""
        return self._entries[index.internalId()] if index.isValid() else None

    def index_of(self, number: int) -> QModelIndex:
        """The row of the section with this number, from 0."""
        return self.createIndex(self._rows[number], 0, number)

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        """A row under another."""
        among = self._children.get(self._number(parent), [])
        return self.createIndex(row, column, among[row]) if 0 <= row < len(among) and column == 0 else QModelIndex()

    def parent(self, index: _Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        """The row that another is under."""
        above = self._parents[index.internalId()] if index.isValid() else -1
        return self.index_of(above) if above >= 0 else QModelIndex()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many sections are under one."""
        return len(self._children.get(self._number(parent), ()))

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: ARG002 - Qt's
        """Their titles."""
        return 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The title of a section, and where it begins."""
        entry = self.entry_of(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(entry.title)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.tr("Page {number}").format(number=entry.page)
        return None

    def _number(self, index: _Index) -> int:
        return index.internalId() if index.isValid() else -1


class OutlineView(QTreeView):
    """``chosen``: a page's number, and where in its text the section begins, -1 where that is not known."""

    chosen = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections = OutlineModel(self)
        self.setModel(self._sections)
        self.setProperty("role", "read")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(theme.space(_INDENT))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Outline"))
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def show_entries(self, entries: Sequence[OutlineEntry]) -> None:
        """These are the sections."""
        self._sections.show_entries(entries)
        if len(entries) <= _MOST_UNFOLDED:
            self.expandAll()

    def show_page(self, number: int) -> None:
        """Mark the section that is read on a page: the last that begins on it or before."""
        entries = self._sections.entries
        here = next((place for place in reversed(range(len(entries))) if entries[place].page <= number), None)
        chosen = self._sections.entry_of(self.currentIndex())
        if here is None or (chosen is not None and chosen.page == number):
            return  # the one that was chosen is on this page: it is not taken away for a later one
        index = self._sections.index_of(here)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _choose(self, index: QModelIndex) -> None:
        entry = self._sections.entry_of(index)
        if entry is not None:
            self.chosen.emit(entry.page, entry.start)
