"""The messages between the worker and its clients: requests down, everything else up. See docs/protocol.md.

Standard library only: the window imports this module. A request carries an ``id`` that its client chose (unique on its
connection); every message that answers it carries the same. One request ends with exactly one *final* message (one
whose class says ``is_final``), an ``error`` or a ``cancelled``.

Spans are pairs of character offsets, end exclusive. Boxes are in points from the top left of the page as it is shown.
Pages are counted from 1. Times are seconds.
"""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from typing import ClassVar

from engine.frames import Codec, Message
from rag.errors import Problem

VERSION = 1

Span = tuple[int, int]
Box = tuple[float, float, float, float]
"""left, top, right, bottom"""

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


# --- what messages hold ---------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Document:
    """A document as a row. ``key`` names it for good in a list: its ``sha256``, or its path until it has been read."""

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


@dataclasses.dataclass(frozen=True)
class Passage:
    """A passage that was found. ``number`` counts from 1 in the order of relevance; ``score`` orders, no more.

    ``start`` and ``end`` are the span of ``text`` in the text of its page; ``marks`` are spans within ``text`` of the
    words that the question shares with it. ``label`` is the page's printed label where the PDF has one, else "".
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


@dataclasses.dataclass(frozen=True)
class Sentence:
    """A sentence of an answer; ``citations`` are numbers of citations, empty where nothing supports it."""

    text: str
    supported: bool
    citations: tuple[int, ...] = ()


@dataclasses.dataclass(frozen=True)
class Timings:
    """How long an answer took, from the moment the worker had the question."""

    evidence_s: float
    first_token_s: float
    total_s: float
    prompt_tokens: int
    answer_tokens: int


@dataclasses.dataclass(frozen=True)
class Answer:
    """A finished answer.

    ``support`` in [0, 1]: how far the passages hold an answer. ``refused``: Phial declined. ``is_quoted``: the model's
    own words found no support in the passages, so the answer is the nearest sentence of the documents instead.
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


@dataclasses.dataclass(frozen=True)
class Turn:
    """One question of a conversation with its answer. ``asked`` is a Unix time."""

    turn: int
    asked: float
    answer: Answer


@dataclasses.dataclass(frozen=True)
class ConversationRow:
    """A conversation in the history. ``changed`` is a Unix time."""

    conversation: int
    title: str
    turns: int
    changed: float


@dataclasses.dataclass(frozen=True)
class Model:
    """A language model on this machine. ``fit`` is ``fits``, ``tight`` or ``does_not_fit``; sizes are bytes."""

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


@dataclasses.dataclass(frozen=True)
class Check:
    """One finding of the doctor. ``name`` is a key, ``value`` what was found."""

    name: str
    value: str
    is_well: bool


# --- requests -------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Request(Message):
    """What a client asks for."""

    id: int


@dataclasses.dataclass(frozen=True)
class Hello(Request):
    """The first request of a connection. Answered by ``welcome``."""

    type: ClassVar[str] = "hello"
    client: str
    version: str


@dataclasses.dataclass(frozen=True)
class Index(Request):
    """Take files and folders into the library. Up: ``document``, ``progress``; final ``indexed``.

    Cancelling ends the report, not the reading: what was queued stays queued.
    """

    type: ClassVar[str] = "index"
    paths: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Search(Request):
    """The passages nearest to a question. Up: ``evidence`` (lexical, at once), then the final ``found``.

    ``scope`` holds paths (files or folders) or SHA-256 sums; empty: everything. ``waits`` says whether the final result
    waits for the embedder where it is not loaded yet.
    """

    type: ClassVar[str] = "search"
    question: str
    limit: int = 8
    scope: tuple[str, ...] = ()
    waits: bool = True


@dataclasses.dataclass(frozen=True)
class Ask(Request):
    """Answer a question. Up: ``evidence`` (once or twice), ``stage``, ``token``…; final ``answered``.

    ``conversation`` 0 begins a new one. ``model`` "" is the chosen one. A cancelled ``ask`` still ends with
    ``answered`` (``was_stopped``) once a word was written, so that what is on the screen is grounded and kept.
    """

    type: ClassVar[str] = "ask"
    question: str
    scope: tuple[str, ...] = ()
    model: str = ""
    conversation: int = 0


@dataclasses.dataclass(frozen=True)
class ListDocuments(Request):
    """Every document once. Final ``documents``."""

    type: ClassVar[str] = "list_documents"


@dataclasses.dataclass(frozen=True)
class Watch(Request):
    """Follow the library until it is cancelled.

    Up: ``documents`` at once, then ``document``, ``document_gone``, ``progress`` and ``model_state`` as they happen.
    """

    type: ClassVar[str] = "watch"


@dataclasses.dataclass(frozen=True)
class Remove(Request):
    """Forget documents, by path (file or folder) or SHA-256. Up: ``document_gone``; final ``removed``."""

    type: ClassVar[str] = "remove"
    targets: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Retry(Request):
    """Read documents (by key) again that failed or were empty. Final ``done``."""

    type: ClassVar[str] = "retry"
    keys: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Pause(Request):
    """Hold indexing, or let it go on. Final ``done``."""

    type: ClassVar[str] = "pause"
    paused: bool


@dataclasses.dataclass(frozen=True)
class ShowPage(Request):
    """A page as it is to be shown, and where the ``marks`` (spans in the page's text) stand on it. Final ``page``.

    ``scale`` is pixels a point.
    """

    type: ClassVar[str] = "show_page"
    sha256: str
    page: int
    scale: float = 2.0
    marks: tuple[Span, ...] = ()


@dataclasses.dataclass(frozen=True)
class ListConversations(Request):
    """The history, newest first, those that hold ``words`` where any are given. Final ``conversations``."""

    type: ClassVar[str] = "list_conversations"
    words: str = ""


@dataclasses.dataclass(frozen=True)
class OpenConversation(Request):
    """All of a conversation. Final ``conversation``."""

    type: ClassVar[str] = "open_conversation"
    conversation: int


@dataclasses.dataclass(frozen=True)
class RenameConversation(Request):
    """Give a conversation another title. Final ``done``."""

    type: ClassVar[str] = "rename_conversation"
    conversation: int
    title: str


@dataclasses.dataclass(frozen=True)
class DeleteConversation(Request):
    """Erase a conversation. Final ``done``."""

    type: ClassVar[str] = "delete_conversation"
    conversation: int


@dataclasses.dataclass(frozen=True)
class ListModels(Request):
    """The models on this machine. Final ``models``."""

    type: ClassVar[str] = "list_models"


@dataclasses.dataclass(frozen=True)
class ChooseModel(Request):
    """Answer with this model from now on. Final ``models``."""

    type: ClassVar[str] = "choose_model"
    model: str


@dataclasses.dataclass(frozen=True)
class AddModel(Request):
    """Use a GGUF file where it lies, after a look at its header. Final ``models``."""

    type: ClassVar[str] = "add_model"
    path: str


@dataclasses.dataclass(frozen=True)
class Status(Request):
    """How the library stands. Final ``library``."""

    type: ClassVar[str] = "status"


@dataclasses.dataclass(frozen=True)
class Examine(Request):
    """What the doctor finds. Final ``examined``."""

    type: ClassVar[str] = "examine"


@dataclasses.dataclass(frozen=True)
class Cancel(Request):
    """Stop the request whose id is ``request``. It is not answered; that request is, with ``cancelled``."""

    type: ClassVar[str] = "cancel"
    request: int


# --- what comes up --------------------------------------------------------------------------------------------------


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
    """How far indexing is: what is done of what is under way. ``seconds_left`` -1: not known yet."""

    type: ClassVar[str] = "progress"
    documents_done: int
    documents: int
    pages_done: int
    passages_done: int
    passages: int
    seconds_left: float
    is_paused: bool = False


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
    """``state`` is ``absent``, ``asleep``, ``loading``, ``awake``, ``writing`` or ``died``; memory in bytes."""

    type: ClassVar[str] = "model_state"
    model: str
    name: str
    state: str
    memory: int
    is_stand_in: bool


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
class IndexedFile:
    """One file that indexing met (part of ``indexed``)."""

    path: str
    sha256: str
    state: DocumentState
    pages: int
    passages: int
    reason: Problem | None


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
    """A page to show: a PNG ``picture`` (PDF), or ``text`` (a note; Markdown where ``format`` says so).

    ``width`` and ``height`` are points; ``boxes`` mark the spans asked for, one box a line of text and span;
    ``marks`` are the same spans in ``text`` for a note. ``pages`` counts the document's pages.
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


@dataclasses.dataclass(frozen=True)
class Conversations(Reply):
    """The history, newest first."""

    type: ClassVar[str] = "conversations"
    is_final: ClassVar[bool] = True
    conversations: tuple[ConversationRow, ...]


@dataclasses.dataclass(frozen=True)
class Conversation(Reply):
    """All of a conversation, oldest turn first."""

    type: ClassVar[str] = "conversation"
    is_final: ClassVar[bool] = True
    conversation: int
    title: str
    turns: tuple[Turn, ...]


@dataclasses.dataclass(frozen=True)
class Models(Reply):
    """The models on this machine, the chosen one marked."""

    type: ClassVar[str] = "models"
    is_final: ClassVar[bool] = True
    models: tuple[Model, ...]


@dataclasses.dataclass(frozen=True)
class LibraryStatus(Reply):
    """How the library stands. ``documents`` counts by state; ``connections`` is every connection ever made."""

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


@dataclasses.dataclass(frozen=True)
class Examined(Reply):
    """What the doctor found."""

    type: ClassVar[str] = "examined"
    is_final: ClassVar[bool] = True
    checks: tuple[Check, ...]


@dataclasses.dataclass(frozen=True)
class Done(Reply):
    """The request was carried out; there is nothing more to say."""

    type: ClassVar[str] = "done"
    is_final: ClassVar[bool] = True


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


REQUESTS: tuple[type[Request], ...] = (
    Hello, Index, Search, Ask, ListDocuments, Watch, Remove, Retry, Pause, ShowPage, ListConversations,
    OpenConversation, RenameConversation, DeleteConversation, ListModels, ChooseModel, AddModel, Status, Examine,
    Cancel,
)  # fmt: skip
REPLIES: tuple[type[Reply], ...] = (
    Welcome, Evidence, Stage, Token, Progress, DocumentChanged, DocumentGone, ModelState, Found, Answered, Indexed,
    Documents, Removed, Page, Conversations, Conversation, Models, LibraryStatus, Examined, Done, Failed, Cancelled,
)  # fmt: skip


def ends(request: Request, reply: Reply) -> bool:
    """Whether ``reply`` is the last one to ``request``.

    A watch only ends with ``error`` or ``cancelled``: the list of documents that ends another request begins it.
    """
    return reply.is_final and (not isinstance(request, Watch) or isinstance(reply, Failed | Cancelled))


CODEC = Codec(VERSION, (*REQUESTS, *REPLIES))
