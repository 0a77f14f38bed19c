"""The kinds of documents: which icon stands for each format, and which endings are offered when files are chosen."""

from __future__ import annotations

from pathlib import PurePath

from rag.protocol import Document

ICONS = {
    "pdf": "document", "docx": "document", "odt": "document", "rtf": "document",
    "markdown": "note", "text": "note", "rst": "note", "org": "note",
    "pptx": "slides", "xlsx": "sheet", "csv": "sheet", "eml": "mail", "mbox": "mail",
    "epub": "book", "html": "web", "image": "picture",
}  # fmt: skip
"""The icon (of assets/icons) of each format."""

ENDINGS = {
    ".pdf": "pdf", ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".doc": "docx",
    ".odt": "odt", ".ott": "odt", ".rtf": "rtf",
    ".md": "markdown", ".markdown": "markdown", ".txt": "text", ".text": "text",
    ".rst": "rst", ".rest": "rst", ".org": "org", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".pptx": "pptx", ".pptm": "pptx", ".ppsx": "pptx", ".potx": "pptx", ".ppt": "pptx",
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xltx": "xlsx", ".xls": "xlsx",
    ".csv": "csv", ".tsv": "csv", ".tab": "csv",
    ".eml": "eml", ".mbox": "mbox", ".epub": "epub",
    ".png": "image", ".jpg": "image", ".jpeg": "image", ".tif": "image", ".tiff": "image", ".webp": "image",
}  # fmt: skip
"""The format that a file's name promises. What is in it decides when it is read; old office files get their reason."""


def format_of(document: Document) -> str:
    """The format of ``document``; until it has been read, its name has to tell. "" where that doesn't."""
    return document.format or ENDINGS.get(PurePath(document.name).suffix.lower(), "")


def icon_of(document: Document) -> str:
    """The icon of the kind of ``document``."""
    return ICONS.get(format_of(document), "note")


def patterns() -> str:
    """All endings as a file dialog takes them: ``*.pdf *.docx …``."""
    return " ".join(f"*{ending}" for ending in ENDINGS)
