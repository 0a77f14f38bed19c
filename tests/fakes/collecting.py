"""What the fake worker does with collections: the keys of documents under a name, told to all who watch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.links import Link
from rag.errors import Problem
from rag.protocol import (
    ChangeCollection,
    Collection,
    CollectionRow,
    Collections,
    DeleteCollection,
    Failed,
    ListCollections,
    OpenCollection,
    RenameCollection,
    Request,
)

if TYPE_CHECKING:
    from tests.fakes.worker import FakeWorker


def rows(worker: FakeWorker) -> tuple[CollectionRow, ...]:
    """The collections by name, with how many of the documents are in each."""
    here = {one.key for one in worker.script.documents}
    return tuple(CollectionRow(name, len(here & keys)) for name, keys in sorted(worker.script.collections.items()))


def _told(worker: FakeWorker, link: Link, request: Request) -> None:
    worker.tell(lambda number: Collections(number, rows(worker)))
    link.send(Collections(request.id, rows(worker)))


def _list(worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(Collections(request.id, rows(worker)))


def _open(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, OpenCollection)
    keys = worker.script.collections.get(request.name)
    if keys is None:
        link.send(Failed(request.id, Problem("collection_unknown", {"name": request.name})))
    else:
        documents = tuple(one for one in worker.script.documents if one.key in keys)
        link.send(Collection(request.id, request.name, documents))


def _change(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, ChangeCollection)
    known = {entry: one.key for one in worker.script.documents for entry in (one.key, *one.paths)}
    keys = worker.script.collections.setdefault(request.name, set())
    keys |= {known[entry] for entry in request.add}
    keys -= {known[entry] for entry in request.take}
    _told(worker, link, request)


def _rename(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, RenameCollection)
    worker.script.collections[request.new_name] = worker.script.collections.pop(request.name)
    _told(worker, link, request)


def _delete(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, DeleteCollection)
    worker.script.collections.pop(request.name)
    _told(worker, link, request)


COLLECTING = {
    ListCollections: _list,
    OpenCollection: _open,
    ChangeCollection: _change,
    RenameCollection: _rename,
    DeleteCollection: _delete,
}
