"""How a place in a document is named: a page, a slide, a sheet, a chapter, a message, or a part of a long text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from desktop.widgets.direction import isolated
from desktop.widgets.unmarked import plain_line
from rag.protocol import ATTACHMENT, PAGE_UNITS, Citation, Page, Passage

BETWEEN = " · "
BETWEEN_HEADINGS = " › "
"""What the worker writes between the headings of a section's path."""

_ONE_MESSAGE = ".eml"
"""A file of this kind is one message: its number says nothing."""

translate = QCoreApplication.translate


def place_of(item: Citation | Passage | Page, *, is_spoken: bool = False) -> str:
    """“p. 12”, “slide 4”, “sheet Costs”, “chapter 3 · The harbour”; "" where a document is a single place.

    ``is_spoken``: for those who listen, to whom “p.” is a letter.
    """
    if item.unit == "message" and Path(item.path).suffix.lower() == _ONE_MESSAGE:
        if item.page == 1:
            return ""
        if item.label:  # what is attached has a name
            return item.label
    return place_name(item.unit, item.page, item.label, is_spoken=is_spoken)


def place_name(unit: str, number: int, label: str = "", *, is_spoken: bool = False) -> str:
    """The name of the ``unit`` (see rag.protocol.unit_of) with this ``number``, counted from 1."""
    if unit == ATTACHMENT or (unit == "part" and number == 1):
        return label
    if unit == "sheet" and label:
        return translate("Place", "sheet {name}").format(name=isolated(label))
    name = _numbered(unit, is_spoken=is_spoken).format(number=number)
    if not label or label == str(number):
        return name
    return f"{name} ({label})" if unit == "page" else f"{name}{BETWEEN}{label}"


def address_of(item: Citation | Passage, section: str, *, is_spoken: bool = False) -> str:
    """The place and, behind it, the path of the headings in ``section`` that the place doesn't name already."""
    place = place_of(item, is_spoken=is_spoken)
    headings = section.split(BETWEEN_HEADINGS) if section else []
    named = item.label.split(BETWEEN) if item.label and place.endswith(item.label) else []
    while headings and named and headings[0].strip() == named[0]:
        del headings[0], named[0]
    return BETWEEN.join(isolated(part) for part in (place, plain_line(BETWEEN_HEADINGS.join(headings))) if part)


def others_of(passage: Passage) -> str:
    """“also in copies/report.pdf”: the other documents that say the same; "" where there is none."""
    if not passage.also_in:
        return ""
    names = ", ".join(str(Path(*Path(path).parts[-2:])) for path in passage.also_in)
    return translate("Place", "also in {documents}").format(documents=names)


def count_of(form: str, count: int) -> str:
    """“148 pages”, “20 slides”: how many places a document of the format ``form`` has; "" where it is a single one."""
    unit = PAGE_UNITS.get(form, "page")
    return "" if count == 1 and unit in {"message", "part"} else PlaceCount().of(unit, count)


def recognition_of(confidence: float) -> str:
    """“read by OCR, 93 %” for a ``confidence`` in [0, 1]; "" where the text is the file's own (-1)."""
    if confidence < 0:
        return ""
    return translate("Place", "read by OCR, {percent} %").format(percent=QLocale().toString(round(100 * confidence)))


def _numbered(unit: str, *, is_spoken: bool) -> str:
    match unit:
        case "slide":
            return translate("Place", "slide {number}")
        case "sheet":
            return translate("Place", "sheet {number}")
        case "chapter":
            return translate("Place", "chapter {number}")
        case "message":
            return translate("Place", "message {number}")
        case "part":
            return translate("Place", "part {number}")
        case _:
            return translate("Place", "page {number}") if is_spoken else translate("Place", "p. {number}")


class PlaceCount(QObject):
    """Numbers of places in words: the plural forms of a language are found in a class of Qt's alone."""

    def of(self, unit: str, count: int) -> str:
        """“20 slides”."""
        match unit:
            case "slide":
                return self.tr("%Ln slide(s)", "", count)
            case "sheet":
                return self.tr("%Ln sheet(s)", "", count)
            case "chapter":
                return self.tr("%Ln chapter(s)", "", count)
            case "message":
                return self.tr("%Ln message(s)", "", count)
            case "part":
                return self.tr("%Ln part(s)", "", count)
            case _:
                return self.tr("%Ln page(s)", "", count)
