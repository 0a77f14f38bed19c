"""The parts of the library and how they stand: the search, collections, folders, documents, what is said, the foot."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFrame, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from desktop import keys
from desktop.panes.collecting import Collecting
from desktop.panes.library_documents import LibraryDocuments
from desktop.panes.library_feed import LibraryFeed
from desktop.panes.library_foot import LibraryFoot
from desktop.panes.library_notice import LibraryNotice
from desktop.panes.library_password import LibraryPassword
from desktop.theme import Theme
from desktop.widgets.collection_section import CollectionSection
from desktop.widgets.folder_list import FolderList
from desktop.widgets.look_inside_row import LookInsideRow
from desktop.widgets.search_field import SearchField
from desktop.widgets.undo_bar import UndoBar
from desktop.worker_client import WorkerClient
from rag.protocol import Document


class LibraryFrame(QFrame):
    """Holds the parts; what they do with each other is the pane's."""

    def __init__(self, theme: Theme, client: WorkerClient, store: QSettings, parent: QWidget | None = None) -> None:
        """``store`` keeps how documents are listed."""
        super().__init__(parent)
        self._theme = theme
        self._feed = LibraryFeed(client, self)
        self._collecting = Collecting(client, self._feed)
        self.setProperty("role", "sidebar")
        self.setAccessibleName(self.tr("Library"))
        self._search = self._make_search()
        self._look_inside = LookInsideRow(theme)
        self._section = CollectionSection(theme)
        self._folders = FolderList(theme)
        self._documents = LibraryDocuments(theme, self._feed, self._collecting, store)
        self._list = self._documents.list
        self._password = LibraryPassword(theme, self._feed)
        self._notice = LibraryNotice(theme, self._feed, self._password, self._list.setFocus)
        for card in (self._password, self._notice):
            card.closed.connect(self._list.setFocus)
        self._undo_bar = UndoBar(theme, self._feed.undo)
        self._foot = LibraryFoot(theme, self._feed)
        self.activity_button = self._foot.activity_button
        self._lay_out()

    @property
    def drop_places(self) -> QWidget:
        """Where something can be dropped that is to be put into a collection."""
        return self._section.list.viewport()

    @property
    def feed(self) -> LibraryFeed:
        """What it knows, and where it asks."""
        return self._feed

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents of the library."""
        return tuple(self._feed.model.documents)

    def _make_search(self) -> SearchField:
        field = SearchField(self._theme, keys.SEARCH_DOCUMENTS)
        field.setPlaceholderText(self.tr("Search documents"))
        field.setAccessibleName(self.tr("Search documents, collections and folders by name"))
        return field

    def _lay_out(self) -> None:
        space = self._theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(1.5), space(2), space(1.5), space(2))
        layout.setSpacing(space(0.5))
        layout.addWidget(self._search)
        layout.addWidget(self._look_inside)
        layout.addSpacerItem(_air(space(1)))
        layout.addWidget(self._section)
        layout.addSpacerItem(_air(space(1)))
        layout.addWidget(self._folders)
        layout.addWidget(self._documents, 1)
        for card in (self._password, self._notice, self._undo_bar, self._foot):
            layout.addWidget(card)


def _air(height: int) -> QSpacerItem:
    """Air of ``height``, less where there is little room."""
    return QSpacerItem(0, height, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)
