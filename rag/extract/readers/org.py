"""Org (orgmode.org/worg/org-syntax): headlines by orgparse, which leaves out drawers, plans and the marks of links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rag.days import stated_day
from rag.extract.archives import damage_is_said
from rag.extract.blocks import Block, code, document, heading, item, paragraph, text_pages
from rag.extract.characters import clean_note
from rag.extract.notes import decode
from rag.extract.rows import table_blocks
from rag.pages import DocumentInfo, PageText

_TITLE = re.compile(r"^#\+title:[ \t]*(.+?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_DATE = re.compile(r"^#\+date:[ \t]*[<\[]?([^\s>\]]+)", re.IGNORECASE | re.MULTILINE)
_KEYWORD = re.compile(r"^[ \t]*#(?:\+\w+.*| .*|$)")
_BEGIN = re.compile(r"^[ \t]*#\+begin_(\w+)", re.IGNORECASE)
_ITEM = re.compile(r"^([ \t]*)(?:[-+]|(\d{1,4}[.)]))[ \t]+(?:\[[ X-]\][ \t]+)?(.*)$")
_ROW = re.compile(r"^[ \t]*\|")
_RULE = re.compile(r"^[ \t]*\|-")
_DRAWER = re.compile(r"^[ \t]*:[\w-]+:[ \t]*$")
LONGEST_HEADLINE = 400
"""Characters. orgparse looks for a headline's tags in a time that grows with more than the cube of its length."""
_LONG_HEADLINE = re.compile(rf"^(\*+[ \t].{{{LONGEST_HEADLINE}}})", re.MULTILINE)
_KEPT = frozenset(("src", "example", "export"))


def read(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:  # noqa: ARG001 - no secrets
    """The parts of an Org file. Raises PhialError: TEXT_NOT_TEXT, FILE_BROKEN, PATH_…."""
    import orgparse

    with damage_is_said(path):
        text = clean_note(decode(path.read_bytes(), path))
        title, dated = _TITLE.search(text), _DATE.search(text)
        blocks: list[Block] = []
        # What a headline has too much is text under it.
        for node in orgparse.loads(_LONG_HEADLINE.sub(r"\1\n ", text)):
            tags = "".join(f" #{tag}" for tag in sorted(getattr(node, "shallow_tags", ())))
            blocks += heading(node.level, f"{node.heading}{tags}") if node.level else ()
            blocks += _body(node.get_body(format="plain").split("\n"))
        pages = text_pages(blocks)
    day = stated_day(dated[1]) if dated else ""
    yield from document("org", (title[1] if title else "") or path.stem, pages, first_page, day)


def _body(lines: list[str]) -> Iterator[Block]:
    """The blocks of the text under a headline."""
    gathered: list[str] = []
    rows: list[list[str]] = []
    kept: list[str] | None = None
    for line in [*lines, ""]:
        begin = _BEGIN.match(line)
        if kept is not None:
            if re.match(r"[ \t]*#\+end_", line, re.IGNORECASE):
                yield from code("\n".join(kept))
                kept = None
            else:
                kept.append(line)
            continue
        point = _ITEM.match(line)
        is_row = _ROW.match(line) is not None
        if rows and not is_row:
            yield from table_blocks(rows)
            rows = []
        if gathered and (begin or point or is_row or not line.strip()):
            yield from paragraph("\n".join(gathered))
            gathered = []
        if begin:
            kept = [] if begin[1].lower() in _KEPT else None
        elif is_row:
            if not _RULE.match(line):
                rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
        elif point:
            yield from item(len(point[1].expandtabs(4)) // 2, point[3], point[2] or "-")
        elif line.strip() and not _KEYWORD.match(line) and not _DRAWER.match(line):
            gathered.append(line)
    yield from code("\n".join(kept or []))
