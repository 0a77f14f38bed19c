"""One of several values, each with what it is called, chosen from a list that drops down."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QWidget


class ChoiceBox(QComboBox):
    """Holds ``choices``: a value and its words each. A wheel that turns over it moves what it stands in."""

    def __init__(self, name: str, choices: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(QStyledItemDelegate(self))  # the one that the style sheet reaches
        for value, words in choices:
            self.addItem(words, str(value))

    @property
    def value(self) -> str:
        """What is chosen."""
        return str(self.currentData())

    def choose(self, value: str) -> None:
        """Show that ``value`` is chosen; the first where it is none of them."""
        self.setCurrentIndex(max(0, self.findData(str(value))))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to whatever scrolls: who scrolls past must not choose something else unawares."""
        event.ignore()
