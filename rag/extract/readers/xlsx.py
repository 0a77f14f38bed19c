"""XLSX, by openpyxl, row by row: a sheet is a page, or several of the same label where it is long.

A cell holds what the program last computed and is written as the program shows it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rag.errors import LibraryProblem, Problem
from rag.extract.archives import Archive, damage_is_said
from rag.extract.blocks import document, heading, text_page, text_pages
from rag.extract.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from rag.extract.number_formats import shown
from rag.extract.readers.docx import office_day, office_title
from rag.extract.rows import table_blocks
from rag.pages import DocumentInfo, PageText

LAST_ROW = 1_048_576
"""The last row that a sheet can have (Excel's specifications and limits)."""


def read(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:  # noqa: ARG001
    """The sheets of an XLSX. Raises PhialError: FILE_BROKEN, FILE_UNPACKS_TOO_LARGE, XML_REFUSED, PATH_…."""
    from openpyxl import load_workbook

    with Archive(path) as archive, damage_is_said(path), warnings.catch_warnings(), path.open("rb") as file:
        # What openpyxl can't keep when it saves is no matter here.
        warnings.simplefilter("ignore")
        archive.refuse_declarations()
        title, dated = office_title(archive), office_day(archive)
        # Not by its path: openpyxl would go by the name's ending.
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        pages: list[PageText] = []
        cells_left = MOST_CELLS
        for sheet in book.worksheets:
            if cells_left <= 0:
                pages.append(left_out(len(pages) + 1, sheet.title, path))
                continue
            rows, used, is_whole = _rows(sheet, cells_left)
            cells_left -= used
            pages += text_pages([*heading(1, sheet.title), *table_blocks(rows)], sheet.title, len(pages) + 1)
            if not is_whole:
                pages.append(left_out(len(pages) + 1, sheet.title, path))
        book.close()
    yield from document("xlsx", title or path.stem, pages, first_page, dated)


def left_out(number: int, label: str, path: Path) -> PageText:
    """A page that stands for the rows and columns that are not taken in."""
    parameters: dict[str, str | int | float] = {"path": str(path), "rows": MOST_ROWS, "columns": MOST_COLUMNS}
    return text_page(number, [], label, Problem(LibraryProblem.TABLE_TOO_LARGE.value, parameters))


def _rows(sheet: Any, cells_left: int) -> tuple[list[list[str]], int, bool]:
    """The rows of a sheet that hold something, how many cells that took, and whether that is all of them."""
    # The file's own word on its size is often wrong; openpyxl would believe it.
    sheet.reset_dimensions()
    rows: list[list[str]] = []
    used = 0
    for row in _cells(sheet):
        if len(rows) >= MOST_ROWS or used >= cells_left:
            return rows, used, False
        texts = [shown(cell.value, cell.number_format) if cell.value is not None else "" for cell in row[:MOST_COLUMNS]]
        used += len(texts)
        if any(texts):
            rows.append(texts)
        if any(cell.value is not None for cell in row[MOST_COLUMNS:]):
            return rows, used, False
    return rows, used, True


def _cells(sheet: Any) -> Iterable[Any]:
    # A row that is said to stand farther down is damage; openpyxl would make every row above it.
    rows: Iterable[Any] = sheet.iter_rows(max_row=LAST_ROW)
    return rows
