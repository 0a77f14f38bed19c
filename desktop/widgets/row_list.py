"""A list in the library that is as high as its rows, up to a few, and gives way where there is little room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy, QWidget


class RowList(QListView):
    """``most`` rows are in sight at once; one at least. Nothing is selected in it: a row is opened."""

    def __init__(self, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    @property
    def shown_rows(self) -> tuple[int, ...]:
        """The rows that are not hidden."""
        return tuple(row for row in range(self.model().rowCount()) if not self.isRowHidden(row))

    def sizeHint(self) -> QSize:
        """As high as the rows, up to the most that are in sight."""
        return self._size(min(self._most, len(self.shown_rows)))

    def minimumSizeHint(self) -> QSize:
        """One row."""
        return self._size(min(1, len(self.shown_rows)))

    def _size(self, rows: int) -> QSize:
        return QSize(super().minimumSizeHint().width(), rows * max(0, self.sizeHintForRow(0)))
