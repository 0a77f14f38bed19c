"""The message bus where there is none; that it is spoken to is the taskbar's and the notifications' to try."""

from __future__ import annotations

import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.session_bus import Place, SessionBus

PLACE = Place("/org/example", "org.example", "org.example")


def test_without_a_bus_nothing_piles_up_that_was_to_be_sent(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    parent = QObject()
    bus = SessionBus(parent)
    bus.tell(PLACE, "Begun", "", ())
    qtbot.waitUntil(lambda: all(thread.name != "session bus" for thread in threading.enumerate()))

    def answer(_: tuple[object, ...]) -> None: ...

    kept = weakref.ref(answer)
    bus.call(PLACE, "Ask", "", (), answer)
    del answer
    assert kept() is None
    bus.close()
