"""What of the library the next questions are about: what is selected, else the collection that is open, else all."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from desktop.panes.collecting import Collecting
from desktop.panes.library_feed import LibraryFeed
from desktop.widgets.document_list import DocumentList
from desktop.widgets.document_row import TROUBLE_ICONS
from desktop.widgets.folder_row import is_inside
from desktop.widgets.scope import ChosenScope
from rag.protocol import Document, WatchedFolder


class Choosing(QObject):
    """``changed`` carries the ChosenScope: what can't be read is in none."""

    changed = Signal(object)

    def __init__(self, feed: LibraryFeed, collecting: Collecting, documents: DocumentList) -> None:
        super().__init__(feed)
        self._feed = feed
        self._collecting = collecting
        self._list = documents
        documents.chosen.connect(self.tell)
        collecting.opened.connect(self._open)
        collecting.members_changed.connect(self.tell)

    def tell(self) -> None:
        """Say what is chosen."""
        chosen, name = _readable(self._list.chosen_documents()), self._collecting.open_name
        if chosen or not name:
            self.changed.emit(ChosenScope(chosen))
        else:
            self.changed.emit(ChosenScope(_readable(self._collecting.documents()), name))

    def take(self, scope: ChosenScope) -> None:
        """Show what is chosen by now, in the composer for one."""
        self._collecting.open(scope.collection or (self._collecting.open_name if scope else ""))
        self._list.select(() if scope.collection else scope.documents)

    def choose(self, documents: Iterable[Document]) -> None:
        """Let it be about ``documents``; about none of them: about what is listed."""
        self._list.select(documents)
        self.tell()

    def choose_folder(self, folder: WatchedFolder) -> None:
        """Let it be about what lies in ``folder``."""
        self._collecting.open("")
        self.choose(one for one in self._feed.model.documents if any(is_inside(path, folder) for path in one.paths))

    def choose_all(self) -> None:
        """Let it be about everything."""
        self._list.clearSelection()
        self._collecting.open("")

    def _open(self) -> None:
        self.choose(())


def _readable(documents: Iterable[Document]) -> tuple[Document, ...]:
    return tuple(document for document in documents if document.state not in TROUBLE_ICONS)
