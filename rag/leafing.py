"""Leafing through a document: its pages, their words, its outline, and where something stands in it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from rag.errors import LibraryProblem, PhialError
from rag.extract import Cancelled, PagePainter
from rag.extract.formats import PDF
from rag.locating import unchanged_path
from rag.page_search import Needle
from rag.pages import pack_words
from rag.protocol import (
    Document,
    DocumentSearched,
    HitsFound,
    ListedPage,
    Outline,
    OutlineEntry,
    PageForm,
    PageHits,
    PageList,
    PageWords,
    unit_of,
)
from rag.stores.records import Records

MOST_ENTRIES = 5_000
"""Sections of an outline that are told; nobody looks through more."""

DEEPEST = 8
"""Levels of an outline: one that goes deeper is told as if it did not."""

LONGEST_TITLE = 300
"""Characters."""

MOST_HITS = 5_000
"""That are told of one search; all are counted."""

TELL_SECONDS = 0.1
"""How often a search tells what it has found."""

Title = tuple[str, int, int]
"""Title, level and page, both from 1."""


class Leafing:
    """What a reader asks of a document besides the pictures of its pages. Safe from any thread."""

    def __init__(self, records: Records, painter: PagePainter, password_of: Callable[[str], str]) -> None:
        """``painter`` has the documents open whose outline is asked for; ``password_of`` is PageShower's."""
        self._records = records
        self._painter = painter
        self._password_of = password_of

    def pages(self, sha256: str) -> PageList:
        """The pages that have been read. Raises PhialError DOCUMENT_GONE."""
        document = self._document(sha256)
        pages = tuple(ListedPage(*row) for row in self._records.page_frames(sha256))
        form = pages[0].form if pages else PageForm.PICTURE
        return PageList(0, sha256, unit_of(document.format, form), pages)

    def words(self, sha256: str, page: int) -> PageWords:
        """The words of a page; none where it has not been read. Raises PhialError DOCUMENT_GONE."""
        self._document(sha256)
        kept = self._records.page(sha256, page)
        if kept is None:
            return PageWords(0, sha256, page, "", b"")
        return PageWords(0, sha256, page, kept.text, pack_words(kept.words))

    def outline(self, sha256: str, is_cancelled: Callable[[], bool]) -> Outline | None:
        """The outline of a document, or its headings; None when it was cancelled. Raises PhialError DOCUMENT_GONE."""
        document = self._document(sha256)
        headings = [
            OutlineEntry(heading.text, heading.level, page.number, heading.start)
            for page in self._records.pages(sha256, with_words=False)
            for heading in page.headings
        ]
        if is_cancelled():
            return None
        titles = self._titles(document, is_cancelled) if document.format == PDF else ()
        entries = placed(titles, headings) if titles else headings
        return Outline(0, sha256, levelled(entries[:MOST_ENTRIES]), len(entries) <= MOST_ENTRIES)

    def search(
        self, sha256: str, words: str, is_cancelled: Callable[[], bool]
    ) -> Iterator[HitsFound | DocumentSearched]:
        """Where ``words`` stand: every hit as soon as it is found, then how many there were; ends early when cancelled.

        Raises PhialError DOCUMENT_GONE.
        """
        document = self._document(sha256)
        needle = Needle(words)
        found: list[PageHits] = []
        hits = told = looked_at = read = 0
        last = time.monotonic()
        for page, text, is_read in self._records.page_texts(sha256):
            if is_cancelled():
                return
            spans = needle.spans(text)
            hits += len(spans)
            looked_at += 1
            read += is_read
            if spans and told < MOST_HITS:
                found.append(PageHits(page, spans[: MOST_HITS - told]))
                told += len(found[-1].spans)
            if time.monotonic() - last >= TELL_SECONDS:
                yield HitsFound(0, tuple(found), looked_at, document.pages)
                found = []
                last = time.monotonic()
        yield HitsFound(0, tuple(found), looked_at, max(looked_at, document.pages))
        yield DocumentSearched(0, hits, max(0, document.pages - read), hits == told)

    def _document(self, sha256: str) -> Document:
        document = next(iter(self._records.documents([sha256])), None)
        if document is None:
            raise PhialError(LibraryProblem.DOCUMENT_GONE)
        return document

    def _titles(self, document: Document, is_cancelled: Callable[[], bool]) -> Sequence[Title]:
        """The outline that the file itself has: none where it is away, is another by now, or can't be opened."""
        try:
            path = unchanged_path(self._records, document.sha256, document.name, is_cancelled)
            password = self._password_of(document.sha256)
            return self._painter.outline(path, MOST_ENTRIES + 1, is_cancelled, document.format, password)
        except (Cancelled, PhialError):
            return ()


def placed(titles: Sequence[Title], headings: Sequence[OutlineEntry]) -> list[OutlineEntry]:
    """The entries of an outline, each with the place of the heading on its page that says the same."""
    starts: dict[tuple[int, str], int] = {}
    for heading in headings:
        starts.setdefault((heading.page, _said(heading.title)), heading.start)
    return [OutlineEntry(title, level, page, starts.get((page, _said(title)), -1)) for title, level, page in titles]


def levelled(entries: Sequence[OutlineEntry]) -> tuple[OutlineEntry, ...]:
    """``entries`` with levels that begin at 1, go down one by one and not below ``DEEPEST``, and titles of a line."""
    levels: list[int] = []
    told: list[OutlineEntry] = []
    for entry in entries:
        title = " ".join(entry.title.split())[:LONGEST_TITLE]
        if not title:
            continue
        while levels and levels[-1] >= entry.level:
            levels.pop()
        levels.append(entry.level)
        told.append(OutlineEntry(title, min(len(levels), DEEPEST), entry.page, entry.start))
    return tuple(told)


def _said(title: str) -> str:
    return " ".join(title.casefold().split())
