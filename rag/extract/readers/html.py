"""HTML: see rag.extract.html_blocks."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from rag.extract.archives import damage_is_said
from rag.extract.blocks import document, text_pages
from rag.extract.formats import BYTE_ORDER_MARKS
from rag.extract.html_blocks import html_blocks, html_title, xhtml_as_html
from rag.extract.notes import decode
from rag.pages import DocumentInfo, PageText

_DECLARED = re.compile(
    rb"<(?:meta[^>]{0,300}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_XHTML = re.compile(r"<\?xml|<html[^>]{0,500}www\.w3\.org/1999/xhtml", re.IGNORECASE)
DECLARATION_BYTES = 4096
"""A page declares its encoding near its beginning (WHATWG HTML, 13.2.3.2, asks for 1,024; many are later)."""


def read(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:  # noqa: ARG001 - no secrets
    """The parts of an HTML page. Raises PhialError: TEXT_NOT_TEXT, FILE_BROKEN, PATH_…."""
    with damage_is_said(path):
        markup = decode_page(path.read_bytes(), path)
        if _XHTML.search(markup[:DECLARATION_BYTES]):
            markup = xhtml_as_html(markup)
        title = html_title(markup)
        pages = text_pages(html_blocks(markup, is_whole_page=True))
    yield from document("html", title or path.stem, pages, first_page)


def decode_page(content: bytes, path: Path) -> str:
    """The characters of a page: by its byte order mark, by what it declares, else as any text."""
    declared = _DECLARED.search(content[:DECLARATION_BYTES])
    if declared is not None and not any(content.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
        name = declared[1].decode("ascii")
        try:
            # What calls itself Latin-1 is Windows-1252 (WHATWG Encoding, 4.2).
            encoding = "cp1252" if codecs.lookup(name).name in {"iso8859-1", "ascii"} else name
            return content.decode(encoding)
        except (LookupError, ValueError):
            pass  # unknown, or not what the page is in
    return decode(content, path)
