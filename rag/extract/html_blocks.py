"""HTML as blocks of text: what a person reads of a page, without its scripts, styles and navigation.

Also the way in for whatever a library turns into HTML (DOCX, the chapters of an EPUB, mail). Nothing is fetched and
nothing is run: the tree is only looked at. It is parsed as browsers do (WHATWG HTML, by lexbor), and walked without
recursion, so that depth costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rag.extract.blocks import Block, code, heading, item, one_line, paragraph, words
from rag.extract.limits import MOST_CELLS, MOST_COLUMNS, MOST_SPAN
from rag.extract.rows import table_blocks

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_NEVER_TEXT = words(
    """
    script style noscript template head title iframe object embed canvas audio video map svg button select
    datalist textarea input dialog rp annotation annotation-xml -comment
    """
)
_AROUND_TEXT = frozenset(("nav", "aside", "menu"))
_FRAMES = frozenset(("header", "footer"))
"""Of a page they are its frame, of an article they are its own."""
_ROLES_AROUND_TEXT = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = words(
    """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer
    form header hgroup hr html legend main nav ol p section summary table tbody td tfoot th thead tr ul
    """
)
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_EMPTY_ELEMENT = re.compile(
    r"<(?!(?:br|hr|img|input|meta|link|col|wbr|area|base|source)\b)([a-z][\w:-]*+)([^<>]*)/>", re.IGNORECASE
)
DEEPEST = 5_000
"""Elements within elements; pages that people write have some dozens."""
_NESTING = re.compile(
    r"<(?P<closes>/?)(?!(?:p|li|dt|dd|tr|td|th|thead|tbody|tfoot|caption|colgroup|option|br|hr|img|input|meta|link|col"
    r"|wbr|area|base|source|html|head|body|title|script|style|noscript|template|textarea|svg|select|h[1-6])\b)[a-z][a-z0-9]*+\b[^<>]*+>",
    re.IGNORECASE,
)
"""The tags of elements that must be closed, and so can be nested."""
_INNER_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*\[.*?\]\s*>", re.IGNORECASE | re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLANK_LINES = re.compile(r"\n\s*\n")


def html_blocks(markup: str, *, is_whole_page: bool = False) -> Iterator[Block]:
    """The blocks of an HTML text.

    ``is_whole_page``: it comes from the web, with navigation and other things around the text; then they are left out,
    and ``<main>`` or the one ``<article>`` is all that is taken where there is one.
    """
    body = _parsed(markup).body
    if body is None:
        return
    if is_whole_page:
        blocks = list(_Walk(is_skimming=True).blocks(_main_part(body)))
        if blocks:
            yield from blocks
            return
    yield from _Walk(is_skimming=False).blocks(body)


def html_title(markup: str) -> str:
    """What ``<title>`` says, or ""."""
    title = _parsed(markup).css_first("head > title")
    return one_line(title.text()) if title is not None else ""


def xhtml_as_html(markup: str) -> str:
    """XHTML with its empty elements (``<title/>``) written so that an HTML parser sees where they end.

    What its document type declares is left out: an HTML parser would take that for text.
    """
    return _EMPTY_ELEMENT.sub(r"<\1\2></\1>", _INNER_DOCTYPE.sub("", markup, count=1))


def _parsed(markup: str) -> LexborHTMLParser:
    """The tree of an HTML text. Of one that is nested without end the text is kept, not the nesting."""
    from selectolax.lexbor import LexborHTMLParser

    depth = deepest = 0
    for tag in _NESTING.finditer(markup):
        depth = max(0, depth + (-1 if tag["closes"] else 1))
        deepest = max(deepest, depth)
    # The parser looks through what is open for every tag: its time grows with the square of the depth.
    return LexborHTMLParser(markup if deepest <= DEEPEST else _NESTING.sub(" ", markup))


def _main_part(body: LexborNode) -> LexborNode:
    for selector in ("main, [role=main]", "article"):
        found = body.css(selector)
        if len(found) == 1 and found[0].text().strip():
            return found[0]
    return body


class _Walk:
    """One way through a tree: elements are entered and left; text gathers until a block ends."""

    def __init__(self, *, is_skimming: bool) -> None:
        self._is_skimming = is_skimming
        self._inline: list[str] = []
        self._lists: list[int] = []  # for each list that is open: the number of its next item, 0 where it has none
        self._item_mark = ""
        self._term = ""
        self._articles = 0
        self._around_tables: set[int] = set()

    def blocks(self, root: LexborNode) -> Iterator[Block]:
        self._around_tables = _tables_around_tables(root)
        pending: list[tuple[LexborNode, bool]] = [(root, True)]
        while pending:
            node, is_entered = pending.pop()
            tag = node.tag or ""
            if node.is_text_node:
                self._inline.append(_SPACE.sub(" ", node.text(deep=False)))
            elif not is_entered:
                yield from self._leave(tag)
            elif not self._is_left_out(node, tag):
                yield from self._enter(node, tag)
                if tag == "pre" or tag in _HEADINGS or (tag == "table" and self._is_data(node)):
                    continue  # taken whole
                pending.append((node, False))
                pending.extend((child, True) for child in reversed(list(node.iter(include_text=True))))
        yield from self._flush()

    def _is_data(self, table: LexborNode) -> bool:
        """Whether a table holds data, not the layout of a page."""
        role = (table.attributes.get("role") or "").lower()
        is_layout = table.mem_id in self._around_tables or role in {"presentation", "none"}
        return not is_layout and not table.css("h1, h2, h3, h4, pre")

    def _is_left_out(self, node: LexborNode, tag: str) -> bool:
        if tag in _NEVER_TEXT:
            return True
        attributes = node.attributes
        if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
            return True
        if not self._is_skimming:
            return False
        is_frame = tag in _FRAMES and not self._articles and not node.css("h1, h2")
        return (
            tag in _AROUND_TEXT
            or is_frame
            or attributes.get("aria-hidden") == "true"
            or (attributes.get("role") or "").lower() in _ROLES_AROUND_TEXT
        )

    def _enter(self, node: LexborNode, tag: str) -> Iterator[Block]:
        if tag in _BLOCKS or tag in _HEADINGS or tag in _LISTS or tag in {"li", "pre"}:
            yield from self._flush()
        if tag in _HEADINGS:
            yield from heading(_HEADINGS[tag], _text_of(node))
        elif tag == "pre":
            yield from code(node.text())
        elif tag == "br":
            self._inline.append("\n")
        elif tag == "table" and self._is_data(node):
            yield from _table(node)
        elif tag in _LISTS:
            self._lists.append(1 if tag == "ol" else 0)
        elif tag == "li":
            self._begin_item()
        elif tag in {"article", "main", "section"}:
            self._articles += 1
        elif tag in {"td", "th"}:
            self._inline.append(" ")

    def _leave(self, tag: str) -> Iterator[Block]:
        if tag == "dt":
            term = one_line("".join(self._inline))
            self._inline.clear()
            self._term = ", ".join(part for part in (self._term, term) if part)
        elif tag == "dd":
            text = one_line("".join(self._inline))
            self._inline.clear()
            yield from item(0, f"{self._term.rstrip(':')}: {text}" if self._term and text else text or self._term)
            self._term = ""
        elif tag == "dl":
            yield from self._flush()
            yield from item(0, self._term)
            self._term = ""
        elif tag in _LISTS:
            yield from self._flush()
            if self._lists:
                self._lists.pop()
        elif tag in _BLOCKS or tag == "li":
            yield from self._flush()
            self._articles -= tag in {"article", "main", "section"}
            if tag == "li":
                self._item_mark = ""

    def _begin_item(self) -> None:
        number = self._lists[-1] if self._lists else 0
        self._item_mark = f"{number}." if number else "-"
        if number:
            self._lists[-1] += 1

    def _flush(self) -> Iterator[Block]:
        text = "".join(self._inline)
        self._inline.clear()
        if not text.strip():
            return
        if not self._lists:
            yield from paragraph(text)
            return
        for part in _BLANK_LINES.split(text):
            # What follows in the same item stands beneath it, without a mark of its own.
            yield from item(len(self._lists) - 1, part, self._item_mark or " ")
            self._item_mark = ""


def _text_of(node: LexborNode) -> str:
    """All text below ``node`` as one line."""
    pieces: list[str] = []
    pending = [node]
    while pending:
        here = pending.pop()
        tag = here.tag or ""
        if here.is_text_node:
            pieces.append(here.text(deep=False))
        elif tag not in _NEVER_TEXT:
            if tag == "br" or tag in _BLOCKS or tag == "li":
                pieces.append(" ")
            pending.extend(reversed(list(here.iter(include_text=True))))
    return one_line("".join(pieces))


def _tables_around_tables(root: LexborNode) -> set[int]:
    """The tables (by ``mem_id``) that hold others. Found from within: each would else be searched for all in it."""
    around: set[int] = set()
    for table in root.css("table"):
        above = table.parent
        while above is not None and above.tag != "table":
            above = above.parent
        if above is not None:
            around.add(above.mem_id)
    return around


def _table(table: LexborNode) -> Iterator[Block]:
    caption = table.css_first("caption")
    if caption is not None:
        yield from paragraph(_text_of(caption))
    rows: list[list[str]] = []
    headers = 0
    reaching: dict[int, tuple[int, str]] = {}  # column: rows that the cell above still reaches into, its text
    cells_left = MOST_CELLS
    for row in table.css("tr"):
        texts: list[str] = []
        cells = [cell for cell in row.iter() if cell.tag in {"td", "th"}]
        is_header = (row.parent is not None and row.parent.tag == "thead") or (
            bool(cells) and all(cell.tag == "th" for cell in cells)
        )
        for cell in cells:
            _take_reaching(texts, reaching)
            text = _text_of(cell)
            height = _span(cell, "rowspan")
            is_name = is_header or cell.tag == "th"
            for index in range(_span(cell, "colspan")):
                if height > 1:
                    reaching[len(texts)] = (height - 1, text if not index or is_name else "")
                texts.append(text if not index or is_name else "")
            if len(texts) >= MOST_COLUMNS:
                break
        _take_reaching(texts, reaching)
        cells_left -= len(texts)
        if cells_left < 0:
            break
        if is_header and headers == len(rows):
            headers += 1
        rows.append(texts)
    yield from table_blocks(rows, headers or -1)


def _take_reaching(texts: list[str], reaching: dict[int, tuple[int, str]]) -> None:
    """Fill the places that cells of the rows above reach into: such a cell belongs to each of these rows."""
    while len(texts) in reaching:
        left, text = reaching.pop(len(texts))
        if left > 1:
            reaching[len(texts)] = (left - 1, text)
        texts.append(text)


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "").strip()
    return max(1, min(int(value), MOST_SPAN)) if value.isdecimal() and len(value) < 6 else 1
