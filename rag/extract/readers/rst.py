"""reStructuredText, by docutils, with everything off that reads another file or passes something through as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rag.days import stated_day
from rag.extract.archives import damage_is_said
from rag.extract.blocks import Block, code, document, heading, item, paragraph, text_pages, words
from rag.extract.characters import clean_note
from rag.extract.notes import decode
from rag.extract.rows import table_blocks
from rag.pages import DocumentInfo, PageText

_SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 5,
    "halt_level": 6,
    "_disable_config": True,
    "doctitle_xform": False,
    "syntax_highlight": "none",
    "smart_quotes": False,
    "input_encoding": "unicode",
    "line_length_limit": 100_000,
}
_ROLE = re.compile(r":(?:[\w.+-]+:)+`([^`<\n]+?)(?:\s*<[^`\n]*>)?`")
"""A role that docutils doesn't know (Sphinx has many): its text."""
_DATE = re.compile(r"^:date:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
"""A field of the document's bibliography."""
_DIRECTIVE = re.compile(r"\A\.\. [\w:.+-]+::[^\n]*(?:\n[ \t]+:[\w-]+:[^\n]*)*\s*")
_LEFT_OUT = words(
    "comment target substitution_definition docinfo meta raw pending topic_contents citation_reference image"
)
_PROSE = words("paragraph term attribution caption rubric subtitle line legend title_reference")
_PAIRS = frozenset(("field", "definition_list_item", "option_list_item"))
_WHOLE = _PAIRS | words("title table system_message literal_block doctest_block math_block")
_LISTS = frozenset(("bullet_list", "enumerated_list"))


def read(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:  # noqa: ARG001 - no secrets
    """The parts of a reStructuredText file. Raises PhialError: TEXT_NOT_TEXT, FILE_BROKEN, PATH_…."""
    from docutils.core import publish_doctree

    with damage_is_said(path):
        text = clean_note(decode(path.read_bytes(), path))
        tree = publish_doctree(_ROLE.sub(r"\1", text), settings_overrides=_SETTINGS)
        blocks = list(_blocks(tree, 0))
        title = next((block.text for block in blocks if block.level), "")
        pages = text_pages(blocks)
        dated = _DATE.search(text)
    yield from document("rst", title or path.stem, pages, first_page, stated_day(dated[1]) if dated else "")


def _blocks(parent: Any, level: int, depth: int = -1, mark: str = "") -> Iterator[Block]:
    """The blocks below a node; ``depth`` and ``mark`` are those of the list around it."""
    for node in parent.children:
        name = node.tagname
        if name in _PROSE:
            text = node.astext()
            yield from item(depth, text, mark or " ") if depth >= 0 else paragraph(text)
            mark = ""
        elif name in _LISTS:
            yield from _list(node, level, depth + 1)
        elif name == "section":
            yield from _blocks(node, level + 1)
        elif name in _WHOLE:
            yield from _whole(node, level, max(depth, 0))
        elif node.children and name not in _LEFT_OUT:
            yield from _blocks(node, level, depth, mark)


def _list(node: Any, level: int, depth: int) -> Iterator[Block]:
    is_numbered = node.tagname == "enumerated_list"
    for number, point in enumerate(node.children, start=int(node.get("start", 1))):
        yield from _blocks(point, level, depth, f"{number}." if is_numbered else "-")


def _whole(node: Any, level: int, depth: int) -> Iterator[Block]:
    """The blocks of a node that is taken in one."""
    name = node.tagname
    if name == "title":
        yield from heading(level, node.astext())
    elif name == "table":
        yield from _table(node)
    elif name == "system_message":
        # A directive that docutils doesn't know: what stands in it is text all the same.
        for literal in node.children[1:]:
            yield from paragraph(_DIRECTIVE.sub("", literal.astext()))
    elif name in _PAIRS:
        yield from item(depth, ": ".join(child.astext() for child in node.children))
    else:
        yield from code(node.astext())


def _table(table: Any) -> Iterator[Block]:
    from docutils import nodes

    for title in table.findall(nodes.title):
        yield from paragraph(title.astext())
    rows: list[list[str]] = []
    headers = 0
    for row in table.findall(nodes.row):
        cells: list[str] = []
        for entry in row.children:
            cells += [entry.astext(), *[""] * int(entry.get("morecols", 0))]
        headers += row.parent.tagname == "thead"
        rows.append(cells)
    yield from table_blocks(rows, headers or -1)
