"""A watched folder as a row of the library: its name, and how many documents it holds, or that it is away."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.theme import Theme, space
from desktop.widgets.row_ground import ICON, paint_ground
from rag.protocol import WatchedFolder

FOLDER_ROLE = Qt.ItemDataRole.UserRole + 1
"""The row's WatchedFolder."""

_ICONS = {"watched": ("watched", "text"), "away": ("away", "muted"), "unreadable": ("warning", "amber_text")}
_Index = QModelIndex | QPersistentModelIndex


def folder_name(folder: WatchedFolder) -> str:
    """What a person calls it: the last part of its path, all of it where there is none."""
    return PurePath(folder.path).name or folder.path


def is_inside(path: str, folder: WatchedFolder) -> bool:
    """Whether the file at ``path`` lies in ``folder``, however deep."""
    return PurePath(path).is_relative_to(folder.path)


class FolderRow(QStyledItemDelegate):
    """Paints a WatchedFolder in the way of a document's row."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _: _Index) -> QSize:
        """A row of text with air above and below."""
        return QSize(space(20), QFontMetrics(option.font).height() + space(2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the row."""
        folder = index.data(FOLDER_ROLE)
        if not isinstance(folder, WatchedFolder):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, self._theme)
        inner: QRect = option.rect.adjusted(space(1), 0, -space(1), 0)
        icon = QRect(inner.left(), inner.center().y() - ICON // 2 + 1, ICON, ICON)
        drawing = self._theme.icon(*_ICONS.get(folder.state, _ICONS["watched"]))
        drawing.paint(painter, QStyle.visualRect(option.direction, inner, icon))
        count = QLocale().toString(folder.documents)
        small = self._theme.small(option.font)
        painter.setFont(small)
        painter.setPen(self._theme.colour("muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignRight) | middle, count)
        taken = QFontMetrics(small).horizontalAdvance(count) + space(1)
        name = QStyle.visualRect(option.direction, inner, inner.adjusted(ICON + space(1.25), 0, -taken, 0))
        painter.setFont(option.font)
        painter.setPen(self._theme.colour("text" if folder.state == "watched" else "muted"))
        shown = QFontMetrics(option.font).elidedText(folder_name(folder), Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft) | middle, shown)
        painter.restore()
