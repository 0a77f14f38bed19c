"""The global shortcut on a real X server: pressed anywhere, taken by another, let go."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest
import Xlib.display
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from Xlib import XK, X
from Xlib.ext import xtest

from desktop.hotkey.base import Grip
from desktop.hotkey.chord import Chord
from desktop.hotkey.x11 import XHotkey

pytestmark = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="no Xvfb here")

CHORD = Chord(ord(" "), control=True, alt=True)


@contextlib.contextmanager
def serving() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """An X server without a screen, and its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "640x480x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL) as process:
        os.close(writing)
        with os.fdopen(reading) as said:
            number = said.readline().strip()
        yield process, f":{number}"
        process.terminate()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The name of a server that all tests share."""
    with serving() as (_, name):
        yield name


@pytest.fixture
def keyboard(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Xlib.display.Display]:
    """Another client of the server, which can press keys."""
    monkeypatch.setenv("DISPLAY", server)
    display = Xlib.display.Display()
    yield display
    display.close()


@pytest.fixture
def hotkey(qtbot: QtBot, keyboard: Xlib.display.Display) -> Iterator[XHotkey]:
    parent = QObject()
    hotkey = XHotkey(parent)
    yield hotkey
    hotkey.release()


def strike(display: Xlib.display.Display, *keysyms: int) -> None:
    """Press the keys one after the other, then let go of them."""
    codes = [display.keysym_to_keycode(keysym) for keysym in keysyms]
    for code in codes:
        xtest.fake_input(display, X.KeyPress, code)
    for code in reversed(codes):
        xtest.fake_input(display, X.KeyRelease, code)
    display.sync()


def test_it_is_heard_wherever_the_keys_go(qtbot: QtBot, hotkey: XHotkey, keyboard: Xlib.display.Display) -> None:
    assert hotkey.hold(CHORD) is Grip.HELD
    with qtbot.waitSignal(hotkey.pressed, timeout=3000):
        strike(keyboard, XK.XK_Control_L, XK.XK_Alt_L, XK.XK_space)


def test_it_is_heard_while_a_lock_is_on(qtbot: QtBot, hotkey: XHotkey, keyboard: Xlib.display.Display) -> None:
    hotkey.hold(CHORD)
    strike(keyboard, XK.XK_Caps_Lock)
    with qtbot.waitSignal(hotkey.pressed, timeout=3000):
        strike(keyboard, XK.XK_Control_L, XK.XK_Alt_L, XK.XK_space)
    strike(keyboard, XK.XK_Caps_Lock)


def test_other_keys_are_not(qtbot: QtBot, hotkey: XHotkey, keyboard: Xlib.display.Display) -> None:
    hotkey.hold(CHORD)
    with qtbot.assertNotEmitted(hotkey.pressed, wait=200):
        strike(keyboard, XK.XK_Control_L, XK.XK_space)
        strike(keyboard, XK.XK_space)


def test_a_key_that_is_held_down_counts_once(qtbot: QtBot, hotkey: XHotkey, keyboard: Xlib.display.Display) -> None:
    hotkey.hold(CHORD)
    heard: list[bool] = []
    hotkey.pressed.connect(lambda: heard.append(True))
    for _ in range(5):  # a repeating key is let go and pressed again within milliseconds
        strike(keyboard, XK.XK_Control_L, XK.XK_Alt_L, XK.XK_space)
    qtbot.waitUntil(lambda: bool(heard))
    qtbot.wait(100)
    assert len(heard) == 1


def test_what_another_program_has_is_taken(hotkey: XHotkey, keyboard: Xlib.display.Display) -> None:
    root = keyboard.screen().root
    code = keyboard.keysym_to_keycode(XK.XK_space)
    root.grab_key(code, X.ControlMask | X.Mod1Mask, True, X.GrabModeAsync, X.GrabModeAsync)
    keyboard.sync()
    assert hotkey.hold(CHORD) is Grip.TAKEN
    assert hotkey.hold(Chord(ord("P"), control=True, alt=True)) is Grip.HELD


def test_what_is_let_go_others_can_have(qtbot: QtBot, hotkey: XHotkey, keyboard: Xlib.display.Display) -> None:
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
