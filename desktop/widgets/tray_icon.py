"""The icon in the tray: how it stands is told by shapes, which need no colour to be seen."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap

from desktop.theme import ICON_SIZES, Theme
from desktop.widgets.activity_ring import paint_standing

_GLYPH = QRectF(4.5, 4.5, 15, 15)
_BADGE = QRectF(13.5, 13.5, 10, 10)
"""Of a field of 24 by 24."""


class TrayState(StrEnum):
    """``attention``: something waits for the person."""

    IDLE = "idle"
    BUSY = "busy"
    PAUSED = "paused"
    ATTENTION = "attention"


def tray_icon(theme: Theme, state: TrayState, hundredths: int = -1) -> QIcon:
    """The phial: alone, in a ring filled to ``hundredths`` (-1: nobody knows), with bars, or with an exclamation mark."""
    if state is TrayState.IDLE:
        return theme.icon("phial", "teal")
    icon = QIcon()
    for pixels in ICON_SIZES:
        picture = QPixmap(QSize(pixels, pixels))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(pixels / 24, pixels / 24)
        if state is TrayState.ATTENTION:
            theme.icon("phial", "teal").paint(painter, QRectF(0, 0, 24, 24).toRect())
            _paint_mark(painter, theme)
        elif state is TrayState.PAUSED:
            theme.icon("phial", "teal").paint(painter, QRectF(0, 0, 24, 24).toRect())
            _paint_bars(painter, theme)
        else:
            theme.icon("phial", "teal").paint(painter, _GLYPH.toRect())
            paint_standing(painter, QRectF(0.5, 0.5, 23, 23), theme, hundredths / 100 if hundredths >= 0 else -1.0)
        painter.end()
        icon.addPixmap(picture)
    return icon


def _paint_mark(painter: QPainter, theme: Theme) -> None:
    """A full disc with an exclamation mark."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("danger"))
    painter.drawEllipse(_BADGE)
    painter.setPen(_pen(theme, "surface"))
    middle = _BADGE.center()
    painter.drawLine(middle - QPointF(0, 2.6), middle + QPointF(0, 0.4))
    painter.drawPoint(middle + QPointF(0, 2.8))


def _paint_bars(painter: QPainter, theme: Theme) -> None:
    """A full disc with two bars."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("muted"))
    painter.drawEllipse(_BADGE)
    painter.setPen(_pen(theme, "surface"))
    middle = _BADGE.center()
    for side in (-1.5, 1.5):
        painter.drawLine(middle + QPointF(side, -2), middle + QPointF(side, 2))


def _pen(theme: Theme, colour: str) -> QPen:
    return QPen(theme.colour(colour), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
