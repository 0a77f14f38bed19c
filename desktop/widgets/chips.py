"""How what was found is drawn: the amber of a numbered chip, and of marked words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout

from desktop.theme import Theme
from desktop.widgets.direction import has_right_to_left
from rag.protocol import Span

_CHIP_RADIUS = 4
_MARK_RADIUS = 3


def paint_chip(painter: QPainter, place: QRectF, number: str, theme: Theme, font: QFont) -> None:
    """Draw the chip of a passage at ``place``."""
    bold = QFont(font)
    bold.setBold(True)
    painter.setFont(bold)
    _paint_ground(painter, [place], theme.colour("amber"), _CHIP_RADIUS)
    painter.setPen(theme.colour("amber_text"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, number)


def paint_marks(
    painter: QPainter, layout: QTextLayout, origin: QPointF, spans: Iterable[Span], colour: QColor, rise: float = 0.0
) -> None:
    """Draw the ground of ``spans`` (UTF-16 units) of ``layout``, whose top left corner is at ``origin``.

    ``rise`` (pixels) is left free at the top and the bottom of each line.
    """
    places = [place.translated(origin).adjusted(-1, rise, 1, -rise) for place in line_boxes(layout, spans)]
    _paint_ground(painter, places, colour, _MARK_RADIUS)


def line_boxes(layout: QTextLayout, spans: Iterable[Span]) -> Iterator[QRectF]:
    """The boxes of ``spans`` (UTF-16 units) in ``layout``, from the layout's top left corner.

    One a line and span; more where scripts of both directions are mixed.
    """
    for start, stop in spans:
        number = layout.lineForTextPosition(start).lineNumber()
        while 0 <= number < layout.lineCount() and (line := layout.lineAt(number)).textStart() < stop:
            number += 1
            first = max(start, line.textStart())
            last = min(stop, line.textStart() + line.textLength())
            if first >= last:
                continue
            if has_right_to_left(layout.text()):
                # What stands side by side in the text may not do so on the screen.
                for run in line.glyphRuns(first, last - first):
                    shown = run.boundingRect()
                    yield QRectF(shown.left(), line.y(), shown.width(), line.height())
                continue
            left, right = sorted((_x(line.cursorToX(first)), _x(line.cursorToX(last))))
            yield QRectF(left, line.y(), right - left, line.height())


def _x(position: object) -> float:
    # The binding gives the position alone or with the cursor it belongs to, depending on its version.
    return float(position[0] if isinstance(position, tuple) else position)  # type: ignore[arg-type]


def _paint_ground(painter: QPainter, places: list[QRectF], colour: QColor, radius: float) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for place in places:
        painter.drawRoundedRect(place, radius, radius)
    painter.restore()
