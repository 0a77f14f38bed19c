"""The global shortcut on macOS: Carbon's RegisterEventHotKey, which asks for no right.

An event tap would need the person's leave to watch every key, and crashes beside Qt.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from desktop.hotkey.base import Grip, Hotkey
from desktop.hotkey.chord import Chord

COMMAND, SHIFT, OPTION, CONTROL = 0x0100, 0x0200, 0x0800, 0x1000
"""Carbon's modifier masks (Events.h)."""

# Carbon's virtual key codes (Events.h, kVK_*): places on the keyboard.
_PLACES = {
    "A": 0x00, "S": 0x01, "D": 0x02, "F": 0x03, "H": 0x04, "G": 0x05, "Z": 0x06, "X": 0x07, "C": 0x08, "V": 0x09,
    "B": 0x0B, "Q": 0x0C, "W": 0x0D, "E": 0x0E, "R": 0x0F, "Y": 0x10, "T": 0x11, "1": 0x12, "2": 0x13, "3": 0x14,
    "4": 0x15, "6": 0x16, "5": 0x17, "9": 0x19, "7": 0x1A, "8": 0x1C, "0": 0x1D, "O": 0x1F, "U": 0x20, "I": 0x22,
    "P": 0x23, "L": 0x25, "J": 0x26, "K": 0x28, "N": 0x2D, "M": 0x2E, " ": 0x31,
}  # fmt: skip
_FUNCTION_PLACES = (
    0x7A, 0x78, 0x63, 0x76, 0x60, 0x61, 0x62, 0x64, 0x65, 0x6D, 0x67, 0x6F, 0x69, 0x6B, 0x71, 0x6A, 0x40, 0x4F, 0x50,
    0x5A,
)  # fmt: skip


def virtual_key_of(chord: Chord) -> int | None:
    """Carbon's code of the chord's key; None for F21 and above, which no Mac has."""
    if number := chord.function_number:
        return _FUNCTION_PLACES[number - 1] if number <= len(_FUNCTION_PLACES) else None
    return _PLACES[chr(chord.key)]


def modifiers_of(chord: Chord) -> int:
    """The chord's modifiers as Carbon's mask; Qt's Ctrl is the Command key here, its Meta the Control key."""
    return (
        (COMMAND if chord.control else 0)
        | (OPTION if chord.alt else 0)
        | (SHIFT if chord.shift else 0)
        | (CONTROL if chord.meta else 0)
    )


class Registered(Protocol):
    """A hot key that is registered."""

    def unregister(self) -> None:
        """Let it go."""


class MacHotkey(Hotkey):
    """A hot key of Carbon. That another program has it too can't be known: then both hear it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._registered: Registered | None = None

    def hold(self, chord: Chord) -> Grip:
        """Register it."""
        self.release()
        place = virtual_key_of(chord)
        if place is None:
            return self._come_to(Grip.IMPOSSIBLE)
        self._registered = _register(place, modifiers_of(chord), self.pressed.emit)
        return self._come_to(Grip.IMPOSSIBLE if self._registered is None else Grip.HELD)

    def release(self) -> None:
        """Unregister it."""
        if self._registered is not None:
            self._registered.unregister()
            self._registered = None


if sys.platform == "darwin":  # pragma: no cover - macOS

    def _register(place: int, modifiers: int, act: Callable[[], None]) -> Registered | None:
        from quickmachotkey import quickHotKey
        from quickmachotkey.constants import ModifierKey, VirtualKey

        def pressed() -> None:  # it gets attributes, which a method of a signal can't have
            act()

        registered: Registered = quickHotKey(virtualKey=VirtualKey(place), modifierMask=ModifierKey(modifiers))(pressed)
        return registered

else:

    def _register(place: int, modifiers: int, act: Callable[[], None]) -> Registered | None:  # noqa: ARG001
        return None
