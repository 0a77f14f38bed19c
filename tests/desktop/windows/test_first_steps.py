from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.panes.first_steps import FirstSteps
from desktop.quick_access import QuickAccess
from desktop.theme import Theme
from desktop.windows.main import MainWindow
from desktop.worker_client import WorkerClient
from tests.desktop.test_quick_access import Keyboard


def test_in_a_high_window_the_steps_stand_a_third_down(
    window: MainWindow, theme: Theme, client: WorkerClient, settings: Path, qtbot: QtBot
) -> None:
    access = QuickAccess(Keyboard(theme), QSettings(str(settings), QSettings.Format.IniFormat), theme)
    steps = FirstSteps(theme, client, window.library.feed, access)
    qtbot.addWidget(steps)

    def air_above_and_below(height: int) -> tuple[int, int]:
        steps.resize(1000, height)
        QApplication.processEvents()
        title = next(one for one in steps.findChildren(QLabel) if one.property("role") == "heading" and one.isVisible())
        button = next(one for one in steps.findChildren(QPushButton) if one.text() == "Not now")
        bottom = button.mapTo(steps, button.rect().bottomLeft()).y()
        return title.mapTo(steps, title.rect().topLeft()).y(), steps.height() - bottom

    steps.show()
    qtbot.waitExposed(steps)
    low, high = air_above_and_below(600), air_above_and_below(1200)
    assert [after - before for before, after in zip(low, high, strict=True)] == [200, 200]
