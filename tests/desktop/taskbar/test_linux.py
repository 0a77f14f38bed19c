"""The bar at the program's icon on free desktops: what a dock hears on a real message bus."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from jeepney import MatchRule
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.activities import Activity, ActivityKind, ActivityList
from desktop.taskbar.linux import ENTRY, LauncherEntry
from tests.fakes.message_bus import Service, private_bus

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no dbus-daemon here")


@pytest.fixture
def dock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with private_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        rule = MatchRule(type="signal", interface=ENTRY.interface)
        dock = Service(ENTRY.address, listens_for=rule)
        yield dock
        dock.close()


def test_a_dock_hears_how_far_all_is_and_that_it_is_over(qtbot: QtBot, dock: Service) -> None:
    entry, window, held = LauncherEntry(parent := QObject()), QWidget(), ActivityList()
    qtbot.addWidget(window)
    held.put(Activity("a", ActivityKind.DOWNLOAD, done=1, whole=4), 0.0)
    entry.show_activities(held, window)
    entry.show_activities(held, window)  # nothing new: nothing is sent
    held.put(Activity("b", ActivityKind.SUMMARY), 0.0)
    entry.show_activities(held, window)
    entry.show_activities(ActivityList(), window)
    qtbot.waitUntil(lambda: len(dock.heard) == 3)
    shown = [(member, body[0], {name: value for name, (_, value) in body[1].items()}) for member, body in dock.heard]
    assert shown == [
        ("Update", "application://phial.desktop",
         {"progress": fraction, "progress-visible": has_bar, "count": count, "count-visible": count > 0})
        for fraction, has_bar, count in ((0.25, True, 1), (0.25, True, 2), (0.0, False, 0))
    ]  # fmt: skip
    assert [body[1]["count"][0] for _, body in dock.heard] == ["x"] * 3
    entry._bus.close()
    del parent


def test_without_a_bus_nothing_happens(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    entry, window, held = LauncherEntry(parent := QObject()), QWidget(), ActivityList()
    qtbot.addWidget(window)
    held.put(Activity("a", ActivityKind.DOWNLOAD, done=1, whole=4), 0.0)
    entry.show_activities(held, window)
    entry._bus.close()
    del parent
