"""DOCX, by mammoth, which makes HTML of it: headings, lists, tables, footnotes, text boxes; without pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from rag.days import stated_day
from rag.extract.archives import Archive, damage_is_said, parse_xml
from rag.extract.blocks import document, text_pages
from rag.extract.html_blocks import html_blocks
from rag.pages import DocumentInfo, PageText

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_SAVED = ("{http://purl.org/dc/terms/}modified", "{http://purl.org/dc/terms/}created")
STYLES = "word/styles.xml"
PROPERTIES = "docProps/core.xml"
DEEPEST_OUTLINE = 6


def read(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:  # noqa: ARG001
    """The parts of a DOCX. Raises PhialError: FILE_BROKEN, FILE_UNPACKS_TOO_LARGE, XML_REFUSED, PATH_…."""
    import mammoth

    with Archive(path) as archive, damage_is_said(path):
        archive.refuse_declarations()
        styles = _outline_styles(archive.read(STYLES), path) if archive.has(STYLES) else ""
        title, dated = office_title(archive), office_day(archive)
        with path.open("rb") as file:
            # Pictures are left out before they are read: nothing recognises text in them.
            made = mammoth.convert_to_html(file, style_map=styles, convert_image=lambda _: [])
        pages = text_pages(html_blocks(made.value))
    yield from document("docx", title or path.stem, pages, first_page, dated)


def office_title(archive: Archive) -> str:
    """The title that the properties of an office file name, or ""."""
    if not archive.has(PROPERTIES):
        return ""
    return archive.xml(PROPERTIES).findtext(f".//{_TITLE}") or ""


def office_day(archive: Archive) -> str:
    """The day on which an office file was last saved, as its properties say; "" where they don't."""
    properties = archive.xml(PROPERTIES) if archive.has(PROPERTIES) else None
    days = (stated_day(properties.findtext(f".//{name}") or "") for name in _SAVED) if properties is not None else ()
    return next(filter(None, days), "")


def _outline_styles(content: bytes, path: Path) -> str:
    """Mammoth's map from styles of paragraphs to headings: those that have a level in the outline, whatever their name.

    mammoth knows Word's own by name; a firm's templates have styles of their own, based on those or not.
    """
    levels: dict[str, int] = {}
    parents: dict[str, str] = {}
    names: dict[str, str] = {}
    for style in parse_xml(content, path).iter(f"{_W}style"):
        key = style.get(f"{_W}styleId", "")
        if style.get(f"{_W}type") != "paragraph" or not key:
            continue
        name, parent = style.find(f"{_W}name"), style.find(f"{_W}basedOn")
        level = style.find(f"{_W}pPr/{_W}outlineLvl")
        names[key] = "" if name is None else name.get(f"{_W}val", "")
        if parent is not None:
            parents[key] = parent.get(f"{_W}val", "")
        if level is not None and level.get(f"{_W}val", "").isdecimal():
            levels[key] = int(level.get(f"{_W}val", "")) + 1
    lines = io.StringIO()
    for key, name in names.items():
        level_found = 1 if name.casefold() == "title" else _inherited(key, levels, parents)
        if 1 <= level_found <= DEEPEST_OUTLINE and name and not set(name) & set("'\\\n\r"):
            lines.write(f"p[style-name='{name}'] => h{level_found}:fresh\n")
    return lines.getvalue()


def _inherited(key: str, levels: dict[str, int], parents: dict[str, str]) -> int:
    """The level of a style or of the nearest one it is based on; 0 where there is none."""
    seen: set[str] = set()
    while key and key not in seen:
        if key in levels:
            return levels[key]
        seen.add(key)
        key = parents.get(key, "")
    return 0
