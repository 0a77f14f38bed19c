"""PDF: see rag.extract.pdf."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rag.extract.pdf import Document
from rag.pages import DocumentInfo, PageText


def read(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:
    """The pages of a PDF. Raises PhialError: PDF_BROKEN, PDF_ENCRYPTED, PDF_WITHOUT_PAGES, PATH_UNREADABLE …."""
    document = Document(path, password)
    info = document.info()
    yield info
    for number in range(first_page, info.pages + 1):
        yield document.page(number)
    document.close()
