"""By what documents can be listed, and which of them are in a collection."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QCollator, QCollatorSortKey, QLocale, Qt

from desktop.widgets.kinds import format_of
from rag.protocol import Document, DocumentState

_STATES = (
    DocumentState.FAILED,
    DocumentState.NEEDS_PASSWORD,
    DocumentState.EMPTY,
    DocumentState.QUEUED,
    DocumentState.READING,
    DocumentState.ANSWERABLE,
    DocumentState.READY,
)
"""What asks for something comes first, then what is under way."""


class Order(StrEnum):
    """By what documents are listed."""

    NAME = "name"
    ADDED = "added"
    DATED = "dated"
    KIND = "kind"
    PAGES = "pages"
    STATE = "state"
    SIZE = "size"


_Comparable = float | str
OrderKey = tuple[_Comparable, QCollatorSortKey]

_KEYS: dict[Order, Callable[[Document], _Comparable]] = {
    Order.NAME: lambda _: 0,
    Order.ADDED: lambda document: -document.added,
    # What is of no day comes last, beside what is of the oldest.
    Order.DATED: lambda document: -int((document.dated.replace("-", "") + "0000")[:8]) if document.dated else 1,
    Order.KIND: format_of,
    Order.PAGES: lambda document: -document.pages,
    Order.STATE: lambda document: _STATES.index(document.state),
    Order.SIZE: lambda document: -document.bytes,
}
"""What comes first: the newest, the longest, the largest; of two that are alike, the names decide."""


@dataclasses.dataclass(frozen=True)
class Sorting:
    """By what, and whether the other way round."""

    order: Order = Order.NAME
    is_reversed: bool = False


@dataclasses.dataclass(frozen=True)
class Members:
    """The documents in a collection, by their keys and by the paths of their files.

    A file that is read gets another key, a moment before the worker tells the collection anew.
    """

    keys: frozenset[str]
    paths: frozenset[str]

    def __contains__(self, document: Document) -> bool:
        return document.key in self.keys or not self.paths.isdisjoint(document.paths)


def is_named(name: str, words: tuple[str, ...]) -> bool:
    """Whether ``name`` holds each of ``words``, which are casefolded."""
    folded = name.casefold()
    return all(word in folded for word in words)


class Orders:
    """What documents are ordered by; names follow the alphabet of this language."""

    def __init__(self) -> None:
        self._names: dict[str, QCollatorSortKey] = {}
        self._collator = QCollator(QLocale())
        self._collator.setNumericMode(True)
        self._collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def key_of(self, document: Document, order: Order) -> OrderKey:
        """What is less for a document that comes before another, by ``order``; the same name gives the same object."""
        return (_KEYS[order](document), self._name(document.name))

    def _name(self, name: str) -> QCollatorSortKey:
        key = self._names.get(name)
        if key is None:
            key = self._names[name] = self._collator.sortKey(name)
        return key
