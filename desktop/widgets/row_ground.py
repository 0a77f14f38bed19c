"""What the rows of lists have in common: their ground, and a name that is cut where there is no room for it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop.theme import Theme, space
from desktop.widgets.direction import direction_of

ICON = 16
"""Device-independent pixels of a row's icon."""


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    """Paint the ground of the row that ``option`` describes."""
    state = option.state
    place = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
    is_selected = bool(state & QStyle.StateFlag.State_Selected)
    if is_selected or state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("teal_soft" if is_selected else "hover"))
        painter.drawRoundedRect(place, space(0.75), space(0.75))
    if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(theme.colour("teal"))
        painter.drawRoundedRect(place, space(0.75), space(0.75))


def paint_line(
    painter: QPainter,
    option: QStyleOptionViewItem,
    place: QRect,
    words: str,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Paint a person's ``words`` in ``place``, from the side that reading begins at, cut where they are too long.

    Whatever they are written in: an Arabic name stands at the left among English ones, read from its right.
    """
    shown = QFontMetrics(painter.font()).elidedText(words, mode, place.width())
    painter.setLayoutDirection(direction_of(words))
    leading = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
    painter.drawText(place, leading | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, shown)
    painter.setLayoutDirection(option.direction)
