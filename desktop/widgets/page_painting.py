"""A page as it is drawn: its paper, its picture, and on them what was cited, what was found, what is selected."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QRegion, QTransform

from desktop.theme import Theme
from rag.protocol import Box

_ROUNDING = 2
"""Pixels by which a picture may differ from its place and still be drawn as it is."""

_PALE, _STRONG = 0.55, 2.0
"""How strong the marks of what was found are, and of the one that is gone to, as shares of a citation's."""

_SELECTED = 0.28
"""How strong the ink of a selection is."""


@dataclasses.dataclass
class Sheet:
    """What is known of a page that is to be drawn; boxes are in points."""

    picture: QImage | None = None
    marks: tuple[Box, ...] = ()
    hits: tuple[Box, ...] = ()
    hit: tuple[Box, ...] = ()
    """The one of the hits that is gone to."""
    selected: tuple[Box, ...] = ()


def paint_sheet(painter: QPainter, place: QRect, points: QTransform, sheet: Sheet, theme: Theme, ratio: float) -> None:
    """Draw a page in ``place``, dimmed where the theme is dark, and the marks so that its letters stay black.

    ``points`` leads from the page's points to the painter's pixels, of which ``ratio`` of the screen's are one.
    """
    painter.save()
    painter.setClipRect(place)  # a picture may be a pixel larger than its page
    painter.fillRect(place, Qt.GlobalColor.white)
    if sheet.picture is not None:
        _draw(painter, place, points, sheet.picture, ratio)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.fillRect(place, theme.colour("paper"))
    painter.setPen(Qt.PenStyle.NoPen)
    amber = theme.colour("amber")
    for boxes, ink in (
        (sheet.marks, amber),
        (sheet.hits, _of_strength(amber, _PALE * amber.alphaF())),
        (sheet.hit, _of_strength(amber, _STRONG * amber.alphaF())),
        (sheet.selected, _of_strength(theme.colour("teal"), _SELECTED)),
    ):
        if boxes:
            painter.setBrush(_on_white(ink))
            painter.drawPath(_as_one(places_of(boxes, points)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setPen(theme.colour("line"))
    painter.drawRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


def places_of(boxes: Iterable[Box], points: QTransform) -> list[QRect]:
    """Where ``boxes`` are drawn."""
    return [
        points.mapRect(QRectF(left, top, right - left, bottom - top)).toAlignedRect()
        for left, top, right, bottom in boxes
    ]


def _draw(painter: QPainter, place: QRect, points: QTransform, picture: QImage, ratio: float) -> None:
    """On the sheet; but pixel for pixel where the picture was made for it, because scaling blurs letters."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    width, height = picture.width() / ratio, picture.height() / ratio
    is_upright = points.m12() == 0 and points.m11() > 0
    if is_upright and max(abs(width - place.width()), abs(height - place.height())) * ratio <= _ROUNDING:
        painter.drawImage(QRectF(place.x(), place.y(), width, height), picture)
    elif is_upright:
        painter.drawImage(place, picture)
    else:
        inverse, _ = points.inverted()
        painter.setTransform(points, combine=True)
        painter.drawImage(inverse.mapRect(QRectF(place)), picture)
        painter.setTransform(inverse, combine=True)


def _as_one(places: Iterable[QRect]) -> QPainterPath:
    """All marks united: where two boxes overlap, the ink must not be twice as strong."""
    region = QRegion()
    for place in places:
        region += place.adjusted(-1, -1, 1, 1)
    path = QPainterPath()
    path.addRegion(region)
    return path


def _of_strength(ink: QColor, alpha: float) -> QColor:
    changed = QColor(ink)
    changed.setAlphaF(min(1.0, alpha))
    return changed


def _on_white(colour: QColor) -> QColor:
    """What ``colour`` gives on white paper: to multiply with, so that black stays black."""
    share = colour.alphaF()
    return QColor.fromRgbF(*(1 - share * (1 - part) for part in (colour.redF(), colour.greenF(), colour.blueF())))
