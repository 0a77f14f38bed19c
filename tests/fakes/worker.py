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
from collections.abc import Callable
from pathlib import Path
from typing import Self

from engine.links import Door, Link, LinkClosed
from engine.paths import make_private_folder
from rag.client import door_address, make_door_key
from rag.errors import Problem
from rag.protocol import (
    CODEC,
    Answer,
    Cancel,
    Cancelled,
    Collections,
    Connection,
    Conversation,
    Document,
    DocumentChanged,
    DocumentGone,
    DocumentHealth,
    Documents,
    Download,
    DownloadChanged,
    Estimated,
    Folders,
    Hello,
    Machine,
    Model,
    ModelState,
    Offer,
    Passage,
    Reply,
    Request,
    WatchedFolder,
)
from tests.fakes.collecting import rows
from tests.fakes.plausible import ANSWER, MACHINE, NOTES, OFFERS, PASSAGES, STARTER, STUDY
from tests.fakes.replies import HANDLERS, Handler


@dataclasses.dataclass
class Script:
    """What the worker holds and says; ``pause`` is seconds between two tokens.

    ``collections`` are the keys of documents by the name that they are under; ``health`` is that of documents whose
    pages are not all text; ``passwords`` open each document, by its key.
    """

    documents: list[Document] = dataclasses.field(default_factory=lambda: [STUDY, NOTES])
    passages: tuple[Passage, ...] = PASSAGES
    answer: Answer = ANSWER
    pause: float = 0.0
    model: ModelState = dataclasses.field(
        default_factory=lambda: ModelState(0, STARTER.model, STARTER.name, "asleep", 320_000_000, is_stand_in=True)
    )
    models: tuple[Model, ...] = (STARTER,)
    machine: Machine = MACHINE
    offers: list[Offer] = dataclasses.field(default_factory=lambda: list(OFFERS))
    estimate: Estimated = dataclasses.field(default_factory=lambda: Estimated(0, 3.0, 12.0, 0, is_measured=True))
    connections: tuple[str, ...] = ()
    ledger: tuple[Connection, ...] = ()
    notices: tuple[Problem, ...] = ()
    conversations: list[Conversation] = dataclasses.field(default_factory=list)
    folders: list[WatchedFolder] = dataclasses.field(default_factory=list)
    collections: dict[str, set[str]] = dataclasses.field(default_factory=dict)
    health: list[DocumentHealth] = dataclasses.field(default_factory=list)
    passwords: dict[str, str] = dataclasses.field(default_factory=dict)
    has_keyring: bool = True
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

    def follow(self, *folders: WatchedFolder) -> None:
        """These folders are followed, and no others."""
        with self._changing:
            self.script.folders = list(folders)
        self.tell(lambda number: Folders(number, folders))

    def tell_download(self, download: Download | None, model: str = "") -> None:
        """The getting of a model has come on; None: it was dropped."""
        named = download.model if download else model
        with self._changing:
            self.script.offers = [
                dataclasses.replace(offer, download=download) if offer.model == named else offer
                for offer in self.script.offers
            ]
        if download is not None:
            self.tell(lambda number: DownloadChanged(number, download))

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
        """Whether the request ``number`` was cancelled, or nobody is there any more who could be."""
        with self._changing:
            return self._is_dead.is_set() or (id(link), number) in self._stopped

    def watch(self, link: Link, number: int) -> None:
        """Let ``link`` follow, from the list as it stands."""
        with self._changing:
            link.send(Documents(number, tuple(self.script.documents)))
            link.send(Folders(number, tuple(self.script.folders)))
            link.send(Collections(number, rows(self)))
            link.send(dataclasses.replace(self.script.model, id=number))
            self._watchers[id(link) ^ number] = (link, number)


def _play(handler: Handler, worker: FakeWorker, link: Link, request: Request) -> None:
    with contextlib.suppress(LinkClosed):
        handler(worker, link, request)
