"""Rows for a terminal: cells below each other, notes under them, and nothing wider than the screen."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

GAP = 2
"""Cells between two columns."""

NARROWEST = 16
"""Cells that are left of a name, however narrow the terminal is."""

FURTHEST = 60
"""Cells to which the names of all rows are padded where nobody watches."""

INDENT = "   "

UNWATCHED_WIDTH = 10_000
"""Cells of a line that nobody watches: none is broken there."""


@dataclasses.dataclass(frozen=True)
class Row:
    """The cells of a row, the first one a name, and the ``notes`` that stand under it."""

    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()


def make_console(*, stderr: bool = False) -> Console:
    """Lines as wide as the terminal; in a pipe or a file, whole ones, for programs that look for words in them."""
    stream = sys.stderr if stderr else sys.stdout
    is_free = not stream.isatty() and "COLUMNS" not in os.environ
    return Console(stderr=stderr, highlight=False, markup=False, width=UNWATCHED_WIDTH if is_free else None)


def lay_out(
    console: Console, header: Sequence[str], rows: Sequence[Row], numbers: frozenset[int], narrowest: int = NARROWEST
) -> Iterator[Text]:
    """The lines of a table; the columns in ``numbers`` end alike.

    Where the terminal is too narrow for all columns, names are shortened in their middle, to ``narrowest`` cells; where
    that isn't enough, the last columns go under each row, as notes.
    """
    cells = [tuple(one_line(cell) for cell in row.cells) for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(header, *cells, strict=True)]
    columns = len(header)
    while columns > 1 and min(narrowest, widths[0]) + sum(GAP + width for width in widths[1:columns]) > console.width:
        columns -= 1
    widths[0] = min(widths[0], max(narrowest, console.width - sum(GAP + width for width in widths[1:columns])))

    if console.width >= UNWATCHED_WIDTH:  # there, names stay whole, and a very long one needn't move all others
        widths[0] = min(widths[0], FURTHEST)

    def line(values: Sequence[str]) -> str:
        name = values[0] if console.width >= UNWATCHED_WIDTH else shortened(values[0], widths[0])
        shown = [name, *values[1:columns]]
        padded = [
            " " * (width - cell_len(value)) + value if column in numbers else value + " " * (width - cell_len(value))
            for column, (value, width) in enumerate(zip(shown, widths, strict=False))
        ]
        return (" " * GAP).join(padded).rstrip()

    yield Text(line(header), style="dim")
    for row, values in zip(rows, cells, strict=True):
        yield Text(line(values))
        for note in (*values[columns:], *row.notes):
            yield from indented(console, Text(note))


def indented(console: Console, text: Text) -> Iterator[Text]:
    """``text`` as lines that are set in and break between words."""
    for line in text.wrap(console, max(1, console.width - len(INDENT)), tab_size=4):
        line.rstrip()
        yield Text(INDENT).append_text(line) if line else line


def one_line(name: str) -> str:
    """A name without its line breaks and tabs, which would take a row apart."""
    return "".join("\ufffd" if character in "\n\r\t\u2028\u2029" else character for character in name)


def shortened(name: str, width: int) -> str:
    """``name`` in so many cells: what is left out stands in its middle, for a name's end says what it is."""
    if cell_len(name) <= width:
        return name
    kept = width - 1
    front = set_cell_size(name, kept - kept // 3).rstrip()
    back = name[-(kept // 3) :] if kept // 3 else ""
    while cell_len(back) > kept // 3:
        back = back[1:]
    return f"{front}…{back}"
