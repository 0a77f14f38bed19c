"""The right pane: the page that a citation stands on, with the quote marked, as a picture or as rendered text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop import keys
from desktop.theme import Theme
from desktop.widgets.announce import announce
from desktop.widgets.citation_trail import CitationTrail
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.note_view import NoteView
from desktop.widgets.page_source import PageSource
from desktop.widgets.page_stack import PageStack
from desktop.widgets.page_view import PageView
from desktop.widgets.places import BETWEEN, place_of, recognition_of
from desktop.widgets.reader_bars import ReaderFoot, ReaderHead
from desktop.widgets.stage import StageLine
from desktop.widgets.trouble import TroubleCard
from desktop.worker_client import WorkerClient
from rag.errors import LibraryProblem, Problem
from rag.protocol import Citation, Document, Page, Passage, Span

_PATIENCE = 200
"""Milliseconds before a page that is not there yet is said to be loading."""


class ReaderPane(QWidget):
    """Shows documents page by page.

    ``closed``: the person has no more use for it. ``cited``: the Citation or Passage that is shown now, None for none.
    """

    closed = Signal()
    cited = Signal(object)

    def __init__(self, theme: Theme, client: WorkerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trail = CitationTrail()
        self._sha256 = ""
        self._number = 1
        self._goes_to_end = False
        self._needs_place = False
        self._shown: Page | None = None
        self.setAccessibleName(self.tr("Reader"))
        self._source = PageSource(client, self)
        self._source.arrived.connect(self._show)
        self._source.failed.connect(self._fail)
        self._stack = PageStack(theme)
        self._stack.resized.connect(self._sharpen)
        self._stack.turned.connect(self._turn)
        self._trouble = TroubleCard(theme, self.tr("Try again"))
        self._trouble.again.connect(self._load)
        self._head = self._make_head(theme)
        self._foot = self._make_foot(theme)
        self._about = ElidedLabel()
        self._about.setProperty("role", "small")
        self._about.setContentsMargins(0, theme.space(1), 0, theme.space(0.5))
        self._about.hide()
        self._loading = StageLine(theme)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(lambda: self._loading.begin(self.tr("Fetching the page…")))
        self._sharpness = QTimer(self)
        self._sharpness.setSingleShot(True)
        self._sharpness.setInterval(_PATIENCE)
        self._sharpness.timeout.connect(self._load)
        self._lay_out(theme)
        self._make_shortcuts()

    # --- what others ask of it --------------------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page that is shown (without its picture)."""
        return self._shown

    @property
    def page_view(self) -> PageView:
        """Where pages are shown as pictures."""
        return self._stack.page_view

    @property
    def note_view(self) -> NoteView:
        """Where pages are shown as text."""
        return self._stack.note_view

    @property
    def trouble(self) -> Problem | None:
        """What went wrong, while it is said."""
        return None if self._trouble.isHidden() else self._trouble.problem

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
            self._clear(self.tr("This document has not been read yet."))

    def focus(self) -> None:
        """Give the keyboard to what is shown, so that its keys turn and scroll it."""
        target = self._head if self._stack.shows_nothing else self._stack.shown
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- where to ---------------------------------------------------------------------------------------------------

    def go_to_page(self, number: int) -> None:
        """Show another page of the same document; a number beyond its ends gives the nearest."""
        if self._shown is not None and self._sha256:
            self._go(self._sha256, max(1, min(self._shown.pages, number)))

    def step(self, by: int) -> None:
        """Show the next citation (``by`` 1) or the one before (-1)."""
        trail = self._trail.stepped(by)
        if trail.item is not None and trail != self._trail:
            self.show_citation(trail.item, trail.items)

    def _turn(self, by: int) -> None:
        if self._shown is None or not 1 <= self._number + by <= self._shown.pages:
            return
        self._go(self._sha256, self._number + by)
        self._goes_to_end = by < 0

    def _go(self, sha256: str, number: int) -> None:
        self._sha256, self._number = sha256, number
        self._needs_place = True
        self._goes_to_end = False
        self._load()

    def _load(self) -> None:
        self._trouble.hide()
        self._patience.start()
        self._show_place()
        self._source.ask(self._sha256, self._number, self._stack.scale(), self._spans())

    def _sharpen(self) -> None:
        self._foot.show_zoom(*self._stack.zoom_in_force())
        if self._stack.shows_picture:
            self._sharpness.start()

    def _spans(self) -> tuple[Span, ...]:
        return self._trail.spans_on(self._sha256, self._number)

    # --- the worker speaks ------------------------------------------------------------------------------------------

    def _show(self, page: Page, picture: QImage | None) -> None:
        self._wait_no_more()
        self._shown = page
        self._number = page.page
        self._head.show_name(page.name)
        self._show_place()
        self._foot.allow_quote(bool(self._trail.quote))
        self._foot.show()
        self._stack.show_page(page, picture, is_new=self._needs_place, goes_to_end=self._goes_to_end)
        self._stack.describe(self._description())
        self._goes_to_end = False
        self._foot.show_zoom(*self._stack.zoom_in_force())
        if self._needs_place:
            self._needs_place = False
            announce(self, self._description())

    def _fail(self, problem: Problem) -> None:
        self._wait_no_more()
        self._clear("")
        self._trouble.show_problem(problem)
        announce(self, self._trouble.accessibleName())

    def _clear(self, said: str) -> None:
        self._shown = None
        self._stack.show_nothing(said)
        self._head.show_page(0, 0, "")
        self._about.hide()
        self._foot.hide()

    def _wait_no_more(self) -> None:
        self._patience.stop()
        self._loading.end()

    # --- what is said about it --------------------------------------------------------------------------------------

    def _show_place(self) -> None:
        self._head.show_citation(self._trail.place, len(self._trail.items))
        page = self._shown
        if page is None or page.sha256 != self._sha256:
            return
        is_here = page.page == self._number
        self._head.show_page(self._number, page.pages, page.label if is_here and page.unit == "page" else "")
        name = place_of(page) if page.unit != "page" and (page.label or page.pages > 1) else ""
        about = BETWEEN.join(part for part in (name, recognition_of(page.confidence)) if part)
        self._about.set_text(about)
        self._about.setVisible(bool(about) and is_here)

    def _description(self) -> str:
        page = self._shown
        if page is None:
            return ""
        said = self.tr("Page {page} of {pages}").format(page=page.page, pages=page.pages)
        if page.unit != "page":
            said = place_of(page, is_spoken=True) or page.name
        said = ", ".join(part for part in (said, recognition_of(page.confidence)) if part)
        return f"{said}: {self._trail.quote}" if self._spans() else said

    # --- what the person does ---------------------------------------------------------------------------------------

    def _zoom_by(self, steps: int) -> None:
        self._stack.zoom_by(steps)
        self._foot.show_zoom(*self._stack.zoom_in_force())

    def _copy_quote(self) -> None:
        if (item := self._trail.item) is not None:
            where = ", ".join(part for part in (item.document, place_of(item)) if part)
            QGuiApplication.clipboard().setText(f"“{self._trail.quote}” ({where})")
            announce(self, self.tr("Copied"))

    def _open_document(self) -> None:
        if self._shown is None:
            return
        path = self._shown.path
        if not Path(path).exists():
            self._trouble.show_problem(Problem(LibraryProblem.PATH_MISSING.value, {"path": path}))
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
            self._foot.say(self.tr("No program on this computer opens this file."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the reader."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # --- parts ------------------------------------------------------------------------------------------------------

    def _make_head(self, theme: Theme) -> ReaderHead:
        head = ReaderHead(theme)
        head.page_chosen.connect(self._choose_page)
        head.stepped.connect(self.step)
        head.closed.connect(self.closed)
        return head

    def _make_foot(self, theme: Theme) -> ReaderFoot:
        foot = ReaderFoot(theme)
        foot.zoomed.connect(self._zoom_by)
        foot.quote_copied.connect(self._copy_quote)
        foot.document_opened.connect(self._open_document)
        foot.hide()
        return foot

    def _choose_page(self, number: int) -> None:
        if number != self._number:
            self.go_to_page(number)

    def _lay_out(self, theme: Theme) -> None:
        line = QFrame()
        line.setProperty("role", "line")
        between = QVBoxLayout()
        between.setContentsMargins(theme.space(2), 0, theme.space(2), 0)
        between.addWidget(self._about)
        between.addWidget(self._loading)
        between.addWidget(self._trouble)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(line)
        layout.addLayout(between)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._foot)

    def _make_shortcuts(self) -> None:
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        window = Qt.ShortcutContext.WindowShortcut
        for key, act, context in (
            (keys.LARGER, lambda: self._zoom_by(1), inside),
            (keys.LARGER_WITHOUT_SHIFT, lambda: self._zoom_by(1), inside),
            (keys.SMALLER, lambda: self._zoom_by(-1), inside),
            (keys.FIT_WIDTH, lambda: self._zoom_by(0), inside),
            (keys.NEXT_CITATION, lambda: self.step(1), window),
            (keys.PREVIOUS_CITATION, lambda: self.step(-1), window),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(context)
            shortcut.activated.connect(act)
