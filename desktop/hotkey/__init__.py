"""The global shortcut: a key that brings the quick question over whatever program the person is in.

One interface (base), one file a platform. Only the file of the platform that runs is imported. Decision 0163.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.hotkey.base import Grip, Hotkey
from desktop.hotkey.chord import ALTERNATIVES, DEFAULT, Chord

__all__ = ["ALTERNATIVES", "DEFAULT", "Chord", "Grip", "Hotkey", "make_hotkey"]


def make_hotkey(parent: QObject) -> Hotkey:
    """The way to a global shortcut on the platform that this program shows its windows on."""
    shows_on = QGuiApplication.platformName()
    if sys.platform == "win32" and shows_on == "windows":
        from desktop.hotkey.windows import WindowsHotkey

        return WindowsHotkey(parent)
    if sys.platform == "darwin" and shows_on == "cocoa":
        from desktop.hotkey.macos import MacHotkey

        return MacHotkey(parent)
    # Beneath a Wayland compositor an X grab only sees the keys that X programs get.
    if shows_on.startswith("wayland") or (shows_on == "xcb" and os.environ.get("WAYLAND_DISPLAY")):
        from desktop.hotkey.portal import PortalHotkey

        return PortalHotkey(parent)
    if shows_on == "xcb":
        from desktop.hotkey.x11 import XHotkey

        return XHotkey(parent)
    return Hotkey(parent)
