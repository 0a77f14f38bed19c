"""What stands in a conversation before its first question."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.direction import isolated
from desktop.widgets.history_row import when
from desktop.widgets.status import Chip
from desktop.widgets.tips import plain_tip
from rag.protocol import ConversationRow


class Greeting(QWidget):
    """A friendly line, and what will happen. ``resumed``: the number of the last conversation, to go on with."""

    resumed = Signal(int)

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
        self._last: ConversationRow | None = None
        self._resume = Chip()
        self._resume.clicked.connect(self._go_on)
        self._resume.hide()
        self._theme = theme
        theme.changed.connect(self._dress)
        self._dress()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(4), theme.space(2), theme.space(4), 0)
        for label in (title, text):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addSpacing(theme.space(2))
        layout.addWidget(self._resume, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_last(self, row: ConversationRow | None) -> None:
        """Offer to go on with the conversation ``row``; None: there is none."""
        self._last = row
        self._resume.setVisible(row is not None)
        if row is not None:
            self._resume.set_words(self.tr("Go on with: {title}").format(title=isolated(row.title)))
            self._resume.setToolTip(plain_tip(f"{row.title}\n{when(row.changed)}"))
            self._resume.setAccessibleName(self._resume.words)
            self._resume.setAccessibleDescription(when(row.changed))

    def stand_in(self, height: int) -> None:
        """Stand a third down in a pane of ``height`` pixels, where that leaves room for all of it."""
        layout, space = self.layout(), self._theme.space
        if layout is not None:
            top = max(space(2), height // 3 - space(5))
            layout.setContentsMargins(space(4), top, space(4), 0)

    def _go_on(self) -> None:
        if self._last is not None:
            self.resumed.emit(self._last.conversation)

    def _dress(self) -> None:
        self._resume.setIcon(self._theme.icon("history", "muted"))
