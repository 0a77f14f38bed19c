"""What hangs at the pointer while documents are dragged."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.theme import Theme, space

WIDEST = 240
"""Device-independent pixels."""


def drag_card(words: str, theme: Theme, over: QWidget) -> QPixmap:
    """A small card that says ``words``, sharp on the screen of ``over``."""
    metrics = QFontMetrics(over.font())
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, WIDEST)
    width, height = metrics.horizontalAdvance(shown) + space(3), metrics.height() + space(1.5)
    ratio = over.devicePixelRatioF()
    card = QPixmap(round(width * ratio), round(height * ratio))
    card.setDevicePixelRatio(ratio)
    card.fill(Qt.GlobalColor.transparent)
    painter = QPainter(card)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(over.font())
    painter.setPen(theme.colour("teal"))
    painter.setBrush(theme.colour("teal_soft"))
    place = QRectF(0.5, 0.5, width - 1, height - 1)
    painter.drawRoundedRect(place, space(0.75), space(0.75))
    painter.setPen(theme.colour("text"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
    painter.end()
    return card
