"""Tables of numbers among the lines of a page, as rows whose cells are kept apart. Pure.

A table is what its numbers say: rows of a label and numbers that stand in columns, one below the other. Cells of text
that wraps are left as lines, since nothing but their rules tells where such a row ends; a wrong table would cost prose.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.extract.columns import rows_of
from rag.extract.lines import Line, Token

CELL_MARK = "|"
"""Between two cells, with space around it; ``rag.sentences`` knows a row by it."""
CELL_GAP = 0.7
"""The least gap between cells, in heights of a line: wider than a space in justified text."""
FEWEST_ROWS = 3
MOST_COLUMNS = 16
MOST_LABELS = 3
"""Rows without a number that may stand between two with one: a group's name, a label's first lines."""
ROW_GAP = 2.5
"""Heights of a line; what is further below belongs to another table."""
LONGEST_HEADER = 60
"""Characters of one part of a column's header."""
LONGEST_LABEL = 160
HEADER_GAP = 2.0
"""Heights of a line between the parts of a header, and between it and its columns."""
MOST_HEADER_PARTS = 40
MOST_GROUPS = 2
"""Names of groups between a header and the first numbers."""
ALIGNED = 0.75
"""The share of numbers that must stand below or above another."""

_CURRENCY = r"(?:[$€£¥]|US\$|EUR|USD|CHF)"
_NUMBER = re.compile(
    rf"[(\[<>~≈±]*\s*[-+−–—]?\s*{_CURRENCY}?\s*[-+−–—(]?\s*(?:\d[\d.,'’ ]*|[—–-]+)"
    r"\s*(?:[%‰x*†‡)\]]|\([a-z\d]\)|pts?|bps?)*|n/?[am]|nm",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
"""Years alone are a header's."""
_BEFORE_NUMBER = re.compile(rf"\(|{_CURRENCY}")
_BEHIND_NUMBER = re.compile(r"[%)\]*†‡]+|pts?\.?")

Cell = Sequence[Token]
_Span = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row of a table: its cells from left to right, empty where the row has none; the first is the row's label."""

    cells: tuple[Cell, ...]
    begins_table: bool


@dataclass(slots=True)
class _Candidate:
    """Lines that stand side by side: the label's parts, and the numbers behind it."""

    lines: list[Line]
    label: list[Line]
    numbers: list[Line]

    @property
    def top(self) -> float:
        return min(line.box[1] for line in self.lines)

    @property
    def bottom(self) -> float:
        return max(line.box[3] for line in self.lines)


def with_tables(lines: Sequence[Line]) -> list[Line | Row]:
    """The lines of a page in order, those that make up a table as its rows.

    A header that is sure is one row, the parts of each column put together; what spans columns stands before the first.
    """
    if not any(character.isdigit() for line in lines for character in line.text):
        return list(lines)
    rows = [_candidate(row) for row in rows_of(lines, CELL_GAP)]
    if sum(bool(row.numbers) for row in rows) < FEWEST_ROWS:
        return list(lines)
    of_row = _lines_of_rows(lines, rows)
    items: list[Line | Row] = []
    done = 0
    for first, last in _regions(rows):
        columns = _columns(rows[first : last + 1])
        if columns is None:
            continue
        header_first, body_first, header = _header(rows, done, first, columns)
        for row_lines in of_row[done:header_first]:
            items += row_lines
        made = _rows(rows[body_first : last + 1], columns)
        cells = [header, *made] if header is not None else made
        items += [Row(of, begins_table=index == 0) for index, of in enumerate(cells)]
        done = last + 1
    for row_lines in of_row[done:]:
        items += row_lines
    return items


def _lines_of_rows(lines: Sequence[Line], rows: Sequence[_Candidate]) -> list[list[Line]]:
    """The lines as they came of which each row was made."""
    remaining = iter(lines)
    of_row: list[list[Line]] = []
    for row in rows:
        tokens = sum(len(line.tokens) for line in row.lines)
        taken: list[Line] = []
        while tokens > 0:
            line = next(remaining)
            taken.append(line)
            tokens -= len(line.tokens)
        of_row.append(taken)
    return of_row


def _candidate(row: list[Line]) -> _Candidate:
    parts = _with_signs(row)
    if len(parts) == 1 or all(_YEAR.fullmatch(part.text) for part in parts):
        return _Candidate(row, parts, [])
    # The numbers of a row are those behind its last word.
    count = sum(1 for _ in itertools.takewhile(_is_number, reversed(parts)))
    return _Candidate(row, parts[: len(parts) - count], parts[len(parts) - count :])


def _with_signs(row: Sequence[Line]) -> list[Line]:
    """The parts of a row, signs of currency and per cent put to their numbers."""
    parts: list[Line] = []
    for line in row:
        is_behind = bool(parts) and _BEHIND_NUMBER.fullmatch(line.text) is not None and _is_number(parts[-1])
        if parts and (is_behind or _BEFORE_NUMBER.fullmatch(parts[-1].text)):
            before = parts[-1]
            parts[-1] = Line([*before.tokens, *line.tokens], _joined(before, line), f"{before.text} {line.text}")
        else:
            parts.append(line)
    return parts


def _joined(one: Line, other: Line) -> tuple[float, float, float, float]:
    return (one.box[0], min(one.box[1], other.box[1]), other.box[2], max(one.box[3], other.box[3]))


def _is_number(line: Line) -> bool:
    return _NUMBER.fullmatch(line.text) is not None


def _regions(rows: Sequence[_Candidate]) -> list[tuple[int, int]]:
    """The first and last row of what may be a table: it begins and ends with numbers."""
    regions: list[tuple[int, int]] = []
    first: int | None = None
    last = 0
    for index, row in enumerate(rows):
        if not row.numbers:
            continue
        if first is not None and not _goes_on(rows[last : index + 1]):
            regions.append((first, last))
            first = None
        if first is None:
            first = index
        last = index
    if first is not None:
        regions.append((first, last))
    return [
        (first, last)
        for first, last in regions
        if sum(bool(row.numbers) for row in rows[first : last + 1]) >= FEWEST_ROWS
    ]


def _goes_on(rows: Sequence[_Candidate]) -> bool:
    """Whether a table goes on from the first to the last of ``rows``, over those without a number between them."""
    if len(rows) > MOST_LABELS + 2 or any(
        len(row.lines) > 1 or len(row.lines[0].text) > LONGEST_LABEL for row in rows[1:-1]
    ):
        return False
    return all(
        -0.5 * row.lines[0].height
        <= following.top - row.bottom
        <= ROW_GAP * max(row.lines[0].height, following.lines[0].height)
        for row, following in itertools.pairwise(rows)
    )


def _columns(rows: Sequence[_Candidate]) -> list[_Span] | None:
    """From where to where each column of numbers goes, from left to right; None where they don't stand in columns."""
    spans = sorted((line.box[0], line.box[2]) for row in rows for line in row.numbers)
    columns: list[_Span] = []
    members: list[int] = []
    for left, right in spans:
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
            members[-1] += 1
        else:
            columns.append((left, right))
            members.append(1)
    if len(columns) > MOST_COLUMNS or sum(count for count in members if count > 1) < ALIGNED * len(spans):
        return None
    for row in rows:
        places = [_column_of(line, columns) for line in row.numbers]
        if len(set(places)) < len(places):
            return None
        if row.numbers and row.label and row.label[-1].box[2] > row.numbers[0].box[0]:
            return None
    return columns


def _column_of(line: Line, columns: Sequence[_Span]) -> int:
    return next(index for index, (left, right) in enumerate(columns) if left <= line.box[0] <= right)


def _rows(rows: Sequence[_Candidate], columns: Sequence[_Span]) -> list[tuple[Cell, ...]]:
    made: list[tuple[Cell, ...]] = []
    waiting: list[Token] = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        label = [token for line in row.label for token in line.tokens]
        goes_on = following is not None and bool(following.label) and following.label[0].text[0].islower()
        if not row.numbers and goes_on:
            waiting += label
            continue
        cells: list[Cell] = [()] * (len(columns) + 1)
        cells[0] = [*waiting, *label]
        waiting = []
        for line in row.numbers:
            cells[1 + _column_of(line, columns)] = line.tokens
        made.append(tuple(cells) if row.numbers else (cells[0],))
    return made


def _header(
    rows: Sequence[_Candidate], done: int, first: int, columns: Sequence[_Span]
) -> tuple[int, int, tuple[Cell, ...] | None]:
    """Where the header of the columns begins, where the body does, and the header's row.

    Twice ``first`` and None where there is no header that is sure. Between a header and the first numbers there may be
    the name of a group.
    """
    zones = _zones(columns)
    for body_first in range(first, max(first - MOST_GROUPS, done) - 1, -1):
        if body_first < first and not _names_group(rows[body_first], zones):
            break
        found = _header_above(rows, done, body_first, zones)
        if found is not None:
            return found[0], body_first, found[1]
    return first, first, None


def _names_group(row: _Candidate, zones: Sequence[_Span]) -> bool:
    return len(row.lines) == 1 and row.lines[0].box[2] <= zones[0][0] and len(row.lines[0].text) <= LONGEST_LABEL


def _header_above(
    rows: Sequence[_Candidate], done: int, below: int, zones: Sequence[_Span]
) -> tuple[int, tuple[Cell, ...]] | None:
    parts: list[Line] = []
    label: list[Line] = []
    begins, top = below, rows[below].top
    while begins > done and len(parts) < MOST_HEADER_PARTS:
        row = rows[begins - 1]
        # Parts of one header come column by column in some files: a part may stand beside those below.
        if row.bottom < top - HEADER_GAP * row.lines[0].height or row.top > rows[below].top:
            break
        heads = [line for line in row.lines if _heads(line, zones)]
        others = [line for line in row.lines if line not in heads]
        if not heads or any(line.box[2] > zones[0][0] or len(line.text) > LONGEST_HEADER for line in others):
            break
        parts += heads
        label += others
        top = min(top, row.top)
        begins -= 1
    cells: list[list[Token]] = [[] for _ in zones]
    for line in sorted(parts, key=lambda line: (round(line.box[1] / 3), line.box[0])):
        place = next(index for index, (left, right) in enumerate(zones) if line.box[0] < right and line.box[2] > left)
        cells[place] += line.tokens
    if not parts or 2 * sum(map(bool, cells)) < len(zones):
        return None
    return begins, ([token for line in reversed(label) for token in line.tokens], *cells)


def _zones(columns: Sequence[_Span]) -> list[_Span]:
    """The columns with half of the space between them: a header is often wider than its numbers."""
    middles = [(one[1] + other[0]) / 2 for one, other in itertools.pairwise(columns)]
    margin = (columns[0][1] - columns[0][0]) / 2 + 10
    edges = [columns[0][0] - margin, *middles, columns[-1][1] + margin]
    return list(itertools.pairwise(edges))


def _heads(line: Line, zones: Sequence[_Span]) -> bool:
    return len(line.text) <= LONGEST_HEADER and zones[0][0] <= line.box[0] and line.box[2] <= zones[-1][1] + 30
