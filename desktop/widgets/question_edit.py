"""The text field of a question: it grows with its lines."""

from __future__ import annotations

import math

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from rag.protocol import LONGEST_QUESTION

_MOST_LINES = 6
_LOWEST = 24
"""Device-independent pixels: what a finger or an unsteady hand can hit."""

_MOST_PASTED = 5 * LONGEST_QUESTION
"""Characters that are taken of what is pasted: enough to say that it is too long; a whole book would be laid out."""


class QuestionEdit(QPlainTextEdit):
    """A text field of one to six lines. ``submitted``: Enter was pressed."""

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks; with Shift it begins a new line."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Take what is pasted or dropped, as far as a question could hold it."""
        self.insertPlainText(source.text()[:_MOST_PASTED])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow or shrink with the lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # A QPlainTextEdit's document measures its height in lines.
        needed = math.ceil(self.document().size().height())
        lines = max(1, min(_MOST_LINES, needed))
        overflows = needed > _MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if overflows else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        margins = 2 * self.document().documentMargin() + self.contentsMargins().top() + self.contentsMargins().bottom()
        self.setFixedHeight(max(_LOWEST, math.ceil(lines * self.fontMetrics().lineSpacing() + margins)))
