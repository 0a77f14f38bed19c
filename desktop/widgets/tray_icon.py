"""The icon in the tray: how it stands is told by shapes, which need no colour to be seen."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap, QPolygonF

from desktop.theme import ICON_SIZES, Theme
from desktop.widgets.activity_ring import paint_standing

_GLYPH = QRectF(4.5, 4.5, 15, 15)
_BADGE = QRectF(13.5, 13.5, 10, 10)
"""Of a field of 24 by 24."""

_ROUND = Qt.PenJoinStyle.RoundJoin


class TrayState(StrEnum):
    """``attention``: something waits for the person."""

    IDLE = "idle"
    BUSY = "busy"
    PAUSED = "paused"
    ATTENTION = "attention"


def tray_icon(theme: Theme, state: TrayState, hundredths: int = -1) -> QIcon:
    """The phial: alone, in a ring filled to ``hundredths`` (-1: nobody knows), or with bars or an exclamation mark."""
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
            _paint_phial(painter, theme, QRectF(0, 0, 24, 24))
            _paint_mark(painter, theme)
        elif state is TrayState.PAUSED:
            _paint_phial(painter, theme, QRectF(0, 0, 24, 24))
            _paint_bars(painter, theme)
        else:
            _paint_phial(painter, theme, _GLYPH)
            paint_standing(painter, QRectF(0.5, 0.5, 23, 23), theme, hundredths / 100 if hundredths >= 0 else -1.0)
        painter.end()
        icon.addPixmap(picture)
    return icon


def _paint_phial(painter: QPainter, theme: Theme, place: QRectF) -> None:
    """The phial in ``place``, from its largest picture: the one that an icon paints by itself is that of 24 pixels."""
    largest = QSize(max(ICON_SIZES), max(ICON_SIZES))
    picture = theme.icon("phial", "teal").pixmap(largest, 1.0)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(place, picture, QRectF(picture.rect()))


def _paint_mark(painter: QPainter, theme: Theme) -> None:
    """A full triangle with an exclamation mark."""
    _clear(painter)
    painter.setPen(QPen(theme.colour("danger"), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, _ROUND))
    painter.setBrush(theme.colour("danger"))
    painter.drawPolygon(QPolygonF([QPointF(18.2, 14), QPointF(22.8, 22.6), QPointF(13.6, 22.6)]))
    painter.setPen(_pen(theme, "surface"))
    painter.drawLine(QPointF(18.2, 16.8), QPointF(18.2, 19.4))
    painter.drawPoint(QPointF(18.2, 21.6))


def _paint_bars(painter: QPainter, theme: Theme) -> None:
    """Two bars."""
    _clear(painter)
    painter.setPen(QPen(theme.colour("text"), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for x in (16.4, 20.4):
        painter.drawLine(QPointF(x, 16), QPointF(x, 21.6))


def _clear(painter: QPainter) -> None:
    """Leave nothing of the phial where the badge comes, so that each is told from the other."""
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.black)
    painter.drawEllipse(_BADGE.adjusted(-1.5, -1.5, 1.5, 1.5))
    painter.restore()


def _pen(theme: Theme, colour: str) -> QPen:
    return QPen(theme.colour(colour), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
