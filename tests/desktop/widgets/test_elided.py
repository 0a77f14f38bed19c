"""A line of text that is cut where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from desktop.widgets.elided import ElidedLabel


def test_nothing_is_drawn_where_another_text_would_not_erase_it(qtbot: QtBot) -> None:
    label = ElidedLabel("xgfjall " * 40)
    qtbot.addWidget(label)
    label.setContentsMargins(20, 12, 30, 2)
    label.resize(300, label.sizeHint().height())
    label.setStyleSheet("background: white; color: black")
    picture = label.grab().toImage()
    inner: QRect = label.contentsRect()
    drawn = {
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).lightness() < 200
    }
    assert drawn
    assert all(inner.contains(x, y) for x, y in drawn)
