"""ODT (OpenDocument 1.3, part 3): its content.xml walked as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rag.days import stated_day
from rag.errors import LibraryProblem, PhialError
from rag.extract.archives import Archive, damage_is_said
from rag.extract.blocks import Block, document, heading, item, paragraph, text_pages
from rag.extract.limits import MOST_CELLS, MOST_COLUMNS, MOST_SPAN
from rag.extract.rows import table_blocks
from rag.pages import DocumentInfo, PageText

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_SAVED = ("{http://purl.org/dc/elements/1.1/}date", "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}creation-date")
_LEFT_OUT = frozenset(
    (f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_TEXT}table-of-content", f"{_TEXT}sequence-decls",
     f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{_TEXT}ruby-text")
)  # fmt: skip
_SIGNS = {f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n", f"{_TEXT}soft-page-break": ""}
_BOX = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}text-box"
MOST_SPACES = 100


def read(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:  # noqa: ARG001
    """The parts of an ODT. Raises PhialError: FILE_BROKEN, FILE_UNPACKS_TOO_LARGE, XML_REFUSED, OFFICE_ENCRYPTED."""
    with Archive(path) as archive, damage_is_said(path):
        manifest = archive.read("META-INF/manifest.xml") if archive.has("META-INF/manifest.xml") else b""
        if b"encryption-data" in manifest:
            raise PhialError(LibraryProblem.OFFICE_ENCRYPTED, path=str(path))
        body = archive.xml("content.xml").find(f"{_OFFICE}body/{_OFFICE}text")
        meta = archive.xml("meta.xml") if archive.has("meta.xml") else None
        title = meta.findtext(f".//{_TITLE}") if meta is not None else ""
        days = (stated_day(meta.findtext(f".//{name}") or "") for name in _SAVED) if meta is not None else ()
        dated = next(filter(None, days), "")
        pages = [] if body is None else text_pages(_blocks(body))
    yield from document("odt", title or path.stem, pages, first_page, dated)


def _blocks(parent: _Element, depth: int = -1) -> Iterator[Block]:
    """The blocks below an element; ``depth`` is that of the list around it. An XML tree of ours is never deep."""
    for element in parent:
        tag = element.tag
        if tag in _LEFT_OUT:
            continue
        if tag == f"{_TEXT}h":
            yield from heading(_number(element, f"{_TEXT}outline-level", 9), _text(element))
        elif tag == f"{_TEXT}p":
            text = _text(element)
            yield from item(depth, text) if depth >= 0 else paragraph(text)
        elif tag == f"{_TEXT}list":
            yield from _blocks(element, depth + 1)
            continue
        elif tag == f"{_TABLE}table":
            yield from _table(element)
            continue
        else:
            yield from _blocks(element, depth)
            continue
        for box in element.iter(_BOX):
            yield from _blocks(box)
        for note in element.iter(f"{_TEXT}note-body"):
            yield from paragraph(" ".join(_text(line) for line in note.iter(f"{_TEXT}p")))


def _text(element: _Element) -> str:
    """The text of a paragraph, without that of notes and frames in it."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            pieces.append(" " * min(_number(child, f"{_TEXT}c", MOST_SPACES), MOST_SPACES))
        elif child.tag in _SIGNS:
            pieces.append(_SIGNS[child.tag])
        elif child.tag not in _LEFT_OUT and child.tag != _BOX:
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _table(table: _Element) -> Iterator[Block]:
    rows: list[list[str]] = []
    headers = 0
    cells_left = MOST_CELLS
    for row in table.iter(f"{_TABLE}table-row"):
        owner = next(row.iterancestors(f"{_TABLE}table"))
        if owner is not table:
            continue  # of a table within a cell, which gives its text to the cell
        cells: list[str] = []
        for cell in row:
            text = " ".join(_text(line) for line in cell.iter(f"{_TEXT}p", f"{_TEXT}h"))
            times = _number(cell, f"{_TABLE}number-columns-repeated", MOST_COLUMNS)
            cells.extend([text] * min(times, MOST_COLUMNS - len(cells)))
        times = _number(row, f"{_TABLE}number-rows-repeated", MOST_SPAN) if any(cells) else 0
        cells_left -= times * len(cells)
        if cells_left < 0:
            break
        if row.getparent().tag == f"{_TABLE}table-header-rows":
            headers += times
        rows.extend([cells] * times)
    yield from table_blocks(rows, headers or -1)


def _number(element: _Element, name: str, most: int) -> int:
    """An attribute as a number from 1 to ``most``; 1 where it is none."""
    value = element.get(name) or ""
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 9 else 1
