"""What the library pane knows of collections, kept up to date by the worker, and what it asks of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.operations import Operation
from desktop.panes.joining import Joining
from desktop.panes.library_feed import LibraryFeed
from desktop.widgets.collection_name import same_name
from desktop.widgets.direction import isolated
from desktop.widgets.document_order import Members
from desktop.worker_client import WorkerClient
from rag.errors import LibraryProblem, Problem
from rag.protocol import (
    ChangeCollection,
    Collection,
    CollectionRow,
    Collections,
    DeleteCollection,
    Document,
    OpenCollection,
    RenameCollection,
    Request,
)


class Collecting(QObject):
    """``changed``: the collections are not as they were. ``opened``: another one is open, or none.

    ``members_changed``: what is in the open one is known, or is not as it was. ``failed``: a Problem of what was asked.
    """

    changed = Signal()
    opened = Signal()
    members_changed = Signal()
    failed = Signal(object)

    def __init__(self, client: WorkerClient, feed: LibraryFeed) -> None:
        super().__init__(feed)
        self._client = client
        self._feed = feed
        self._rows: tuple[CollectionRow, ...] = ()
        self._deleted: dict[str, Operation | None] = {}
        self._renamed = ("", "")
        self._open = ""
        self._members: Members | None = None
        self._asking: Operation | None = None
        self._asks_again = False
        feed.collections_changed.connect(self._take)

    @property
    def rows(self) -> tuple[CollectionRow, ...]:
        """The collections by name, without one that is about to be deleted."""
        return tuple(row for row in self._rows if row.name not in self._deleted)

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(row.name for row in self.rows)

    @property
    def open_name(self) -> str:
        """The collection whose documents are listed; "": none, all documents are."""
        return self._open

    @property
    def members(self) -> Members | None:
        """What is in the open collection; None while that isn't known, or none is open."""
        return self._members

    def documents(self) -> tuple[Document, ...]:
        """The documents in the open collection."""
        members = self._members
        return () if members is None else tuple(one for one in self._feed.model.documents if one in members)

    # --- what the person does ---------------------------------------------------------------------------------------

    def open(self, name: str) -> None:
        """List the documents in a collection; "": all documents."""
        if name != self._open:
            self._open = name
            self._members = None
            self._ask_members()
            self.opened.emit()

    def make(self, name: str, documents: Sequence[str] = ()) -> None:
        """Make a collection of ``documents`` (keys), or add them to the one that has this name."""
        old = next((one for one in self._deleted if same_name(one, name)), None)
        if old is None:
            self.change(name, documents)
            return
        self._feed.undo.settle()
        deleting = self._deleted.get(old)
        if deleting is not None:
            # The worker does what it is asked at once, not in turn.
            deleting.ended.connect(lambda: self.change(name, documents))

    def change(self, name: str, add: Sequence[str] = (), take: Sequence[str] = ()) -> None:
        """Put documents (by key or path) into a collection, and take others out of it."""
        self._run(ChangeCollection, name=name, add=tuple(add), take=tuple(take))

    def put(self, name: str, documents: Sequence[str], leaves: bool) -> None:
        """Put documents (keys) into a collection; those that leave the open one for it are in that no longer."""
        self.change(name, add=documents)
        if leaves and self._open and self._open != name:
            self.change(self._open, take=documents)

    def add_files(self, name: str, paths: Sequence[str]) -> None:
        """Take files and folders into the library, and what they hold now into a collection."""
        Joining(self._feed, name, paths, self.change, self)

    def take_over(self, other: Collecting) -> None:
        """Have open what ``other`` has, which is to go, and go on with what is being put into collections."""
        for joining in other.findChildren(Joining):
            joining.go_on(self._feed, self.change, self)
        self.open(other.open_name)

    def rename(self, name: str, new_name: str) -> None:
        """Give a collection another name."""
        self._renamed = (name, new_name)
        self._run(RenameCollection, name=name, new_name=new_name)

    def delete(self, name: str) -> None:
        """Undo a collection, as soon as that can no longer be undone itself; its documents stay."""
        if self._feed.undo.refuses():
            return
        was_open = name == self._open

        def take_back() -> None:
            self._deleted.pop(name, None)
            self.changed.emit()
            if was_open and not self._open:
                self.open(name)

        words = self.tr("Collection “{name}” deleted (its documents stay)").format(name=isolated(name))
        self._feed.undo.offer(words, lambda: self._erase(name), take_back)
        self._deleted[name] = None
        if was_open:
            self.open("")
        self.changed.emit()

    # --- the worker speaks ------------------------------------------------------------------------------------------

    def _erase(self, name: str) -> None:
        self._deleted[name] = operation = self._run(DeleteCollection, name=name)
        operation.ended.connect(lambda: self._forget(name))

    def _forget(self, name: str) -> None:
        self._deleted.pop(name, None)
        self.changed.emit()

    def _take(self, rows: tuple[CollectionRow, ...]) -> None:
        self._rows = rows
        self.changed.emit()
        if self._open and self._open not in self.names:
            was, name = self._renamed
            self.open(name if was == self._open and name in self.names else "")
        else:
            self._ask_members()

    def _ask_members(self) -> None:
        if not self._open:
            return
        if self._asking is not None:
            self._asks_again = True
            return
        self._asking = self._client.run(OpenCollection, name=self._open)
        self._asking.succeeded.connect(self._take_members)
        self._asking.failed.connect(self._report)
        self._asking.ended.connect(self._go_on)

    def _take_members(self, collection: Collection) -> None:
        if same_name(collection.name, self._open):
            documents = collection.documents
            paths = frozenset(path for document in documents for path in document.paths)
            self._members = Members(frozenset(document.key for document in documents), paths)
            self.members_changed.emit()

    def _go_on(self) -> None:
        self._asking = None
        if self._asks_again:
            self._asks_again = False
            self._ask_members()

    def _run(self, kind: type[Request], **fields: object) -> Operation:
        operation = self._client.run(kind, **fields)
        operation.succeeded.connect(self._take_reply)
        operation.failed.connect(self._report)
        return operation

    def _take_reply(self, reply: Collections) -> None:
        self._take(reply.collections)

    def _report(self, problem: Problem) -> None:
        if problem.kind not in {LibraryProblem.WORKER_DIED, LibraryProblem.COLLECTION_UNKNOWN}:
            self.failed.emit(problem)
