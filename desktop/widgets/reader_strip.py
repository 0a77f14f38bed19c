"""The strip beside the pages: small pictures of them, the outline, the citations. It folds away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.theme import Theme
from desktop.widgets.buttons import QuietButton, stop_at_chosen
from desktop.widgets.citation_trail import CitationTrail
from desktop.widgets.labels import make_label
from desktop.widgets.outline_view import OutlineView
from desktop.widgets.places import place_of
from desktop.widgets.thumbnail_list import ThumbnailList
from desktop.widgets.unmarked import plain_line
from desktop.worker_client import WorkerClient
from rag.protocol import Citation, ListedPage, OutlineEntry, PageForm, Passage

_WIDTH = 25
_ITEM = Qt.ItemDataRole.UserRole


class ReaderStrip(QFrame):
    """``page_chosen``: a number. ``section_chosen``: a page's number and where in its text, -1 where not known.

    ``citation_chosen``: a Citation or Passage. ``outline_wanted``: nobody has told the outline yet.
    """

    page_chosen = Signal(int)
    section_chosen = Signal(int, int)
    citation_chosen = Signal(object)
    outline_wanted = Signal()

    def __init__(self, theme: Theme, client: WorkerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sidebar")
        self.setAccessibleName(self.tr("Pages, outline and citations"))
        self.setFixedWidth(round(theme.space(_WIDTH) * theme.scale))
        self._page = 1
        self._trail = CitationTrail(), ""
        self.pages = ThumbnailList(theme, client)
        self.pages.chosen.connect(self.page_chosen)
        self.outline = OutlineView(theme)
        self.outline.chosen.connect(self.section_chosen)
        self._outline_note = make_label("small", is_shown=False)
        self.citations = QListWidget()
        self.citations.setAccessibleName(self.tr("Citations"))
        self.citations.setWordWrap(True)
        self.citations.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.citations.itemClicked.connect(self._choose_citation)
        self.citations.itemActivated.connect(self._choose_citation)
        self._citations_note = make_label("small")
        self._citations_note.setText(self.tr("No answer has led here."))
        self._tabs = QButtonGroup(self)
        self._stack = QStackedWidget()
        bar = QHBoxLayout()
        bar.setSpacing(0)
        for words, widget, note in (
            (self.tr("Pages"), self.pages, None),
            (self.tr("Outline"), self.outline, self._outline_note),
            (self.tr("Citations"), self.citations, self._citations_note),
        ):
            tab = QuietButton(words)
            tab.setProperty("role", "tab")
            tab.setCheckable(True)
            self._tabs.addButton(tab, self._stack.count())
            bar.addWidget(tab)
            page = QWidget()
            inner = QVBoxLayout(page)
            inner.setContentsMargins(0, 0, 0, 0)
            if note is not None:
                note.setContentsMargins(theme.space(1), theme.space(1), theme.space(1), 0)
                inner.addWidget(note)
            inner.addWidget(widget, 1)
            self._stack.addWidget(page)
        bar.addStretch()
        self._tabs.idClicked.connect(self.turn_to)
        self.turn_to(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(0.5), theme.space(1), theme.space(0.5), 0)
        layout.setSpacing(theme.space(0.5))
        layout.addLayout(bar)
        layout.addWidget(self._stack, 1)
        self.hide()

    def fold(self) -> None:
        """Be there, with the keyboard, or be gone."""
        self.setVisible(self.isHidden())
        if not self.isHidden():
            self.turn_to(self._stack.currentIndex())
            self._shown().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def turn_to(self, number: int) -> None:
        """Show pages (0), outline (1) or citations (2)."""
        self._tabs.button(number).setChecked(True)
        stop_at_chosen(self._tabs)
        self._stack.setCurrentIndex(number)
        if self._shown() is self.outline:
            self.outline_wanted.emit()

    # --- what it shows ----------------------------------------------------------------------------------------------

    def show_other_document(self, sha256: str) -> None:
        """Another document is shown, of which nothing is known."""
        self.pages.open(sha256)
        self.show_outline((), is_whole=True)
        self._outline_note.hide()
        if not self.isHidden():
            self.turn_to(self._stack.currentIndex())

    def show_pages(self, pages: int, listed: Mapping[int, ListedPage]) -> None:
        """The document has so many pages, of which these are known; a single page of text has no picture to choose."""
        is_single = pages == 1 and 1 in listed and listed[1].form is not PageForm.PICTURE
        self._tabs.button(0).setVisible(not is_single)
        if is_single and self._stack.currentWidget() is self._stack.widget(0):
            self.turn_to(1)
        self.pages.show_pages(pages, listed)
        self.pages.show_page(self._page)

    def show_page(self, number: int) -> None:
        """Mark the page that is read now."""
        self._page = number
        self.pages.show_page(number)
        self.outline.show_page(number)

    def show_outline(self, entries: Sequence[OutlineEntry], *, is_whole: bool) -> None:
        """These are the sections of the document; not all of them, where there are too many."""
        self.outline.show_entries(entries)
        self.outline.show_page(self._page)
        note = "" if entries else self.tr("This document has neither an outline nor headings.")
        note = note if is_whole else self.tr("Only the beginning of a very long outline is shown.")
        self._outline_note.setText(note)
        self._outline_note.setVisible(bool(note))

    def show_trail(self, trail: CitationTrail, sha256: str) -> None:
        """These citations lead through documents, the one that is open has this ``sha256``."""
        if (trail, sha256) == self._trail:
            return
        self._trail = trail, sha256
        self.pages.mark({item.page for item in trail.items if item.sha256 == sha256})
        self._citations_note.setVisible(not trail.items)
        self.citations.clear()
        for item in trail.items:
            place = ", ".join(part for part in (item.document, place_of(item)) if part)
            quote = plain_line(item.quote if isinstance(item, Citation) else item.text)
            row = QListWidgetItem(f"{place}\n“{quote}”")
            row.setData(_ITEM, item)
            self.citations.addItem(row)
            if item == trail.item:
                self.citations.setCurrentItem(row)

    # --- how --------------------------------------------------------------------------------------------------------

    def _shown(self) -> QWidget:
        return (self.pages, self.outline, self.citations)[self._stack.currentIndex()]

    def _choose_citation(self, row: QListWidgetItem) -> None:
        item = row.data(_ITEM)
        if isinstance(item, Citation | Passage):
            self.citation_chosen.emit(item)
