"""The keys of the quick question, in a line below it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from desktop import keys
from desktop.theme import Theme

_ENTER = "↵"


class KeyHints(QWidget):
    """Each key with what it does; those that there is no room for are left out, the last first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        enter = keys.native(keys.ASK)
        self._hints = [
            (self._label(key.replace(enter, _ENTER), "key"), self._label(words, "small"))
            for key, words in (
                (enter, self.tr("Ask")),
                (keys.native(keys.CONTINUE), self.tr("Continue in Phial")),
                ("↑↓", self.tr("Open the page")),
                (keys.native(keys.BACK_OUT), self.tr("Close")),
            )
        ]

    def sizeHint(self) -> QSize:
        """As high as its labels."""
        return QSize(0, max(label.sizeHint().height() for hint in self._hints for label in hint))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place as many as there is room for."""
        super().resizeEvent(event)
        left, is_full = 0, False
        for key, words in self._hints:
            place = left
            for label in (key, words):
                size = label.sizeHint()
                at = QRect(QPoint(place, (self.height() - size.height()) // 2), size)
                label.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), at))
                place += size.width() + self._theme.space(0.75)
            is_full = is_full or place > self.width()
            for label in (key, words):
                label.setVisible(not is_full)
            left = place + self._theme.space(1)

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        return label
