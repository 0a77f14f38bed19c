"""What is truly painted can be read: the ink of every label, button and field against the ground behind it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextBrowser,
    QWidget,
)

from tests.desktop.test_theme import contrast
from tests.desktop.windows.screens import SCREENS
from tests.desktop.windows.stage import Stage
from tests.desktop.windows.walking import report, settle, told

SCALE = 3
"""Pixels a device-independent pixel: thin strokes are painted in their whole ink."""

FEWEST = 6
"""Pixels of a colour that make it one of the drawing, not of its soft edges."""

READ = (QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QTextBrowser)


def words_of(widget: QWidget) -> str:
    """What is to be read in it; an icon alone is nothing to read."""
    if isinstance(widget, QLineEdit):
        return widget.displayText() or widget.placeholderText()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText() or widget.placeholderText()
    if isinstance(widget, QTextBrowser):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    said = str(widget.property("text") or "")
    is_painted = isinstance(widget, QAbstractButton) and type(widget).paintEvent is not QAbstractButton.paintEvent
    return said or (widget.accessibleName() if is_painted and widget.property("icon").isNull() else "")


def picture_of(window: QWidget, place: QRect) -> QImage:
    picture = QImage(place.size() * SCALE, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(SCALE)
    window.render(picture, QPoint(), QRegion(place))
    return picture


def readability(picture: QImage) -> float:
    """The contrast of the strongest ink with the colour that most of ``picture`` has."""
    pixels = np.frombuffer(picture.constBits(), dtype=np.uint32)
    colours, counts = np.unique(pixels, return_counts=True)
    ground = QColor.fromRgb(int(colours[counts.argmax()]))
    inks = colours[counts >= FEWEST]
    return max(contrast(QColor.fromRgb(int(ink)), ground) for ink in inks)


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_all_that_is_painted_can_be_read(stage: Stage, appearance: str) -> None:
    stage.shell.theme.choose(appearance)
    seen: set[tuple[str, str, str, bool]] = set()
    found: dict[str, list[str]] = {}
    for screen in SCREENS:
        window = screen.reach(stage)
        settle()
        for widget in window.findChildren(QWidget) if not isinstance(window, QMenu) else [window]:
            if not isinstance(widget, READ) or not widget.isVisible():
                continue
            words = words_of(widget)
            kind = (type(widget).__name__, str(widget.property("role")), words, widget.isEnabled())
            place = widget.visibleRegion().boundingRect()
            if not words or kind in seen or place.height() < widget.height():
                continue
            seen.add(kind)
            shown = readability(picture_of(window, place.translated(widget.mapTo(window, QPoint()))))
            if shown < 4.5:
                found.setdefault(screen.name, []).append(f"{told(widget)} {words[:30]!r} {kind[1]}: {shown:.2f}")
        if window is not stage.main:
            window.close()
    assert len(seen) > 100
    assert not report(found), report(found)
