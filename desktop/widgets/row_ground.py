"""The ground of a row in a list: what is selected, what is pointed at, what has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop.theme import Theme, space

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
