"""The health of every document as a list: those that ask for something first, then in the order of their names."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCollator,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from desktop.widgets.document_model import DocumentModel
from desktop.widgets.document_row import TROUBLE_ICONS
from desktop.widgets.page_strip import strip_words
from desktop.widgets.trouble import briefly, sentences_of
from rag.errors import Problem
from rag.protocol import PAGE_UNITS, Document, DocumentHealth, PageState

HEALTH_ROLE = Qt.ItemDataRole.UserRole + 1
"""The row's DocumentHealth."""

Index = QModelIndex | QPersistentModelIndex


def needs_attention(health: DocumentHealth) -> bool:
    """Whether there is something that the person may want to mend."""
    is_broken = any(run.state is PageState.FAILED for run in health.pages)
    return is_broken or health.document.state in TROUBLE_ICONS or health.document.reason is not None


def reason_of(health: DocumentHealth) -> Problem | None:
    """Why the document, or the first of its pages that failed, can't be read."""
    states = (PageState.FAILED, PageState.LEFT_UNREAD)
    reasons = (run.reason for state in states for run in health.pages if run.state is state)
    return health.document.reason or next((reason for reason in reasons if reason is not None), None)


class HealthModel(QAbstractListModel):
    """A row for each document, found by its key. Rows stay where they are until all of them are replaced."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[DocumentHealth] = []
        self._places: dict[str, int] = {}
        self._judged: dict[str, tuple[DocumentHealth, bool]] = {}
        self._words = DocumentModel(self)
        self._collator = QCollator(QLocale())
        self._collator.setNumericMode(True)
        self._collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    @property
    def rows(self) -> Sequence[DocumentHealth]:
        """All of them, in their order."""
        return self._rows

    @property
    def in_need(self) -> int:
        """How many of them ask for something."""
        return sum(map(self.is_in_need, self._rows))

    def is_in_need(self, health: DocumentHealth) -> bool:
        """Whether there is something that the person may want to mend; the pages are gone through once.

        To do so for a slice of a large library as it comes saves time when all of it is shown.
        """
        judged, is_in_need = self._judged.get(health.document.key, (None, False))
        if judged is not health:
            is_in_need = needs_attention(health)
            self._judged[health.document.key] = health, is_in_need
        return is_in_need

    def by_key(self, key: str) -> DocumentHealth | None:
        """The health of the document with this key."""
        place = self._places.get(key)
        return None if place is None else self._rows[place]

    def replace(self, healths: Iterable[DocumentHealth]) -> None:
        """Hold these and no others."""
        named = [(not self.is_in_need(one), self._collator.sortKey(one.document.name), one) for one in healths]
        named.sort(key=lambda entry: entry[:2])
        self.beginResetModel()
        self._rows = [health for _, _, health in named]
        self._number()
        self._judged = {key: judged for key, judged in self._judged.items() if key in self._places}
        self.endResetModel()

    def change(self, health: DocumentHealth) -> None:
        """Hold ``health`` in the place of what was known of its document, else as a new row."""
        place = self._places.get(health.document.key)
        if place is not None:
            self._rows[place] = health
            self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows))
        self._places[health.document.key] = len(self._rows)
        self._rows.append(health)
        self.endInsertRows()

    def rename(self, was: str, document: Document) -> None:
        """What was known as ``was`` is ``document`` from now on, in the same row; its pages follow with ``change``."""
        place = self._places.get(was)
        if place is None:
            return
        if document.key in self._places:  # a file that turned out to be known
            self.forget(was)
            return
        del self._places[was]
        self._judged.pop(was, None)
        self._places[document.key] = place
        self._rows[place] = dataclasses.replace(self._rows[place], document=document)
        self.dataChanged.emit(self.index(place), self.index(place))

    def forget(self, key: str) -> None:
        """Hold the document with this key no more."""
        place = self._places.get(key)
        if place is None:
            return
        self.beginRemoveRows(QModelIndex(), place, place)
        del self._rows[place]
        self._judged.pop(key, None)
        self._number()
        self.endRemoveRows()

    def _number(self) -> None:
        self._places = {health.document.key: place for place, health in enumerate(self._rows)}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many documents there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, the health itself, or all of it in words for those who listen."""
        if not index.isValid():
            return None
        health = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return health.document.name
        if role == HEALTH_ROLE:
            return health
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = ", ".join(part for part in (health.document.name, self.words_of(health)) if part)
            return f"{said} {self.mend_of(health)}".rstrip()
        return None

    def words_of(self, health: DocumentHealth) -> str:
        """What the row says below the strip: what there is, and the reason where something is not well."""
        said = strip_words(health.pages, PAGE_UNITS.get(health.document.format, "page"))
        reason = reason_of(health)
        why = "" if reason is None else briefly(reason)
        away = self._words.away_words() if health.document.is_away and said else ""
        return ". ".join(part for part in (said, why, away) if part) or self._words.state_words(health.document)

    def mend_of(self, health: DocumentHealth) -> str:
        """What to do about the reason, in a sentence; "" where there is none."""
        reason = reason_of(health)
        return "" if reason is None else sentences_of(reason).mend


class HealthFilter(QSortFilterProxyModel):
    """The rows whose names hold all of the words typed; only those that ask for something, where that is wanted."""

    def __init__(self, model: HealthModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words: tuple[str, ...] = ()
        self._only_in_need = False
        self.setSourceModel(model)

    def set_words(self, text: str) -> None:
        """Show the documents whose names hold each word of ``text``."""
        self.beginFilterChange()
        self._words = tuple(text.casefold().split())
        self.endFilterChange()

    def set_only_in_need(self, only_in_need: bool) -> None:
        """Show all documents, or only those that ask for something."""
        self.beginFilterChange()
        self._only_in_need = only_in_need
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:  # noqa: N802, ARG002 - Qt's name
        """Whether the row fits."""
        health = self._model.rows[row]
        if self._only_in_need and not self._model.is_in_need(health):
            return False
        name = health.document.name.casefold()
        return all(word in name for word in self._words)
