"""A search field: its icon, its key while it is empty, its cross while it is not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from desktop import keys
from desktop.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.direction import leave_room

_ICON = 16
"""Device-independent pixels."""


class SearchField(QLineEdit):
    """``key`` (of desktop.keys) is what leads to it from anywhere."""

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleDescription(keys.native(key))
        self._icon = QLabel()
        self._icon.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._hint = QLabel(keys.native(key))
        self._hint.setProperty("role", "small")
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # No action of the field's: Qt would give it a button that is too small to hit, and let it fade.
        self._clear = IconButton(theme, "close", self.tr("Clear"))
        self._clear.clicked.connect(self._empty)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(1), 0, theme.space(0.5), 0)
        layout.addWidget(self._icon)
        layout.addStretch()
        layout.addWidget(self._hint)
        layout.addWidget(self._clear)
        self.textChanged.connect(self._show_words)
        theme.changed.connect(self._dress)
        self._dress()
        self._show_words("")

    def changeEvent(self, event: QEvent) -> None:
        """Give the words their room on the other side where one reads from right to left."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._make_room()

    def _make_room(self) -> None:
        beside = self._clear if self.text() else self._hint
        leave_room(self, _ICON + self._theme.space(0.5), beside.sizeHint().width())

    def _empty(self) -> None:
        self.clear()
        self.setFocus()

    def _show_words(self, words: str) -> None:
        self._hint.setVisible(not words)
        self._clear.setVisible(bool(words))
        self._make_room()

    def _dress(self) -> None:
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(self._theme.icon("search", "muted").pixmap(QSize(_ICON, _ICON), ratio))
