"""The conversations so far: found by their words, opened, renamed, deleted; all of it by keyboard too."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from desktop import keys
from desktop.operations import Operation
from desktop.theme import Theme
from desktop.widgets.buttons import QuietButton
from desktop.widgets.direction import isolated
from desktop.widgets.history_row import CONVERSATION, ConversationRows, when
from desktop.widgets.search_field import SearchField
from desktop.widgets.tips import plain_tip
from desktop.widgets.trouble import TroubleCard
from desktop.worker_client import WorkerClient
from rag.protocol import (
    ConversationRow,
    Conversations,
    DeleteConversation,
    ListConversations,
    RenameConversation,
)

_TYPING_PAUSE = 150
"""Milliseconds after the last key before the history is searched."""


class HistoryView(QWidget):
    """``opened``, ``deleted`` and ``save_wanted`` carry the number of a conversation, ``renamed`` its title too."""

    opened = Signal(int)
    deleted = Signal(int)
    save_wanted = Signal(int)
    renamed = Signal(int, str)
    closed = Signal()

    def __init__(self, theme: Theme, client: WorkerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._listing: Operation | None = None
        self._changes: list[Operation] = []
        self._wanted = 0
        self._search = SearchField(theme, keys.SEARCH_CONVERSATIONS)
        self._search.setPlaceholderText(self.tr("Search conversations"))
        self._search.setAccessibleName(self.tr("Search conversations"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE)
        self._pause.timeout.connect(self.refresh)
        self._search.textChanged.connect(self._pause.start)
        self._search.returnPressed.connect(self._open_first)
        self._model = QStandardItemModel(self)
        self._list = self._make_list(theme)
        self._empty = QLabel()
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._trouble = TroubleCard(theme, self.tr("Try again"))
        self._trouble.again.connect(self.refresh)
        self._question = self._make_question(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1.5))
        layout.addWidget(self._search)
        layout.addWidget(self._trouble)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._question)
        back = QuietButton(self.tr("Back to the conversation"))
        back.clicked.connect(self.closed)
        layout.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)

    def take_over(self, other: HistoryView) -> None:
        """Seek what ``other`` seeks, and point at what it points at."""
        row = other._list.currentIndex().data(CONVERSATION)
        self._wanted = row.conversation if isinstance(row, ConversationRow) else 0
        self._search.setText(other._search.text())
        self._pause.stop()

    def refresh(self) -> None:
        """Ask for the history, as far as it holds the words searched for."""
        if self._listing is not None:
            self._listing.cancel()
        self._listing = self._client.run(ListConversations, words=self._search.text().strip())
        self._listing.succeeded.connect(self._show)
        self._listing.failed.connect(self._trouble.show_problem)

    def focus(self) -> None:
        """Let the person search."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- what the person does ---------------------------------------------------------------------------------------

    def _open_first(self) -> None:
        if self._model.rowCount():
            self._open(self._model.index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        row = index.data(CONVERSATION)
        if isinstance(row, ConversationRow):
            self.opened.emit(row.conversation)

    def _save_current(self) -> None:
        row = self._list.currentIndex().data(CONVERSATION)
        if isinstance(row, ConversationRow):
            self.save_wanted.emit(row.conversation)

    def _rename_current(self) -> None:
        self._list.edit(self._list.currentIndex())

    def _rename(self, item: QStandardItem) -> None:
        row, title = item.data(CONVERSATION), " ".join(item.text().split())
        if not isinstance(row, ConversationRow) or title == row.title:
            return
        if not title:
            item.setText(row.title)
            return
        self._change(self._client.run(RenameConversation, conversation=row.conversation, title=title))
        self.renamed.emit(row.conversation, title)

    def _ask_deletion(self) -> None:
        row = self._list.currentIndex().data(CONVERSATION)
        if isinstance(row, ConversationRow):
            self._question_text.setText(
                self.tr("Delete “{title}”? It can’t be brought back.").format(title=isolated(row.title))
            )
            self._question.show()
            self._keep.setFocus()

    def _delete(self) -> None:
        self._question.hide()
        row = self._list.currentIndex().data(CONVERSATION)
        if isinstance(row, ConversationRow):
            self._change(self._client.run(DeleteConversation, conversation=row.conversation))
            self.deleted.emit(row.conversation)
        self._list.setFocus()

    def _spare(self) -> None:
        self._question.hide()
        self._list.setFocus()

    def _change(self, operation: Operation) -> None:
        self._changes = [change for change in self._changes if change.is_running]
        self._changes.append(operation)
        operation.failed.connect(self._trouble.show_problem)
        operation.ended.connect(self.refresh)

    # --- what the worker says ---------------------------------------------------------------------------------------

    def _show(self, reply: Conversations) -> None:
        if self._listing is not None and self.sender() is not self._listing:
            return
        shown = [row.conversation for row in reply.conversations]
        current = shown.index(self._wanted) if self._wanted in shown else self._list.currentIndex().row()
        self._wanted = 0
        self._trouble.hide()
        self._model.clear()
        for row in reply.conversations:
            item = QStandardItem(row.title)
            item.setData(row, CONVERSATION)
            item.setToolTip(plain_tip(row.title))
            item.setData(f"{row.title}, {when(row.changed)}", Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        is_empty = not reply.conversations
        self._list.setVisible(not is_empty)
        self._empty.setVisible(is_empty)
        words = self._search.text().strip()
        self._empty.setText(self.tr("No conversation holds these words.") if words else self.tr("No conversation yet."))
        self._list.setCurrentIndex(self._model.index(max(0, min(current, self._model.rowCount() - 1)), 0))

    # --- parts ------------------------------------------------------------------------------------------------------

    def _make_list(self, theme: Theme) -> QListView:
        view = QListView()
        rows = ConversationRows(theme, view)
        rows.menu_wanted.connect(self._show_menu)
        view.setModel(self._model)
        view.setItemDelegate(rows)
        view.setAccessibleName(self.tr("Conversations"))
        view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._show_menu)
        view.clicked.connect(self._open)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            enter = QShortcut(QKeySequence(key), view)
            enter.setContext(Qt.ShortcutContext.WidgetShortcut)
            enter.activated.connect(lambda: self._open(view.currentIndex()))
        self._model.itemChanged.connect(self._rename)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), view)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._ask_deletion)
        return view

    def _make_question(self, theme: Theme) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "notice")
        self._question_text = QLabel()
        self._question_text.setTextFormat(Qt.TextFormat.PlainText)
        self._question_text.setWordWrap(True)
        delete = QuietButton(self.tr("Delete"))
        delete.clicked.connect(self._delete)
        self._keep = QuietButton(self.tr("Keep"))
        self._keep.clicked.connect(self._spare)
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(theme.space(2), theme.space(1), theme.space(1), theme.space(1))
        layout.addWidget(self._question_text, 1)
        layout.addWidget(self._keep)
        layout.addWidget(delete)
        frame.hide()
        return frame

    def _show_menu(self, place: QPoint) -> None:
        if not isinstance(self._list.currentIndex().data(CONVERSATION), ConversationRow):
            return
        menu = QMenu(self)
        menu.addAction(self.tr("Open"), lambda: self._open(self._list.currentIndex()))
        rename = menu.addAction(self.tr("Rename"), self._rename_current)
        menu.addAction(self.tr("Save…"), self._save_current)
        delete = menu.addAction(self.tr("Delete…"), self._ask_deletion)
        # Shown beside the words; the list itself acts on the keys.
        rename.setShortcut(keys.RENAME)
        delete.setShortcut(keys.FORGET)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._list.viewport().mapToGlobal(place))
