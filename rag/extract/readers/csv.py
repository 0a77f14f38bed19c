"""CSV and TSV (RFC 4180, and what else is called so): every row a line whose cells stay with their headers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from rag.extract.archives import damage_is_said
from rag.extract.blocks import document, text_pages
from rag.extract.characters import clean_note
from rag.extract.limits import MOST_BYTES, MOST_CELL_CHARACTERS, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from rag.extract.notes import decode
from rag.extract.readers.xlsx import left_out
from rag.extract.rows import table_blocks
from rag.pages import DocumentInfo, PageText

DELIMITERS = ",;\t|"
LINES_LOOKED_AT = 50
CHARACTERS_LOOKED_AT = 200_000


def read(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:  # noqa: ARG001
    """The parts of a CSV file. Raises PhialError: TEXT_NOT_TEXT, FILE_BROKEN, PATH_…."""
    csv.field_size_limit(MOST_BYTES["csv"])
    with damage_is_said(path):
        text = clean_note(decode(path.read_bytes(), path))
        rows, is_whole = _rows(text, delimiter_of(text))
        pages = text_pages(table_blocks(rows, fewest_columns=2))
        if not is_whole:
            pages.append(left_out(len(pages) + 1, "", path))
    yield from document("csv", path.stem, pages, first_page)


def delimiter_of(text: str) -> str:
    """The sign that divides the rows of ``text`` into cells: by it, most rows have as many cells as the first.

    csv.Sniffer looks for regularities anywhere, in the words too, and takes long on some texts.
    """
    sample = text[:CHARACTERS_LOOKED_AT]

    def evenness(delimiter: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(sample), delimiter=delimiter)
        widths = [len(row) for row, _ in zip((row for row in reader if row), range(LINES_LOOKED_AT), strict=False)]
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) / len(widths) if usual > 1 else 0.0, usual)

    return max(DELIMITERS, key=evenness)


def _rows(text: str, delimiter: str, quoting: Literal[0, 3] = csv.QUOTE_MINIMAL) -> tuple[list[list[str]], bool]:
    """The rows, and whether these are all."""
    csv.field_size_limit(MOST_BYTES["csv"])
    rows: list[list[str]] = []
    cells = 0
    is_whole = True
    for row in csv.reader(io.StringIO(text), delimiter=delimiter, quoting=quoting):
        if len(rows) >= MOST_ROWS or cells >= MOST_CELLS:
            return rows, False
        if quoting == csv.QUOTE_MINIMAL and any(len(cell) > MOST_CELL_CHARACTERS for cell in row):
            # A quotation mark that is never closed would take all that follows into its cell.
            return _rows(text, delimiter, csv.QUOTE_NONE)
        is_whole = is_whole and len(row) <= MOST_COLUMNS
        if any(cell.strip() for cell in row):
            rows.append(row[:MOST_COLUMNS])
            cells += len(rows[-1])
    return rows, is_whole
