"""How the terminal names a place in a document, and how sure OCR was of it."""

from __future__ import annotations

from pathlib import PurePath

from rag.errors import text
from rag.protocol import ATTACHMENT, Citation, Passage
from rag.terminal_rows import one_line

BETWEEN = " · "
OTHERS = 2
"""Documents that are named of those that say the same; of the rest, their number is."""

BETWEEN_HEADINGS = " › "
"""What the worker writes between the headings of a section's path."""

_ONE_MESSAGE = ".eml"
"""A file of this kind is one message: its number says nothing."""

_NUMBERED = frozenset({"slide", "sheet", "chapter", "message", "part"})


def place_of(item: Passage | Citation, language: str, section: str = "") -> str:
    """“report.pdf · page 12 · Results · read by OCR, 93 %”: the document, where in it, how it was read.

    Of the headings in ``section``, those that the place names already are left out.
    """
    place = place_within(item, language)
    headings = section.split(BETWEEN_HEADINGS) if section else []
    named = item.label.split(BETWEEN) if item.label and place.endswith(item.label) else []
    while headings and named and headings[0].strip() == named[0]:
        del headings[0], named[0]
    parts = (
        item.document,
        place,
        BETWEEN_HEADINGS.join(headings),
        recognition(item, language),
        _others(item, language),
    )
    return BETWEEN.join(one_line(part) for part in parts if part)


def _others(item: Passage | Citation, language: str) -> str:
    """“also in copies/report.pdf, +2”: the other documents that say the same."""
    if not isinstance(item, Passage) or not item.also_in:
        return ""
    others = ", ".join(str(PurePath(*PurePath(path).parts[-2:])) for path in item.also_in[:OTHERS])
    further = len(item.also_in) - OTHERS
    return text("also_in", language, documents=f"{others}, +{further}" if further > 0 else others)


def recognition(item: Passage | Citation, language: str) -> str:
    """“read by OCR, 93 %”; "" where the text is the file's own."""
    return "" if item.confidence < 0 else text("read_by_ocr", language, percent=f"{100 * item.confidence:.0f}")


def place_within(item: Passage | Citation, language: str) -> str:
    """Where it is in its document: “page 12”; "" where there is nothing to say."""
    unit, page = item.unit, item.page
    if unit == "part" and page == 1:
        return item.label
    if unit == ATTACHMENT:
        return item.label
    own_name = item.label if item.label != str(page) else ""
    if unit == "message" and PurePath(item.path).suffix.lower() == _ONE_MESSAGE and (page == 1 or own_name):
        return "" if page == 1 else own_name  # what is attached has a name
    if unit not in _NUMBERED:
        return text("page_labelled" if own_name else "page", language, page=page, label=own_name)
    if unit == "sheet" and own_name:
        return text("place_sheet", language, label=own_name)
    numbered = text(f"place_{unit}", language, page=page, label=page)
    return f"{numbered}{BETWEEN}{own_name}" if own_name else numbered
