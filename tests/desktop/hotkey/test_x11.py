"""The global shortcut on a real X server: pressed anywhere, taken by another, let go."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from Xlib import XK, X

from desktop.hotkey.base import Grip
from desktop.hotkey.chord import Chord
from desktop.hotkey.x11 import XHotkey
from tests.fakes.screen import Client, serving

pytestmark = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="no Xvfb here")

CHORD = Chord(ord(" "), control=True, alt=True)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The name of a server that all tests share."""
    with serving() as (_, name):
        yield name


@pytest.fixture
def keyboard(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Another client of the server, which can press keys."""
    monkeypatch.setenv("DISPLAY", server)
    client = Client(server)
    yield client
    client.close()


@pytest.fixture
def hotkey(qtbot: QtBot, keyboard: Client) -> Iterator[XHotkey]:
    parent = QObject()
    hotkey = XHotkey(parent)
    yield hotkey
    hotkey.release()


def test_it_is_heard_wherever_the_keys_go(qtbot: QtBot, hotkey: XHotkey, keyboard: Client) -> None:
    assert hotkey.hold(CHORD) is Grip.HELD
    with qtbot.waitSignal(hotkey.pressed, timeout=3000):
        keyboard.strike(XK.XK_Control_L, XK.XK_Alt_L, XK.XK_space)


def test_it_is_heard_while_a_lock_is_on(qtbot: QtBot, hotkey: XHotkey, keyboard: Client) -> None:
    hotkey.hold(CHORD)
    keyboard.strike(XK.XK_Caps_Lock)
    with qtbot.waitSignal(hotkey.pressed, timeout=3000):
        keyboard.strike(XK.XK_Control_L, XK.XK_Alt_L, XK.XK_space)
    keyboard.strike(XK.XK_Caps_Lock)


def test_other_keys_are_not(qtbot: QtBot, hotkey: XHotkey, keyboard: Client) -> None:
    hotkey.hold(CHORD)
    with qtbot.assertNotEmitted(hotkey.pressed, wait=200):
        keyboard.strike(XK.XK_Control_L, XK.XK_space)
        keyboard.strike(XK.XK_space)


def test_a_key_that_is_held_down_counts_once(qtbot: QtBot, hotkey: XHotkey, keyboard: Client) -> None:
    hotkey.hold(CHORD)
    heard: list[bool] = []
    hotkey.pressed.connect(lambda: heard.append(True))
    for _ in range(5):  # a repeating key is let go and pressed again within milliseconds
        keyboard.strike(XK.XK_Control_L, XK.XK_Alt_L, XK.XK_space)
    qtbot.waitUntil(lambda: bool(heard))
    qtbot.wait(100)
    assert len(heard) == 1


def test_what_another_program_has_is_taken(hotkey: XHotkey, keyboard: Client) -> None:
    root = keyboard.display.screen().root
    code = keyboard.display.keysym_to_keycode(XK.XK_space)
    root.grab_key(code, X.ControlMask | X.Mod1Mask, True, X.GrabModeAsync, X.GrabModeAsync)
    keyboard.display.sync()
    assert hotkey.hold(CHORD) is Grip.TAKEN
    assert hotkey.hold(Chord(ord("P"), control=True, alt=True)) is Grip.HELD


def test_what_is_let_go_others_can_have(qtbot: QtBot, hotkey: XHotkey, keyboard: Client) -> None:
    hotkey.hold(CHORD)
    hotkey.release()
    parent = QObject()
    other = XHotkey(parent)
    assert other.hold(CHORD) is Grip.HELD
    other.release()


# The library leaves the sockets of a connection that failed to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_without_a_server_none_can_be_had(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    parent = QObject()
    assert XHotkey(parent).hold(CHORD) is Grip.IMPOSSIBLE
    gc.collect()


def test_a_server_that_dies_takes_nothing_along(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as (process, name):
        monkeypatch.setenv("DISPLAY", name)
        parent = QObject()
        hotkey = XHotkey(parent)
        assert hotkey.hold(CHORD) is Grip.HELD
        with qtbot.waitSignal(hotkey.changed, timeout=5000):
            process.kill()
        assert hotkey.grip is Grip.IMPOSSIBLE
