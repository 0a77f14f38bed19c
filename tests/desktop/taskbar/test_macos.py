"""The dock: the number of works as the badge of the program's icon."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.activities import Activity, ActivityKind, ActivityList
from desktop.taskbar import Taskbar, make_taskbar
from desktop.taskbar.macos import Dock


def test_the_badge_counts_what_is_under_way(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    badges: list[int] = []
    monkeypatch.setattr(QGuiApplication, "setBadgeNumber", lambda _, number: badges.append(number))
    dock, window, held = Dock(parent := QObject()), QWidget(), ActivityList()
    qtbot.addWidget(window)
    for key in ("a", "b"):
        held.put(Activity(key, ActivityKind.DOWNLOAD), 0.0)
        dock.show_activities(held, window)
    dock.show_activities(ActivityList(), window)
    assert badges == [1, 2, 0]
    del parent


def test_where_there_is_no_such_place_nothing_is_shown(qtbot: QtBot) -> None:
    taskbar, window, held = make_taskbar(parent := QObject()), QWidget(), ActivityList()
    qtbot.addWidget(window)
    assert type(taskbar) is Taskbar
    held.put(Activity("a", ActivityKind.DOWNLOAD), 0.0)
    taskbar.show_activities(held, window)
    assert taskbar.standing.count == 1
    del parent
