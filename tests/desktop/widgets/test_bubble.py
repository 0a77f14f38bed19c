from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.bubble import QuestionBubble


def test_the_bubble_is_as_high_as_its_lines_whatever_width_it_had_before(qtbot: QtBot, theme: Theme) -> None:
    bubble = QuestionBubble(theme, "How long does one filling of the paraffin heater burn?")
    qtbot.addWidget(bubble)
    bubble.show()
    label = bubble.findChild(QLabel)
    assert label is not None
    heights: dict[int, list[int]] = {760: [], 300: []}
    for width in (760, 300, 760, 300):
        bubble.resize(width, 40)
        heights[width].append(label.minimumHeight())
    assert len(set(heights[760])) == len(set(heights[300])) == 1
    assert heights[300][0] > heights[760][0] > 0


def test_an_address_without_spaces_finds_room(qtbot: QtBot, theme: Theme) -> None:
    bubble = QuestionBubble(theme, "https://example.org/" + "x" * 300)
    qtbot.addWidget(bubble)
    bubble.resize(400, 40)
    bubble.show()
    label = bubble.findChild(QLabel)
    assert label is not None
    assert label.width() <= 320
    assert label.height() > 4 * label.fontMetrics().lineSpacing()
