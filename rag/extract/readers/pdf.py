"""PDF: see rag.extract.pdf. Files that are attached to it, or that a portfolio is made of, follow as further pages."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from rag.extract.attachments import pages_of_attachments
from rag.extract.pdf import Document
from rag.pages import DocumentInfo, PageText


def read(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:
    """The pages of a PDF. Raises PhialError: PDF_BROKEN, PDF_ENCRYPTED, PDF_WITHOUT_PAGES, PATH_UNREADABLE …."""
    with closing(Document(path, password)) as document:
        # How many pages there are in all must be known before the first is given.
        attached = list(pages_of_attachments(document.attachments(), document.pages + 1))
        yield dataclasses.replace(document.info(), pages=document.pages + len(attached))
        for number in range(first_page, document.pages + 1):
            yield document.page(number)
        yield from itertools.islice(attached, max(first_page - document.pages - 1, 0), None)


def read_alone(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:
    """The same without looking ahead: each page is judged by itself, and attachments are opened after all pages."""
    with closing(Document(path, password, is_alone=True)) as document:
        yield document.info()
        for number in range(first_page, document.pages + 1):
            yield document.page(number)
        attached = pages_of_attachments(document.attachments(), document.pages + 1)
        yield from itertools.islice(attached, max(first_page - document.pages - 1, 0), None)
