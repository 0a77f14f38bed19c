"""One of several values, each with what it is called, chosen from a list that drops down."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyledItemDelegate, QStyleOptionComboBox, QStylePainter, QWidget

_PADDING = 4
"""Device-independent pixels."""


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

    def sizeHint(self) -> QSize:
        """Room for the longest of its words; the style sheet's padding is counted too low."""
        return super().sizeHint() + QSize(_PADDING, 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it with words that are elided, not cut, where there is no room for them."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        words = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, field.width())
        option.currentText = words
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to whatever scrolls: who scrolls past must not choose something else unawares."""
        event.ignore()
