"""The documents of the library, or of the collection that is open: their heading, their order, their list."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSettings, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from desktop.panes.collecting import Collecting
from desktop.panes.library_feed import LibraryFeed
from desktop.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.direction import isolated
from desktop.widgets.document_filter import DocumentFilter
from desktop.widgets.document_list import DocumentList
from desktop.widgets.document_order import Sorting
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.empty import EmptyLibrary
from desktop.widgets.labels import make_label
from desktop.widgets.sort_button import SortButton, keep_sorting, kept_sorting


class LibraryDocuments(QWidget):
    """``files_wanted``, ``folder_wanted``, ``samples_wanted``: what the person wants to add.

    Nothing is said of a library whose documents aren't known yet.
    """

    files_wanted = Signal()
    folder_wanted = Signal()
    samples_wanted = Signal()

    def __init__(
        self, theme: Theme, feed: LibraryFeed, collecting: Collecting, store: QSettings, parent: QWidget | None = None
    ) -> None:
        """``store`` keeps the order in which they are listed."""
        super().__init__(parent)
        self._theme = theme
        self._feed = feed
        self._collecting = collecting
        self._store = store
        self._is_known = False
        self.filter = DocumentFilter(feed.model, self)
        self.filter.set_sorting(kept_sorting(store))
        self.list = DocumentList(theme, self.filter)
        self._name = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self._name.setProperty("role", "section")
        self._name.setContentsMargins(theme.space(1), 0, 0, 0)
        self._nothing = make_label("muted", is_shown=False)
        self._nothing.setContentsMargins(theme.space(1), theme.space(1), theme.space(1), 0)
        self._empty = EmptyLibrary(theme)
        self._room = _scrolled(self._empty)
        self._empty.files_wanted.connect(self.files_wanted)
        self._empty.folder_wanted.connect(self.folder_wanted)
        self._empty.samples_wanted.connect(self.samples_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(0.5))
        layout.addLayout(self._make_heading())
        layout.addWidget(self._nothing)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._room, 1)
        feed.changed.connect(self._learn)
        collecting.opened.connect(self.refresh)
        collecting.members_changed.connect(self.refresh)
        self.refresh()

    @property
    def is_empty(self) -> bool:
        """Whether no document is listed."""
        return self.filter.rowCount() == 0

    def set_words(self, text: str) -> None:
        """List the documents whose names hold each word of ``text``."""
        self.list.narrow(lambda: self.filter.set_words(text))
        self.list.mark(self.filter.words)
        self.refresh()

    def refresh(self) -> None:
        """Show how it stands."""
        name = self._collecting.open_name
        members = self._collecting.members
        if members is not None or not name:  # what is in it comes in a moment: until then the list stays
            self.filter.set_members(members)
        self._name.set_text(name or self.tr("DOCUMENTS"))
        has_documents = bool(self._feed.model.documents)
        self._room.setVisible(self._is_known and not has_documents)
        self.list.setVisible(has_documents or not self._is_known)
        words = self._words_for_nothing(name) if has_documents and self.is_empty else ""
        self._nothing.setText(words)
        self._nothing.setVisible(bool(words))

    def _learn(self) -> None:
        self._is_known = True
        self.refresh()

    def _words_for_nothing(self, name: str) -> str:
        if self.filter.words:
            return (
                self.tr("No document in “{name}” has this name.").format(name=isolated(name))
                if name
                else self.tr("No document has this name.")
            )
        return self.tr("“{name}” is empty. Drag documents onto it, or files from anywhere.").format(name=isolated(name))

    def _make_heading(self) -> QHBoxLayout:
        sort = SortButton(self._theme, self.filter.sorting)
        sort.chosen.connect(self._sort)
        add = IconButton(self._theme, "add", self.tr("Add documents"))
        menu = QMenu(add)
        menu.addAction(self.tr("Add files…"), self.files_wanted.emit)
        menu.addAction(self.tr("Watch a folder…"), self.folder_wanted.emit)
        add.clicked.connect(lambda: menu.popup(add.mapToGlobal(QPoint(0, add.height()))))
        heading = QHBoxLayout()
        heading.setSpacing(0)
        heading.addWidget(self._name, 1)
        heading.addWidget(sort)
        heading.addWidget(add)
        return heading

    def _sort(self, sorting: Sorting) -> None:
        self.filter.set_sorting(sorting)
        keep_sorting(self._store, sorting)
        self.list.scrollTo(self.list.currentIndex())


def _scrolled(widget: QWidget) -> QScrollArea:
    """An area that ``widget`` scrolls in where there is less room than it needs: in a low window, or large letters."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area
