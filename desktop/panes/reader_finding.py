"""Words sought in the document that is open: its hits from the worker, one gone to after the other."""

from __future__ import annotations

import bisect

from PySide6.QtCore import QObject, Signal

from desktop.operations import Operation
from desktop.widgets.announce import announce
from desktop.widgets.find_bar import FindBar
from desktop.widgets.page_stack import PageStack
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import DocumentSearched, HitsFound, Reply, SearchDocument, Span

Hit = tuple[int, Span]
"""A page, and a span of its text."""


class ReaderFinding(QObject):
    """``gone_to``: the number of a page and the span on it that is to be seen. ``left``: the search was closed."""

    gone_to = Signal(int, object)
    left = Signal()

    def __init__(self, client: WorkerClient, bar: FindBar, stack: PageStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._bar = bar
        self._stack = stack
        self._sha256 = ""
        self._operation: Operation | None = None
        self._hits: list[Hit] = []
        self._at = -1
        self._page = 1
        bar.sought.connect(self._seek)
        bar.stepped.connect(self.step)
        bar.left.connect(self.leave)

    @property
    def is_open(self) -> bool:
        """Whether words are sought now."""
        return not self._bar.isHidden()

    def open(self, sha256: str) -> None:
        """Another document is shown: what is sought is sought in it."""
        self._sha256 = sha256
        self._page = 1
        self._forget()
        if self.is_open:
            self._seek(self._bar.words)

    def begin(self, words: str) -> None:
        """Let the person type what is sought, or seek ``words``."""
        self._bar.open(words)

    def leave(self) -> None:
        """Seek nothing any more; the keyboard goes back to what is read."""
        if self.is_open:
            self._bar.hide()
            self._forget()
            self.left.emit()

    def step(self, by: int) -> None:
        """Go to the next hit (``by`` 1), or to the one before (-1); round at the ends."""
        if self._hits:
            self._go((self._at + by) % len(self._hits))

    def show_hits(self, page: int) -> None:
        """Mark the hits on a page of text, which is shown anew."""
        self._page = page
        hit = self._hits[self._at] if 0 <= self._at < len(self._hits) else None
        spans = tuple(span for number, span in self._hits if number == page)
        self._stack.note_view.show_hits(spans, hit[1] if hit is not None and hit[0] == page else None)

    # --- how --------------------------------------------------------------------------------------------------------

    def _seek(self, words: str) -> None:
        self._page = self._stack.page_view.current if self._stack.shows_picture else self._page
        self._forget()
        if not words.strip() or not self._sha256:
            return
        operation = self._client.run(SearchDocument, sha256=self._sha256, words=words)
        self._operation = operation
        operation.received.connect(lambda said: self._take(operation, said))
        operation.succeeded.connect(lambda said: self._end(operation, said))
        operation.failed.connect(lambda problem: self._fail(operation, problem))

    def _forget(self) -> None:
        if self._operation is not None:
            self._operation.cancel()
            self._operation = None
        self._hits, self._at = [], -1
        self._bar.show_nothing()
        self._mark()

    def _take(self, operation: Operation, said: Reply) -> None:
        if operation is not self._operation or not isinstance(said, HitsFound):
            return
        self._hits += [(one.page, span) for one in said.found for span in one.spans]
        if self._at < 0 and self._hits and self._hits[-1][0] >= self._page:
            self._go(bisect.bisect_left(self._hits, (self._page, (0, 0))))
        self._bar.show_place(self._at + 1, len(self._hits))
        self._bar.show_progress(said.looked_at / max(1, said.of))
        self._mark()

    def _end(self, operation: Operation, said: DocumentSearched) -> None:
        if operation is not self._operation:
            return
        self._operation = None
        if self._at < 0 and self._hits:
            self._go(0)
        self._bar.show_end(self._at + 1, len(self._hits), said.unread, is_whole=said.is_whole)
        announce(self._bar, self._bar.said)

    def _fail(self, operation: Operation, problem: Problem) -> None:
        if operation is self._operation:
            self._operation = None
            self._bar.show_problem(problem)

    def _go(self, at: int) -> None:
        self._at = at
        page, span = self._hits[at]
        self._page = page
        self._bar.show_place(at + 1, len(self._hits))
        self._mark()
        self.gone_to.emit(page, span)

    def _mark(self) -> None:
        found: dict[int, list[Span]] = {}
        for page, span in self._hits:
            found.setdefault(page, []).append(span)
        hit = self._hits[self._at] if 0 <= self._at < len(self._hits) else None
        self._stack.page_view.show_hits(found, hit)
        self.show_hits(self._page)
