"""Running headers and footers: lines at the edges of pages that recur, and page numbers. Pure.

A line is furniture where the same words (whatever the numbers in them) stand at the same height of enough pages. It
stays in the page's text and is left out of passages: it is on every page, and says nothing about any.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rag.pages import PageText
from rag.sentences import Span

FEWEST_PAGES = 3
"""A shorter document has no furniture, and on fewer pages nothing recurs."""
EDGE = 0.15
"""The part of a page's height, at the top and at the bottom, in which furniture stands."""
EDGE_LINES = 5
"""Lines at each edge that are looked at."""
SAME_HEIGHT = 4.0
"""Points by which the same line's height may differ from page to page."""
USUAL_SHARE = 0.3
"""The share of the pages on which a line must recur, or else ..."""
CHAPTER_PAGES = 6
"""... on so many pages of a chapter, on most of those from the first of them to the last, or most odd or even ones."""
CHAPTER_SHARE = 0.7
FLOATING_SHARE = 0.5
"""The share of the pages on which a page's first or last line must recur, where its height is another on each: pages
made from web pages have their footer right below the text."""
LONGEST = 200
"""Characters of a line that may be furniture."""

_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"(?=.)(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_NUMBER_ALONE = re.compile(r"\W*0\W*")


class _Edge(NamedTuple):
    """A line at the edge of a page: its span, where it stands (points, from the nearer edge), its words.

    ``is_outermost``: it is the first or the last of its page; such a line may also stand far from the edge.
    """

    page: int
    span: Span
    is_top: bool
    is_outermost: bool
    distance: float
    key: str
    numbers: tuple[int, ...]


def furniture(pages: Iterable[PageText]) -> dict[int, tuple[Span, ...]]:
    """The spans of running headers, footers and page numbers in the text of each of a document's ``pages``, in order.

    By the number of the page; pages without any are left out, and so are those without words (a note's).
    """
    edges: list[_Edge] = []
    count = 0
    for page in pages:
        if page.words:
            count += 1
            edges += _edges(page)
    if count < FEWEST_PAGES:
        return {}
    groups: dict[tuple[bool, str], list[_Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.is_top, edge.key].append(edge)
    found: dict[int, set[Span]] = defaultdict(set)
    for group in groups.values():
        floating = [edge for edge in group if edge.is_outermost]
        parts = [part for part in _levels(group) if _recurs(part, count, USUAL_SHARE) or _runs_over_chapter(part)]
        for part in [*parts, *([floating] if _recurs(floating, count, FLOATING_SHARE) else [])]:
            for edge in part:
                found[edge.page].add(edge.span)
    return {page: tuple(sorted(spans)) for page, spans in sorted(found.items())}


def _edges(page: PageText) -> list[_Edge]:
    lines = [line for line in _lines(page) if line[0][1] - line[0][0] <= LONGEST]
    edges: list[_Edge] = []
    for is_top in (True, False):
        # Lines that stand side by side are one step away from the edge.
        distances = [(above if is_top else page.height - below, span) for span, above, below in lines]
        steps = sorted({round(distance / SAME_HEIGHT) for distance, _ in distances})[:EDGE_LINES]
        for distance, span in distances:
            step = round(distance / SAME_HEIGHT)
            is_outermost = step == steps[0]
            if is_outermost or (step in steps and distance <= EDGE * page.height):
                key, numbers = _words(page.text[slice(*span)])
                edges.append(_Edge(page.number, span, is_top, is_outermost, distance, key, numbers))
    return edges


def _lines(page: PageText) -> list[tuple[Span, float, float]]:
    """The lines of the text that have words: their spans, and the top and the bottom of each in points."""
    lines: list[tuple[Span, float, float]] = []
    start, end = 0, -1
    for word in page.words:
        if word.start > end:
            start = page.text.rfind("\n", 0, word.start) + 1
            end = page.text.find("\n", word.start)
            end = len(page.text) if end < 0 else end
            lines.append(((start, end), word.box[1], word.box[3]))
        else:
            span, above, below = lines[-1]
            lines[-1] = (span, min(above, word.box[1]), max(below, word.box[3]))
    return lines


def _words(line: str) -> tuple[str, tuple[int, ...]]:
    """What recurs of a line, and the numbers in it."""
    text = " ".join(line.casefold().split())
    if _ROMAN.fullmatch(text):
        values = [_ROMAN_VALUES[letter] for letter in text]
        # A letter before a greater one is taken off.
        signed = (-value if value < max(values[at:]) else value for at, value in enumerate(values))
        return "0", (sum(signed),)
    return _DIGITS.sub("0", text), tuple(int(number) for number in _DIGITS.findall(text) if len(number) < 10)


def _levels(group: Sequence[_Edge]) -> list[list[_Edge]]:
    """Lines of the same words, parted by how far from the edge they stand."""
    levels: list[list[_Edge]] = []
    for edge in sorted(group, key=lambda edge: edge.distance):
        if levels and edge.distance - levels[-1][-1].distance <= SAME_HEIGHT:
            levels[-1].append(edge)
        else:
            levels.append([edge])
    return levels


def _recurs(edges: Sequence[_Edge], count: int, share: float) -> bool:
    pages = {edge.page for edge in edges}
    return len(pages) >= max(FEWEST_PAGES, share * count) and _says_or_counts(edges)


def _runs_over_chapter(edges: Sequence[_Edge]) -> bool:
    """Whether the line stands on most pages from its first to its last, or on most of the odd or even ones."""
    pages = sorted({edge.page for edge in edges})
    extent = pages[-1] - pages[0] + 1
    is_on_every_other = len({page % 2 for page in pages}) == 1
    room = (extent + 1) // 2 if is_on_every_other else extent
    return len(pages) >= CHAPTER_PAGES and len(pages) >= CHAPTER_SHARE * room and _says_or_counts(edges)


def _says_or_counts(edges: Sequence[_Edge]) -> bool:
    """Whether the line has words, or is a number that grows with the pages: that of a table's last row does not."""
    if not _NUMBER_ALONE.fullmatch(edges[0].key):
        return True
    offsets = Counter(
        number - page for page, number in {(edge.page, edge.numbers[0]) for edge in edges if edge.numbers}
    )
    return bool(offsets) and max(offsets.values()) >= max(FEWEST_PAGES, len(edges) // 2)
