"""What a document consists of: its pages with their sizes, their words, its outline; for the strip and the pages."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.operations import Operation
from desktop.widgets.page_layout import Size
from desktop.widgets.page_stack import PageStack
from desktop.widgets.page_text import PageText
from desktop.widgets.reader_strip import ReaderStrip
from desktop.worker_client import WorkerClient
from rag.protocol import ListedPage, ListPages, Outline, Page, PageForm, PageList, PageWords, ReadOutline, ReadWords

_MOST_WORDS_AT_ONCE = 4
"""Pages whose words are asked for at once."""


class ReaderContents(QObject):
    """``changed``: more is known of the pages. ``page_wanted``: a page's number, and a span of its text or None."""

    changed = Signal()
    page_wanted = Signal(int, object)

    def __init__(
        self, client: WorkerClient, stack: PageStack, strip: ReaderStrip, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._stack = stack
        self._strip = strip
        self._sha256 = ""
        self._pages = 0
        self._listed: dict[int, ListedPage] = {}
        self._size: Size = (0.0, 0.0)
        self._asked_words: set[int] = set()
        self._asked_outline = False
        stack.page_view.wanted.connect(self._ask_words)
        strip.page_chosen.connect(lambda number: self.page_wanted.emit(number, None))
        strip.section_chosen.connect(self._go_to_section)
        strip.outline_wanted.connect(self._ask_outline)

    @property
    def pages(self) -> int:
        """How many pages the document has, as far as is known."""
        return max([self._pages, *self._listed])

    def label_of(self, number: int) -> str:
        """The printed number of a page; "" where there is none."""
        return self._listed[number].label if number in self._listed else ""

    def open(self, sha256: str) -> None:
        """Another document is shown."""
        self._sha256, self._pages, self._listed, self._size = sha256, 0, {}, (0.0, 0.0)
        self._asked_words.clear()
        self._asked_outline = False
        self._strip.show_other_document(sha256)
        self._run(ListPages, self._take_pages)

    def learn(self, page: Page) -> None:
        """A page says how many there are, and how large the first ones are that nobody has read yet."""
        is_news = page.pages > self._pages or (page.width > 0 and not self._size[0])
        self._pages = max(self._pages, page.pages)
        if page.width > 0 and not self._size[0]:
            self._size = (page.width, page.height)
        view = self._stack.page_view
        if is_news or (page.form is PageForm.PICTURE and not view.has(page.page)):
            self._spread(page.page)
            self._strip.show_pages(self.pages, self._listed)

    def _run(self, kind: type[ListPages | ReadOutline], take: object) -> Operation:
        operation = self._client.run(kind, sha256=self._sha256)
        operation.succeeded.connect(take)
        return operation

    def _take_pages(self, said: PageList) -> None:
        if said.sha256 != self._sha256:
            return
        self._listed = {page.page: page for page in said.pages}
        self._strip.show_pages(self.pages, self._listed)
        if self._stack.page_view.has_pages:
            self._spread(self._stack.page_view.current)
        self.changed.emit()

    def _spread(self, number: int) -> None:
        """Lay out the pages that are pictures, from the last page of text before ``number`` to the next one behind."""
        if self._is_text(number) or not self._size[0]:
            return
        first = last = number
        while first > 1 and not self._is_text(first - 1):
            first -= 1
        while last < self.pages and not self._is_text(last + 1):
            last += 1
        self._stack.page_view.show_pages(first, [self._size_of(page) for page in range(first, last + 1)])

    def _is_text(self, number: int) -> bool:
        return number in self._listed and self._listed[number].form is not PageForm.PICTURE

    def _size_of(self, number: int) -> Size:
        listed = self._listed.get(number)
        return (listed.width, listed.height) if listed is not None and listed.width > 0 else self._size

    # --- words ------------------------------------------------------------------------------------------------------

    def _ask_words(self) -> None:
        """Fetch the words of the pages in sight, so that they can be selected."""
        view = self._stack.page_view
        for number in view.in_sight():
            if len(self._asked_words) >= _MOST_WORDS_AT_ONCE:
                return
            if number in self._asked_words or view.knows_words(number):
                continue
            self._asked_words.add(number)
            operation = self._client.run(ReadWords, sha256=self._sha256, page=number)
            operation.succeeded.connect(self._take_words)
            operation.ended.connect(lambda number=number: self._asked_words.discard(number))

    def _take_words(self, said: PageWords) -> None:
        if said.sha256 == self._sha256:
            self._stack.page_view.show_words(said.page, PageText.of(said))

    # --- outline ----------------------------------------------------------------------------------------------------

    def _ask_outline(self) -> None:
        if self._sha256 and not self._asked_outline:
            self._asked_outline = True
            operation = self._run(ReadOutline, self._take_outline)
            operation.failed.connect(lambda _: self._strip.show_outline((), is_whole=True))

    def _take_outline(self, said: Outline) -> None:
        if said.sha256 == self._sha256:
            self._strip.show_outline(said.entries, is_whole=said.is_whole)

    def _go_to_section(self, page: int, start: int) -> None:
        self.page_wanted.emit(page, (start, start + 1) if start >= 0 else None)
