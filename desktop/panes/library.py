"""The library: what a person does with its documents, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import keys
from desktop.panes.choosing import Choosing
from desktop.panes.document_actions import DocumentActions
from desktop.panes.library_frame import LibraryFrame
from desktop.theme import Theme
from desktop.widgets.document_row import TROUBLE_ICONS
from desktop.widgets.dropped import Dropped
from desktop.widgets.kinds import patterns
from desktop.widgets.scope import ChosenScope
from desktop.worker_client import WorkerClient
from engine.paths import assets
from rag.protocol import Document, WatchedFolder

SAMPLE_KINDS = {".pdf", ".md"}


class LibraryPane(LibraryFrame):
    """``scope_changed``: the ChosenScope of what is selected and can be asked. ``document_opened``: one to read.

    ``health_wanted``: the key of a document whose pages are to be seen one by one, "" for all documents.
    ``models_wanted``, ``connections_wanted``, ``settings_wanted``: their windows. ``ask_wanted``: a question about what
    is chosen is to be written. ``summary_wanted``: Documents to sum up. ``words_wanted``: words to be looked for in the
    text of the documents. ``pasted``: the clipboard is for the library.
    """

    scope_changed = Signal(object)
    document_opened = Signal(object)
    health_wanted = Signal(str)
    models_wanted = Signal()
    connections_wanted = Signal()
    settings_wanted = Signal()
    shortcuts_wanted = Signal()
    ask_wanted = Signal()
    summary_wanted = Signal(object)
    words_wanted = Signal(str)
    pasted = Signal()

    def __init__(self, theme: Theme, client: WorkerClient, store: QSettings, parent: QWidget | None = None) -> None:
        """``store`` keeps how documents are listed."""
        super().__init__(theme, client, store, parent)
        self._choosing = Choosing(self._feed, self._collecting, self._list)
        self._actions = DocumentActions(self._feed, self._collecting, self._notice, self)
        self._follow_worker()
        self._follow_person()

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
        self.add_paths(self._ask_for_files())

    def _ask_for_files(self) -> list[str]:
        kinds = f"{self.tr('Documents')} ({patterns()});;{self.tr('All files')} (*)"
        paths, _ = QFileDialog.getOpenFileNames(self, self.tr("Add files"), str(Path.home()), kinds)
        return paths

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
        if not self._documents.is_empty:
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

    def remove(self, sha256: str) -> None:
        """Remove the document with this content, with the usual way back."""
        self._remove(tuple(document for document in self.documents if document.sha256 == sha256))

    def back_out(self) -> bool:
        """Undo the last small thing that Escape undoes here: a name that is asked for, a notice, a search, a selection.

        At last the collection is closed. Whether there was anything.
        """
        card = next((card for card in (self._password, self._notice) if card.isVisible()), None)
        if self._section.put_away():
            pass
        elif card is not None:
            card.put_away()
        elif self._search.text():
            self._search.clear()
        elif self._list.selectionModel().hasSelection():
            self._list.clearSelection()
        elif self._collecting.open_name:
            self._collecting.open("")
        else:
            return False
        return True

    def take_scope(self, scope: ChosenScope) -> None:
        """Show what the questions are limited to by now."""
        self._choosing.take(scope)

    def take_over(self, other: LibraryPane) -> None:
        """Show what ``other`` shows, which is to go: without waiting for the worker to tell it again."""
        self._feed.take_over(other._feed)
        self._collecting.take_over(other._collecting)
        self._search.setText(other._search.text())
        self._list.select(other._list.chosen_documents())

    def take_dropped(self, paths: Iterable[str], addresses: Sequence[str]) -> None:
        """Take in what was dropped or pasted; what lies elsewhere is refused in a sentence."""
        self.add_paths(paths)
        if addresses:
            self._notice.say_refused(addresses)

    # --- what happens -----------------------------------------------------------------------------------------------

    def _follow_worker(self) -> None:
        feed, notice = self._feed, self._notice
        feed.changed.connect(lambda: self._section.show_count(len(feed.model.documents)))
        feed.failed.connect(notice.say_problem)
        feed.removed.connect(notice.say_removed)
        feed.undo.refused.connect(notice.say_restoring)
        feed.left_out.connect(notice.say_left_out)
        feed.noticed.connect(notice.say_notices)
        feed.folders_changed.connect(self._folders.show_folders)
        self._collecting.failed.connect(notice.say_problem)
        self._collecting.changed.connect(self._show_collections)
        self._collecting.opened.connect(self._show_collections)

    def _follow_person(self) -> None:
        self._search.textChanged.connect(self._narrow)
        self._search.returnPressed.connect(self._choose_found)
        look = QShortcut(QKeySequence(keys.LOOK_INSIDE), self._search, context=Qt.ShortcutContext.WidgetShortcut)
        look.activated.connect(self._look_inside.look)
        self._look_inside.wanted.connect(self._look_for)
        section, collecting, actions = self._section, self._collecting, self._actions
        section.all_wanted.connect(self._search.clear)
        section.all_wanted.connect(self._choosing.choose_all)
        section.made.connect(collecting.make)
        section.renamed.connect(collecting.rename)
        section.list.opened.connect(collecting.open)
        section.list.delete_wanted.connect(collecting.delete)
        section.list.files_wanted.connect(self._choose_files_for)
        section.list.documents_dropped.connect(collecting.put)
        section.list.files_dropped.connect(self._put_files)
        self._folders.chosen.connect(self._choose_folder)
        self._folders.unwatch_wanted.connect(self._unwatch)
        self._folders.folder_wanted.connect(lambda folder: self._notice.show_folder(folder.path))
        self._documents.files_wanted.connect(self.choose_files)
        self._documents.folder_wanted.connect(self.choose_folder)
        self._documents.samples_wanted.connect(self.add_samples)
        self._choosing.changed.connect(self.scope_changed)
        self._list.opened.connect(self.document_opened)
        self._list.pointed_at.connect(self._explain)
        self._list.remove_wanted.connect(self._remove)
        self._list.menu_wanted.connect(actions.open_menu)
        self._list.pasted.connect(self.pasted)
        actions.opened.connect(self.document_opened)
        actions.health_wanted.connect(lambda document: self.health_wanted.emit(document.key))
        actions.remove_wanted.connect(self._remove)
        actions.collection_wanted.connect(lambda documents: section.ask_name([one.key for one in documents]))
        actions.ask_wanted.connect(self._choosing.choose)
        actions.ask_wanted.connect(self.ask_wanted)
        actions.summary_wanted.connect(self.summary_wanted)
        self._foot.models_wanted.connect(self.models_wanted)
        self._foot.connections_wanted.connect(self.connections_wanted)
        self._foot.settings_wanted.connect(self.settings_wanted)
        self._foot.health_wanted.connect(lambda: self.health_wanted.emit(""))
        self._foot.shortcuts_wanted.connect(self.shortcuts_wanted)

    def _narrow(self, words: str) -> None:
        self._documents.set_words(words)
        self._section.list.set_words(words)
        self._folders.set_words(words)
        self._look_inside.show_words(words if self._feed.model.documents else "")

    def _look_for(self, words: str) -> None:
        self._search.clear()
        self.words_wanted.emit(words)

    def _choose_found(self) -> None:
        """Select the first document whose name fits, else open the first collection or folder; else look inside."""
        if not self._documents.is_empty:
            self._list.setCurrentIndex(self._documents.filter.index(0, 0))
            self._list.focus()
        elif self._section.list.shown:
            self._collecting.open(self._section.list.shown[0])
            self._search.clear()
        elif self._folders.shown:
            self._choose_folder(self._folders.shown[0])
        else:
            self._look_inside.look()

    def _show_collections(self) -> None:
        self._section.show_rows(self._collecting.rows, self._collecting.open_name)

    def _choose_folder(self, folder: WatchedFolder) -> None:
        self._search.clear()
        self._choosing.choose_folder(folder)

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

    def _remove(self, documents: tuple[Document, ...]) -> None:
        selected = self._list.selected()

        def brought_back() -> None:
            self._choosing.choose(selected)
            self._list.focus()

        self._password.put_away()
        self._notice.put_away()
        self._feed.remove(documents, brought_back)

    def _put_files(self, name: str, what: Dropped) -> None:
        if what.paths:
            self._collecting.add_files(name, what.paths)
        if what.addresses:
            self._notice.say_refused(what.addresses)

    def _choose_files_for(self, name: str) -> None:
        paths = self._ask_for_files()
        if paths:
            self._collecting.add_files(name, paths)
