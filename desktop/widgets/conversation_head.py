"""The top of the conversation: its title, a new one, those so far."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import keys
from desktop.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.elided import ElidedLabel


class ConversationHead(QWidget):
    """``begun``: a new conversation is wanted; ``history_wanted``: those so far, or back from them."""

    begun = Signal()
    history_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._shown = ElidedLabel()
        self._shown.setProperty("role", "title")
        begin = IconButton(theme, "add", self.tr("New conversation"), keys.NEW_CONVERSATION)
        begin.clicked.connect(self.begun)
        history = IconButton(theme, "history", self.tr("Conversations so far"), keys.SEARCH_CONVERSATIONS)
        history.clicked.connect(self.history_wanted)
        self.setFixedHeight(theme.space(7))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(0.5))
        layout.addWidget(self._shown, 1)
        layout.addWidget(begin)
        layout.addWidget(history)
        self.set_title("")

    @property
    def title(self) -> str:
        """The title of the conversation; "" where it is new."""
        return self._title

    def set_title(self, title: str) -> None:
        """Say which conversation it is; "" for a new one."""
        self._title = title
        self.show_place(is_history=False)

    def show_place(self, *, is_history: bool) -> None:
        """Say that the history is shown, or the conversation again."""
        self._shown.set_text(self.tr("Conversations") if is_history else self._title or self.tr("New conversation"))
