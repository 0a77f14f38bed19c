"""What the taskbar or the dock shows of the work under way: one interface (base), one file a platform.

Only the file of the platform that runs is imported. Decision 0177.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.taskbar.base import Standing, Taskbar

__all__ = ["Standing", "Taskbar", "make_taskbar"]


def make_taskbar(parent: QObject) -> Taskbar:
    """The taskbar of the platform that this program shows its windows on."""
    shows_on = QGuiApplication.platformName()
    if sys.platform == "win32" and shows_on == "windows":
        from desktop.taskbar.windows import WindowsTaskbar

        return WindowsTaskbar(parent)
    if sys.platform == "darwin" and shows_on == "cocoa":
        from desktop.taskbar.macos import Dock

        return Dock(parent)
    if sys.platform == "linux" and shows_on in {"xcb", "wayland"} and os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        from desktop.taskbar.linux import LauncherEntry

        return LauncherEntry(parent)
    return Taskbar(parent)
