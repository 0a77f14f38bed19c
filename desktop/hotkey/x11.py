"""The global shortcut on X11: a passive grab on the root window, on a connection of its own.

X Window System Protocol, GrabKey: https://www.x.org/releases/current/doc/xproto/x11protocol.html#requests:GrabKey
"""

from __future__ import annotations

import contextlib

import Xlib.display
import Xlib.error
from PySide6.QtCore import QObject, QSocketNotifier
from Xlib import XK, X

from desktop.hotkey.base import Grip, Hotkey
from desktop.hotkey.chord import Chord

REPEAT_MILLISECONDS = 500
"""A key that is held down repeats itself sooner than this; longer than the pause before the first repeat it isn't."""

_CAPS_LOCK, _NUM_LOCK = X.LockMask, X.Mod2Mask
_LOCKS = (0, _CAPS_LOCK, _NUM_LOCK, _CAPS_LOCK | _NUM_LOCK)
"""A grab is for exact modifiers, and a lock that is on is one of them."""

_FAILURES = (Xlib.error.DisplayError, Xlib.error.ConnectionClosedError, OSError)


def keysym_of(chord: Chord) -> int:
    """The X keysym of the chord's key: Latin-1 for letters (small), digits and space, F1 upwards for the others."""
    if chord.function_number:
        return int(XK.XK_F1) + chord.function_number - 1
    return ord(chr(chord.key).lower())


def modifiers_of(chord: Chord) -> int:
    """The chord's modifiers as X's mask. Mod1 is Alt and Mod4 Super on every keyboard of today."""
    return (
        (X.ControlMask if chord.control else 0)
        | (X.Mod1Mask if chord.alt else 0)
        | (X.ShiftMask if chord.shift else 0)
        | (X.Mod4Mask if chord.meta else 0)
    )


class XHotkey(Hotkey):
    """A grab on the root window."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._display: Xlib.display.Display | None = None
        self._notifier: QSocketNotifier | None = None
        self._keycode = 0
        self._last = -REPEAT_MILLISECONDS

    def hold(self, chord: Chord) -> Grip:
        """Grab it: TAKEN where another program has."""
        self.release()
        try:
            return self._come_to(self._grab(chord))
        except _FAILURES:
            self.release()
            return self._come_to(Grip.IMPOSSIBLE)

    def release(self) -> None:
        """Let go of the grab, and close the connection."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier = None
        if self._display is not None:
            with contextlib.suppress(*_FAILURES):
                # The server would do so by itself, but in its own time: another chord may be asked for at once.
                self._display.screen().root.ungrab_key(X.AnyKey, X.AnyModifier)
                self._display.sync()
                self._display.close()
            self._display = None

    def _grab(self, chord: Chord) -> Grip:
        display = self._display = Xlib.display.Display()
        self._keycode = display.keysym_to_keycode(keysym_of(chord))
        if not self._keycode:
            return Grip.IMPOSSIBLE  # this keyboard has no such key
        root = display.screen().root
        denied = Xlib.error.CatchError(Xlib.error.BadAccess)
        for locks in _LOCKS:
            root.grab_key(
                self._keycode, modifiers_of(chord) | locks, True, X.GrabModeAsync, X.GrabModeAsync, onerror=denied
            )
        display.sync()
        if denied.get_error() is not None:
            self.release()
            return Grip.TAKEN
        self._notifier = QSocketNotifier(display.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        return Grip.HELD

    def _read(self) -> None:
        try:
            while self._display is not None and self._display.pending_events():
                event = self._display.next_event()
                if event.type == X.MappingNotify:
                    self._display.refresh_keyboard_mapping(event)
                elif event.type in {X.KeyPress, X.KeyRelease} and event.detail == self._keycode:
                    is_repeated = event.time - self._last < REPEAT_MILLISECONDS
                    self._last = event.time
                    if event.type == X.KeyPress and not is_repeated:
                        self.pressed.emit()
        except _FAILURES:
            self.release()
            self._come_to(Grip.IMPOSSIBLE)
