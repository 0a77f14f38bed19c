"""The docks and taskbars of free desktops: a bar and a number at the program's icon (Plasma, Dash to Dock, Unity).

LauncherEntry: https://wiki.ubuntu.com/Unity/LauncherAPI. It is a signal: nobody has to listen.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.session_bus import Place, SessionBus
from desktop.taskbar.base import Standing, Taskbar

ENTRY = Place("/org/phial/launcherentry", "com.canonical.Unity.LauncherEntry")
APPLICATION = "application://phial.desktop"


def properties_of(standing: Standing) -> dict[str, tuple[str, object]]:
    """What tells ``standing``, each with its type on the bus."""
    has_bar = standing.count > 0 and standing.hundredths >= 0
    return {
        "progress": ("d", max(0, standing.hundredths) / 100),
        "progress-visible": ("b", has_bar),
        "count": ("x", standing.count),
        "count-visible": ("b", standing.count > 0),
    }


class LauncherEntry(Taskbar):
    """Tells whoever shows the program's icon."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._bus = SessionBus(self)

    def _show(self, standing: Standing, window: QWidget) -> None:  # noqa: ARG002 - an icon is one for all windows
        self._bus.tell(ENTRY, "Update", "sa{sv}", (APPLICATION, properties_of(standing)))
