"""What the fake worker says of the inside of a document: its pages, their words, its outline, what is sought in it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PIL import ImageFont

from engine.links import Link
from rag.errors import Problem
from rag.protocol import (
    PAGE_UNITS,
    Document,
    DocumentSearched,
    Failed,
    HitsFound,
    ListedPage,
    ListPages,
    Outline,
    OutlineEntry,
    PageForm,
    PageHits,
    PageList,
    PageWords,
    ReadOutline,
    ReadWords,
    Request,
    SearchDocument,
    Word,
    pack_words,
)
from tests.fakes.plausible import LINES, NOTE

if TYPE_CHECKING:
    from tests.fakes.worker import FakeWorker

PAINTED = {"pdf", "image"}


@functools.cache
def page_text(page: int) -> tuple[str, tuple[Word, ...]]:
    """The text of the page that ``tests.fakes.plausible.picture`` draws, and its words where they stand on it."""
    lines = [(80.0, 16.0, f"4.2  Design values ({page})")]
    lines += [(150.0 + 16 * number, 12.0, LINES[number % len(LINES)]) for number in range(36)]
    text, words = "", []
    for top, size, line in lines:
        font = ImageFont.load_default(size)
        text += "" if not text else "\n\n" if top == 150 else "\n"
        begin = len(text)
        place = 0
        for word in line.split():
            place = line.index(word, place)
            left, right = 72 + font.getlength(line[:place]), 72 + font.getlength(line[: place + len(word)])
            words.append(Word(begin + place, begin + place + len(word), (left, top, right, top + size)))
            place += len(word)
        text += line
    return text, tuple(words)


def _held(
    worker: FakeWorker, link: Link, request: ListPages | ReadWords | ReadOutline | SearchDocument
) -> Document | None:
    held = next((one for one in worker.script.documents if one.sha256 == request.sha256), None)
    if held is None:
        link.send(Failed(request.id, Problem("document_gone")))
    return held


def list_pages(worker: FakeWorker, link: Link, request: Request) -> None:
    """Every page, each A4."""
    assert isinstance(request, ListPages)
    held = _held(worker, link, request)
    if held is None:
        return
    form = PageForm.PICTURE if held.format in PAINTED else PageForm.MARKDOWN
    size = (595.0, 842.0) if held.format in PAINTED else (0.0, 0.0)
    pages = tuple(ListedPage(number, str(number), *size, form) for number in range(1, held.pages + 1))
    link.send(PageList(request.id, held.sha256, PAGE_UNITS[held.format], pages))


def read_words(worker: FakeWorker, link: Link, request: Request) -> None:
    """Those that are drawn on the page."""
    assert isinstance(request, ReadWords)
    held = _held(worker, link, request)
    if held is None:
        return
    text, words = page_text(request.page) if held.format in PAINTED else (NOTE, ())
    link.send(PageWords(request.id, held.sha256, request.page, text, pack_words(words)))


def read_outline(worker: FakeWorker, link: Link, request: Request) -> None:
    """A chapter every ten pages, with a section behind each."""
    assert isinstance(request, ReadOutline)
    held = _held(worker, link, request)
    if held is None:
        return
    if held.format not in PAINTED:
        entries = (OutlineEntry("Turbine inspection notes", 1, 1, 0), OutlineEntry("9 May", 2, 1, 28))
    else:
        entries = tuple(
            OutlineEntry(f"{'Chapter' if level == 1 else 'Section'} {page // 10 + 1}", level, page + level - 1)
            for page in range(1, held.pages, 10)
            for level in (1, 2)
        )
    link.send(Outline(request.id, held.sha256, entries))


def search_document(worker: FakeWorker, link: Link, request: Request) -> None:
    """To the letter, on the first pages: they are all alike."""
    assert isinstance(request, SearchDocument)
    held = _held(worker, link, request)
    if held is None:
        return
    found = []
    for page in range(1, min(held.pages, 5) + 1):
        text = (page_text(page)[0] if held.format in PAINTED else NOTE).lower()
        spans, place = [], text.find(request.words.lower())
        while place != -1:
            spans.append((place, place + len(request.words)))
            place = text.find(request.words.lower(), place + 1)
        if spans:
            found.append(PageHits(page, tuple(spans)))
    link.send(HitsFound(request.id, tuple(found), held.pages, held.pages))
    link.send(DocumentSearched(request.id, sum(len(one.spans) for one in found), 0, is_whole=True))
