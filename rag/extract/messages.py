"""The messages between the reader of documents and its parser processes. See engine.frames for the codec."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from engine.frames import Codec, Message
from rag.errors import Problem
from rag.page_forms import PageForm
from rag.pages import PACKED_WORD_BYTES, Heading, PageText, pack_words, unpack_words

VERSION = 4


@dataclass(frozen=True)
class ReadDocument(Message):
    """Read the file from page ``first_page`` on. Up: ``opened``, ``page`` ..., ``finished``; or ``failed``.

    ``is_alone``: without looking at one page for the sake of another (see ``reader_of``).
    """

    type: ClassVar[str] = "read"
    path: str
    format: str
    first_page: int
    password: str = field(default="", repr=False)
    is_alone: bool = False


@dataclass(frozen=True)
class PaintPage(Message):
    """Paint a page, at ``scale`` pixels a point, with at most ``most_pixels``. Up: ``painted`` or ``failed``."""

    type: ClassVar[str] = "paint"
    path: str
    format: str
    page: int
    scale: float
    most_pixels: int
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class ListOutline(Message):
    """Say what the ``most`` first entries of the document's own outline are. Up: ``outline_listed`` or ``failed``."""

    type: ClassVar[str] = "list_outline"
    path: str
    format: str
    most: int
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class OutlineListed(Message):
    """The outline: title, level and page of each entry, both counted from 1."""

    type: ClassVar[str] = "outline_listed"
    entries: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class RecognizePage(Message):
    """Read a page by OCR, computing on so many ``threads``. Up: ``page`` or ``failed``."""

    type: ClassVar[str] = "recognize"
    path: str
    format: str
    page: int
    threads: int
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class TryPasswords(Message):
    """Say which of these passwords opens the document. Up: ``password_tried`` or ``failed``."""

    type: ClassVar[str] = "try_passwords"
    path: str
    format: str
    passwords: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class PasswordTried(Message):
    """The number, from 0, of the first password that opens the document; -1 where none does."""

    type: ClassVar[str] = "password_tried"
    number: int


@dataclass(frozen=True)
class Opened(Message):
    """What the document is."""

    type: ClassVar[str] = "opened"
    format: str
    title: str
    pages: int
    dated: str


@dataclass(frozen=True)
class PageRead(Message):
    """A page. ``words`` are packed: they are thousands, and as JSON would take longer to read than the page itself."""

    type: ClassVar[str] = "page"
    number: int
    label: str
    text: str
    words: bytes
    width: float
    height: float
    headings: tuple[Heading, ...]
    problem: Problem | None
    has_pictures: bool
    form: PageForm
    waits: bool
    confidence: float

    def __post_init__(self) -> None:
        if len(self.words) % PACKED_WORD_BYTES:
            raise ValueError("words: not whole")

    @classmethod
    def of(cls, page: PageText) -> PageRead:
        """The message that carries ``page``."""
        return cls(
            page.number, page.label, page.text, pack_words(page.words), page.width, page.height, page.headings,
            page.problem, page.has_pictures, page.form, page.waits, page.confidence,
        )  # fmt: skip

    def page(self) -> PageText:
        """The page that the message carries."""
        return PageText(
            self.number, self.label, self.text, unpack_words(self.words), self.width, self.height, self.headings,
            self.problem, self.has_pictures, self.form, self.waits, self.confidence,
        )  # fmt: skip


@dataclass(frozen=True)
class Finished(Message):
    """All pages have been sent."""

    type: ClassVar[str] = "finished"


@dataclass(frozen=True)
class Painted(Message):
    """A page's picture."""

    type: ClassVar[str] = "painted"
    png: bytes
    width: float
    height: float
    pages: int


@dataclass(frozen=True)
class Failed(Message):
    """What was asked for can't be done."""

    type: ClassVar[str] = "failed"
    problem: Problem


CODEC = Codec(
    VERSION,
    (
        ReadDocument, PaintPage, ListOutline, OutlineListed, RecognizePage, TryPasswords, PasswordTried, Opened,
        PageRead, Finished, Painted, Failed,
    ),
)  # fmt: skip
