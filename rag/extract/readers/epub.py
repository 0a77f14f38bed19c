"""EPUB 2 and 3: the chapters in the order of the spine, by the titles of the table of contents."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from rag.days import stated_day
from rag.errors import LibraryProblem, PhialError
from rag.extract.archives import Archive, broken, damage_is_said, parse_xml
from rag.extract.blocks import Block, document, heading, one_line, text_pages
from rag.extract.html_blocks import html_blocks, xhtml_as_html
from rag.extract.notes import decode
from rag.pages import DocumentInfo, PageText

if TYPE_CHECKING:
    from lxml.etree import _Element

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
_FONT_SCRAMBLING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_PAGE_TYPES = frozenset(("application/xhtml+xml", "text/html", "text/x-oeb1-document"))


def read(path: Path, first_page: int, password: str) -> Iterator[DocumentInfo | PageText]:  # noqa: ARG001
    """The chapters of an EPUB. Raises PhialError: FILE_BROKEN, FILE_UNPACKS_TOO_LARGE, EPUB_PROTECTED, XML_REFUSED."""
    with Archive(path) as archive, damage_is_said(path):
        _refuse_protected(archive)
        package_name = _package_name(archive)
        package = parse_xml(archive.read(package_name), path, is_lenient=True)
        items = _manifest(package, posixpath.dirname(package_name))
        titles = _titles(archive, package, items)
        pages: list[PageText] = []
        for name in _spine(package, items):
            if archive.has(name):
                label = titles.get(name, "")
                pages += text_pages(_chapter(archive, name, label), label, len(pages) + 1)
        title = one_line(package.findtext(".//{*}title") or "")
        dated = stated_day(package.findtext(".//{*}date") or "")
    yield from document("epub", title or path.stem, pages, first_page, dated)


def _chapter(archive: Archive, name: str, label: str) -> Iterator[Block]:
    """The blocks of a chapter; it begins with a heading where the table of contents has one for it."""
    blocks = list(html_blocks(xhtml_as_html(decode(archive.read(name), archive.path))))
    if blocks and not any(block.level for block in blocks[:3]):
        yield from heading(1, label)
        if blocks[0].text == label:
            blocks.pop(0)
    yield from blocks


def _refuse_protected(archive: Archive) -> None:
    if not archive.has(ENCRYPTION):
        return
    for method in archive.xml(ENCRYPTION).iter("{*}EncryptionMethod"):
        if method.get("Algorithm", "") not in _FONT_SCRAMBLING:
            raise PhialError(LibraryProblem.EPUB_PROTECTED, path=str(archive.path))


def _package_name(archive: Archive) -> str:
    for root in parse_xml(archive.read(CONTAINER), archive.path, is_lenient=True).iter("{*}rootfile"):
        name = unquote(root.get("full-path", ""))
        if archive.has(name):
            return name
    raise broken(archive.path)


def _manifest(package: _Element, folder: str) -> dict[str, tuple[str, str, str]]:
    """What the book is made of, by id: the entry's name, its media type, its properties."""
    return {
        item.get("id", ""): (
            _within(folder, item.get("href", "")), item.get("media-type", ""), item.get("properties", ""),
        )
        for item in package.iterfind("{*}manifest/{*}item")
    }  # fmt: skip


def _spine(package: _Element, items: dict[str, tuple[str, str, str]]) -> Iterator[str]:
    """The names of the chapters, each once; the table of contents is none."""
    seen: set[str] = set()
    for reference in package.iterfind("{*}spine/{*}itemref"):
        name, media_type, properties = items.get(reference.get("idref", ""), ("", "", ""))
        if name not in seen and media_type in _PAGE_TYPES and "nav" not in properties.split():
            seen.add(name)
            yield name


def _titles(archive: Archive, package: _Element, items: dict[str, tuple[str, str, str]]) -> dict[str, str]:
    """The first title that the table of contents (EPUB 3, else EPUB 2) has for each chapter's entry."""
    titles: dict[str, str] = {}
    contents = [name for name, _, properties in items.values() if "nav" in properties.split()]
    spine = package.find("{*}spine")
    contents.append(items.get(spine.get("toc", "") if spine is not None else "", ("", "", ""))[0])
    for name in contents:
        if not archive.has(name):
            continue
        root = parse_xml(archive.read(name), archive.path, is_lenient=True)
        folder = posixpath.dirname(name)
        for link in root.iterfind(".//{*}nav//{*}a"):
            titles.setdefault(_within(folder, link.get("href", "")), one_line("".join(link.itertext())))
        for point in root.iter("{*}navPoint"):
            target = point.find("{*}content")
            label = one_line(point.findtext("{*}navLabel/{*}text") or "")
            if target is not None:
                titles.setdefault(_within(folder, target.get("src", "")), label)
    return titles


def _within(folder: str, reference: str) -> str:
    """The entry that a reference in ``folder`` leads to, as a name inside the container; never opened as a path."""
    return posixpath.normpath(posixpath.join(folder, unquote(urlsplit(reference).path)))
