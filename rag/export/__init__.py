"""A conversation as a file to keep or to send on: Markdown, DOCX or PDF, its citations as notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.export.docx import docx
from rag.export.markdown import markdown
from rag.export.paper import Paper, paper_of
from rag.export.pdf import pdf
from rag.protocol import ExportFormat, Turn

__all__ = ["export"]

_WRITERS: dict[ExportFormat, Callable[[Paper], bytes]] = {
    ExportFormat.MARKDOWN: markdown,
    ExportFormat.DOCX: docx,
    ExportFormat.PDF: pdf,
}


def export(title: str, turns: Sequence[Turn], export_format: ExportFormat, language: str) -> bytes:
    """The bytes of a file that holds the conversation; our own words in it are in ``language``.

    Raises PhialError PDF_LACKS_LETTERS where a PDF would have to leave letters out.
    """
    return _WRITERS[export_format](paper_of(title, turns, language))
