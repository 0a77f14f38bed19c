"""The global shortcut on Wayland: the portal's part is played over a real message bus."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, message_bus, new_error, new_method_return, new_signal
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.hotkey.base import Grip
from desktop.hotkey.chord import Chord
from desktop.hotkey.portal import PortalHotkey

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no dbus-daemon here")

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
CHORD = Chord(ord(" "), control=True, alt=True)


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A message bus with nobody on it."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", process.stdout.readline().strip())
        yield
        process.terminate()


class Portal:
    """Plays the portal: ``refuses`` says no to the person's leave; ``asked`` are the calls that it got."""

    def __init__(self, *, refuses: bool = False, leaves_out: bool = False) -> None:
        self.asked: list[tuple[str, Any]] = []
        self._refuses, self._leaves_out = refuses, leaves_out
        self._bus: DBusConnection = open_dbus_connection("SESSION")
        Proxy(message_bus, self._bus).RequestName(NAME)
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._is_over.set()
        self._thread.join()

    def press(self, shortcut: str = "quick-ask", session: str = "/session/1") -> None:
        self._signal(PATH, "GlobalShortcuts", "Activated", "osta{sv}", (session, shortcut, 0, {}))

    def _serve(self) -> None:
        with contextlib.closing(self._bus):
            while not self._is_over.is_set():
                try:
                    message = self._bus.receive(timeout=0.05)
                except TimeoutError:
                    continue
                if message.header.message_type is not MessageType.method_call:
                    continue
                method = message.header.fields[HeaderFields.member]
                self.asked.append((method, message.body))
                if method == "Register":
                    self._bus.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))
                    continue
                sender = message.header.fields[HeaderFields.sender].removeprefix(":").replace(".", "_")
                path = f"{PATH}/request/{sender}/{message.body[-1]['handle_token'][1]}"
                # The answer may well be there before the reply that says where it will be.
                self._signal(path, "Request", "Response", "ua{sv}", self._answer(method))
                self._bus.send(new_method_return(message, "o", (path,)))

    def _answer(self, method: str) -> tuple[int, dict[str, Any]]:
        if method == "CreateSession":
            return 0, {"session_handle": ("s", "/session/1")}
        bound = [] if self._leaves_out else [("quick-ask", {"trigger_description": ("s", "Press Ctrl+Alt+Space")})]
        return (1, {}) if self._refuses else (0, {"shortcuts": ("a(sa{sv})", bound)})

    def _signal(self, path: str, interface: str, member: str, signature: str, body: tuple[Any, ...]) -> None:
        emitter = DBusAddress(path, interface=f"org.freedesktop.portal.{interface}")
        self._bus.send(new_signal(emitter, member, signature, body))


@pytest.fixture
def hold(qtbot: QtBot, bus: None) -> Iterator[Callable[[], PortalHotkey]]:
    parent = QObject()
    held: list[PortalHotkey] = []

    def begin() -> PortalHotkey:
        hotkey = PortalHotkey(parent)
        held.append(hotkey)
        assert hotkey.hold(CHORD) is Grip.ASKED
        qtbot.waitUntil(lambda: hotkey.grip is not Grip.ASKED)
        return hotkey

    yield begin
    for hotkey in held:
        hotkey.release()


@pytest.fixture
def play(bus: None) -> Iterator[Callable[..., Portal]]:
    playing: list[Portal] = []

    def begin(**answer: bool) -> Portal:
        playing.append(Portal(**answer))
        return playing[-1]

    yield begin
    for portal in playing:
        portal.close()


def test_what_the_desktop_gives_is_heard(
    qtbot: QtBot, hold: Callable[[], PortalHotkey], play: Callable[..., Portal]
) -> None:
    portal = play()
    hotkey = hold()
    assert hotkey.grip is Grip.HELD
    assert hotkey.description == "Press Ctrl+Alt+Space"
    assert [method for method, _ in portal.asked] == ["Register", "CreateSession", "BindShortcuts"]
    [(name, about)] = portal.asked[-1][1][1]
    assert (name, about["preferred_trigger"]) == ("quick-ask", ("s", "CTRL+ALT+space"))
    assert about["description"][1]
    with qtbot.waitSignal(hotkey.pressed, timeout=3000):
        portal.press()


def test_the_shortcuts_of_others_are_not_ours(
    qtbot: QtBot, hold: Callable[[], PortalHotkey], play: Callable[..., Portal]
) -> None:
    portal = play()
    hotkey = hold()
    with qtbot.assertNotEmitted(hotkey.pressed, wait=200):
        portal.press("other")
        portal.press(session="/session/2")


@pytest.mark.parametrize("answer", [{"refuses": True}, {"leaves_out": True}])
def test_the_person_may_say_no(
    answer: dict[str, bool], hold: Callable[[], PortalHotkey], play: Callable[..., Portal]
) -> None:
    portal = play(**answer)
    assert hold().grip is Grip.REFUSED
    assert portal.asked


def test_without_a_portal_none_can_be_had(hold: Callable[[], PortalHotkey]) -> None:
    assert hold().grip is Grip.IMPOSSIBLE


def test_without_a_bus_none_can_be_had(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    parent = QObject()
    hotkey = PortalHotkey(parent)
    hotkey.hold(CHORD)
    qtbot.waitUntil(lambda: hotkey.grip is Grip.IMPOSSIBLE)
