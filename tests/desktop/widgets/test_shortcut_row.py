from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QKeySequenceEdit
from pytestqt.qtbot import QtBot

from desktop.quick_access import QuickAccess
from desktop.theme import Theme
from desktop.widgets.shortcut_row import ShortcutRow
from tests.desktop.test_quick_access import Keyboard

HELD = "Ctrl+Alt+Space"


@pytest.fixture
def access(theme: Theme, tmp_path: Path) -> QuickAccess:
    store = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    access = QuickAccess(Keyboard(theme), store, theme)
    access.begin()
    return access


@pytest.fixture
def field(theme: Theme, access: QuickAccess, qtbot: QtBot) -> QKeySequenceEdit:
    row = ShortcutRow(theme, access, "Shortcut")
    qtbot.addWidget(row)
    row.show()
    qtbot.waitExposed(row)
    row.activateWindow()
    field = row.findChild(QKeySequenceEdit)
    assert field is not None
    field.setFocus()
    return field


@pytest.mark.parametrize(
    "keys",
    [
        (Qt.Key.Key_Shift, Qt.Key.Key_Backtab),
        (Qt.Key.Key_Control,),
        (Qt.Key.Key_Alt,),
        (Qt.Key.Key_Escape,),
    ],
    ids=["back", "control alone", "alt alone", "escape"],
)
def test_who_only_passes_through_keeps_the_shortcut(
    access: QuickAccess, field: QKeySequenceEdit, qtbot: QtBot, keys: tuple[Qt.Key, ...]
) -> None:
    for key in keys:
        qtbot.keyPress(field, key)
    for key in reversed(keys):
        qtbot.keyRelease(field, key)
    field.clearFocus()
    QApplication.processEvents()
    assert field.keySequence().toString() == HELD
    assert access.chord is not None
    assert access.chord.text == HELD


def test_what_is_pressed_with_its_modifiers_is_the_shortcut(
    access: QuickAccess, field: QKeySequenceEdit, qtbot: QtBot
) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyPress(field, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyPress(field, Qt.Key.Key_Alt, both)
    qtbot.keyPress(field, Qt.Key.Key_F7, both)
    qtbot.keyRelease(field, Qt.Key.Key_F7, both)
    field.clearFocus()
    assert access.chord is not None
    assert access.chord.text == "Ctrl+Alt+F7"
