"""Whether Phial stays in the tray when its window is closed, as a tick; where there is no tray, that is said."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from desktop.preferences import Preferences
from desktop.theme import Theme
from desktop.widgets.setting_row import CheckRow


class TrayRow(CheckRow):
    """Changes it at once. Without a tray it shows how it is then, and what is preferred is kept for when there is one.

    A panel may come up after Phial does: ``found`` says so, once the person comes back to the window. No system tells,
    and asking again and again would wake a window that nobody uses.
    """

    found = Signal()

    def __init__(self, theme: Theme, preferences: Preferences, words: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, words, parent)
        self._preferences = preferences
        self._has_tray = True
        self.toggled.connect(self._stay)
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        """See whether there is a tray now."""
        super().showEvent(event)
        self._look()

    def event(self, event: QEvent) -> bool:
        """See whether there is a tray now that the person comes back to the window."""
        if event.type() == QEvent.Type.WindowActivate:
            self._look()
        return super().event(event)

    def _stay(self, stays: bool) -> None:
        self._preferences.stays_in_tray = stays
        self._look()

    def _look(self) -> None:
        had_tray, has_tray = self._has_tray, QSystemTrayIcon.isSystemTrayAvailable()
        self._has_tray = has_tray
        self.show_value(has_tray and self._preferences.stays_in_tray)
        self.forbid("" if has_tray else self.tr("Phial finds no tray on this desktop: closing the window quits Phial."))
        if has_tray and not had_tray:
            self.found.emit()
