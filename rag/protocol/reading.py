"""Messages about reading a document: its pages, their words, its outline, a search in it. Standard library only."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from rag.page_forms import PageForm
from rag.protocol.replies import Reply
from rag.protocol.requests import Request
from rag.protocol.values import Span


@dataclasses.dataclass(frozen=True)
class ListPages(Request):
    """The pages of a document, as far as it has been read. Final ``page_list``."""

    type: ClassVar[str] = "list_pages"
    sha256: str


@dataclasses.dataclass(frozen=True)
class ReadWords(Request):
    """The words of a page, and where they stand on it. Final ``page_words``."""

    type: ClassVar[str] = "read_words"
    sha256: str
    page: int


@dataclasses.dataclass(frozen=True)
class ReadOutline(Request):
    """The outline of a document: its author's, where it has one, else its headings as they were read.

    Final ``outline``.
    """

    type: ClassVar[str] = "read_outline"
    sha256: str


@dataclasses.dataclass(frozen=True)
class SearchDocument(Request):
    """Where ``words`` stand in a document, in this order; case, accents and the ends of lines make no difference.

    ``page_hits`` as they are found, page after page. Final ``document_searched``.
    """

    type: ClassVar[str] = "search_document"
    sha256: str
    words: str


@dataclasses.dataclass(frozen=True)
class ListedPage:
    """A page that has been read; ``label`` is the printed number or the name, ``width`` and ``height`` are points."""

    page: int
    label: str
    width: float
    height: float
    form: PageForm


@dataclasses.dataclass(frozen=True)
class PageList(Reply):
    """The pages of a document that have been read, in order. ``unit`` is what they are called."""

    type: ClassVar[str] = "page_list"
    is_final: ClassVar[bool] = True
    sha256: str
    unit: str
    pages: tuple[ListedPage, ...]


@dataclasses.dataclass(frozen=True)
class PageWords(Reply):
    """The text of a page and its words, as ``unpack_words`` takes them; both empty where it has not been read.

    They are packed (see rag.words) because they are thousands.
    """

    type: ClassVar[str] = "page_words"
    is_final: ClassVar[bool] = True
    sha256: str
    page: int
    text: str
    words: bytes


@dataclasses.dataclass(frozen=True)
class OutlineEntry:
    """A section: its title, its level (1: the highest), the page that it begins on.

    ``start`` is where its heading stands in the page's text, -1 where that is not known.
    """

    title: str
    level: int
    page: int
    start: int = -1


@dataclasses.dataclass(frozen=True)
class Outline(Reply):
    """The sections of a document in the order of its outline; not ``is_whole`` where there were too many to show."""

    type: ClassVar[str] = "outline"
    is_final: ClassVar[bool] = True
    sha256: str
    entries: tuple[OutlineEntry, ...]
    is_whole: bool = True


@dataclasses.dataclass(frozen=True)
class PageHits:
    """Where the words that are sought stand on a page: spans in its text, in order."""

    page: int
    spans: tuple[Span, ...]


@dataclasses.dataclass(frozen=True)
class HitsFound(Reply):
    """What more was found, and that so many pages ``of`` all have been looked at."""

    type: ClassVar[str] = "page_hits"
    found: tuple[PageHits, ...]
    looked_at: int
    of: int


@dataclasses.dataclass(frozen=True)
class DocumentSearched(Reply):
    """Every page has been looked at. ``unread`` pages had no text yet; not ``is_whole`` where there were too many hits.

    ``hits`` counts them all.
    """

    type: ClassVar[str] = "document_searched"
    is_final: ClassVar[bool] = True
    hits: int
    unread: int
    is_whole: bool
