"""RTF (specification 1.9.1), by striprtf, whose output is plain text: headings and tables are marked before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rag.errors import LibraryProblem, PhialError
from rag.extract.archives import damage_is_said
from rag.extract.blocks import Block, document, heading, item, paragraph, text_pages
from rag.extract.limits import MOST_GROUPS
from rag.extract.rows import table_blocks
from rag.pages import DocumentInfo, PageText

# striprtf lets characters that stand for themselves through: these private ones are in no document that is read here.
_HEADING, _CELL, _ROW, _LINE = "\ue0f0", "\ue0f1", "\ue0f2", "\ue0f3"

_STYLE_NAME = re.compile(
    r"\\s(\d{1,5})(?!\d)[^{};]*?(?:\{[^{}]*\}[^{};]*?)*\s(?:heading|title|Heading|Title)\s?([1-6])?;"
)
_STYLE_SHEET = re.compile(r"\{\\stylesheet")
_WORD = re.compile(
    r"\\(?:(?P<word>cell|nestcell|row|nestrow|line|footnote|outlinelevel|s)(?P<value>-?\d{1,5})?(?![a-zA-Z0-9]) ?|.)",
    re.DOTALL,
)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_BULLET = re.compile(r"^[ \t]*(?:[•·▪◦‣\uf0b7\uf0a7o-]|(\d{1,3}[.)]))\t")
_TITLE = re.compile(r"\{\\title ([^{}\\]{1,300})\}")


def read(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:  # noqa: ARG001
    """The parts of an RTF. Raises PhialError: FILE_BROKEN (also where groups nest too deep), PATH_…."""
    from striprtf.striprtf import rtf_to_text

    with damage_is_said(path):
        source = path.read_bytes().decode("latin-1")
        _refuse_depth(source, path)
        title = _TITLE.search(source)
        text = rtf_to_text(_marked(source), errors="replace")
        pages = text_pages(_blocks(text))
    yield from document("rtf", (title[1] if title else "") or path.stem, pages, first_page)


def _refuse_depth(source: str, path: Path) -> None:
    depth = 0
    for found in _BRACE.finditer(source):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth > MOST_GROUPS:
            raise PhialError(LibraryProblem.FILE_BROKEN, details="groups", path=str(path))


def _marked(source: str) -> str:
    """``source`` with a character of its own behind each control word that ends a cell, a row, or begins a heading."""
    sheet = _style_sheet(source)
    levels = {found[1]: int(found[2] or 1) for found in _STYLE_NAME.finditer(sheet)}

    def mark(found: re.Match[str]) -> str:
        word, value = found["word"], found["value"] or ""
        if word in {"cell", "nestcell"}:
            return f"\\~{_CELL}"
        if word in {"row", "nestrow"}:
            return _ROW
        if word == "line":
            return _LINE
        if word == "footnote":  # striprtf would drop it
            return " "
        if word == "outlinelevel" and value in set("012345"):
            return f"{found[0]}{_HEADING}{int(value) + 1}"
        if word == "s" and value in levels:
            return f"{found[0]}{_HEADING}{levels[value]}"
        return found[0]

    return _WORD.sub(mark, source)


def _style_sheet(source: str) -> str:
    """The part of ``source`` that names its styles, "" where there is none."""
    begin = _STYLE_SHEET.search(source)
    if begin is None:
        return ""
    depth = 0
    for found in _BRACE.finditer(source, begin.start()):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return source[begin.start() : found.end()]
    return ""


def _blocks(text: str) -> Iterator[Block]:
    """The blocks of what striprtf gave."""
    rows: list[list[str]] = []
    for line in _table_lines(text):
        if isinstance(line, list):
            rows.append(line)
            continue
        yield from table_blocks(rows)
        rows.clear()
        yield from _line(line)
    yield from table_blocks(rows)


def _table_lines(text: str) -> Iterator[str | list[str]]:
    """Rows as lists of cells, other lines as they are. Paragraphs inside a cell have ends of lines of their own."""
    for index, piece in enumerate(pieces := text.split(_ROW)):
        before, *cells = _split_first_cell(piece) if index < len(pieces) - 1 else [piece]
        yield from before.split("\n") if before.strip() else ()
        if cells:
            yield [_plain(cell) for cell in cells]


def _split_first_cell(piece: str) -> list[str]:
    """What stands before a row, then its cells.

    The row's first cell begins with the last line before its end: RTF marks no beginning of a row in its text.
    """
    cells = piece.split(_CELL)[:-1]
    if not cells:
        return [piece]
    before, _, first = cells[0].rpartition("\n")
    return [before, first, *cells[1:]]


def _line(line: str) -> Iterator[Block]:
    marks = re.findall(f"{_HEADING}([1-6])", line)
    bullet = _BULLET.match(line)
    text = _plain(line)
    if marks:
        yield from heading(int(marks[-1]), text)
    elif bullet:
        yield from item(0, _plain(line[bullet.end() :]), bullet[1] or "-")
    else:
        yield from paragraph(text)


def _plain(text: str) -> str:
    text = re.sub(f"{_HEADING}[1-6]?", "", text)
    return re.sub(f"[{_CELL}{_ROW}]", " ", text).replace(_LINE, "\n")
