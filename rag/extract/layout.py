"""From the lines of a page to its text: reading order, tables, paragraphs, words with boxes, headings. Pure.

The order is the PDF engine's where that is sensible (``rag.extract.columns``). What is decided here is what geometry
tells: where a paragraph ends, and which word goes on in the next line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.extract.columns import in_reading_order
from rag.extract.headings import OutlineEntry, TypeSizes, headings_of
from rag.extract.lines import Line, Token, gap_between, usual_gap
from rag.extract.tables import CELL_MARK, Row, with_tables
from rag.pages import Heading, Word, shares_line
from rag.words import Box

_HYPHENS = "-\u2010"
_TERMINALS = frozenset(".!?:;…。!?")
_VOCABULARY = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")

PARAGRAPH_GAP = 0.35
"""A gap between lines that is wider than the page's usual one by this part of a line's height ends a paragraph."""
OTHER_SIZE = 1.2
"""Lines whose heights differ by this factor belong to different paragraphs."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A filled field of a form, with its name, or a comment (then the name is ""); box: None where it is not shown."""

    name: str
    text: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The text of a page, its words and its headings."""

    text: str
    words: tuple[Word, ...]
    headings: tuple[Heading, ...]


def lay_out(
    lines: Sequence[Line],
    outline: Sequence[OutlineEntry] | None,
    sizes: TypeSizes | None,
    annotations: Sequence[Annotation] = (),
) -> PageLayout:
    """The text of a page from its lines.

    ``outline`` holds the entries for this page of a document that has an outline (its author's word on what a heading
    is), None where it has none; type makes headings too, larger than the body's of ``sizes`` or bold, where these are
    given.
    ``annotations`` stand at the end of the text; the words of a field's name have no box, as the page may not show it.
    """
    items = with_tables(in_reading_order(lines))
    running = [item for item in items if isinstance(item, Line)]
    writer = _Writer()
    vocabulary: Counter[str] | None = None
    gap = usual_gap(running)
    starts: dict[int, int] = {}
    for index, item in enumerate(items):
        following = items[index + 1] if index + 1 < len(items) else None
        if isinstance(item, Row):
            writer.write_row(item)
            if following is not None:
                writer.write_separator("\n" if isinstance(following, Row) and not following.begins_table else "\n\n")
            continue
        starts[id(item)] = writer.length
        if not isinstance(following, Line):
            writer.write(item.tokens)
            if following is not None:
                writer.write_separator("\n\n")
            continue
        ends_paragraph = _ends_paragraph(item, following, gap)
        goes_on = not ends_paragraph and _word_goes_on(item, following)
        if goes_on and vocabulary is None:
            vocabulary = Counter(_VOCABULARY.findall("\n".join(line.text for line in running).casefold()))
        if goes_on and vocabulary is not None and not _keeps_hyphen(item, following, vocabulary):
            writer.write(_without_last_sign(item.tokens))
            continue
        writer.write(item.tokens)
        if not goes_on:
            writer.write_separator("\n\n" if ends_paragraph else "\n")
    writer.write_annotations(annotations)
    placed = [(line, starts[id(line)]) for line in running]
    headings = headings_of(placed, outline, sizes)
    return PageLayout("".join(writer.parts), tuple(writer.words), headings)


class _Writer:
    """Puts text together and keeps the boxes of its words."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.words: list[Word] = []
        self.length = 0

    def write(self, tokens: Sequence[Token]) -> None:
        is_first = True
        for text, box, is_glued in tokens:
            if not is_first and not is_glued:
                self.parts.append(" ")
                self.length += 1
            is_first = False
            start = self.length
            self.length += len(text)
            self.parts.append(text)
            self.words.append(Word(start, self.length, box))

    def write_row(self, row: Row) -> None:
        if row.is_header and row.cells[0]:
            # By the mark that a header's line begins with, rag.chunk knows it.
            self.write_separator(f"{CELL_MARK} ")
        self.write(row.cells[0])
        for index, cell in enumerate(row.cells[1:]):
            # A line neither begins nor ends with space, though its first or last cell be empty.
            is_behind_space = index == 0 and not row.cells[0]
            self.write_separator(("" if is_behind_space else " ") + CELL_MARK + (" " if cell else ""))
            self.write(cell)

    def write_annotations(self, annotations: Sequence[Annotation]) -> None:
        for index, (name, text, box) in enumerate((one.name, one.text, one.box) for one in annotations):
            if self.length > 0:
                self.write_separator("\n" if index > 0 and name else "\n\n")
            if name:
                self.write_separator(f"{name.removesuffix(':')}: ")
            words = text.split()
            if box is None:
                self.write_separator(" ".join(words))
            else:
                self.write([Token(word, box) for word in words])

    def write_separator(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def _without_last_sign(tokens: Sequence[Token]) -> list[Token]:
    last = tokens[-1]
    shortened = last._replace(text=last.text[:-1])
    return [*tokens[:-1], shortened] if shortened.text else list(tokens[:-1])


def _ends_paragraph(line: Line, following: Line, usual: float) -> bool:
    if shares_line(line.box, following.box):
        return False
    gap = gap_between(line, following)
    if gap < -0.5:
        return line.text[-1] in _TERMINALS or not following.text[0].islower()
    higher, lower = max(line.height, following.height), min(line.height, following.height)
    if gap > usual + PARAGRAPH_GAP or higher > OTHER_SIZE * lower:
        return True
    indent = (following.box[0] - line.box[0]) / max(higher, 0.1)
    return line.text[-1] in _TERMINALS and 0.8 <= indent <= 5


def _word_goes_on(line: Line, following: Line) -> bool:
    return len(line.text) > 1 and line.text[-1] in _HYPHENS and line.text[-2].isalpha() and following.text[0].isalpha()


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
