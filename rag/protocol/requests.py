"""What clients ask for. Standard library only."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from engine.frames import Message
from rag.protocol.values import EVERYWHERE, Scope, Span


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

    Cancelling ends the report, not the reading: what was queued stays queued. ``passwords`` are tried on whatever asks
    for one.
    """

    type: ClassVar[str] = "index"
    paths: tuple[str, ...]
    passwords: tuple[str, ...] = dataclasses.field(default=(), repr=False)


@dataclasses.dataclass(frozen=True)
class Search(Request):
    """The passages nearest to a question. Up: ``evidence`` (lexical, at once), then the final ``found``.

    ``waits`` says whether the final result waits for the embedder where it is not loaded yet. ``without`` names
    documents that are not looked at, wherever they are: by path (of a file or a folder), key or SHA-256.
    """

    type: ClassVar[str] = "search"
    question: str
    limit: int = 8
    scope: Scope = EVERYWHERE
    waits: bool = True
    without: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Ask(Request):
    """Answer a question. Up: ``evidence`` (once or twice), ``stage``, ``token``…; final ``answered``.

    ``conversation`` 0 begins a new one. ``model`` "" is the chosen one. ``language`` is the person's (en, fr, it): what
    Phial itself says is said in the question's language, or in this one where the question doesn't tell. A
    cancelled ``ask`` still ends with ``answered`` (``was_stopped``) once a word was written, so that what is on the
    screen is grounded and kept. ``without`` is that of ``search``; nor is what an earlier answer of the conversation
    took from these documents read again.
    """

    type: ClassVar[str] = "ask"
    question: str
    scope: Scope = EVERYWHERE
    model: str = ""
    conversation: int = 0
    language: str = ""
    without: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Anticipate(Request):
    """Be ready for a question that is still being typed. Final ``done``, also where there was nothing to do.

    A newer one of the same client, or its ``ask``, takes its place: it is ``cancelled`` then. It leaves no trace in the
    history, the interest or the logs. ``without`` is that of ``ask``.
    """

    type: ClassVar[str] = "anticipate"
    question: str
    scope: Scope = EVERYWHERE
    conversation: int = 0
    without: tuple[str, ...] = ()


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
class Unlock(Request):
    """Open a document (by key) that waits in ``needs_password``, and remember the password.

    Final ``done``, with a notice where no keyring keeps the password beyond the worker's life.
    """

    type: ClassVar[str] = "unlock"
    key: str
    password: str = dataclasses.field(repr=False)


@dataclasses.dataclass(frozen=True)
class WatchFolder(Request):
    """Take a folder in, and follow what happens in it from now on. Final ``folders``."""

    type: ClassVar[str] = "watch_folder"
    path: str


@dataclasses.dataclass(frozen=True)
class UnwatchFolder(Request):
    """Follow a folder no longer; its documents stay. Final ``folders``."""

    type: ClassVar[str] = "unwatch_folder"
    path: str


@dataclasses.dataclass(frozen=True)
class ListFolders(Request):
    """The folders that are followed. Final ``folders``."""

    type: ClassVar[str] = "list_folders"


@dataclasses.dataclass(frozen=True)
class Health(Request):
    """What came of every page of the documents with these ``keys`` (none given: of all). Final ``health_report``."""

    type: ClassVar[str] = "health"
    keys: tuple[str, ...] = ()


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
    """What the doctor finds, in the person's ``language``. Final ``examined``."""

    type: ClassVar[str] = "examine"
    language: str = ""


@dataclasses.dataclass(frozen=True)
class Cancel(Request):
    """Stop the request whose id is ``request``. It is not answered; that request is, with ``cancelled``."""

    type: ClassVar[str] = "cancel"
    request: int
