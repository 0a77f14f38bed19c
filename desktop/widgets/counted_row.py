"""A row of the library that stands for many documents: what it is, its name, how many there are."""

from __future__ import annotations

import dataclasses
from abc import abstractmethod

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.theme import Theme, space
from desktop.widgets.marked_line import paint_name
from desktop.widgets.row_ground import ICON, paint_ground

Index = QModelIndex | QPersistentModelIndex


@dataclasses.dataclass(frozen=True)
class Counted:
    """What a row shows: the icon (of assets/icons) and its token, the name and its token, how many documents."""

    icon: str
    icon_ink: str
    name: str
    ink: str
    documents: int


class CountedRow(QStyledItemDelegate):
    """Paints in the way of a document's row. ``words``, casefolded, are marked in the names."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.words: tuple[str, ...] = ()

    @abstractmethod
    def counted(self, index: Index) -> Counted | None:
        """What the row at ``index`` shows; None where it shows nothing."""

    def sizeHint(self, option: QStyleOptionViewItem, _: Index) -> QSize:
        """A row of text with air above and below."""
        return QSize(space(20), QFontMetrics(option.font).height() + space(2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row."""
        counted = self.counted(index)
        if counted is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, self._theme)
        inner: QRect = option.rect.adjusted(space(1), 0, -space(1), 0)
        icon = QRect(inner.left(), inner.center().y() - ICON // 2 + 1, ICON, ICON)
        drawing = self._theme.icon(counted.icon, counted.icon_ink)
        drawing.paint(painter, QStyle.visualRect(option.direction, inner, icon))
        count = QLocale().toString(counted.documents)
        small = self._theme.small(option.font)
        painter.setFont(small)
        painter.setPen(self._theme.colour("muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignRight) | middle, count)
        taken = QFontMetrics(small).horizontalAdvance(count) + space(1)
        paint_name(
            painter,
            self._name_place(option, taken),
            counted.name,
            words=self.words,
            font=option.font,
            ink=counted.ink,
            theme=self._theme,
            is_mirrored=option.direction == Qt.LayoutDirection.RightToLeft,
        )
        painter.restore()

    def _name_place(self, option: QStyleOptionViewItem, taken: int = 0) -> QRect:
        """Where the name stands, beside ``taken`` pixels at the other end."""
        inner: QRect = option.rect.adjusted(space(1), 0, -space(1), 0)
        return QStyle.visualRect(option.direction, inner, inner.adjusted(ICON + space(1.25), 0, -taken, 0))
