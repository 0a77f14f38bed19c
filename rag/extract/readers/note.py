"""Markdown and plain text: see rag.extract.notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rag.extract.formats import detect_format
from rag.extract.notes import read_note
from rag.pages import DocumentInfo, PageText


def read(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:  # noqa: ARG001 - no secrets
    """The parts of a note. Raises PhialError: TEXT_NOT_TEXT, PATH_MISSING, PATH_UNREADABLE."""
    info, pages = read_note(path, detect_format(path))
    yield info
    yield from pages[first_page - 1 :]
