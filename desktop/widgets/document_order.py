"""In which order documents are listed, and which of them are."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QCollator, QCollatorSortKey, QLocale, QObject, QSortFilterProxyModel, Qt

from desktop.widgets.document_model import DocumentModel, Index
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
_Key = tuple[_Comparable, QCollatorSortKey]

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


class DocumentFilter(QSortFilterProxyModel):
    """The documents of a collection, or all, whose names hold all of the words typed, in the order that is wanted.

    Names follow the alphabet of this language.
    """

    def __init__(self, model: DocumentModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words: tuple[str, ...] = ()
        self._members: Members | None = None
        self._sorting = Sorting()
        self._names: dict[str, QCollatorSortKey] = {}
        self._keys: dict[str, tuple[Document, _Key]] = {}
        self._collator = QCollator(QLocale())
        self._collator.setNumericMode(True)
        self._collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setSourceModel(model)
        self.sort(0)

    @property
    def words(self) -> tuple[str, ...]:
        """What is searched for, casefolded."""
        return self._words

    def set_words(self, text: str) -> None:
        """Show the documents whose names hold each word of ``text``."""
        self.beginFilterChange()
        self._words = tuple(text.casefold().split())
        self.endFilterChange()

    def set_members(self, members: Members | None) -> None:
        """Show the documents that are ``members`` alone; None: all."""
        if members == self._members:
            return  # said again with all that is new of any document
        self.beginFilterChange()
        self._members = members
        self.endFilterChange()

    @property
    def sorting(self) -> Sorting:
        """How they are listed."""
        return self._sorting

    def set_sorting(self, sorting: Sorting) -> None:
        """List them in another order."""
        self._sorting = sorting
        self._keys.clear()
        self.invalidate()

    def filterAcceptsRow(self, row: int, _: Index) -> bool:  # noqa: N802 - Qt's name
        """Whether the document in ``row`` is among those that are wanted."""
        document = self._model.documents[row]
        return (self._members is None or document in self._members) and is_named(document.name, self._words)

    def lessThan(self, left: Index, right: Index) -> bool:  # noqa: N802 - Qt's name
        """Whether the document at ``left`` comes first."""
        first, second = self._key(left.row()), self._key(right.row())
        return second < first if self._sorting.is_reversed else first < second

    def _key(self, row: int) -> _Key:
        """What orders the document in ``row``, made once: one that comes is compared with a dozen that are there."""
        document = self._model.documents[row]
        of, key = self._keys.get(document.key, (None, None))
        if key is None or of is not document:
            key = (_KEYS[self._sorting.order](document), self._name(document.name))
            self._keys[document.key] = (document, key)
        return key

    def _name(self, name: str) -> QCollatorSortKey:
        """What orders ``name``, whatever else changes of its document."""
        key = self._names.get(name)
        if key is None:
            key = self._names[name] = self._collator.sortKey(name)
        return key
