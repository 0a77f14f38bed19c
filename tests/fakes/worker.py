"""A worker without a library: it speaks the real protocol over a real door, and says what a test tells it to say.

``FakeWorker(home, Script(...))`` answers every request with plausible data. A test changes the script (its lists, or
``script.handlers[Ask] = function(worker, link, request)``), pushes news to the watchers (``change``, ``forget``,
``tell``), looks at ``requests``, and kills it (``die``).
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from engine.links import Door, Link, LinkClosed
from engine.paths import make_private_folder
from rag.client import door_address, make_door_key
from rag.errors import Problem
from rag.protocol import (
    CODEC,
    AddModel,
    Answer,
    Answered,
    Ask,
    Cancel,
    Cancelled,
    ChooseModel,
    Conversation,
    ConversationRow,
    Conversations,
    DeleteConversation,
    Document,
    DocumentChanged,
    DocumentGone,
    Documents,
    DocumentState,
    Done,
    Evidence,
    Failed,
    Found,
    Hello,
    Index,
    Indexed,
    LibraryStatus,
    ListConversations,
    ListDocuments,
    ListModels,
    Model,
    Models,
    ModelState,
    OpenConversation,
    Page,
    Passage,
    Pause,
    Remove,
    Removed,
    RenameConversation,
    Reply,
    Request,
    Retry,
    Search,
    Sentence,
    ShowPage,
    Stage,
    Status,
    Token,
    Turn,
    Watch,
    Welcome,
)
from tests.fakes.plausible import ANSWER, NOTE, NOTES, PASSAGES, STARTER, STUDY, document, picture

Handler = Callable[["FakeWorker", Link, Request], None]


@dataclasses.dataclass
class Script:
    """What the worker holds and says; ``pause`` is seconds between two tokens."""

    documents: list[Document] = dataclasses.field(default_factory=lambda: [STUDY, NOTES])
    passages: tuple[Passage, ...] = PASSAGES
    answer: Answer = ANSWER
    pause: float = 0.0
    model: ModelState = dataclasses.field(
        default_factory=lambda: ModelState(0, STARTER.model, STARTER.name, "asleep", 320_000_000, is_stand_in=True)
    )
    models: tuple[Model, ...] = (STARTER,)
    connections: tuple[str, ...] = ()
    conversations: list[Conversation] = dataclasses.field(default_factory=list)
    handlers: dict[type[Request], Handler] = dataclasses.field(default_factory=dict)


class FakeWorker:
    """A door at the address of ``home`` behind which ``script`` is played. Use as a context, or ``close`` it."""

    def __init__(self, home: Path, script: Script | None = None) -> None:
        self.home = home
        self.script = script or Script()
        self.requests: list[Request] = []
        self._links: list[Link] = []
        self._watchers: dict[int, tuple[Link, int]] = {}
        self._stopped: set[tuple[int, int]] = set()
        self._changing = threading.RLock()
        self._is_dead = threading.Event()
        make_private_folder(home)
        address = door_address(home)
        if os.name == "posix":
            make_private_folder(Path(address).parent)
            Path(address).unlink(missing_ok=True)
        self._door = Door(address, make_door_key(home), CODEC)
        self._thread = threading.Thread(target=self._door.serve, args=(self._welcome,), daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- what a test does with it -----------------------------------------------------------------------------------

    def change(self, changed: Document, was: str = "") -> None:
        """A document is there, or is not as it was."""
        with self._changing:
            keys = {changed.key, was}
            place = next((i for i, known in enumerate(self.script.documents) if known.key in keys), None)
            if place is None:
                self.script.documents.append(changed)
            else:
                self.script.documents[place] = changed
        self.tell(lambda number: DocumentChanged(number, changed, was))

    def forget(self, key: str) -> None:
        """A document was forgotten."""
        with self._changing:
            self.script.documents = [known for known in self.script.documents if known.key != key]
        self.tell(lambda number: DocumentGone(number, key))

    def tell(self, make: Callable[[int], Reply]) -> None:
        """Say something to everyone who watches; ``make`` is given the id of their request."""
        with self._changing:
            watchers = list(self._watchers.values())
        for link, number in watchers:
            with contextlib.suppress(LinkClosed):
                link.send(make(number))

    def asked(self, kind: type[Request]) -> list[Request]:
        """The requests of ``kind`` so far."""
        with self._changing:
            return [request for request in self.requests if type(request) is kind]

    def die(self) -> None:
        """End like a process that was killed: every link closes at once, and nobody is let in any more."""
        if not self._is_dead.is_set():
            self._is_dead.set()
            self._door.close()
        with self._changing:
            links, self._links = self._links, []
            self._watchers.clear()
        for link in links:
            link.close()

    def close(self) -> None:
        """End it, and leave nothing at its address."""
        self.die()
        if os.name == "posix":
            Path(door_address(self.home)).unlink(missing_ok=True)

    # --- what it says -----------------------------------------------------------------------------------------------

    def _welcome(self, link: Link) -> None:
        with self._changing:
            self._links.append(link)
        with contextlib.suppress(LinkClosed):
            while True:
                message = link.receive()
                assert isinstance(message, Request)
                with self._changing:
                    self.requests.append(message)
                if isinstance(message, Cancel):
                    self._cancel(link, message.request)
                    continue
                handler = self.script.handlers.get(type(message)) or HANDLERS[type(message)]
                if isinstance(message, Hello):
                    handler(self, link, message)
                else:
                    threading.Thread(target=_play, args=(handler, self, link, message), daemon=True).start()

    def _cancel(self, link: Link, number: int) -> None:
        with self._changing:
            if self._watchers.pop(id(link) ^ number, None):
                link.send(Cancelled(number))
            self._stopped.add((id(link), number))

    def is_stopped(self, link: Link, number: int) -> bool:
        """Whether the request ``number`` was cancelled."""
        with self._changing:
            return (id(link), number) in self._stopped

    def watch(self, link: Link, number: int) -> None:
        """Let ``link`` follow, from the list as it stands."""
        with self._changing:
            link.send(Documents(number, tuple(self.script.documents)))
            link.send(dataclasses.replace(self.script.model, id=number))
            self._watchers[id(link) ^ number] = (link, number)


def _play(handler: Handler, worker: FakeWorker, link: Link, request: Request) -> None:
    with contextlib.suppress(LinkClosed):
        handler(worker, link, request)


def _hello(worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(Welcome(request.id, "0.1.0", os.getpid(), str(worker.home)))


def _watch(worker: FakeWorker, link: Link, request: Request) -> None:
    worker.watch(link, request.id)


def _list(worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(Documents(request.id, tuple(worker.script.documents)))


def _ask(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, Ask)
    script = worker.script
    link.send(Evidence(request.id, script.passages, is_complete=False, seconds=0.03))
    link.send(Evidence(request.id, script.passages, is_complete=True, seconds=0.05))
    link.send(Stage(request.id, "model", script.answer.model))
    link.send(Stage(request.id, "prompt", script.answer.model, 612))
    written = ""
    for word in script.answer.text.split(" "):
        if worker.is_stopped(link, request.id):
            break
        piece = word if not written else " " + word
        link.send(Token(request.id, piece))
        written += piece
        time.sleep(script.pause)
    if not written:
        link.send(Cancelled(request.id))
        return
    is_whole = written == script.answer.text
    answer = dataclasses.replace(
        script.answer,
        question=request.question,
        text=written,
        sentences=script.answer.sentences if is_whole else (Sentence(written, supported=False),),
        citations=script.answer.citations if is_whole else (),
        was_stopped=not is_whole,
    )
    link.send(_keep(worker, request, answer))


def _keep(worker: FakeWorker, request: Ask, answer: Answer) -> Answered:
    kept = worker.script.conversations
    known = next((i for i, one in enumerate(kept) if one.conversation == request.conversation), None)
    if known is None:
        kept.append(Conversation(0, len(kept) + 1, request.question, (Turn(1, 1_750_000_000.0, answer),)))
        return Answered(request.id, answer, kept[-1].conversation, 1)
    turns = (*kept[known].turns, Turn(len(kept[known].turns) + 1, 1_750_000_100.0, answer))
    kept[known] = dataclasses.replace(kept[known], turns=turns)
    return Answered(request.id, answer, kept[known].conversation, len(turns))


def _search(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, Search)
    link.send(Evidence(request.id, worker.script.passages[: request.limit], is_complete=False, seconds=0.02))
    link.send(Found(request.id, worker.script.passages[: request.limit], 0.04))


def _index(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, Index)
    for path in request.paths:
        queued = document(Path(path).name, DocumentState.QUEUED, pages=0)
        worker.change(queued)
        worker.change(document(Path(path).name, DocumentState.READY, pages=4))
    link.send(Indexed(request.id, (), 0.1))


def _remove(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, Remove)
    targets = set(request.targets)
    gone = tuple(one for one in worker.script.documents if targets & {one.key, one.sha256, *one.paths})
    for one in gone:
        worker.forget(one.key)
    link.send(Removed(request.id, gone, ()))


def _retry(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, Retry)
    for one in list(worker.script.documents):
        if one.key in request.keys:
            worker.change(dataclasses.replace(one, state=DocumentState.QUEUED, reason=None))
    link.send(Done(request.id))


def _done(worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(Done(request.id))


def _show_page(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, ShowPage)
    shown = next((one for one in worker.script.documents if one.sha256 == request.sha256), None)
    if shown is None:
        link.send(Failed(request.id, Problem("document_gone")))
    elif shown.format != "pdf":
        link.send(Page(request.id, shown.sha256, shown.name, shown.paths[0], shown.format, 1, 1, "", 0.0, 0.0, b"",
                       NOTE, (), request.marks))  # fmt: skip
    elif not 1 <= request.page <= shown.pages:
        link.send(Failed(request.id, Problem("page_missing", {"page": request.page, "pages": shown.pages})))
    else:
        lines = 2 if request.marks else 0
        boxes = tuple((72.0, 150.0 + 16 * line, 520.0, 164.0 + 16 * line) for line in range(lines))
        drawn = picture(request.page, request.scale)
        link.send(Page(request.id, shown.sha256, shown.name, shown.paths[0], "pdf", request.page, shown.pages,
                       str(request.page), 595.0, 842.0, drawn, "", boxes, ()))  # fmt: skip


def _conversations(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, ListConversations)
    rows = tuple(
        ConversationRow(one.conversation, one.title, len(one.turns), one.turns[-1].asked)
        for one in reversed(worker.script.conversations)
        if request.words.lower() in one.title.lower()
    )
    link.send(Conversations(request.id, rows))


def _open_conversation(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, OpenConversation)
    for one in worker.script.conversations:
        if one.conversation == request.conversation:
            link.send(dataclasses.replace(one, id=request.id))
            return
    link.send(Failed(request.id, Problem("conversation_gone")))


def _rename(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, RenameConversation)
    worker.script.conversations = [
        dataclasses.replace(one, title=request.title) if one.conversation == request.conversation else one
        for one in worker.script.conversations
    ]
    link.send(Done(request.id))


def _delete(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, DeleteConversation)
    worker.script.conversations = [
        one for one in worker.script.conversations if one.conversation != request.conversation
    ]
    link.send(Done(request.id))


def _models(worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(Models(request.id, worker.script.models))


def _status(worker: FakeWorker, link: Link, request: Request) -> None:
    documents = worker.script.documents
    counts: dict[str, int] = {}
    for one in documents:
        counts[one.state.value] = counts.get(one.state.value, 0) + 1
    link.send(
        LibraryStatus(
            id=request.id,
            home=str(worker.home),
            version="0.1.0",
            pid=os.getpid(),
            documents=counts,
            pages=sum(one.pages for one in documents),
            passages=sum(one.passages for one in documents),
            passages_embedded=sum(one.passages_embedded for one in documents),
            bytes=sum(one.bytes for one in documents),
            embedder="all-MiniLM-L6-v2",
            model=worker.script.model.model,
            is_stand_in=worker.script.model.is_stand_in,
            is_paused=False,
            connections=worker.script.connections,
            notices=(),
        )
    )


HANDLERS: dict[type[Request], Handler] = {
    Hello: _hello,
    Watch: _watch,
    ListDocuments: _list,
    Ask: _ask,
    Search: _search,
    Index: _index,
    Remove: _remove,
    Retry: _retry,
    Pause: _done,
    ShowPage: _show_page,
    ListConversations: _conversations,
    OpenConversation: _open_conversation,
    RenameConversation: _rename,
    DeleteConversation: _delete,
    ListModels: _models,
    ChooseModel: _models,
    AddModel: _models,
    Status: _status,
}
