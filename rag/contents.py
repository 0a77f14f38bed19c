"""Tables of contents: lines that only say where something stands. Pure.

Such a line holds a section's very words, so it would be found before the section itself. It stays in the page's text
and is left out of passages. A price list has dots too: what counts is that the numbers name pages, in their order.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from rag.pages import PageText
from rag.sentences import Span

FEWEST_LINES = 4
"""Fewer entries on a page are no table of contents."""
ORDERED_SHARE = 0.9
"""The share of the entries of a page whose page number is no lower than the one before."""
UNNUMBERED_PAGES = 30
"""A book's printed numbers can exceed its count of pages by so many."""

LONGEST_LINE = 300
"""Characters; a longer line is no entry."""

_ENTRY = re.compile(r"\w\W*?(?:(?:[.·…]\s?){4,}|…{2,})\s*(?P<page>\d{1,4})\s*$")


def contents(pages: Iterable[PageText]) -> dict[int, tuple[Span, ...]]:
    """The spans of the entries of tables of contents in the text of a document's ``pages``, by the page's number."""
    found: dict[int, tuple[list[Span], int]] = {}
    count = 0
    for page in pages:
        count += 1
        entries = list(_entries(page.text))
        numbers = [number for _, number in entries]
        ordered = sum(after >= before for before, after in itertools.pairwise(numbers))
        if len(entries) >= FEWEST_LINES and ordered >= ORDERED_SHARE * (len(entries) - 1):
            found[page.number] = ([span for span, _ in entries], max(numbers))
    return {number: tuple(spans) for number, (spans, last) in found.items() if last <= count + UNNUMBERED_PAGES}


def _entries(text: str) -> Iterator[tuple[Span, int]]:
    """The lines that end with dots and a number: their spans, and the numbers."""
    start = 0
    for line in text.split("\n"):
        match = _ENTRY.search(line) if len(line) <= LONGEST_LINE and line[-1:].strip() else None
        if match is not None:
            yield (start, start + len(line)), int(match["page"])
        start += len(line) + 1
