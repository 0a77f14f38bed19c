"""The library: its documents and how each of them stands, what is under way, which model writes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop import keys
from desktop.panes.library_feed import LibraryFeed
from desktop.panes.library_notice import LibraryNotice
from desktop.panes.library_password import LibraryPassword
from desktop.theme import Theme
from desktop.widgets.activity_button import ActivityButton
from desktop.widgets.buttons import IconButton
from desktop.widgets.collection import CollectionRow
from desktop.widgets.document_list import DocumentList
from desktop.widgets.document_order import DocumentFilter
from desktop.widgets.document_row import TROUBLE_ICONS
from desktop.widgets.empty import EmptyLibrary
from desktop.widgets.folder_list import FolderList
from desktop.widgets.folder_row import is_inside
from desktop.widgets.kinds import patterns
from desktop.widgets.model_menu import ModelMenu
from desktop.widgets.progress import IndexingLine
from desktop.widgets.scope import ChosenScope
from desktop.widgets.search_field import SearchField
from desktop.widgets.status import ModelChip, OfflineChip
from desktop.worker_client import WorkerClient
from engine.paths import assets
from rag.protocol import Document, Models, WatchedFolder

SAMPLE_KINDS = {".pdf", ".md"}


class LibraryPane(QFrame):
    """``scope_changed``: the ChosenScope of what is selected and can be asked. ``document_opened``: one to read.

    ``health_wanted``: the key of a document whose pages are to be seen one by one, "" for all documents.
    ``models_wanted``, ``connections_wanted``, ``settings_wanted``: their windows.
    """

    scope_changed = Signal(object)
    document_opened = Signal(object)
    health_wanted = Signal(str)
    models_wanted = Signal()
    connections_wanted = Signal()
    settings_wanted = Signal()
    shortcuts_wanted = Signal()

    def __init__(self, theme: Theme, client: WorkerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._feed = LibraryFeed(client, self)
        self.setProperty("role", "sidebar")
        self.setAccessibleName(self.tr("Library"))
        self._search = self._make_search()
        self._all = CollectionRow(theme)
        self._all.clicked.connect(self._show_all)
        self._folders = FolderList(theme)
        self._filter = DocumentFilter(self._feed.model, self)
        self._list = self._make_list()
        self._empty = EmptyLibrary(theme)
        self._empty.files_wanted.connect(self.choose_files)
        self._empty.folder_wanted.connect(self.choose_folder)
        self._empty.samples_wanted.connect(self.add_samples)
        self._stack = QStackedWidget()
        for page in (self._make_documents(), self._empty, QWidget()):
            self._stack.addWidget(page)
        self._stack.setCurrentIndex(2)  # nothing, until the worker has said what there is
        self._password = LibraryPassword(theme, self._feed)
        self._notice = LibraryNotice(theme, self._feed, self._password, self._list.setFocus)
        for card in (self._password, self._notice):
            card.closed.connect(self._list.setFocus)
        self._list.forget_wanted.connect(self._notice.ask_to_forget)
        self._line = IndexingLine(theme)
        self._line.pause_wanted.connect(self._feed.pause)
        self._model = ModelChip(theme)
        self._model.clicked.connect(lambda: self._feed.ask_models(self._open_models))
        self.activity_button = ActivityButton(theme)
        self._offline = OfflineChip()
        self._offline.clicked.connect(self.connections_wanted)
        self._lay_out()
        self._follow()

    # --- what the window asks of it ---------------------------------------------------------------------------------

    def add_paths(self, paths: Iterable[str]) -> None:
        """Take files and folders into the library."""
        chosen = tuple(paths)
        if chosen:
            self._notice.put_away()
            self._feed.add(chosen)

    def add_samples(self) -> None:
        """Take the documents in that Phial brings to try it on."""
        self.add_paths(str(path) for path in sorted((assets() / "samples").iterdir()) if path.suffix in SAMPLE_KINDS)

    def choose_files(self) -> None:
        """Let the person choose files to add."""
        kinds = f"{self.tr('Documents')} ({patterns()});;{self.tr('All files')} (*)"
        paths, _ = QFileDialog.getOpenFileNames(self, self.tr("Add files"), str(Path.home()), kinds)
        self.add_paths(paths)

    def choose_folder(self) -> None:
        """Let the person choose a folder to add and to follow."""
        path = QFileDialog.getExistingDirectory(self, self.tr("Watch a folder"), str(Path.home()))
        self.add_paths((path,) if path else ())

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def focus_first(self) -> None:
        """Put the keyboard where work begins: the list, or the search field where there is none."""
        if self._filter.rowCount():
            self._list.focus()
        else:
            self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_documents(self, keys_of: Iterable[str]) -> None:
        """Open the document with the one key; of several, choose those that are still here."""
        found = tuple(document for document in map(self._feed.model.by_key, keys_of) if document is not None)
        if len(found) == 1:
            self.document_opened.emit(found[0])
        else:
            self._search.clear()
            self._list.select(found)
            self._list.focus()

    def back_out(self) -> bool:
        """Undo the last small thing that Escape undoes here: a notice, a filter, a selection. Whether there was one."""
        card = next((card for card in (self._password, self._notice) if card.isVisible()), None)
        if card is not None:
            card.put_away()
        elif self._search.text():
            self._search.clear()
        elif self._list.selectionModel().hasSelection():
            self._list.clearSelection()
        else:
            return False
        return True

    def take_scope(self, scope: ChosenScope) -> None:
        """Show what the questions are limited to by now."""
        self._list.select(scope.documents)

    @property
    def feed(self) -> LibraryFeed:
        """What it knows, and where it asks."""
        return self._feed

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents of the library."""
        return tuple(self._feed.model.documents)

    # --- its parts --------------------------------------------------------------------------------------------------

    def _make_search(self) -> SearchField:
        field = SearchField(self._theme, keys.SEARCH_DOCUMENTS)
        field.setPlaceholderText(self.tr("Search documents"))
        field.setAccessibleName(self.tr("Search documents by name"))
        field.textChanged.connect(self._narrow)
        field.returnPressed.connect(self._choose_found)
        return field

    def _make_list(self) -> DocumentList:
        documents = DocumentList(self._theme, self._filter)
        documents.chosen.connect(self._narrow_scope)
        documents.opened.connect(self.document_opened)
        documents.pointed_at.connect(self._explain)
        documents.retry_wanted.connect(self._feed.retry)
        documents.folder_wanted.connect(lambda document: self._notice.mend(document, "show_in_folder"))
        documents.health_wanted.connect(lambda document: self.health_wanted.emit(document.key))
        return documents

    def _make_documents(self) -> QWidget:
        """The list, and the sentence that stands in its place when no name fits the search."""
        page = QWidget()
        self._nothing = QLabel(self.tr("No document has this name."))
        self._nothing.setProperty("role", "muted")
        self._nothing.setWordWrap(True)
        self._nothing.setContentsMargins(self._theme.space(1), self._theme.space(1), 0, 0)
        self._nothing.hide()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._nothing)
        layout.addWidget(self._list)
        return page

    def _make_heading(self, words: str) -> QLabel:
        label = QLabel(words)
        label.setProperty("role", "section")
        label.setContentsMargins(self._theme.space(1), 0, 0, 0)
        return label

    def _lay_out(self) -> None:
        space = self._theme.space
        add = IconButton(self._theme, "add", self.tr("Add documents"))
        menu = QMenu(add)
        menu.addAction(self.tr("Add files…"), self.choose_files)
        menu.addAction(self.tr("Watch a folder…"), self.choose_folder)
        add.clicked.connect(lambda: menu.popup(add.mapToGlobal(QPoint(0, add.height()))))
        heading = QHBoxLayout()
        heading.addWidget(self._make_heading(self.tr("DOCUMENTS")), 1)
        heading.addWidget(add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(1.5), space(2), space(1.5), space(2))
        layout.setSpacing(space(0.5))
        layout.addWidget(self._search)
        layout.addSpacing(space(1))
        layout.addWidget(self._make_heading(self.tr("COLLECTIONS")))
        layout.addWidget(self._all)
        layout.addSpacing(space(1))
        layout.addWidget(self._folders)
        layout.addLayout(heading)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._password)
        layout.addWidget(self._notice)
        layout.addSpacing(space(0.5))
        layout.addWidget(self._line)
        model = QHBoxLayout()
        model.addWidget(self._model)
        model.addStretch()
        model.addWidget(self.activity_button)
        layout.addLayout(model)
        health = IconButton(self._theme, "health", self.tr("Index health"), keys.HEALTH)
        health.clicked.connect(lambda: self.health_wanted.emit(""))
        help_button = IconButton(self._theme, "help", self.tr("Shortcuts"), keys.SHORTCUTS)
        help_button.clicked.connect(self.shortcuts_wanted)
        settings = IconButton(self._theme, "settings", self.tr("Settings"), keys.SETTINGS)
        settings.clicked.connect(self.settings_wanted)
        foot = QHBoxLayout()
        foot.setSpacing(0)
        foot.addWidget(self._offline)
        foot.addStretch()
        foot.addWidget(settings)
        foot.addWidget(health)
        foot.addWidget(help_button)
        layout.addLayout(foot)

    # --- what happens -----------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        feed = self._feed
        feed.changed.connect(self._show_counts)
        feed.model_state_changed.connect(self._model.show_state)
        feed.failed.connect(self._notice.say_problem)
        feed.removed.connect(self._notice.say_removed)
        feed.left_out.connect(self._notice.say_left_out)
        feed.noticed.connect(self._notice.say_notices)
        feed.folders_changed.connect(self._folders.show_folders)
        self._folders.chosen.connect(self._choose_folder_documents)
        self._folders.unwatch_wanted.connect(self._unwatch)
        self._folders.folder_wanted.connect(lambda folder: self._notice.show_folder(folder.path))
        feed.connections_counted.connect(self._offline.show_count)

    def _show_counts(self) -> None:
        count = len(self._feed.model.documents)
        self._all.show_count(count)
        self._stack.setCurrentIndex(0 if count else 1)
        self._nothing.setVisible(count > 0 and self._filter.rowCount() == 0)
        self._line.show_progress(self._feed.model.waiting, self._feed.progress)

    def _narrow(self, words: str) -> None:
        self._filter.set_words(words)
        self._show_counts()

    def _choose_found(self) -> None:
        """Select the first document whose name fits."""
        if self._filter.rowCount():
            self._list.setCurrentIndex(self._filter.index(0, 0))
            self._list.focus()

    def _show_all(self) -> None:
        self._search.clear()
        self._list.clearSelection()

    def _narrow_scope(self, documents: tuple[Document, ...]) -> None:
        self.scope_changed.emit(ChosenScope(tuple(one for one in documents if one.state not in TROUBLE_ICONS)))

    def _choose_folder_documents(self, folder: WatchedFolder) -> None:
        inside = tuple(one for one in self._feed.model.documents if any(is_inside(path, folder) for path in one.paths))
        self._search.clear()
        self._list.select(inside)
        self._narrow_scope(inside)

    def _unwatch(self, folder: WatchedFolder) -> None:
        self._feed.unwatch(folder.path)
        self._notice.say_unwatched(folder)

    def _explain(self, document: Document) -> None:
        if document.state in TROUBLE_ICONS:
            self._password.put_away()
            self._notice.say_trouble(document)
        else:
            for card in (self._password, self._notice):
                card.put_away()

    def _open_models(self, models: Models) -> None:
        menu = ModelMenu(models, self)
        menu.model_chosen.connect(self._feed.choose_model)
        menu.file_chosen.connect(self._feed.add_model)
        menu.all_wanted.connect(self.models_wanted)
        menu.open_above(self._model)
