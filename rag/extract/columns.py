"""The order in which the lines of a page are read, where the file's own order is not it. Pure.

A page is left as it is unless its order can't be right: columns whose lines come by turns, or a part of the page that
comes before what stands above it. Then columns are told by the gutter between them, and parts are ordered by recursive
cuts (the XY-cut of Nagy & Seth, "Hierarchical representation of optically scanned documents", 1984).
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator, Sequence

from rag.extract.lines import Line, hull, line_of, split_at_gaps
from rag.pages import shares_line
from rag.words import Box

GUTTER = 0.8
"""The least width of a gutter, in heights of a line."""
FEWEST_ROWS = 5
"""Rows that a gutter must part: fewer may be a table's or a letter's head."""
LEAST_LETTERS = 18
"""The usual length of a column's lines in letters; a table's cells are shorter."""
LEAST_FILLED = 0.6
"""The part of a column's width that its usual line fills."""
LEAST_CONTINUED = 0.25
"""The share of a column's lines that begin with a small letter, as running text does and rows of a table don't."""
PARTED_ROWS = 0.5
"""The share of the rows between the first and the last that a gutter must part."""
MOST_LINES = 2_000
"""A page with more lines is a plan or made to hold us up: looking for gutters takes the square of their number."""
MOST_PARTS = 40
"""A page in more parts than this is a drawing, whose order nothing tells."""
SAME_COLUMN = 0.5
"""Parts that overlap by this share of the narrower one stand one below the other."""
DEEPEST = 4
"""Columns within columns."""

_Row = list[Line]
"""What stands side by side: lines from left to right."""


def in_reading_order(lines: Sequence[Line], depth: int = 0) -> list[Line]:
    """The lines of a page in the order in which they are read: the order given, unless that can't be it.

    Lines that go on over a gutter are divided there; else lines are the same.
    """
    if not 2 <= len(lines) <= MOST_LINES or depth > DEEPEST:
        return list(lines)
    ordered = _by_columns(lines, depth) if len(lines) >= FEWEST_ROWS else None
    return _by_parts(lines) if ordered is None else ordered


def rows_of(lines: Sequence[Line], least_gap: float) -> list[_Row]:
    """Consecutive lines that stand side by side, from left to right, divided at gaps of ``least_gap`` heights."""
    rows: list[_Row] = []
    for line in lines:
        parts = split_at_gaps(line, least_gap * line.height)
        if rows and shares_line(rows[-1][-1].box, line.box) and line.box[0] >= rows[-1][-1].box[2]:
            rows[-1] += parts
        else:
            rows.append(parts)
    return rows


def _by_columns(lines: Sequence[Line], depth: int) -> list[Line] | None:
    """The lines with columns one after the other, where they come by turns; None where they don't."""
    rows = rows_of(lines, GUTTER)
    if sum(len(row) > 1 for row in rows) < FEWEST_ROWS:
        return None
    gutter = _gutter(rows)
    if gutter is None:
        return None
    place, first, last = gutter
    ordered = [line for row in rows[:first] for line in _whole(row)]
    for side in _bands(rows[first : last + 1], place):
        ordered += in_reading_order(side, depth + 1)
    return ordered + in_reading_order([line for row in rows[last + 1 :] for line in _whole(row)], depth + 1)


def _whole(row: _Row) -> list[Line]:
    """A row that was divided, put together again."""
    return [line_of([token for line in row for token in line.tokens], is_bold=all(line.is_bold for line in row))]


def _gutter(rows: Sequence[_Row]) -> tuple[float, int, int] | None:
    """Where a gutter parts two columns of running text, and the first and last of the rows that it parts."""
    gaps = [
        (one.box[2], other.box[0], index)
        for index, row in enumerate(rows)
        for one, other in itertools.pairwise(row)
        if min(len(one.text), len(other.text)) >= LEAST_LETTERS / 2
    ]
    best: tuple[float, list[int]] | None = None
    for _, place, _ in gaps:
        # The left edge of what is right of a gap is the one place that all gaps of a straight column share.
        parted = sorted({index for left, right, index in gaps if left < place - 0.1 and place <= right + 2.0})
        if best is None or len(parted) > len(best[1]):
            best = (place - 0.05, parted)
    if best is None or len(best[1]) < FEWEST_ROWS:
        return None
    place, parted = best
    first, last = parted[0], parted[-1]
    if len(parted) < PARTED_ROWS * (last - first + 1):
        return None
    lefts = [_whole(_on_left(rows[index], place))[0] for index in parted]
    rights = [_whole(_on_right(rows[index], place))[0] for index in parted]
    if not (_is_running_text(lefts) and _is_running_text(rights)):
        return None
    while last + 1 < len(rows) and _goes_on(rows[last], rows[last + 1], place):
        last += 1
    while first > 0 and _goes_on(rows[first - 1], rows[first], place):
        first -= 1
    return place, first, last


def _on_left(row: _Row, place: float) -> _Row:
    return [line for line in row if line.box[2] <= place]


def _on_right(row: _Row, place: float) -> _Row:
    return [line for line in row if line.box[2] > place]


def _goes_on(row: _Row, following: _Row, place: float) -> bool:
    """Whether neither of two rows crosses the gutter, and they stand close."""
    gap = following[0].box[1] - row[0].box[3]
    return -0.5 * row[0].height <= gap < row[0].height and not any(
        line.box[0] < place < line.box[2] for line in (*row, *following)
    )


def _is_running_text(column: Sequence[Line]) -> bool:
    letters = [sum(map(str.isalpha, line.text)) for line in column]
    if statistics.median(letters) < LEAST_LETTERS or sum(letters) < 0.6 * sum(len(line.text) for line in column):
        return False
    edges = hull(column)
    widths = [line.box[2] - line.box[0] for line in column]
    if statistics.median(widths) < LEAST_FILLED * (edges[2] - edges[0]):
        return False
    cased = [line.text[0] for line in column if line.text[0].isupper() or line.text[0].islower()]
    return len(cased) < FEWEST_ROWS or sum(map(str.islower, cased)) >= LEAST_CONTINUED * len(cased)


def _bands(rows: Sequence[_Row], place: float) -> Iterator[list[Line]]:
    """Left column, right column, what goes over both, and so on downwards."""
    left: list[Line] = []
    right: list[Line] = []
    for row in rows:
        if any(line.box[0] < place < line.box[2] for line in row):
            yield left
            yield right
            yield _whole(row)
            left, right = [], []
            continue
        for side, part in ((left, _on_left(row, place)), (right, _on_right(row, place))):
            if part:
                side += _whole(part)  # noqa: PLW2901
    yield left
    yield right


def _by_parts(lines: Sequence[Line]) -> list[Line]:
    """The lines with their parts in order, where one comes before what stands above it in its own column."""
    parts: list[list[Line]] = [[lines[0]]]
    for line, following in itertools.pairwise(lines):
        if following.box[3] <= line.box[1]:
            parts.append([])
        parts[-1].append(following)
    if not 2 <= len(parts) <= MOST_PARTS:
        return list(lines)
    hulls = [hull(part) for part in parts]
    if not any(_is_below(hulls[one], hulls[other]) for other in range(1, len(parts)) for one in range(other)):
        return list(lines)
    return [line for index in _cut(list(range(len(parts))), hulls) for line in parts[index]]


def _is_below(one: Box, other: Box) -> bool:
    """Whether ``one`` stands below ``other``, in the same column."""
    common = min(one[2], other[2]) - max(one[0], other[0])
    return one[1] >= other[3] and common >= SAME_COLUMN * min(one[2] - one[0], other[2] - other[0])


def _cut(parts: list[int], hulls: Sequence[Box]) -> list[int]:
    """Cut across, else downwards, again and again; what can't be cut keeps its order."""
    for near, far in ((1, 3), (0, 2)):
        ordered = sorted(parts, key=lambda part: hulls[part][near])
        reached = hulls[ordered[0]][far]
        for position, part in enumerate(ordered[1:], start=1):
            if hulls[part][near] >= reached:
                return _cut(ordered[:position], hulls) + _cut(ordered[position:], hulls)
            reached = max(reached, hulls[part][far])
    return sorted(parts)
