"""Images: see rag.extract.images."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from rag.extract.images import ImageDocument
from rag.pages import DocumentInfo, PageText


def read(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:  # noqa: ARG001 - no secrets
    """The pages of an image; all of them wait for OCR.

    Raises PhialError: IMAGE_BROKEN, IMAGE_TOO_LARGE, PATH_MISSING, PATH_UNREADABLE.
    """
    with contextlib.closing(ImageDocument(path)) as document:
        info = document.info()
        yield info
        for number in range(first_page, info.pages + 1):
            yield document.page(number)
