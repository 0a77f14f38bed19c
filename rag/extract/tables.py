"""Tables of numbers among the lines of a page, as rows whose cells are kept apart. Pure.

A table is what its numbers say: rows of a label and numbers that stand in columns, one below the other. Cells of text
that wraps are left as lines, since nothing but their rules tells where such a row ends; a wrong table would cost prose.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from rag.extract.lines import Line, Token
from rag.extract.table_rows import Candidate, candidates_of
from rag.pages import shares_line
from rag.words import Box

CELL_MARK = "|"
"""Between two cells, with space around it; ``rag.sentences`` knows a row by it."""
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

Cell = Sequence[Token]
_Span = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row of a table: its cells from left to right, empty where the row has none; the first is the row's label."""

    cells: tuple[Cell, ...]
    begins_table: bool
    is_header: bool


def with_tables(lines: Sequence[Line]) -> list[Line | Row]:
    """The lines of a page in order, those that make up a table as its rows.

    A header that is sure is one row, the parts of each column put together; what spans columns stands before the first.
    """
    if not any(character.isdigit() for line in lines for character in line.text):
        return list(lines)
    rows = candidates_of(lines)
    if sum(bool(row.numbers) for row in rows) < FEWEST_ROWS:
        return list(lines)
    of_row = _lines_of_rows(lines, rows)
    items: list[Line | Row] = []
    done = 0
    for numbers_first, last in _regions(rows):
        columns = _columns(rows[numbers_first : last + 1])
        if columns is None:
            continue
        labels = [row.label[-1].box[2] for row in rows[numbers_first : last + 1] if row.numbers and row.label]
        zones = _zones(columns, max(labels, default=columns[0][0]))
        first = _with_label_above(rows, done, numbers_first, columns[0][0])
        header_first, body_first, header = _header(rows, done, first, zones, columns[0][0])
        for row_lines in of_row[done:header_first]:
            items += row_lines
        made = _rows(rows[body_first : last + 1], columns)
        cells = [header, *made] if header is not None else made
        items += [
            Row(of, begins_table=index == 0, is_header=header is not None and index == 0)
            for index, of in enumerate(cells)
        ]
        done = last + 1
    for row_lines in of_row[done:]:
        items += row_lines
    return items


def _lines_of_rows(lines: Sequence[Line], rows: Sequence[Candidate]) -> list[list[Line]]:
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


def _regions(rows: Sequence[Candidate]) -> list[tuple[int, int]]:
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


def _goes_on(rows: Sequence[Candidate]) -> bool:
    """Whether a table goes on from the first to the last of ``rows``, over those without a number between them."""
    between = rows[1:-1]
    numbers = min(rows[0].numbers[0].box[0], rows[-1].numbers[0].box[0])
    if len(between) > MOST_LABELS or not all(_is_label(row, numbers) for row in between):
        return False
    for row, following in itertools.pairwise(rows):
        height = max(row.lines[0].height, following.lines[0].height)
        if not -0.5 * height <= following.top - row.bottom <= ROW_GAP * height:
            return False
    return True


def _is_label(row: Candidate, numbers: float) -> bool:
    """Whether a row without a number can be one of a table whose numbers begin at ``numbers``."""
    length = sum(len(line.text) for line in row.lines)
    return length <= LONGEST_LABEL and (len(row.lines) == 1 or row.lines[-1].box[2] <= numbers)


def _columns(rows: Sequence[Candidate]) -> list[_Span] | None:
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


def _rows(rows: Sequence[Candidate], columns: Sequence[_Span]) -> list[tuple[Cell, ...]]:
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
    rows: Sequence[Candidate], done: int, first: int, zones: Sequence[_Span], numbers: float
) -> tuple[int, int, tuple[Cell, ...] | None]:
    """Where the header of the columns begins, where the body does, and the header's row.

    Twice ``first`` and None where there is no header that is sure. Between a header and the first numbers there may be
    the name of a group.
    """
    for body_first in range(first, max(first - MOST_GROUPS, done) - 1, -1):
        if body_first < first and not _names_group(rows[body_first], numbers):
            break
        found = _header_above(rows, done, body_first, zones)
        if found is not None:
            return found[0], body_first, found[1]
    return first, first, None


def _with_label_above(rows: Sequence[Candidate], done: int, first: int, numbers: float) -> int:
    """The first row of a table, or the one above it where a label begins that wraps."""
    label = rows[first].label
    wraps = first > done and bool(label) and label[0].text[0].islower()
    return first - 1 if wraps and _names_group(rows[first - 1], numbers) else first


def _names_group(row: Candidate, numbers: float) -> bool:
    return len(row.lines) == 1 and row.lines[0].box[2] <= numbers and len(row.lines[0].text) <= LONGEST_LABEL


def _header_above(
    rows: Sequence[Candidate], done: int, below: int, zones: Sequence[_Span]
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
        is_name = not others or (len(others) == 1 and _is_label_header(others[0], zones))
        if row.numbers or not heads or not is_name:
            break
        parts += heads
        label += others
        top = min(top, row.top)
        begins -= 1
    # A unit alone, "(in millions)", names no column.
    if all(line.text.startswith("(") for line in parts):
        return None
    cells: list[list[Token]] = [[] for _ in zones]
    for line in sorted(parts, key=lambda line: (line.box[1], line.box[0])):
        cells[_zone_of(line, parts, zones)] += line.tokens
    if 2 * sum(map(bool, cells)) < len(zones):
        return None
    return begins, ([token for line in reversed(label) for token in line.tokens], *cells)


def _zone_of(line: Line, parts: Sequence[Line], zones: Sequence[_Span]) -> int:
    """The column that a header's part stands over; of one that spans columns the first of those nearest to it."""
    beside = [_center(other.box) for other in parts if shares_line(line.box, other.box)]
    centers = [(left + right) / 2 for left, right in zones]
    center = _center(line.box)
    if 2 * len(beside) > len(zones):
        return min(range(len(zones)), key=lambda index: abs(centers[index] - center))
    nearest = (min(beside, key=lambda other: abs(other - middle)) for middle in centers)
    return next((index for index, other in enumerate(nearest) if other == center), 0)


def _center(box: Box) -> float:
    return (box[0] + box[2]) / 2


def _is_label_header(line: Line, zones: Sequence[_Span]) -> bool:
    return line.box[2] <= zones[0][0] and len(line.text) <= LONGEST_HEADER


def _zones(columns: Sequence[_Span], labels: float) -> list[_Span]:
    """The columns with half the space between them, and behind the ``labels``: a header can be wider than numbers."""
    middles = [(one[1] + other[0]) / 2 for one, other in itertools.pairwise(columns)]
    left, right = columns[0]
    margin = (right - left) / 2 + 10
    begin = min(left - margin, (labels + left) / 2) if labels < left else left - margin
    return list(itertools.pairwise([begin, *middles, columns[-1][1] + margin]))


def _heads(line: Line, zones: Sequence[_Span]) -> bool:
    return len(line.text) <= LONGEST_HEADER and zones[0][0] <= line.box[0] and line.box[2] <= zones[-1][1] + 30
