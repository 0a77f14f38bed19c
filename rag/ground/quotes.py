"""What a passage offers as quotes: its sentences, and the rows of its tables with the headers they stand under."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
from collections.abc import Sequence

from rag.ground.figures import Figure, figures_in, table_power
from rag.ground.statements import Statement, statement
from rag.overlap import content_stems
from rag.protocol import Passage, Span
from rag.sentences import sentence_spans

CELLS = " | "
_HEADING_WORDS = 14
_LIST_MARK = re.compile(r"[-*+•●▪◦‣·–—]\s|\(?\w{1,3}[.)]\s")
_SECTION_PARTS = " › "


@dataclasses.dataclass(frozen=True)
class Column:
    """A cell with numbers of a row, and what its header says."""

    figures: tuple[Figure, ...]
    header: tuple[Figure, ...]


@dataclasses.dataclass(frozen=True)
class Row:
    """A row of a table: what its label says, and the line above that gathers some rows ("Cost of sales:")."""

    label: frozenset[str]
    group: frozenset[str]
    header: frozenset[str]
    columns: tuple[Column, ...]
    power: int


@dataclasses.dataclass(frozen=True)
class Quote:
    """A sentence of a passage: ``span`` lies in the passage's text."""

    passage: Passage
    index: int
    span: Span
    statement: Statement
    row: Row | None = None

    @property
    def text(self) -> str:
        """The quote, to the letter."""
        return self.passage.text[self.span[0] : self.span[1]]

    @functools.cached_property
    def is_heading(self) -> bool:
        """Whether it is no sentence but the name of what follows: short, without a full stop, a value or a mark."""
        text = self.text.strip()
        if self.row is not None or text.endswith(tuple('.!?…。;"”»)')) or _LIST_MARK.match(text):
            return False
        is_named = text.startswith("#") or text in self.passage.section.split(_SECTION_PARTS)
        if is_named and not self.statement.figures:
            return True
        says_a_value = ":" in text.rstrip(":") or any(figure.unit or figure.power for figure in self.statement.figures)
        return len(text.split()) <= _HEADING_WORDS and not says_a_value


@dataclasses.dataclass(frozen=True)
class Source:
    """A passage with its quotes in order, and what its document and its headings say beside them."""

    passage: Passage
    quotes: tuple[Quote, ...]
    around: frozenset[str]
    figures: tuple[Figure, ...]
    """The dates and the like that the document's name and the headings say."""

    @functools.cached_property
    def stems(self) -> frozenset[str]:
        """The words of all of it."""
        return frozenset().union(*(quote.statement.stems for quote in self.quotes))

    @functools.cached_property
    def numbered(self) -> frozenset[tuple[str, str]]:
        """What it calls by a name and a number: the name's last word, and the number's key."""
        return frozenset().union(*(quote.statement.numbered for quote in self.quotes))


def source(passage: Passage) -> Source:
    """What ``passage`` offers."""
    spans = sentence_spans(passage.text)
    texts = [passage.text[start:end] for start, end in spans]
    rows = _rows(texts, passage.section.split(_SECTION_PARTS)[-1] if CELLS in passage.section else "", passage.section)
    quotes = tuple(
        Quote(passage, index, span, statement(text), row)
        for index, (span, text, row) in enumerate(zip(spans, texts, rows, strict=True))
    )
    place = f"{passage.document} {passage.section}"
    said = tuple(figure for figure in figures_in(place.replace("_", " ")) if figure.is_period or figure.is_named)
    return Source(passage, quotes, content_stems(place), said)


def _rows(lines: Sequence[str], section_header: str, section: str) -> list[Row | None]:
    header, group, power = _cells(section_header), "", table_power(section)
    rows: list[Row | None] = []
    for line in lines:
        power = table_power(line) or power
        if CELLS not in line:
            rows.append(None)
            # A line that ends with a colon gathers the rows below it; any other ends the table.
            group = line if line.rstrip().endswith(":") else ""
            continue
        cells = _cells(line)
        if _is_header(line, cells):
            header = cells
            rows.append(None)
            continue
        rows.append(_row(cells, header, group, power))
    return rows


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")] if line.strip() else []


def _is_header(line: str, cells: Sequence[str]) -> bool:
    """A line of cells that begins with an empty one, or whose numbers are all dates."""
    if line.lstrip().startswith("|"):
        return True
    figures = [figure for cell in cells[1:] for figure in figures_in(cell)]
    return bool(figures) and all(figure.is_period for figure in figures)


def _row(cells: list[str], header: list[str], group: str, power: int) -> Row:
    values = cells[1:]
    # The header's first cell may name the rows, or be left out.
    names = header[len(header) - len(values) :] if len(header) >= len(values) else []
    heads = _inherited(names) if names else [()] * len(values)
    columns = tuple(Column(tuple(figures_in(cell)), head) for cell, head in zip(values, heads, strict=True))
    return Row(content_stems(cells[0]), content_stems(group), content_stems(" ".join(header)), columns, power)


def _inherited(names: Sequence[str]) -> list[tuple[Figure, ...]]:
    """The figures of each header; one that says a date alone has the rest from the one before it."""
    heads: list[tuple[Figure, ...]] = []
    span: tuple[Figure, ...] = ()
    for name in names:
        figures = tuple(figures_in(name))
        own = tuple(figure for figure in figures if not figure.is_period)
        if content_stems(name) - _date_words(name, figures):
            span = own
        heads.append(figures if own else (*figures, *span))
    return heads


def _date_words(name: str, figures: Sequence[Figure]) -> frozenset[str]:
    return frozenset(itertools.chain.from_iterable(content_stems(name[slice(*figure.span)]) for figure in figures))
