"""How the terminal names a place in a document, and how sure OCR was of it."""

from __future__ import annotations

from rag.errors import text
from rag.protocol import Citation, Passage

_NUMBERED = frozenset({"slide", "sheet", "chapter", "message", "part"})


def place_of(item: Passage | Citation, language: str, section: str = "") -> str:
    """“report.pdf · page 12 · Results · read by OCR, 93 %”: the document, where in it, how it was read."""
    parts = (item.document, _number(item.unit, item.page, item.label, language), section, recognition(item, language))
    return " · ".join(part for part in parts if part)


def recognition(item: Passage | Citation, language: str) -> str:
    """“read by OCR, 93 %”; "" where the text is the file's own."""
    return "" if item.confidence < 0 else text("read_by_ocr", language, percent=f"{100 * item.confidence:.0f}")


def _number(unit: str, page: int, label: str, language: str) -> str:
    if unit == "part" and page == 1:
        return label
    own_name = label if label != str(page) else ""
    if unit not in _NUMBERED:
        return text("page_labelled" if own_name else "page", language, page=page, label=own_name)
    if unit == "sheet" and own_name:
        return text("place_sheet", language, label=own_name)
    numbered = text(f"place_{unit}", language, page=page, label=page)
    return f"{numbered} · {own_name}" if own_name else numbered
