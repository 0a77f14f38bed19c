"""Told once that something long has ended, by whatever shows it here; a click brings what came of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from desktop.activities import Activity, ActivityKind, ActivityState
from desktop.desktop_notices import SERVICE, DesktopNotices
from desktop.notifications import Notifier
from desktop.preferences import Preferences
from rag.errors import Problem
from tests.fakes.message_bus import Service, private_bus

SECRET = "the merger of Acme"


def ended(kind: ActivityKind, *, seconds: float = 60.0, state: ActivityState = ActivityState.DONE) -> Activity:
    problem = Problem("worker_died") if state is ActivityState.FAILED else None
    return Activity("it", kind, SECRET, state, 3, 12, begun=0.0, ended=seconds, problem=problem)


class Shown(QObject):
    """A place that shows notifications."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[str, str]] = []

    def show(self, title: str, text: str, key: str) -> None:
        self.shown.append((title, text))


class Tray(QObject):
    """The tray as far as it shows notifications."""

    def __init__(self, *, is_there: bool) -> None:
        super().__init__()
        self.is_there, self.notices = is_there, Shown()


class Feed(QObject):
    ended = Signal(object)


class Desk:
    """A person who looks at Phial, or not."""

    def __init__(self, home: Path, *, has_tray: bool) -> None:
        self.feed, self.tray, self.desktop = Feed(), Tray(is_there=has_tray), Shown()
        self.preferences = Preferences(home)
        self.sees = False
        self.notifier = Notifier(
            self.feed, self.preferences, self.tray, self.desktop, self.feed, lambda: self.sees  # type: ignore[arg-type]
        )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (ActivityKind.READING, ("Documents are read", "Done · 12 documents")),
        (ActivityKind.SUMMARY, ("The summary is ready", "Done")),
        (ActivityKind.FINDING, ("Find all has ended", "Done · found in 3 documents")),
        (ActivityKind.ANSWER, ("The answer is there", "Done")),
        (ActivityKind.DOWNLOAD, (SECRET, "Done · 12 bytes")),  # a model's name is no secret
    ],
)
def test_the_end_is_told_once_and_nothing_of_what_was_asked(
    qtbot: QtBot, tmp_path: Path, kind: ActivityKind, said: tuple[str, str]
) -> None:
    desk = Desk(tmp_path, has_tray=True)
    desk.feed.ended.emit(ended(kind))
    assert desk.tray.notices.shown == [said]
    assert desk.desktop.shown == []
    with qtbot.waitSignal(desk.notifier.opened) as opened:
        desk.tray.notices.chosen.emit("it")
    assert opened.args == [ended(kind)]
    with qtbot.assertNotEmitted(desk.notifier.opened):
        desk.tray.notices.chosen.emit("it")  # once


def test_who_looks_or_wants_none_or_waited_is_told_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    desk = Desk(tmp_path, has_tray=True)
    desk.feed.ended.emit(ended(ActivityKind.READING, seconds=9.0))
    desk.feed.ended.emit(ended(ActivityKind.SUMMARY, state=ActivityState.STOPPED))
    desk.feed.ended.emit(ended(ActivityKind.SCANS))
    desk.sees = True
    desk.feed.ended.emit(ended(ActivityKind.READING))
    desk.sees = False
    desk.preferences.notifies = False
    desk.feed.ended.emit(ended(ActivityKind.READING))
    assert desk.tray.notices.shown == []
    assert not Preferences(tmp_path).notifies


def test_a_failure_is_told_too(tmp_path: Path, qtbot: QtBot) -> None:
    desk = Desk(tmp_path, has_tray=True)
    desk.feed.ended.emit(ended(ActivityKind.SUMMARY, state=ActivityState.FAILED))
    assert desk.tray.notices.shown == [("There is no summary", "Phial’s helper stopped unexpectedly.")]


def test_without_a_tray_the_desktop_shows_it(tmp_path: Path, qtbot: QtBot) -> None:
    desk = Desk(tmp_path, has_tray=False)
    desk.feed.ended.emit(ended(ActivityKind.READING))
    assert desk.tray.notices.shown == []
    assert desk.desktop.shown == [("Documents are read", "Done · 12 documents")]


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("no dbus-daemon here")
    with private_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        service = Service(SERVICE.address)
        yield service
        service.close()


def test_the_desktop_is_told_over_the_bus_and_its_click_comes_back(qtbot: QtBot, service: Service) -> None:
    notices = DesktopNotices(parent := QObject())
    notices.show("Find all has ended", "found in <b>3</b> & more", "first")
    notices.show("The summary is ready", "Done", "second")
    qtbot.waitUntil(lambda: len(service.heard) == 2)
    member, body = service.heard[0]
    assert (member, body[0], body[3:6]) == (
        "Notify", "Phial",
        ("Find all has ended", "found in &lt;b&gt;3&lt;/b&gt; &amp; more", ["default", "Open"]),
    )  # fmt: skip
    qtbot.waitUntil(lambda: len(notices._keys) == 2)
    with qtbot.waitSignal(notices.chosen) as chosen:
        service.say("NotificationClosed", "uu", (1, 2))
        service.say("ActionInvoked", "us", (1, "default"))  # gone already
        service.say("ActionInvoked", "us", (2, "default"))
    assert chosen.args == ["second"]
    notices._bus.close()
    del parent
