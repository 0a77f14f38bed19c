"""The main window: what library, conversation and reader say to each other, and what the program asks of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSettings, Qt, QUrl, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)

from desktop import keys
from desktop.activities import Activity, ActivityKind, ActivityState, request_of
from desktop.arrivals import Arrivals
from desktop.theme import Theme
from desktop.widgets.mends import MENDS, Mend
from desktop.widgets.scope import ChosenScope
from desktop.windows.drops import Drops
from desktop.windows.folding import Pane
from desktop.windows.main_frame import MainFrame
from desktop.windows.placement import keep_draft, keep_placement, kept_draft, restore_placement
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import Citation, Document, Passage


class MainWindow(MainFrame):
    """The panes, folding as it gets narrow, the keys, and the drop of files anywhere on it.

    ``settings_wanted``: their window. ``closed``: the person closed it, and it doesn't stay open in the tray;
    ``went_away``: it does.
    """

    settings_wanted = Signal()
    closed = Signal()
    went_away = Signal()

    def __init__(self, theme: Theme, client: WorkerClient, store: QSettings) -> None:
        """``store`` keeps where the window stood. ``stays_open`` is asked whether closing it only hides it."""
        super().__init__(theme, client, store)
        self._store = store
        self.stays_open: Callable[[], bool] = lambda: False
        self.conversation.every_document = lambda: self.library.documents
        self.arrivals = Arrivals(self.library.feed, self)
        self._connect(client)
        self._make_shortcuts()
        Drops(theme, self, self.library, self._write)
        restore_placement(store, self, self.panes)
        self.panes.fold(self.width())
        self.conversation.composer.propose(kept_draft(store))
        self.conversation.focus_composer()

    # --- what the program asks of it --------------------------------------------------------------------------------

    def show_page(self, item: Citation | Passage, items: tuple[Citation | Passage, ...]) -> None:
        """Be in front with the page of ``item`` open."""
        self.come_forward()
        self._open_citation(item, items)

    def go_on_with(self, question: str, conversation: int) -> None:
        """Be in front with ``conversation``; where that is 0, ask ``question`` in a new one."""
        self.come_forward()
        self.show_pane(Pane.CONVERSATION)
        if conversation:
            self.conversation.open_conversation(conversation)
        else:
            self.conversation.new_conversation()
            self.conversation.ask(question)

    def show_outcome(self, activity: Activity) -> None:
        """Be in front with what came of ``activity``."""
        self.come_forward()
        if activity.kind is ActivityKind.DOWNLOAD:
            self.models.come_forward()
        elif activity.kind is ActivityKind.READING:
            self.library.show_documents(activity.targets)
        elif activity.state is ActivityState.FAILED:
            self.show_activities()
        else:
            self.show_pane(Pane.CONVERSATION)
            self.conversation.show_outcome(request_of(activity))

    def show_activities(self) -> None:
        """Be in front with the list of what is under way."""
        self.come_forward()
        if not self.activity_pane.isVisible():
            self.activity_pane.toggle()

    def take_opened(self, paths: Sequence[str]) -> None:
        """Take files or folders in that were opened with Phial, and show them when they can be read."""
        self.arrivals.take(paths)

    def keep_state(self) -> None:
        """Write down where the window stands, and what is half written in it; what was removed is erased now."""
        self.library.feed.undo.settle()
        keep_placement(self._store, self, self.panes if self.panes.has_room_for_all else None)
        keep_draft(self._store, self.conversation.composer.text)

    def mend(self, problem: Problem) -> None:
        """Do what a person can do at once where ``problem`` keeps Phial from its work."""
        match MENDS.get(problem.kind):
            case Mend.SHOW_MODELS:
                self.models.come_forward()
            case Mend.SHOW_SHORTCUT:
                self.settings_wanted.emit()
            case Mend.SHOW_FOLDER:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._client.home)))
            case Mend.TRY_NOW:
                self._client.try_now()

    def show_pane(self, pane: Pane) -> None:
        """Bring ``pane`` to sight and give it the keyboard."""
        self.uncover()
        self.panes.bring(pane)
        if pane is Pane.LIBRARY:
            self.library.focus_first()
        elif pane is Pane.CONVERSATION:
            self.conversation.focus_composer()
        else:
            self.reader.focus()

    # --- what its parts say to each other ---------------------------------------------------------------------------

    def _connect(self, client: WorkerClient) -> None:
        self.panes.fold_bar.chosen.connect(self.show_pane)
        self.health.opened.connect(self._open_document)
        self.library.scope_changed.connect(self.conversation.set_scope)
        self.library.document_opened.connect(self._open_document)
        self.library.health_wanted.connect(self.show_health)
        self.library.ask_wanted.connect(lambda: self.show_pane(Pane.CONVERSATION))
        self.library.summary_wanted.connect(self._summarise)
        self.library.words_wanted.connect(self._find_all)
        self.library.models_wanted.connect(self.models.come_forward)
        self.library.connections_wanted.connect(self.show_connections)
        self.library.shortcuts_wanted.connect(self.show_shortcuts)
        self.library.settings_wanted.connect(self.settings_wanted)
        self.conversation.scope_changed.connect(self.library.take_scope)
        self.conversation.citation_opened.connect(self._open_citation)
        self.conversation.models_wanted.connect(self.models.come_forward)
        estimating = self.conversation.estimating
        self.library.feed.model_state_changed.connect(estimating.consider_model)
        self.library.feed.changed.connect(lambda: estimating.consider_documents(len(self.library.documents)))
        self.reader.closed.connect(self._close_reader)
        self.reader.remove_wanted.connect(self._remove_read)
        self.reader.cited.connect(self.conversation.mark_cited)
        self.reader.asked_about.connect(self._ask_about)
        self.activity_pane.opened.connect(self.show_outcome)
        self.library.document_opened.connect(self.arrivals.forget)
        self.conversation.citation_opened.connect(self.arrivals.forget)
        self.arrivals.arrived.connect(self._show_arrived)
        client.lost.connect(self.show_problem)
        client.connected.connect(self._trouble.recover)

    def _make_shortcuts(self) -> None:
        for key, act in (
            (keys.NEXT_PANE, lambda: self.step(1)),
            (keys.PREVIOUS_PANE, lambda: self.step(-1)),
            (keys.SEARCH_DOCUMENTS, self.search),
            (keys.SEARCH_CONVERSATIONS, self.find_words),
            (keys.NEW_CONVERSATION, self._begin_conversation),
            (keys.SAVE, self.conversation.save),
            (keys.PREVIOUS_QUESTION, lambda: self.conversation.step(-1)),
            (keys.NEXT_QUESTION, lambda: self.conversation.step(1)),
            (keys.ADD_FILES, self.library.choose_files),
            (keys.HEALTH, self.show_health),
            (keys.MODELS, self.models.come_forward),
            (keys.ACTIVITIES, self.activity_pane.toggle),
            (keys.SETTINGS, self.settings_wanted.emit),
            (keys.SHORTCUTS, self.show_shortcuts),
            (keys.QUIT, self.close),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    # --- panes ------------------------------------------------------------------------------------------------------

    def focused_pane(self) -> Pane:
        """The pane that has the keyboard."""
        return self.panes.focused

    def step(self, by: int) -> None:
        """Give the keyboard to the pane ``by`` places on."""
        self.show_pane(self.panes.beside(by))

    def search(self) -> None:
        """Let the person search the documents, by name or by what stands in them."""
        self.show_pane(Pane.LIBRARY)
        self.library.focus_search()

    def find_words(self) -> None:
        """Let the person seek words in what they read, or else in what was asked and answered so far."""
        if self.focused_pane() is Pane.READER:
            self.reader.find_words()
        else:
            self.search_conversations()

    def search_conversations(self) -> None:
        """Let the person search what was asked and answered so far."""
        self.show_pane(Pane.CONVERSATION)
        self.conversation.show_history()

    def _begin_conversation(self) -> None:
        self.conversation.new_conversation()
        self.show_pane(Pane.CONVERSATION)

    def _write(self, words: str) -> None:
        self.show_pane(Pane.CONVERSATION)
        self.conversation.write(words)

    def _summarise(self, documents: tuple[Document, ...]) -> None:
        self.show_pane(Pane.CONVERSATION)
        self.conversation.summarise(documents)

    def _find_all(self, words: str) -> None:
        self.show_pane(Pane.CONVERSATION)
        self.conversation.find_all(words)

    def _open_citation(self, item: Citation | Passage, items: tuple[Citation | Passage, ...]) -> None:
        self.uncover()
        self.reader.show_citation(item, items)
        self.panes.open_reader()

    def _open_document(self, document: Document) -> None:
        self.uncover()
        self.reader.show_document(document)
        self.panes.open_reader()

    def _show_arrived(self, documents: tuple[Document, ...]) -> None:
        """What was opened with Phial is read: show it, and let the next question be about it."""
        if len(documents) == 1:
            self._open_document(documents[0])
        scope = ChosenScope(documents)
        self.library.take_scope(scope)
        self.conversation.set_scope(scope)
        self.conversation.focus_composer()

    def _ask_about(self, text: str) -> None:
        """Let the person ask about a text that they have selected."""
        self.show_pane(Pane.CONVERSATION)
        self.conversation.composer.insert(f"“{text}” ")

    def _close_reader(self) -> None:
        self.panes.close_reader()
        self.conversation.mark_cited(None)
        self.conversation.focus_composer()

    def _remove_read(self, sha256: str) -> None:
        """What is read is removed: the way back is in the library, in sight and with the keyboard."""
        self._close_reader()
        self.show_pane(Pane.LIBRARY)
        self.library.remove(sha256)

    # --- what reaches the window ------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what there is no room for."""
        super().resizeEvent(event)
        self.panes.fold(self.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape backs out: of a notice, a filter or a selection, then of the reader, then to the composer."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.focused_pane() is Pane.LIBRARY and self.library.back_out():
            pass
        elif self.panes.is_reader_open:
            self._close_reader()
        else:
            self.show_pane(Pane.CONVERSATION)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep where the window stood; be out of sight alone where the program goes on in the tray."""
        self.keep_state()
        if self.stays_open():
            event.ignore()
            self.hide()
            self.went_away.emit()
        else:
            super().closeEvent(event)
            self.closed.emit()
