"""What messages hold: documents, passages, answers. Standard library only."""

from __future__ import annotations

import dataclasses
from enum import StrEnum

from rag.errors import Problem
from rag.page_forms import PageForm, PageState

Span = tuple[int, int]

LONGEST_QUESTION = 4_000
"""Characters."""


class DocumentState(StrEnum):
    """Where a document stands. ``answerable``: its text is found by its words; ``ready``: by its meaning too."""

    QUEUED = "queued"
    READING = "reading"
    ANSWERABLE = "answerable"
    READY = "ready"
    NEEDS_PASSWORD = "needs_password"  # noqa: S105 - a state
    EMPTY = "empty"
    FAILED = "failed"

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will happen to the document by itself."""
        return self in {self.READY, self.NEEDS_PASSWORD, self.EMPTY, self.FAILED}


class ExportFormat(StrEnum):
    """As what a conversation can be exported: the ending of its file."""

    MARKDOWN = "md"
    DOCX = "docx"
    PDF = "pdf"


PAGE_UNITS = {
    "pdf": "page", "image": "page", "pptx": "slide", "xlsx": "sheet", "epub": "chapter", "eml": "message",
    "mbox": "message", "markdown": "part", "text": "part", "rst": "part", "org": "part", "html": "part",
    "docx": "part", "odt": "part", "rtf": "part", "csv": "part",
}  # fmt: skip
"""The formats that Phial reads, and what a page of each is called. A ``part`` is a long text's division by size; one
that fits into one part is shown without a number."""

ATTACHMENT = "attachment"
"""The unit of what is attached to a PDF: its label says all of its place."""


def unit_of(document_format: str, form: PageForm) -> str:
    """What a page of a document of this format is called: what is painted is the document's own, the rest attached."""
    unit = PAGE_UNITS.get(document_format, "page")
    return ATTACHMENT if unit == "page" and form is not PageForm.PICTURE else unit


@dataclasses.dataclass(frozen=True)
class Scope:
    """Where to look: in the ``documents`` and the ``collections`` together; where both are empty, everywhere.

    ``documents`` are paths (of files or folders) or SHA-256 sums, ``collections`` names. Of these, the documents dated
    from ``since`` to ``until``, both days included (ISO 8601, "2024-03-01"; "": open). A document's date is the one
    that it states itself, else that of its file.
    """

    documents: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


EVERYWHERE = Scope()


@dataclasses.dataclass(frozen=True)
class Document:
    """A document as a row. ``key`` names it for good in a list: its ``sha256``, or its path until it has been read.

    ``pages_waiting`` counts the pages that OCR is still to read, ``pages_by_ocr`` those it has read. ``is_away``: every
    file of it lies on a drive that isn't there now; it is still found. ``dated`` is the day, month or year that it is
    of (ISO 8601): what it states itself, else the day on which its oldest file was last changed; "" where no file is
    left. ``is_unread``: it waits to be read, or is being read, and nothing that its files hold or held ever was: who
    takes it out loses nothing.
    """

    key: str
    sha256: str
    name: str
    paths: tuple[str, ...]
    format: str
    state: DocumentState
    pages: int
    pages_read: int
    passages: int
    passages_embedded: int
    bytes: int
    added: float
    reason: Problem | None = None
    pages_waiting: int = 0
    pages_by_ocr: int = 0
    is_away: bool = False
    dated: str = ""
    is_unread: bool = False


@dataclasses.dataclass(frozen=True)
class Passage:
    """A passage that was found. ``number`` counts from 1 in the order of relevance; ``score`` orders, no more.

    ``start`` and ``end`` are the span of ``text`` in the text of its page; ``marks`` are spans within ``text`` of the
    words that the question shares with it. ``unit`` is what a page is called here (see ``unit_of``); ``label`` is
    the page's own name where it has one (a printed number, a sheet's name), else "". ``confidence`` in [0, 1] is how
    sure OCR was of the page, -1 where the text is the file's own. ``also_in`` are the paths of other documents that say
    the same.
    """

    number: int
    sha256: str
    document: str
    path: str
    page: int
    label: str
    section: str
    text: str
    start: int
    end: int
    score: float
    marks: tuple[Span, ...] = ()
    unit: str = "page"
    confidence: float = -1.0
    also_in: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Citation:
    """The place that supports a sentence: ``quote`` is the text of its page from ``start`` to ``end``, to the letter.

    ``passage`` is the number of the passage that holds it.
    """

    number: int
    passage: int
    sha256: str
    document: str
    path: str
    page: int
    label: str
    quote: str
    start: int
    end: int
    unit: str = "page"
    confidence: float = -1.0


@dataclasses.dataclass(frozen=True)
class Sentence:
    """A sentence of an answer; ``citations`` are numbers of citations, empty where nothing supports it."""

    text: str
    supported: bool
    citations: tuple[int, ...] = ()


@dataclasses.dataclass(frozen=True)
class Timings:
    """How long an answer took, from the moment the worker had the question.

    ``cached_tokens`` of the ``prompt_tokens`` had been read for an earlier answer.
    """

    evidence_s: float
    first_token_s: float
    total_s: float
    prompt_tokens: int
    answer_tokens: int
    cached_tokens: int = 0


@dataclasses.dataclass(frozen=True)
class Answer:
    """A finished answer.

    ``support`` in [0, 1]: how far the passages hold an answer. ``refused``: Phial declined. ``is_quoted``: the model's
    own words found no support in the passages, or no model is there (``model`` ""), so the answer is the nearest
    sentence of the documents instead. ``understood`` is the question as it was completed from the conversation, ""
    where it stands by itself. ``nearest`` are sentences of the documents that are no answer, only nearest to a question
    that was refused. ``scope`` is where was looked. ``problem`` is what ended the model in the middle of an answer that
    ``was_stopped``.
    """

    question: str
    text: str
    refused: bool
    support: float
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    model: str
    is_stand_in: bool
    timings: Timings
    was_stopped: bool = False
    is_quoted: bool = False
    understood: str = ""
    nearest: tuple[Citation, ...] = ()
    scope: Scope = EVERYWHERE
    problem: Problem | None = None


@dataclasses.dataclass(frozen=True)
class Speed:
    """Tokens a second that a model reads and writes here: measured, or estimated from what the machine can do."""

    prefill: float
    decode: float
    is_measured: bool


@dataclasses.dataclass(frozen=True)
class Model:
    """A language model on this machine; sizes are bytes.

    ``fit`` is ``fits``, ``tight`` or ``does_not_fit`` with ``context`` tokens, "" where it can't be used. ``source``
    names the program whose folder it lies in, "" where it is ours or was added. ``phi`` is its id in the catalogue, ""
    where it is none of those; ``is_verified``: its bytes are the ones that the catalogue knows.
    """

    model: str
    name: str
    path: str
    architecture: str
    quantization: str
    bytes: int
    memory_needed: int
    context: int
    fit: str
    is_stand_in: bool
    is_chosen: bool
    problem: Problem | None = None
    source: str = ""
    phi: str = ""
    is_verified: bool = False
    speed: Speed | None = None


@dataclasses.dataclass(frozen=True)
class Check:
    """One finding of the doctor. ``name`` is a key, ``value`` what was found."""

    name: str
    value: str
    is_well: bool


@dataclasses.dataclass(frozen=True)
class PageRun:
    """Neighbouring pages, ``first`` to ``last``, that came out alike. ``confidence`` as in ``Passage``."""

    first: int
    last: int
    state: PageState
    confidence: float = -1.0
    reason: Problem | None = None


@dataclasses.dataclass(frozen=True)
class DocumentHealth:
    """A document and all of its pages; ``mends`` are what can be done for it, best first.

    A mend is ``enter_password``, ``try_again``, ``read_after_all`` (of scans that were left unread),
    ``show_in_folder``, ``find_file``, ``open_settings`` (the system's, where it keeps the file from us) or ``forget``.
    """

    document: Document
    pages: tuple[PageRun, ...]
    mends: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class WatchedFolder:
    """A folder that is followed. ``state`` is ``watched``, ``away`` (its drive isn't there) or ``unreadable``."""

    path: str
    state: str
    documents: int


@dataclasses.dataclass(frozen=True)
class IndexedFile:
    """One file that indexing met (part of ``indexed``)."""

    path: str
    sha256: str
    state: DocumentState
    pages: int
    passages: int
    reason: Problem | None
