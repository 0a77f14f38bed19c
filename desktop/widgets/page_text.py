"""The words of a page as a person points at them and selects them. Pure."""

from __future__ import annotations

import bisect
import dataclasses
import itertools
import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from rag.protocol import Box, PageWords, Span, Word, document_boxes, goes_on, unpack_words

_LINE_FIRST = 4.0
"""How much further off a word is for each point that it is above or below, than beside."""

_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
_CELL = " | "


@dataclasses.dataclass(frozen=True)
class PageText:
    """The text of a page, and the words of it that stand somewhere on the page, in reading order."""

    text: str
    words: tuple[Word, ...]

    @classmethod
    def of(cls, said: PageWords) -> PageText:
        """What the worker told."""
        return cls(said.text, unpack_words(said.words))

    @cached_property
    def _lines(self) -> list[int]:
        """The first word of each line."""
        words = self.words
        return [
            number for number, word in enumerate(words) if not number or not goes_on(words[number - 1].box, word.box)
        ]

    def word_at(self, x: float, y: float) -> int | None:
        """The word that stands at a point of the page; None where none does."""
        return next((number for number, word in enumerate(self.words) if _distance(word.box, x, y) == 0.0), None)

    def nearest(self, x: float, y: float) -> int | None:
        """The word nearest to a point, rather on its line than nearer; None on a page without words."""
        return min(range(len(self.words)), key=lambda number: _distance(self.words[number].box, x, y), default=None)

    def line_of(self, word: int) -> tuple[int, int]:
        """The first and the last word of the line that ``word`` stands on."""
        place = bisect.bisect_right(self._lines, word)
        last = self._lines[place] - 1 if place < len(self._lines) else len(self.words) - 1
        return self._lines[place - 1], last

    def beside(self, word: int, by: int) -> int | None:
        """The word one line below (``by`` 1) or above (-1), at the same place of the line; None beyond the page."""
        first, last = self.line_of(word)
        other = last + 1 if by > 0 else first - 1
        if not 0 <= other < len(self.words):
            return None
        begin, end = self.line_of(other)
        middle = (self.words[word].box[0] + self.words[word].box[2]) / 2
        return min(range(begin, end + 1), key=lambda number: abs(_middle(self.words[number].box) - middle))

    def span(self, first: int, last: int) -> Span:
        """The characters from one word to another, both included."""
        return self.words[first].start, self.words[last].end

    def boxes(self, spans: Sequence[Span]) -> tuple[Box, ...]:
        """What to mark for ``spans``, in points, one box a line."""
        return tuple(box for start, stop in spans for box in document_boxes(self.words, start, stop))

    def said(self, first: int, last: int) -> str:
        """What stands from one word to another, with the ends of lines mended."""
        start, stop = self.span(first, last)
        return mended(self.text[start:stop])


def mended(text: str) -> str:
    """``text`` without the ends of its lines: those of paragraphs and of rows of tables stay."""
    lines = _BREAK.split(text.replace("\u00ad", ""))
    joined = lines[0]
    for line, following in itertools.pairwise(lines):
        joined += ("\n" if _CELL in line or _CELL in following else " ") + following
    return joined


@dataclasses.dataclass(frozen=True, order=True)
class WordPlace:
    """A word of a document: its page, counted from 1, and its number on it, from 0."""

    page: int
    word: int


@dataclasses.dataclass(frozen=True)
class Selection:
    """What is selected: from where it was begun (one word, or a line's) to where it was led."""

    anchor: tuple[WordPlace, WordPlace]
    head: tuple[WordPlace, WordPlace]

    @property
    def first(self) -> WordPlace:
        """Where it begins in the document."""
        return min(self.anchor[0], self.head[0])

    @property
    def last(self) -> WordPlace:
        """Where it ends, this word included."""
        return max(self.anchor[1], self.head[1])

    def led_to(self, first: WordPlace, last: WordPlace) -> Selection:
        """The same beginning, led elsewhere."""
        return Selection(self.anchor, (first, last))

    def on(self, page: int, text: PageText) -> tuple[int, int] | None:
        """The first and last selected word of a page; None where nothing of it is selected."""
        if not text.words or not self.first.page <= page <= self.last.page:
            return None
        begin = self.first.word if page == self.first.page else 0
        end = self.last.word if page == self.last.page else len(text.words) - 1
        return (begin, min(end, len(text.words) - 1)) if begin <= end else None

    def said(self, texts: Mapping[int, PageText]) -> str:
        """The selected text, each page of it a paragraph at least."""
        parts = [
            texts[page].said(*words)
            for page in range(self.first.page, self.last.page + 1)
            if page in texts and (words := self.on(page, texts[page])) is not None
        ]
        return "\n\n".join(parts)


def _distance(box: Box, x: float, y: float) -> float:
    across = max(box[0] - x, 0.0, x - box[2])
    down = max(box[1] - y, 0.0, y - box[3])
    return across + _LINE_FIRST * down


def _middle(box: Box) -> float:
    return (box[0] + box[2]) / 2
