"""Tables as lines: every row is one, and each of its cells stays with its header. Pure.

So a passage cut out of the middle of a table still says what its figures are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.extract.blocks import ROWS, Block, one_line, paragraph
from rag.extract.limits import MOST_CELL_CHARACTERS

LONGEST_HEADER = 120
"""Characters of a cell that can be a column's header."""
ROWS_LOOKED_AT = 40
"""Rows that tell what a column holds."""
MOSTLY = 0.6

_YEAR = re.compile(r"(?:19|20)\d\d\Z")

Rows = Sequence[Sequence[str]]


def table_blocks(rows: Rows, headers: int = -1, fewest_columns: int = 3) -> Iterator[Block]:
    """The lines of a table, such as ``- Structure: Crane; Reading: 38 m/s``.

    ``headers`` is how many of its rows the document itself marks as headers; -1 where it doesn't say. Then the first
    row is taken for one where what stands below it is of another kind, or where there are ``fewest_columns``. A table
    of two columns without headers is taken for names and values (``- Height: 42 m``); one of a single column, or a
    single row, is no table.
    """
    rows = [[one_line(cell)[:MOST_CELL_CHARACTERS] for cell in row] for row in rows]
    width = max((len(row) for row in rows), default=0)
    columns = [index for index in range(width) if any(index < len(row) and row[index] for row in rows)]
    rows = [[row[index] if index < len(row) else "" for index in columns] for row in rows]
    headers = sum(any(row) for row in rows[:headers]) if headers > 0 else headers
    rows = [row for row in rows if any(row)]
    if len(columns) < 2 or (len(rows) < 2 and headers < 1):
        yield from _free(rows)
        return
    if headers < 1:
        # What stands alone above the rows is the table's title.
        titles = next((index for index, row in enumerate(rows) if _filled(row) > 1), len(rows))
        yield from _free(rows[:titles])
        rows = rows[titles:]
    if headers < 0:
        headers = int(_begins_with_header(rows, fewest_columns))
    names = [_name(rows[:headers], index) for index in range(len(columns))]
    for row in rows[headers:]:
        yield Block(_line(names, row), run=ROWS)


def _free(rows: Rows) -> Iterator[Block]:
    for row in rows:
        yield from paragraph("\n".join(cell for cell in row if cell))


def _line(names: Sequence[str], row: Sequence[str]) -> str:
    if len(row) == 2 and all(row) and not any(names):
        return f"- {row[0].rstrip(': ')}: {row[1]}"
    cells = (f"{name}: {cell}" if name else cell for name, cell in zip(names, row, strict=True) if cell)
    return f"- {'; '.join(cells)}"


def _name(headers: Rows, index: int) -> str:
    """A column's name; of several header rows, what stands above comes first."""
    return " ".join(dict.fromkeys(row[index].rstrip(": ") for row in headers if row[index]))


def _begins_with_header(rows: Rows, fewest_columns: int) -> bool:
    first, rest = rows[0], rows[1 : ROWS_LOOKED_AT + 1]
    named = [cell for cell in first if cell]
    if not rest or len(named) * 2 < len(first) or len(set(named)) < len(named):
        return False
    if any(len(cell) > LONGEST_HEADER or (_is_figure(cell) and not _YEAR.match(cell)) for cell in named):
        return False
    below = [[row[index] for row in rest if row[index]] for index in range(len(first))]
    has_figures = any(
        _mostly_figures(column) for column, cell in zip(below, first, strict=True) if not _is_figure(cell)
    )
    return has_figures or len(first) >= fewest_columns


def _mostly_figures(cells: Sequence[str]) -> bool:
    return bool(cells) and sum(_is_figure(cell) for cell in cells) >= MOSTLY * len(cells)


def _is_figure(cell: str) -> bool:
    """Whether a cell holds a number, an amount, a date: half of what is not punctuation are digits."""
    signs = [character for character in cell if character.isalnum()]
    return bool(signs) and sum(character.isdigit() for character in signs) * 2 >= len(signs)


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell) for cell in row)
