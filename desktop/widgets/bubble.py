"""A question as it stands in the conversation: a bubble at the right, as wide as its text needs."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.soft_breaks import breakable

_WIDEST = 0.8
"""Of the width of the conversation."""


class QuestionBubble(QWidget):
    """Shows a question as plain text that can be selected. ``edit_wanted``: it is to be asked in other words."""

    edit_wanted = Signal()

    def __init__(self, theme: Theme, question: str, parent: QWidget | None = None, *, can_edit: bool = False) -> None:
        super().__init__(parent)
        self._label = QLabel(breakable(question))
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setAccessibleName(self.tr("Question"))
        self._label.setAccessibleDescription(question)
        frame = QFrame()
        frame.setProperty("role", "bubble")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(theme.space(1.75), theme.space(1.25), theme.space(1.75), theme.space(1.25))
        inside.addWidget(self._label)
        self._padding = 2 * theme.space(1.75)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch()
        if can_edit:
            edit = IconButton(theme, "edit", self.tr("Edit the question and ask it again"))
            edit.clicked.connect(self.edit_wanted)
            layout.addWidget(edit)
        layout.addWidget(frame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the question within four fifths of the width; Qt alone would choose a square."""
        super().resizeEvent(event)
        room = int(event.size().width() * _WIDEST) - self._padding
        wrapping = Qt.TextFlag.TextWordWrap
        needed = self._label.fontMetrics().boundingRect(QRect(0, 0, room, 0), wrapping, self._label.text())
        width = max(1, min(room, needed.width() + 2))
        self._label.setFixedWidth(width)
        self._label.setMinimumHeight(0)  # else it counts for the height that is needed
        self._label.setMinimumHeight(self._label.heightForWidth(width))
