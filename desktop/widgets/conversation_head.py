"""The top of the conversation: its title, to save it, a new one, those so far."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import keys
from desktop.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.elided import ElidedLabel


class ConversationHead(QWidget):
    """``begun``: a new conversation is wanted; ``history_wanted``: those so far, or back from them.

    ``save_wanted``: the one that is shown, as a file.
    """

    begun = Signal()
    save_wanted = Signal()
    history_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._is_kept = False
        self._is_history = False
        self._shown = ElidedLabel()
        self._shown.setProperty("role", "title")
        self._save = IconButton(theme, "drop", self.tr("Save the conversation…"), keys.SAVE)
        self._save.clicked.connect(self.save_wanted)
        self._save.hide()
        begin = IconButton(theme, "add", self.tr("New conversation"), keys.NEW_CONVERSATION)
        begin.clicked.connect(self.begun)
        history = IconButton(theme, "history", self.tr("Conversations so far"), keys.SEARCH_CONVERSATIONS)
        history.clicked.connect(self.history_wanted)
        self.setFixedHeight(theme.space(7))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(0.5))
        layout.addWidget(self._shown, 1)
        layout.addWidget(self._save)
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
        self.show_place(is_history=self._is_history)

    def set_kept(self, is_kept: bool) -> None:
        """Whether there is something to save: a question that was answered."""
        self._is_kept = is_kept
        self._save.setVisible(is_kept and not self._is_history)

    def show_place(self, *, is_history: bool) -> None:
        """Say that the history is shown, or the conversation again."""
        self._is_history = is_history
        self._save.setVisible(self._is_kept and not is_history)
        self._shown.set_text(self.tr("Conversations") if is_history else self._title or self.tr("New conversation"))
