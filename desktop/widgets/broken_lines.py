"""Text that is painted in a few lines, and cut where it has more."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QTextLayout, QTextOption

from desktop.widgets.direction import direction_of
from desktop.widgets.text_units import first_units, units


def broken_lines(
    text: str, font: QFont, width: float, most: int, spacing: float, side: Qt.LayoutDirection | None = None
) -> tuple[QTextLayout, int]:
    """``text`` broken into at most ``most`` lines of ``width`` pixels, and how many UTF-16 units of it they show.

    The lines are ``spacing`` times their height apart. What is left out is told by an ellipsis. They stand at the
    side where the text is read from, or where something of the direction ``side`` is.
    """
    side = side or direction_of(text)
    layout, end = _broken(text, font, width, most, spacing, side)
    if end >= units(text, len(text)):
        return layout, end
    kept = first_units(text, end)
    while kept:
        # The ellipsis needs room too: give up words until it stands on the last line.
        kept = kept.rsplit(" ", 1)[0].rstrip(" …") if " " in kept else kept[:-1]
        layout, end = _broken(kept + "…", font, width, most, spacing, side)
        if end >= units(kept, len(kept)) + 1:
            break
    return layout, units(kept, len(kept))


def _broken(
    text: str, font: QFont, width: float, most: int, spacing: float, side: Qt.LayoutDirection
) -> tuple[QTextLayout, int]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setTextDirection(direction_of(text))
    is_at_right = side == Qt.LayoutDirection.RightToLeft
    at = Qt.AlignmentFlag.AlignRight if is_at_right else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(at | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    top, end = 0.0, 0
    for _ in range(most):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, top))
        top += line.height() * spacing
        end = line.textStart() + line.textLength()
    layout.endLayout()
    return layout, end
