"""The search field: its words never run into the key or the cross beside them, on whichever side these stand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop import keys
from desktop.theme import Theme
from desktop.widgets.search_field import SearchField


def test_its_words_leave_room_for_the_key_in_either_direction(qtbot: QtBot, theme: Theme) -> None:
    field = SearchField(theme, keys.SEARCH_DOCUMENTS)
    qtbot.addWidget(field)
    field.show()
    hint = next(label for label in field.findChildren(QLabel) if label.text() == keys.native(keys.SEARCH_DOCUMENTS))
    assert field.textMargins().right() >= hint.sizeHint().width()
    written = field.textMargins()
    field.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mirrored = field.textMargins()
    assert (mirrored.left(), mirrored.right()) == (written.right(), written.left())
    qtbot.keyClicks(field, "ferry")
    assert not hint.isVisible()
    assert field.textMargins().left() < written.right(), "the cross needs less"
