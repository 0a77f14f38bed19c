"""What stands around a conversation: its head, its foot with the composer, and the history that takes its place."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.panes.saving import SavingNotice
from desktop.theme import Theme
from desktop.widgets.column import centred
from desktop.widgets.composer import Composer
from desktop.widgets.conversation_head import ConversationHead
from desktop.widgets.history import HistoryView
from desktop.worker_client import WorkerClient


class ConversationFrame(QWidget):
    """Shows a conversation or the history; Escape stops what is under way, or leaves the history."""

    def __init__(self, theme: Theme, client: WorkerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Conversation"))
        self._head = ConversationHead(theme)
        self._head.history_wanted.connect(self._turn_history)
        self._composer = Composer(theme)
        self._history = HistoryView(theme, client)
        self._history.closed.connect(self._leave_history)
        self._saving = SavingNotice(theme, client)
        self._history.save_wanted.connect(self._saving.save)
        self._saving.closed.connect(self._focus_again)
        self._pages = QStackedWidget()
        foot = QWidget()
        below = QVBoxLayout(foot)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.space(1))
        below.addWidget(self._saving)
        below.addWidget(self._composer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.space(2.5))
        layout.setSpacing(0)
        layout.addWidget(centred(self._head, theme))
        layout.addWidget(self._pages, 1)
        layout.addWidget(centred(foot, theme))

    @property
    def composer(self) -> Composer:
        """Where questions are written."""
        return self._composer

    @property
    @abstractmethod
    def is_answering(self) -> bool:
        """Whether an answer is being written, as far as the person can see."""

    @abstractmethod
    def stop(self) -> None:
        """Stop the answer under way: on the screen at once, in the worker as soon as it can."""

    def focus_composer(self) -> None:
        """Let the person write."""
        self._leave_history()
        self._composer.focus()

    @property
    def shows_history(self) -> bool:
        """Whether the history stands in the place of the conversation."""
        return self._is_history

    def show_history(self) -> None:
        """Show the conversations so far, with the keyboard in their search."""
        self._saving.put_away()
        self._pages.setCurrentIndex(1)
        self._head.show_place(is_history=True)
        self._composer.hide()
        self._history.refresh()
        self._history.focus()

    def event(self, event: QEvent) -> bool:
        """Claim Escape while there is something to stop or to leave, before any shortcut of the window gets it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._escapes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops the answer, or leaves the history."""
        if not self._escapes(event):
            super().keyPressEvent(event)
        elif self._is_history:
            self._leave_history()
        else:
            self.stop()

    def _add_pages(self, conversation: QWidget, theme: Theme) -> None:
        self._pages.addWidget(conversation)
        self._pages.addWidget(centred(self._history, theme))

    @property
    def _is_history(self) -> bool:
        return self._pages.currentIndex() == 1

    def _turn_history(self) -> None:
        if self._is_history:
            self._leave_history()
        else:
            self.show_history()

    def _leave_history(self) -> None:
        if self._is_history:
            self._pages.setCurrentIndex(0)
            self._head.show_place(is_history=False)
            self._composer.show()
            self._composer.focus()

    def _focus_again(self) -> None:
        (self._history if self._is_history else self._composer).focus()

    def _escapes(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and (self.is_answering or self._is_history)
