"""What can be done with one document, or with several: the menu that offers it, and the doing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop import keys
from desktop.panes.collecting import Collecting
from desktop.panes.library_feed import LibraryFeed
from desktop.panes.library_notice import LibraryNotice
from desktop.widgets.document_row import TROUBLE_ICONS
from rag.protocol import Document, DocumentState

Documents = tuple[Document, ...]


class DocumentActions(QObject):
    """``opened``, ``health_wanted``: a Document. ``ask_wanted``, ``summary_wanted``, ``remove_wanted``: a tuple.

    ``collection_wanted``: documents that are to be in a collection which has no name yet.
    """

    opened = Signal(object)
    health_wanted = Signal(object)
    ask_wanted = Signal(object)
    summary_wanted = Signal(object)
    remove_wanted = Signal(object)
    collection_wanted = Signal(object)

    def __init__(self, feed: LibraryFeed, collecting: Collecting, notice: LibraryNotice, parent: QWidget) -> None:
        super().__init__(parent)
        self._widget = parent
        self._feed = feed
        self._collecting = collecting
        self._notice = notice

    def open_menu(self, documents: Documents, place: QPoint) -> None:
        """Offer at ``place`` (on the screen) what can be done with ``documents``."""
        menu = QMenu(self._widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        readable = tuple(document for document in documents if document.state not in TROUBLE_ICONS)
        if len(documents) == 1:
            self._offer_reading(menu, documents[0])
        if readable:
            this, these = self.tr("Ask about this document"), self.tr("Ask about these documents")
            menu.addAction(this if len(readable) == 1 else these, partial(self.ask_wanted.emit, readable))
            menu.addAction(self.tr("Summarise"), partial(self.summary_wanted.emit, readable))
            menu.addSeparator()
        self._offer_collections(menu, documents)
        menu.addSeparator()
        if len(documents) == 1:
            self._offer_places(menu, documents[0])
        again = tuple(document for document in documents if not document.is_away)
        if again:
            menu.addAction(self.tr("Read again"), partial(self._feed.retry, again))
        menu.addSeparator()
        remove = menu.addAction(self.tr("Remove from Phial"), partial(self.remove_wanted.emit, documents))
        remove.setShortcut(keys.FORGET)  # shown beside the words; the list itself acts on the key
        menu.popup(place)

    def put(self, name: str, documents: Documents) -> None:
        """Put ``documents`` into a collection."""
        self._collecting.change(name, add=_keys(documents))

    def take_out(self, documents: Documents) -> None:
        """Take ``documents`` out of the collection that is open."""
        self._collecting.change(self._collecting.open_name, take=_keys(documents))

    def _offer_reading(self, menu: QMenu, document: Document) -> None:
        if document.state not in TROUBLE_ICONS:
            menu.addAction(self.tr("Open"), partial(self.opened.emit, document))
        elif document.state is DocumentState.NEEDS_PASSWORD:
            menu.addAction(self.tr("Enter password…"), partial(self._notice.say_trouble, document))
        else:
            menu.addAction(self.tr("Why it can’t be read"), partial(self._notice.say_trouble, document))

    def _offer_collections(self, menu: QMenu, documents: Documents) -> None:
        open_name = self._collecting.open_name
        into = menu.addMenu(self.tr("Put into"))
        for name in self._collecting.names:
            if name != open_name:
                # An ampersand would be taken for the mark of a key.
                into.addAction(name.replace("&", "&&"), partial(self.put, name, documents))
        into.addSeparator()
        into.addAction(self.tr("New collection…"), partial(self.collection_wanted.emit, documents))
        if open_name:
            words = self.tr("Take out of “{name}”").format(name=open_name.replace("&", "&&"))
            menu.addAction(words, partial(self.take_out, documents))

    def _offer_places(self, menu: QMenu, document: Document) -> None:
        if document.paths:
            viewer = self.tr("Open in the system’s viewer")
            menu.addAction(viewer, partial(self._notice.show_file, document.paths[0]))
            menu.addAction(self.tr("Show in folder"), partial(self._notice.mend, document, "show_in_folder"))
        menu.addAction(self.tr("Page by page…"), partial(self.health_wanted.emit, document))


def _keys(documents: Documents) -> tuple[str, ...]:
    return tuple(document.key for document in documents)
