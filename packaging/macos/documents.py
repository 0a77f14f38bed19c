"""The documents that “Open with” offers Phial for: what Phial reads, by the types that macOS knows them by.

Uniform type identifiers: https://developer.apple.com/documentation/uniformtypeidentifiers/system-declared-uniform-type-identifiers
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

FOLDER = "public.folder"


@dataclasses.dataclass(frozen=True)
class DocumentType:
    """A kind of document. ``types`` are the system's own; where none means this alone, the endings say it."""

    name: str
    endings: tuple[str, ...]
    types: tuple[str, ...] = ()


DOCUMENT_TYPES = (
    DocumentType("PDF", ("pdf",), ("com.adobe.pdf",)),
    # The system's types for text are also those of every program's source.
    DocumentType("Text", ("txt", "text", "md", "markdown", "rst", "rest", "org")),
    DocumentType("HTML", ("html", "htm", "xhtml"), ("public.html", "public.xhtml")),
    DocumentType(
        "Word",
        ("docx", "docm", "dotx"),
        (
            "org.openxmlformats.wordprocessingml.document",
            "org.openxmlformats.wordprocessingml.document.macroenabled",
            "org.openxmlformats.wordprocessingml.template",
        ),
    ),
    DocumentType(
        "OpenDocument",
        ("odt", "ott"),
        ("org.oasis-open.opendocument.text", "org.oasis-open.opendocument.text-template"),
    ),
    DocumentType("Rich Text", ("rtf",), ("public.rtf",)),
    DocumentType("EPUB", ("epub",), ("org.idpf.epub-container",)),
    DocumentType(
        "PowerPoint",
        ("pptx", "pptm", "ppsx", "potx"),
        (
            "org.openxmlformats.presentationml.presentation",
            "org.openxmlformats.presentationml.presentation.macroenabled",
            "org.openxmlformats.presentationml.slideshow",
            "org.openxmlformats.presentationml.template",
        ),
    ),
    DocumentType(
        "Excel",
        ("xlsx", "xlsm", "xltx"),
        (
            "org.openxmlformats.spreadsheetml.sheet",
            "org.openxmlformats.spreadsheetml.sheet.macroenabled",
            "org.openxmlformats.spreadsheetml.template",
        ),
    ),
    DocumentType("Table", ("csv", "tsv", "tab")),
    DocumentType("Mail", ("eml",), ("com.apple.mail.email",)),
    DocumentType("Mailbox", ("mbox",)),
    DocumentType(
        "Picture",
        ("png", "jpg", "jpeg", "tif", "tiff", "webp"),
        ("public.png", "public.jpeg", "public.tiff", "org.webmproject.webp"),
    ),
)


def declarations(kinds: Iterable[DocumentType] = DOCUMENT_TYPES) -> list[dict[str, Any]]:
    """The list CFBundleDocumentTypes: Phial shows them and never is the program that a double click opens them with."""
    listed: list[dict[str, Any]] = [_declared(kind.name, kind.types, kind.endings) for kind in kinds]
    return [*listed, _declared("Folder", (FOLDER,), ())]


def _declared(name: str, types: tuple[str, ...], endings: tuple[str, ...]) -> dict[str, Any]:
    # Where types are given the system looks at no ending.
    by = {"LSItemContentTypes": list(types)} if types else {"CFBundleTypeExtensions": list(endings)}
    return {"CFBundleTypeName": name, "CFBundleTypeRole": "Viewer", "LSHandlerRank": "Alternate", **by}
