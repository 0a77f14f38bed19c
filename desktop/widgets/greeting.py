"""What stands in a conversation before its first question."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.theme import Theme


class Greeting(QWidget):
    """A friendly line, and what will happen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("What would you like to know?"))
        title.setProperty("role", "title")
        text = QLabel(
            self.tr(
                "Ask your documents in your own words. The passages come first, the answer is written below them, "
                "and every sentence leads to its page."
            )
        )
        text.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(4), theme.space(12), theme.space(4), 0)
        for label in (title, text):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
