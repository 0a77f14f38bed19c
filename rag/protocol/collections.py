"""Messages about collections: documents that a person has put together under a name. Standard library only."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from rag.protocol.replies import Reply
from rag.protocol.requests import Request
from rag.protocol.values import Document


@dataclasses.dataclass(frozen=True)
class CollectionRow:
    """A collection; ``documents`` counts what is in it, files that are still to be read among them."""

    name: str
    documents: int


@dataclasses.dataclass(frozen=True)
class ListCollections(Request):
    """The collections. Final ``collections``."""

    type: ClassVar[str] = "list_collections"


@dataclasses.dataclass(frozen=True)
class OpenCollection(Request):
    """The documents in a collection. Final ``collection``."""

    type: ClassVar[str] = "open_collection"
    name: str


@dataclasses.dataclass(frozen=True)
class ChangeCollection(Request):
    """Put documents into a collection, which is made where there is none, and take others out of it.

    Both are paths of files, of folders (what of them is in the library now), or keys. Final ``collections``.
    """

    type: ClassVar[str] = "change_collection"
    name: str
    add: tuple[str, ...] = ()
    take: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class RenameCollection(Request):
    """Give a collection another name. Final ``collections``."""

    type: ClassVar[str] = "rename_collection"
    name: str
    new_name: str


@dataclasses.dataclass(frozen=True)
class DeleteCollection(Request):
    """Undo a collection; its documents stay. Final ``collections``."""

    type: ClassVar[str] = "delete_collection"
    name: str


@dataclasses.dataclass(frozen=True)
class Collections(Reply):
    """The collections by name. Also told to whoever watches the library."""

    type: ClassVar[str] = "collections"
    is_final: ClassVar[bool] = True
    collections: tuple[CollectionRow, ...]


@dataclasses.dataclass(frozen=True)
class Collection(Reply):
    """The documents in a collection, oldest first."""

    type: ClassVar[str] = "collection"
    is_final: ClassVar[bool] = True
    name: str
    documents: tuple[Document, ...]
