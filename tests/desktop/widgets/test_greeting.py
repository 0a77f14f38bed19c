from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.panes.turn_column import TurnColumn
from desktop.theme import Theme


def test_the_greeting_stands_a_third_down_and_whole_in_a_low_pane(theme: Theme, qtbot: QtBot) -> None:
    column = TurnColumn(theme, lambda _: None)
    qtbot.addWidget(column)
    column.show()
    qtbot.waitExposed(column)
    [title, *_] = column.greeting.findChildren(QLabel)
    for height in (240, 600, 1200):
        column.resize(700, height)
        QApplication.processEvents()
        place = title.mapTo(column, title.rect().center()).y()
        assert place < height / 3
        assert height < 300 or place > height / 4
        assert column.verticalScrollBar().maximum() == 0, "all of it is in sight"
