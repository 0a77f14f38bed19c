"""From the glyphs of a page to its text: lines, paragraphs, words with boxes, headings. Pure.

The reading order is the PDF engine's. What is decided here is what geometry tells: where a paragraph ends, which word
goes on in the next line, which lines are headings.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.extract.characters import is_written_without_spaces
from rag.pages import Heading, Word, joined, shares_line
from rag.protocol import Box

SOFT_HYPHEN = "\u00ad"
_HYPHENS = frozenset({SOFT_HYPHEN, "-", "\u2010"})
_TERMINALS = frozenset(".!?:;…。!?")
_PAGE_NUMBER = re.compile(r"\b(page|pagina|página|pag\.|seite)\s+\d+\b", re.IGNORECASE)
_VOCABULARY = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")

PARAGRAPH_GAP = 0.35
"""A gap between lines that is wider than the page's usual one by this part of a line's height ends a paragraph."""
OTHER_SIZE = 1.2
"""Lines whose heights differ by this factor belong to different paragraphs."""
HEADING_SIZE = 1.18
"""A line higher than the page's body text by this factor is a heading ..."""
HEADING_LEVELS = (1.7, 1.35)
"""... of the first level from this factor on, of the second, else of the third: a page is judged by itself alone."""
BODY_CHARACTERS = 200
"""A page with less text than this has no body to measure headings by."""
LONGEST_HEADING = 200
SHORTEST_TITLE_LINE = 4
"""Characters; a shorter line is not taken for the first of a title's lines."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """What one character of a page reads as (several for a ligature); no box: a space or line end."""

    text: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its glyphs, its box (heights are medians, so that one tall sign does not count), its text."""

    glyphs: tuple[Glyph, ...]
    box: Box
    text: str

    @property
    def height(self) -> float:
        """Points; of the font's full height, which PDFium gives for every glyph of a line alike."""
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry of the document's outline on one page; ``top`` in points from the page's top, where it is said."""

    level: int
    title: str
    top: float | None


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The text of a page, its words and its headings."""

    text: str
    words: tuple[Word, ...]
    headings: tuple[Heading, ...]


def lay_out(glyphs: Iterable[Glyph], outline: Sequence[OutlineEntry] | None) -> PageLayout:
    """The text of a page from its glyphs in reading order.

    ``outline`` holds the entries for this page of a document that has an outline (its author's word on what a heading
    is); None where the document has none: then larger type makes a heading.
    """
    lines = _lines(glyphs)
    writer = _Writer()
    vocabulary = Counter(_VOCABULARY.findall("\n".join(line.text for line in lines).casefold()))
    usual_gap = _usual_gap(lines)
    starts: list[int] = []
    for index, line in enumerate(lines):
        starts.append(writer.length)
        following = lines[index + 1] if index + 1 < len(lines) else None
        ends_paragraph = following is not None and _ends_paragraph(line, following, usual_gap)
        goes_on = following is not None and not ends_paragraph and _word_goes_on(line, following)
        if following is not None and goes_on and not _keeps_hyphen(line, following, vocabulary):
            writer.write(line.glyphs[:-1])
            continue
        writer.write(line.glyphs)
        if following is not None and not goes_on:
            writer.write_separator("\n\n" if ends_paragraph else "\n")
    headings = _headings_by_size(lines, starts) if outline is None else _headings_by_outline(lines, starts, outline)
    return PageLayout("".join(writer.parts), tuple(writer.words), headings)


class _Writer:
    """Puts text together and keeps the boxes of its words."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.words: list[Word] = []
        self.length = 0

    def write(self, glyphs: Sequence[Glyph]) -> None:
        start, box = self.length, None
        for glyph in glyphs:
            text = "-" if glyph.text == SOFT_HYPHEN else glyph.text
            stands_alone = is_written_without_spaces(text[0])
            if text == " " or stands_alone:
                self._end_word(start, box)
                start, box = self.length, None
            self.parts.append(text)
            self.length += len(text)
            if text == " ":
                start = self.length
            elif glyph.box is not None:
                box = glyph.box if box is None else joined(box, glyph.box)
            if stands_alone:
                self._end_word(start, box)
                start, box = self.length, None
        self._end_word(start, box)

    def write_separator(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _end_word(self, start: int, box: Box | None) -> None:
        if box is not None and self.length > start:
            self.words.append(Word(start, self.length, box))


def _lines(glyphs: Iterable[Glyph]) -> list[Line]:
    lines: list[Line] = []
    current: list[Glyph] = []
    for glyph in (*glyphs, Glyph("\n", None)):
        if glyph.text != "\n":
            # One space at most, and none where a line begins.
            if glyph.text != " " or (current and current[-1].text != " "):
                current.append(glyph)
            continue
        line = _line(current)
        if line is not None:
            lines.append(line)
        current = []
    return lines


def _line(glyphs: list[Glyph]) -> Line | None:
    while glyphs and glyphs[-1].text == " ":
        glyphs.pop()
    boxes = [glyph.box for glyph in glyphs if glyph.box is not None and glyph.text != " "]
    if not boxes:
        return None
    # A soft hyphen inside a line is drawn (many programs write hyphens so) or it is nothing.
    kept = [
        glyph
        for index, glyph in enumerate(glyphs)
        if glyph.text != SOFT_HYPHEN
        or index == len(glyphs) - 1
        or (glyph.box is not None and glyph.box[2] - glyph.box[0] > 0.5)
    ]
    box = (
        min(box[0] for box in boxes),
        statistics.median(box[1] for box in boxes),
        max(box[2] for box in boxes),
        statistics.median(box[3] for box in boxes),
    )
    return Line(tuple(kept), box, "".join(glyph.text for glyph in kept))


def _gap(line: Line, following: Line) -> float:
    """The gap between two lines, in heights of the higher one; below -0.5 the second begins a new column or row."""
    return (following.box[1] - line.box[3]) / max(line.height, following.height, 0.1)


def _usual_gap(lines: Sequence[Line]) -> float:
    """The gap between lines of one paragraph: the lower quartile, as a page may be short paragraphs only."""
    gaps = [
        gap
        for line, following in itertools.pairwise(lines)
        if -0.5 <= (gap := _gap(line, following)) <= 2 and not shares_line(line.box, following.box)
    ]
    return statistics.quantiles(gaps, n=4)[0] if len(gaps) > 1 else 0.3


def _ends_paragraph(line: Line, following: Line, usual_gap: float) -> bool:
    if shares_line(line.box, following.box):
        return False
    gap = _gap(line, following)
    if gap < -0.5:
        return line.text[-1] in _TERMINALS or not following.text[0].islower()
    higher, lower = max(line.height, following.height), min(line.height, following.height)
    if gap > usual_gap + PARAGRAPH_GAP or higher > OTHER_SIZE * lower:
        return True
    indent = (following.box[0] - line.box[0]) / max(higher, 0.1)
    return line.text[-1] in _TERMINALS and 0.8 <= indent <= 5


def _word_goes_on(line: Line, following: Line) -> bool:
    return (
        len(line.glyphs) > 1
        and line.glyphs[-1].text in _HYPHENS
        and line.glyphs[-2].text[-1].isalpha()
        and following.glyphs[0].text[0].isalpha()
    )


def _keeps_hyphen(line: Line, following: Line, vocabulary: Counter[str]) -> bool:
    """Whether the hyphen at a line's end is the word's own: the page's other words say it."""
    left = _VOCABULARY.findall(line.text[:-1].casefold())[-1]
    right = _VOCABULARY.findall(following.text.casefold())[0]
    if not following.text[0].islower() or f"{left}-{right}" in vocabulary:
        return True
    if left + right in vocabulary:
        return False
    # Both halves are words in their own right elsewhere: "long-" and "term". (Each stands once in these two lines.)
    return min(len(left), len(right)) >= 3 and vocabulary[left] > 1 and vocabulary[right] > 1


def _headings_by_size(lines: Sequence[Line], starts: Sequence[int]) -> tuple[Heading, ...]:
    if sum(len(line.text) for line in lines) < BODY_CHARACTERS:
        return ()
    body = statistics.median([line.height for line in lines for _ in range(len(line.text))])
    headings: list[Heading] = []
    previous: Line | None = None
    for line, start in zip(lines, starts, strict=True):
        factor = line.height / max(body, 0.1)
        if factor < HEADING_SIZE:
            previous = None
            continue
        goes_on = previous is not None and abs(previous.height - line.height) < 0.05 * body and _gap(previous, line) < 1
        if goes_on and headings:
            headings[-1] = Heading(headings[-1].start, headings[-1].level, f"{headings[-1].text} {line.text}")
        else:
            level = 1 + sum(factor < least for least in HEADING_LEVELS)
            headings.append(Heading(start, level, line.text))
        previous = line
    return tuple(
        heading
        for heading in headings
        if len(heading.text) <= LONGEST_HEADING
        and sum(map(str.isalpha, heading.text)) >= 2
        and not _PAGE_NUMBER.search(heading.text)
    )


def _headings_by_outline(
    lines: Sequence[Line], starts: Sequence[int], outline: Sequence[OutlineEntry]
) -> tuple[Heading, ...]:
    found: list[Heading] = []
    keys = [_key(line.text) for line in lines]
    for entry in outline:
        title = " ".join(entry.title.split())[:LONGEST_HEADING]
        if _key(title) and lines:
            found.append(Heading(starts[_line_of(entry, _key(title), keys, lines)], entry.level, title))
    return tuple(sorted(found, key=lambda heading: (heading.start, heading.level)))


def _line_of(entry: OutlineEntry, key: str, keys: Sequence[str], lines: Sequence[Line]) -> int:
    """The line that an outline's entry names: the one that says it, or begins so, or is where it points to."""
    if key in keys:
        return keys.index(key)
    for index, text in enumerate(keys):
        # A title may run on in its line, or over several lines.
        if text.startswith(key) or (len(text) >= SHORTEST_TITLE_LINE and key.startswith(text)):
            return index
    if entry.top is None:
        return 0
    return next((index for index, line in enumerate(lines) if line.box[3] > entry.top), 0)


def _key(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalpha())
