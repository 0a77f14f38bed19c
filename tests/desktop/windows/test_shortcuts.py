from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.windows import shortcuts
from desktop.windows.shortcuts import ShortcutsDialog


def shown(theme: Theme, qtbot: QtBot) -> tuple[ShortcutsDialog, QScrollArea]:
    dialog = ShortcutsDialog(theme)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    scroll = dialog.findChild(QScrollArea)
    assert scroll is not None
    return dialog, scroll


def test_on_a_low_screen_the_list_scrolls_by_keyboard_and_its_buttons_are_in_sight(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortcuts, "within_screen", lambda _, size: size.boundedTo(QSize(640, 360)))
    dialog, scroll = shown(theme, qtbot)
    assert dialog.height() <= 360
    buttons = dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    assert dialog.rect().contains(buttons.geometry())
    for _ in range(40):
        qtbot.keyClick(scroll, Qt.Key.Key_PageDown)
    last = max(scroll.findChildren(QLabel), key=lambda label: label.mapTo(dialog, label.rect().bottomLeft()).y())
    assert scroll.geometry().contains(last.mapTo(dialog, last.rect().bottomLeft()))


def test_on_a_high_screen_nothing_scrolls(theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortcuts, "within_screen", lambda _, size: size)
    _, scroll = shown(theme, qtbot)
    QApplication.processEvents()
    assert scroll.verticalScrollBar().maximum() == 0
    assert scroll.horizontalScrollBar().maximum() == 0
