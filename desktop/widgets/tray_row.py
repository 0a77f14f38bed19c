"""Whether Phial stays in the tray when its window is closed, as a tick; where there is no tray, that is said."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from desktop.preferences import Preferences
from desktop.theme import Theme
from desktop.widgets.setting_row import CheckRow

PAUSE = 2_000
"""Milliseconds between two looks for a tray, while the row waits for one in sight: no system tells of it."""


class TrayRow(CheckRow):
    """Changes it at once. Without a tray it shows how it is then, and what is preferred is kept for when there is one.

    A panel may come up after Phial does: ``found`` says so.
    """

    found = Signal()

    def __init__(self, theme: Theme, preferences: Preferences, words: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, words, parent)
        self._preferences = preferences
        self._has_tray = True
        self._looking = QTimer(self, interval=PAUSE)
        self._looking.timeout.connect(self._look)
        self.toggled.connect(self._stay)
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        """See whether there is a tray now."""
        super().showEvent(event)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no further."""
        super().hideEvent(event)
        self._looking.stop()

    def _stay(self, stays: bool) -> None:
        self._preferences.stays_in_tray = stays
        self._look()

    def _look(self) -> None:
        had_tray, has_tray = self._has_tray, QSystemTrayIcon.isSystemTrayAvailable()
        self._has_tray = has_tray
        self.show_value(has_tray and self._preferences.stays_in_tray)
        self.forbid("" if has_tray else self.tr("Phial finds no tray on this desktop: closing the window quits Phial."))
        if has_tray or not self.isVisible():
            self._looking.stop()
        elif not self._looking.isActive():
            self._looking.start()
        if has_tray and not had_tray:
            self.found.emit()
