"""The dock: a badge with the number of works under way. A bar would have to be drawn into the program's own icon."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.taskbar.base import Standing, Taskbar


class Dock(Taskbar):
    """The badge of the program's icon, by Qt."""

    def _show(self, standing: Standing, window: QWidget) -> None:  # noqa: ARG002 - the dock has one place for all
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.setBadgeNumber(standing.count)
