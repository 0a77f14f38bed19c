"""EML: one message, then what is attached to it, each attachment a page or pages of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rag.extract.archives import damage_is_said
from rag.extract.attachments import pages_of_attachments
from rag.extract.blocks import document, text_pages
from rag.extract.mail import mail_text
from rag.pages import DocumentInfo, PageText


def read(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:  # noqa: ARG001 - no secrets
    """The pages of a message. Raises PhialError: FILE_BROKEN, PATH_…."""
    with damage_is_said(path):
        mail = mail_text(path.read_bytes(), path)
        pages = text_pages(mail.blocks, mail.subject)
    pages += pages_of_attachments(mail.attachments, len(pages) + 1)
    yield from document("eml", mail.subject or path.stem, pages, first_page, mail.dated)
