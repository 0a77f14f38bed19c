"""One reader a format. Each is imported only where a file of its format is met, in a parser process.

A reader is a function ``read(path, first_page, password)``: it gives what the document is (DocumentInfo), then its
pages (PageText) in order, from ``first_page`` (from 1) on, and raises PhialError where there is no reading it. It reads
nothing but the file it was given, runs nothing that stands in it, and follows no reference that leads out of it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path

from rag.pages import DocumentInfo, PageText

Reader = Callable[[Path, int, str], Iterator[DocumentInfo | PageText]]

_MODULES = {
    "pdf": "pdf", "image": "image", "markdown": "note", "text": "note", "rst": "rst", "org": "org", "html": "html",
    "docx": "docx", "odt": "odt", "rtf": "rtf", "epub": "epub", "pptx": "pptx", "xlsx": "xlsx", "csv": "csv",
    "eml": "mail", "mbox": "mailbox",
}  # fmt: skip
"""Where the reader of a format stands."""


def reader_of(format_name: str, *, is_alone: bool = False) -> Reader:
    """The reader of a format (a key of ``PAGE_UNITS``).

    ``is_alone``: the one that reads each page by itself, where the usual one looks ahead: what that meets has brought
    the process down.
    """
    module = importlib.import_module(f"rag.extract.readers.{_MODULES[format_name]}")
    reader: Reader = getattr(module, "read_alone", module.read) if is_alone else module.read
    return reader
