"""The right pane: a document, page under page, with the quotes marked on it; or its text, rendered."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop import keys
from desktop.panes.reader_contents import ReaderContents
from desktop.panes.reader_deeds import ReaderDeeds
from desktop.panes.reader_finding import ReaderFinding
from desktop.panes.reader_frame import ReaderFrame
from desktop.theme import Theme
from desktop.widgets.announce import announce
from desktop.widgets.citation_trail import CitationTrail
from desktop.widgets.page_source import PageSource, Wish
from desktop.widgets.places import BETWEEN, place_of, recognition_of
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import Citation, Document, Page, Passage, Span

_PATIENCE = 200
"""Milliseconds before a page that is not there yet is said to be loading."""


class ReaderPane(ReaderFrame):
    """Shows documents page by page.

    ``closed``: the person has no more use for it. ``cited``: the Citation or Passage that is shown now, None for none.
    ``asked_about``: a text of the document that the next question is to be about. ``remove_wanted``: its SHA-256.
    """

    closed = Signal()
    remove_wanted = Signal(str)
    cited = Signal(object)
    asked_about = Signal(str)

    def __init__(self, theme: Theme, client: WorkerClient, parent: QWidget | None = None) -> None:
        super().__init__(theme, client, parent)
        self._trail = CitationTrail()
        self._sha256 = ""
        self._number = 1
        self._span: Span | None = None
        self._goes_to_end = False
        self._needs_place = False
        self._shown: Page | None = None
        self._source = PageSource(client, self)
        self._source.arrived.connect(self._arrive)
        self._source.failed.connect(self._fail)
        self._stack.turned.connect(self._turn)
        self._stack.page_view.wanted.connect(self._want)
        self._stack.page_view.page_changed.connect(self._scroll_to)
        self._contents = ReaderContents(client, self._stack, self._strip, self)
        self._contents.changed.connect(self._show_place)
        self._contents.changed.connect(self._want)
        self._contents.page_wanted.connect(self.go_to_place)
        self._strip.citation_chosen.connect(lambda item: self.show_citation(item, self._trail.items))
        self._finding = ReaderFinding(client, self._find_bar, self._stack, self)
        self._finding.gone_to.connect(self.go_to_place)
        self._finding.left.connect(self.focus)
        self._trouble.again.connect(self._load)
        self._trouble.closed.connect(self.closed)
        self._trouble.remove_wanted.connect(self.remove_wanted)
        self._follow_person()
        self._deeds = ReaderDeeds(
            self._stack,
            self._foot,
            lambda: (self._shown, self._trail),
            self._contents.label_of,
            self._strip.pages,
            self,
        )
        self._deeds.failed.connect(lambda problem: self._trouble.show_problem(problem, self._sha256, ""))
        self._deeds.asked_about.connect(self.asked_about)
        self._foot.quote_copied.connect(self._deeds.copy_quote)
        self._foot.document_opened.connect(self._deeds.open_document)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(lambda: self._loading.begin(self.tr("Fetching the page…")))

    # --- what others ask of it --------------------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page that is shown (without its picture); of several, the one of which most is in sight."""
        return self._shown

    def show_citation(self, item: Citation | Passage, all_items: tuple[Citation | Passage, ...]) -> None:
        """Open the page of ``item`` with its quote marked; the arrows lead through ``all_items``."""
        self._trail = CitationTrail(item, all_items or (item,))
        self._go(item.sha256, item.page)
        self._head.show_name(item.document)
        self.cited.emit(item)

    def show_document(self, document: Document) -> None:
        """Open ``document`` at its first page."""
        self._trail = CitationTrail()
        self.cited.emit(None)
        self._head.show_name(document.name)
        if document.sha256:
            self._go(document.sha256, 1)
        else:
            self._sha256 = ""
            self._clear(self.tr("This document has not been read yet."))

    def take_over(self, other: ReaderPane) -> None:
        """Show what ``other`` shows, which is to go."""
        self._stack.take_over(other._stack)
        if other._sha256:
            self._trail = other._trail
            self._head.show_name(other._head.name)
            self._go(other._sha256, other._number, other._span)
            self.cited.emit(self._trail.item)

    def find_words(self) -> None:
        """Let the person seek words in the document."""
        if not self._stack.shows_nothing:
            self._finding.begin(self._stack.selected_text)

    # --- where to ---------------------------------------------------------------------------------------------------

    def go_to_page(self, number: int) -> None:
        """Show another page of the same document; a number beyond its ends gives the nearest."""
        if self._shown is not None and self._sha256:
            self._go(self._sha256, max(1, min(self._contents.pages, number)))

    def go_to_place(self, number: int, span: Span | None) -> None:
        """Show a page of the same document where ``span`` of its text stands, or from its beginning."""
        if self._sha256:
            self._go(self._sha256, number, span)

    def step(self, by: int) -> None:
        """Show the next citation (``by`` 1) or the one before (-1); or hit, while words are sought."""
        if self._finding.is_open:
            self._finding.step(by)
            return
        trail = self._trail.stepped(by)
        if trail.item is not None and trail != self._trail:
            self.show_citation(trail.item, trail.items)

    def _turn(self, by: int) -> None:
        view = self._stack.page_view
        edge = (view.last if by > 0 else view.first) if self._stack.shows_picture else self._number
        if self._shown is not None and 1 <= edge + by <= self._contents.pages:
            self._go(self._sha256, edge + by, goes_to_end=by < 0)

    def _go(self, sha256: str, number: int, span: Span | None = None, *, goes_to_end: bool = False) -> None:
        is_other = sha256 != self._sha256
        self._sha256, self._number, self._span = sha256, number, span
        self._goes_to_end = goes_to_end
        if is_other:
            self._stack.page_view.show_other_document()
            self._contents.open(sha256)
            self._finding.open(sha256)
        self._strip.show_trail(self._trail, sha256)
        self._load()

    def _load(self) -> None:
        self._trouble.hide()
        self._patience.start()
        self._needs_place = True
        self._source.try_again()
        self._show_place()
        self._want()

    def _want(self) -> None:
        """Ask for the pages in sight and those beside them, the one that was gone to first."""
        if not self._sha256:
            return
        view = self._stack.page_view
        numbers = [self._number]
        if view.has(self._number) and (self._stack.shows_picture or self._needs_place):
            if self._needs_place and self._stack.shows_picture:
                self._place(self._number)
            numbers += [number for number in view.in_sight() if number != self._number]
        self._source.want(
            self._sha256, [Wish(number, self._stack.scale_of(number), self._spans_on(number)) for number in numbers]
        )

    def _place(self, number: int) -> None:
        """Have the page in sight, where the person wants to be on it."""
        view = self._stack.page_view
        if self._span is not None:
            view.go_to_span(number, self._span)
        else:
            view.go_to(number, end=self._goes_to_end)

    def _spans_on(self, number: int) -> tuple[Span, ...]:
        return self._trail.spans_on(self._sha256, number)

    # --- the worker speaks ------------------------------------------------------------------------------------------

    def _arrive(self, page: Page, picture: QImage | None) -> None:
        if picture is not None:
            self._contents.learn(page)
            self._stack.page_view.show_picture(page.page, picture)
        if page.page == self._number:
            self._show(page, is_text=picture is None)

    def _show(self, page: Page, *, is_text: bool) -> None:
        self._wait_no_more()
        self._trouble.hide()
        self._shown = page
        self._contents.learn(page)
        self._head.show_name(page.name)
        self._show_place()
        self._foot.allow_quote(bool(self._trail.quote))
        self._foot.show()
        is_new, self._needs_place = self._needs_place, False
        if is_text and is_new:
            self._stack.show_text(page, goes_to_end=self._goes_to_end)
            self._finding.show_hits(page.page)
            if self._span is not None:
                self._stack.note_view.go_to_offset(self._span[0])
        elif not is_text:
            self._stack.show_pictures()
            if is_new:
                self._stack.page_view.mark(page.page, page.boxes)
                self._place(page.page)
        self._stack.describe(self._description())
        self._show_zoom()
        if is_new:
            announce(self, self._description())

    def _scroll_to(self, number: int) -> None:
        """The person has scrolled to another page."""
        self._number, self._span = number, None
        self._goes_to_end = False
        self._trouble.hide()
        self._shown = self._source.page(number, self._spans_on(number)) or self._shown
        self._show_place()
        self._show_zoom()
        self._stack.describe(self._description())

    def _fail(self, number: int, problem: Problem) -> None:
        if number != self._number:
            return  # a page beside the one that is read: said when the person comes to it
        self._wait_no_more()
        if self._trouble.problem == problem:
            return  # said already, and perhaps being mended
        if self._shown is None or self._shown.sha256 != self._sha256:
            self._clear("")
        self._needs_place = False
        self._trouble.show_problem(problem, self._sha256, self._head.name)

    def _clear(self, said: str) -> None:
        self._shown = None
        self._show_nothing(said)

    def _wait_no_more(self) -> None:
        self._patience.stop()
        self._loading.end()

    # --- what is said about it --------------------------------------------------------------------------------------

    def _show_place(self) -> None:
        self._head.show_citation(self._trail.place, len(self._trail.items))
        page = self._shown
        if page is None or page.sha256 != self._sha256:
            return
        self._strip.show_page(self._number)
        label = self._contents.label_of(self._number) if page.unit == "page" else ""
        self._head.show_page(self._number, self._contents.pages, label)
        is_here = page.page == self._number
        name = place_of(page) if page.unit != "page" and (page.label or page.pages > 1) else ""
        about = BETWEEN.join(part for part in (name, recognition_of(page.confidence)) if part)
        self._show_about(about if is_here else "")

    def _description(self) -> str:
        page = self._shown
        if page is None:
            return ""
        said = self.tr("Page {page} of {pages}").format(page=self._number, pages=self._contents.pages)
        if page.unit != "page":
            said = place_of(page, is_spoken=True) or page.name
        said = ", ".join(part for part in (said, recognition_of(page.confidence)) if part)
        return f"{said}: {self._trail.quote}" if self._spans_on(self._number) else said

    # --- what the person does ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the search, then what is selected, then the reader."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._finding.is_open:
            self._finding.leave()
        elif self._stack.selected_text:
            self._stack.select_nothing()
        else:
            self.closed.emit()

    def _choose_page(self, number: int) -> None:
        if number != self._number:
            self.go_to_page(number)

    def _step_citation(self, by: int) -> None:
        self._finding.leave()
        self.step(by)

    def _follow_person(self) -> None:
        self._head.page_chosen.connect(self._choose_page)
        self._head.stepped.connect(self._step_citation)
        self._head.closed.connect(self.closed)
        self._head.find_wanted.connect(self.find_words)
        for key, by in ((keys.NEXT_CITATION, 1), (keys.PREVIOUS_CITATION, -1)):
            QShortcut(QKeySequence(key), self).activated.connect(lambda by=by: self.step(by))
