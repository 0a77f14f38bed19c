"""A search field: its icon, its key while it is empty, its cross while it is not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from desktop import keys
from desktop.theme import Theme


class SearchField(QLineEdit):
    """``key`` (of desktop.keys) is what leads to it from anywhere."""

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = self.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._icon.setText(self.tr("Search"))
        self._icon.triggered.connect(self.setFocus)
        self._clear = self.addAction(theme.icon("close", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setText(self.tr("Clear"))
        self._clear.triggered.connect(self.clear)
        self._hint = QLabel(keys.native(key), self)
        self._hint.setProperty("role", "small")
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.space(1), 0)
        layout.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignTrailing)
        self.textChanged.connect(self._show_words)
        theme.changed.connect(self._dress)
        self._show_words("")

    def _show_words(self, words: str) -> None:
        self._hint.setVisible(not words)
        self._clear.setVisible(bool(words))

    def _dress(self) -> None:
        self._icon.setIcon(self._theme.icon("search", "muted"))
        self._clear.setIcon(self._theme.icon("close", "muted"))
