"""Collections: documents put together under a name, to be asked together."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from rag.errors import LibraryProblem, PhialError
from rag.feed import Feed
from rag.protocol import CollectionRow, Collections, Document
from rag.stores.collection_records import CollectionRecords
from rag.stores.records import Records
from rag.stores.scope_records import ScopeRecords

LONGEST_NAME = 100
"""Characters."""


class Collecting:
    """Keeps collections. Their names are told apart without regard to capitals; an empty one may exist."""

    def __init__(self, collections: CollectionRecords, scopes: ScopeRecords, records: Records, feed: Feed) -> None:
        self._collections = collections
        self._scopes = scopes
        self._records = records
        self._feed = feed

    def listed(self) -> tuple[CollectionRow, ...]:
        """The collections by name."""
        return tuple(CollectionRow(name, count) for name, count in self._collections.collections().items())

    def known(self, name: str) -> str:
        """The name of a collection as it is written. Raises PhialError COLLECTION_UNKNOWN."""
        found = self._found(name)
        if not found:
            raise PhialError(LibraryProblem.COLLECTION_UNKNOWN, name=name)
        return found

    def documents(self, name: str) -> tuple[Document, ...]:
        """The documents in a collection, oldest first. Raises PhialError COLLECTION_UNKNOWN."""
        return self._records.documents(self._collections.keys(self.known(name)))

    def change(self, name: str, add: Sequence[str], take: Sequence[str]) -> tuple[CollectionRow, ...]:
        """Put documents into a collection, which is made where there is none, and take others out of it.

        Both are paths of files or folders, or keys. Raises PhialError COLLECTION_UNKNOWN where something is to be taken
        out of none, COLLECTION_UNNAMED, PATH_NOT_IN_LIBRARY.
        """
        known = self._found(name) or (_checked(name) if add or not take else self.known(name))
        self._collections.change(known, self._keys(add), self._keys(take))
        return self._told()

    def rename(self, name: str, new_name: str) -> tuple[CollectionRow, ...]:
        """Give a collection another name.

        Raises PhialError COLLECTION_UNKNOWN, COLLECTION_UNNAMED, COLLECTION_EXISTS.
        """
        known, wanted = self.known(name), _checked(new_name)
        if self._found(wanted) not in {"", known}:
            raise PhialError(LibraryProblem.COLLECTION_EXISTS, name=self._found(wanted))
        self._collections.rename(known, wanted)
        return self._told()

    def delete(self, name: str) -> tuple[CollectionRow, ...]:
        """Undo a collection; its documents stay. Raises PhialError COLLECTION_UNKNOWN."""
        self._collections.delete(self.known(name))
        return self._told()

    def _told(self) -> tuple[CollectionRow, ...]:
        rows = self.listed()
        self._feed.publish(Collections(0, rows))
        return rows

    def _found(self, name: str) -> str:
        wanted = _folded(name)
        return next((known for known in self._collections.collections() if _folded(known) == wanted), "")

    def _keys(self, entries: Iterable[str]) -> list[str]:
        keys: list[str] = []
        for entry in entries:
            members = self._scopes.at(entry)
            if not members:
                raise PhialError(LibraryProblem.PATH_NOT_IN_LIBRARY, path=entry)
            keys.extend(member.key for member in members)
        return keys


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()


def _checked(name: str) -> str:
    """A name without space around it. Raises PhialError COLLECTION_UNNAMED where it can't be shown in a line."""
    checked = unicodedata.normalize("NFC", " ".join(name.split()))
    if not checked or len(checked) > LONGEST_NAME or not checked.isprintable():
        raise PhialError(LibraryProblem.COLLECTION_UNNAMED, limit=LONGEST_NAME)
    return checked
