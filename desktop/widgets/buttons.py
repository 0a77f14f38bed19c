"""Buttons that keep the theme's dress when it changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QPushButton, QWidget

from desktop import keys
from desktop.theme import Theme
from desktop.widgets.tips import show_tip

_ICON = 16
"""Device-independent pixels of an icon beside letters of the usual size."""


def press_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press ``button``, which has the keyboard, where ``event`` is Enter; whether it was.

    Qt's buttons take the space bar alone, outside of dialogs and on most systems.
    """
    is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat()
    if is_enter:
        button.click()
    return is_enter


class Button(QPushButton):
    """A button that Enter presses where it has the keyboard, and nowhere else."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)  # else Enter, anywhere in a dialog, presses the first of them

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it."""
        if not press_by_enter(self, event):
            super().keyPressEvent(event)


def stop_at_chosen(group: QButtonGroup) -> None:
    """Have Tab stop at the chosen one of ``group``; the arrows lead on. Qt itself does so after the first change."""
    for button in group.buttons():
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus)


class IconButton(Button):
    """A button that shows an icon alone: its name is for the tooltip and for those who listen."""

    def __init__(self, theme: Theme, icon: str, name: str, shortcut: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._theme = theme
        self._icon = icon
        self._colour = "muted"
        self.setProperty("role", "icon")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(_ICON, _ICON) * theme.scale)
        self.set_name(name, shortcut)
        theme.changed.connect(self._dress)
        self._dress()

    def set_name(self, name: str, shortcut: str = "") -> None:
        """Say what it does, and by which key (of desktop.keys)."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(keys.native(shortcut))
        self.setToolTip(f"{name} ({keys.native(shortcut)})" if shortcut else "")

    def set_icon(self, icon: str, colour: str | None = None) -> None:
        """Show another icon."""
        self._icon = icon
        self._colour = colour or self._colour
        self._dress()

    def event(self, event: QEvent) -> bool:
        """Show its name to those who point at it: as a tooltip of its own it would be read out a second time."""
        if event.type() == QEvent.Type.ToolTip and not self.toolTip():
            return show_tip(self, event, self.accessibleName())
        return super().event(event)

    def _dress(self) -> None:
        self.setIcon(self._theme.icon(self._icon, self._colour))


class QuietButton(Button):
    """A button of text alone, for what is seldom pressed."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "quiet")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
