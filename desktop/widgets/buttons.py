"""Buttons that keep the theme's dress when it changes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop import keys
from desktop.theme import Theme


class IconButton(QPushButton):
    """A button that shows an icon alone: its name is for the tooltip and for those who listen."""

    def __init__(self, theme: Theme, icon: str, name: str, shortcut: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._colour = "muted"
        self.setProperty("role", "icon")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(16, 16))
        self.setAutoDefault(False)  # else Enter, anywhere in a dialog, presses the first of them
        self.set_name(name, shortcut)
        theme.changed.connect(self._dress)
        self._dress()

    def set_name(self, name: str, shortcut: str = "") -> None:
        """Say what it does, and by which key (of desktop.keys)."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({keys.native(shortcut)})" if shortcut else name)

    def set_icon(self, icon: str, colour: str | None = None) -> None:
        """Show another icon."""
        self._icon = icon
        self._colour = colour or self._colour
        self._dress()

    def _dress(self) -> None:
        self.setIcon(self._theme.icon(self._icon, self._colour))


class QuietButton(QPushButton):
    """A button of text alone, for what is seldom pressed."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "quiet")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
