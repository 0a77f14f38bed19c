"""The third step: the shortcut that brings the quick question, tried out, and starting with the computer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.quick_access import QuickAccess
from desktop.theme import Theme
from desktop.widgets.announce import announce
from desktop.widgets.labels import make_label
from desktop.widgets.login_row import LoginRow
from desktop.widgets.shortcut_row import ShortcutRow

_ICON = 16
"""Device-independent pixels."""


class FirstShortcut(QWidget):
    """``done``: it was pressed, and recognised."""

    done = Signal()

    def __init__(self, theme: Theme, access: QuickAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._access = access
        self._was_pressed = False
        self._keys = QHBoxLayout()
        self._keys.setSpacing(theme.space(1))
        self._tick = QLabel()
        self._said = make_label("title")
        self._row = ShortcutRow(theme, access, self.tr("Shortcut"))
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        said = QVBoxLayout()
        said.setSpacing(theme.space(1))
        said.addWidget(self._tick, 0, Qt.AlignmentFlag.AlignHCenter)
        said.addWidget(self._said)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(2))
        layout.addLayout(self._keys)
        layout.addLayout(said)
        layout.addSpacing(theme.space(1))
        layout.addWidget(self._row)
        layout.addWidget(LoginRow(theme, self.tr("Start with the computer, so that it is always there")))
        access.changed.connect(self._show_anew)
        theme.changed.connect(self._dress)
        self._show_anew()
        self._dress()

    def take_press(self) -> bool:
        """The shortcut was pressed: say so the first time. Whether that was all that it was pressed for."""
        if self._was_pressed:
            return False
        self._was_pressed = True
        self._show()
        announce(self, self._said.text())
        self.done.emit()
        return True

    def _show_anew(self) -> None:
        self._was_pressed = False
        while (item := self._keys.takeAt(0)) is not None:
            if (key := item.widget()) is not None:
                key.hide()
                key.deleteLater()
        self._keys.addStretch()
        # Written “Ctrl+Alt+Space”, or on a Mac as signs without anything between them: then it is one key cap.
        for part in filter(None, self._access.keys.split("+")):
            cap = QLabel(part)
            cap.setProperty("role", "keycap")
            self._keys.addWidget(cap)
        self._keys.addStretch()
        self._show()

    def _show(self) -> None:
        self._tick.setVisible(self._was_pressed)
        self._row.setHidden(self._access.is_impossible)
        if self._was_pressed:
            words = self.tr("That was it. From now on it brings the quick question, whichever program you are in.")
        elif self._access.keys:
            words = self.tr("Press it now.")
        elif self._access.is_impossible:
            words = self.tr("Ask from the tray menu, or bind “phial quick” to a key in the desktop’s own settings.")
        else:
            words = self.tr("There is no shortcut. Record one below, or do without.")
        self._said.setText(words)

    def _dress(self) -> None:
        self._tick.setPixmap(self._theme.icon("check", "teal").pixmap(_ICON))
