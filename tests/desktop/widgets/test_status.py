from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.languages import speak
from desktop.widgets.status import OfflineChip


def test_the_number_of_connections_is_told_where_there_is_no_room_for_it(qapp: QApplication, qtbot: QtBot) -> None:
    speak(qapp, "fr")
    chip = OfflineChip()
    qtbot.addWidget(chip)
    chip.show_count(12)
    chip.resize(90, chip.sizeHint().height())
    chip.show()
    assert chip.text().endswith("…")
    assert chip.toolTip().startswith("Hors ligne · 12 connexions\n")
    assert "12" not in chip.accessibleDescription(), "that is its name already"
