"""What the worker says. Standard library only."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from engine.frames import Message
from rag.errors import Problem
from rag.page_forms import PageForm
from rag.protocol.values import (
    Answer,
    Check,
    Document,
    DocumentHealth,
    IndexedFile,
    Model,
    Passage,
    Span,
    WatchedFolder,
)
from rag.words import Box


@dataclasses.dataclass(frozen=True)
class Reply(Message):
    """What the worker says to the request with this ``id``."""

    is_final: ClassVar[bool] = False
    id: int


@dataclasses.dataclass(frozen=True)
class Welcome(Reply):
    """The worker's own name: its version, process id and data folder."""

    type: ClassVar[str] = "welcome"
    is_final: ClassVar[bool] = True
    version: str
    pid: int
    home: str


@dataclasses.dataclass(frozen=True)
class Evidence(Reply):
    """Passages, before any answer. ``is_complete`` is false while only words were looked up, not yet meaning."""

    type: ClassVar[str] = "evidence"
    passages: tuple[Passage, ...]
    is_complete: bool
    seconds: float


@dataclasses.dataclass(frozen=True)
class Stage(Reply):
    """What an answer is waiting for: ``embedder``, ``model`` (loading, with its name), ``prompt`` (being read)."""

    type: ClassVar[str] = "stage"
    stage: str
    model: str = ""
    tokens: int = 0


@dataclasses.dataclass(frozen=True)
class Token(Reply):
    """The next piece of the answer's text."""

    type: ClassVar[str] = "token"
    text: str


@dataclasses.dataclass(frozen=True)
class Progress(Reply):
    """How far indexing is: what is done of what is under way. ``seconds_left`` -1: not known yet.

    ``pages_waiting`` counts the pages that OCR is still to read.
    """

    type: ClassVar[str] = "progress"
    documents_done: int
    documents: int
    pages_done: int
    passages_done: int
    passages: int
    seconds_left: float
    is_paused: bool = False
    pages_waiting: int = 0


@dataclasses.dataclass(frozen=True)
class DocumentChanged(Reply):
    """A document is there, or is not as it was. ``was`` is its former key where that changed, else ""."""

    type: ClassVar[str] = "document"
    document: Document
    was: str = ""


@dataclasses.dataclass(frozen=True)
class DocumentGone(Reply):
    """A document was forgotten."""

    type: ClassVar[str] = "document_gone"
    key: str


@dataclasses.dataclass(frozen=True)
class ModelState(Reply):
    """``state`` is ``absent``, ``asleep``, ``loading``, ``awake``, ``writing`` or ``died``; memory in bytes.

    ``reason`` says why it is asleep: ``idle``, or ``pressure`` where other programs needed the memory; else "".
    """

    type: ClassVar[str] = "model_state"
    model: str
    name: str
    state: str
    memory: int
    is_stand_in: bool
    reason: str = ""


@dataclasses.dataclass(frozen=True)
class Found(Reply):
    """The passages nearest to a question."""

    type: ClassVar[str] = "found"
    is_final: ClassVar[bool] = True
    passages: tuple[Passage, ...]
    seconds: float


@dataclasses.dataclass(frozen=True)
class Answered(Reply):
    """The answer, grounded, and where it is kept."""

    type: ClassVar[str] = "answered"
    is_final: ClassVar[bool] = True
    answer: Answer
    conversation: int
    turn: int


@dataclasses.dataclass(frozen=True)
class Indexed(Reply):
    """Every file that was met, once each."""

    type: ClassVar[str] = "indexed"
    is_final: ClassVar[bool] = True
    files: tuple[IndexedFile, ...]
    seconds: float


@dataclasses.dataclass(frozen=True)
class Documents(Reply):
    """Every document. Final for ``list_documents``; the first message of ``watch``."""

    type: ClassVar[str] = "documents"
    is_final: ClassVar[bool] = True
    documents: tuple[Document, ...]


@dataclasses.dataclass(frozen=True)
class Removed(Reply):
    """What was forgotten; ``conversations`` are the titles of those that quote it."""

    type: ClassVar[str] = "removed"
    is_final: ClassVar[bool] = True
    documents: tuple[Document, ...]
    conversations: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Page(Reply):
    """A page to show: as a PNG ``picture``, or by its ``text``, which is Markdown or plain, as ``form`` says.

    ``width`` and ``height`` are points; ``boxes`` mark the spans asked for, one box a line of text and span;
    ``marks`` are the same spans in ``text``. ``pages`` counts the document's pages, ``unit`` is what they are called.
    ``confidence`` in [0, 1] is how sure OCR was of its text, -1 where the text is the file's own.
    """

    type: ClassVar[str] = "page"
    is_final: ClassVar[bool] = True
    sha256: str
    name: str
    path: str
    format: str
    page: int
    pages: int
    label: str
    width: float
    height: float
    picture: bytes
    text: str
    boxes: tuple[Box, ...]
    marks: tuple[Span, ...]
    form: PageForm = PageForm.PICTURE
    unit: str = "page"
    confidence: float = -1.0


@dataclasses.dataclass(frozen=True)
class Folders(Reply):
    """The folders that are followed. Also told to whoever watches the library."""

    type: ClassVar[str] = "folders"
    is_final: ClassVar[bool] = True
    folders: tuple[WatchedFolder, ...]


@dataclasses.dataclass(frozen=True)
class HealthReport(Reply):
    """What came of every page."""

    type: ClassVar[str] = "health_report"
    is_final: ClassVar[bool] = True
    documents: tuple[DocumentHealth, ...]


@dataclasses.dataclass(frozen=True)
class Models(Reply):
    """The models on this machine, the chosen one marked."""

    type: ClassVar[str] = "models"
    is_final: ClassVar[bool] = True
    models: tuple[Model, ...]


@dataclasses.dataclass(frozen=True)
class LibraryStatus(Reply):
    """How the library stands. ``documents`` counts by state; ``connections`` is every connection ever made.

    ``model_sleeps_for`` is the ``reason`` of ModelState.
    """

    type: ClassVar[str] = "library"
    is_final: ClassVar[bool] = True
    home: str
    version: str
    pid: int
    documents: dict[str, int]
    pages: int
    passages: int
    passages_embedded: int
    bytes: int
    embedder: str
    model: str
    is_stand_in: bool
    is_paused: bool
    connections: tuple[str, ...]
    notices: tuple[Problem, ...]
    model_sleeps_for: str = ""


@dataclasses.dataclass(frozen=True)
class Examined(Reply):
    """What the doctor found."""

    type: ClassVar[str] = "examined"
    is_final: ClassVar[bool] = True
    checks: tuple[Check, ...]


@dataclasses.dataclass(frozen=True)
class Done(Reply):
    """The request was carried out; ``notice`` is what is worth knowing of it."""

    type: ClassVar[str] = "done"
    is_final: ClassVar[bool] = True
    notice: Problem | None = None


@dataclasses.dataclass(frozen=True)
class Failed(Reply):
    """The request failed: ``error`` on the wire. With id 0: a frame that was no request."""

    type: ClassVar[str] = "error"
    is_final: ClassVar[bool] = True
    problem: Problem


@dataclasses.dataclass(frozen=True)
class Cancelled(Reply):
    """The request was stopped, as was asked."""

    type: ClassVar[str] = "cancelled"
    is_final: ClassVar[bool] = True
