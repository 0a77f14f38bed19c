"""The documents that are listed, in their order."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Collection, Sequence
from operator import attrgetter

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, Qt

from desktop.widgets.document_model import DocumentModel, Index
from desktop.widgets.document_order import Members, OrderKey, Orders, Sorting
from rag.protocol import Document

_MANY = 32
"""Documents; when more of them have changed at once, all are ordered anew."""

_by_order = attrgetter("order")


@dataclasses.dataclass(eq=False, slots=True)
class _Row:
    """A document, what it is ordered by, its name casefolded, and whether it is listed."""

    document: Document
    order: OrderKey
    name: str
    is_listed: bool = False


class DocumentFilter(QAbstractListModel):
    """The documents of a collection, or all, whose names hold all of the words typed, in the order that is wanted.

    QSortFilterProxyModel would ask for each comparison by itself, and many thousand of them hold up the window: here
    they are sorted in one go, and one that comes or changes is put into its place.
    """

    def __init__(self, model: DocumentModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._orders = Orders()
        self._words: tuple[str, ...] = ()
        self._members: Members | None = None
        self._sorting = Sorting()
        self._rows: list[_Row] = []
        """As they stand in the model."""
        self._ordered: list[_Row] | None = None
        """All of them in their order, until one changes: what is typed only chooses among them."""
        self._listed: list[_Row] = []
        """As they are ordered, whether they are listed in this order or the other way round."""
        model.modelAboutToBeReset.connect(self.beginResetModel)
        model.modelReset.connect(self._take_all)
        model.rowsInserted.connect(self._take_new)
        model.rowsAboutToBeRemoved.connect(self._forget)
        model.dataChanged.connect(self._take_changed)
        self._rows = [self._row_of(document) for document in model.documents]
        self._listed = self._wanted()

    @property
    def words(self) -> tuple[str, ...]:
        """What is searched for, casefolded."""
        return self._words

    def set_words(self, text: str) -> None:
        """List the documents whose names hold each word of ``text``."""
        self._words = tuple(text.casefold().split())
        self._list_anew()

    @property
    def members(self) -> Members | None:
        """The collection that they are of; None: all."""
        return self._members

    def set_members(self, members: Members | None) -> None:
        """List the documents that are ``members`` alone; None: all."""
        if members != self._members:  # it is said again with all that is new of any document
            self._members = members
            self._list_anew()

    @property
    def sorting(self) -> Sorting:
        """How they are listed."""
        return self._sorting

    def set_sorting(self, sorting: Sorting) -> None:
        """List them in another order."""
        self.beginResetModel()
        self._sorting = sorting
        for row in self._rows:
            row.order = self._orders.key_of(row.document, sorting.order)
        self._ordered = None
        self._listed = self._wanted()
        self.endResetModel()

    def document_at(self, row: int) -> Document:
        """The document that is listed in ``row``."""
        return self._listed[self._turned(row)].document

    def rows_of(self, keys: Collection[str]) -> list[int]:
        """The rows of those of these documents that are listed, from the top."""
        places = [place for place, row in enumerate(self._listed) if row.document.key in keys]
        return sorted(map(self._turned, places))

    # --- what the model tells ---------------------------------------------------------------------------------------

    def _take_all(self) -> None:
        self._rows = [self._row_of(document) for document in self._model.documents]
        self._ordered = None
        self._listed = self._wanted()
        self.endResetModel()

    def _take_new(self, _: Index, first: int, last: int) -> None:
        new = [self._row_of(document) for document in self._model.documents[first : last + 1]]
        self._rows[first:first] = new
        self._ordered = None
        for row in new:
            if self._is_wanted(row):
                self._insert(row)

    def _forget(self, _: Index, first: int, last: int) -> None:
        for row in self._rows[first : last + 1]:
            if row.is_listed:
                self._remove(row)
        del self._rows[first : last + 1]
        self._ordered = None

    def _take_changed(self, first: Index, last: Index) -> None:
        self._ordered = None
        changed = range(first.row(), last.row() + 1)
        if len(changed) > _MANY:
            for place in changed:
                self._rows[place] = self._row_of(self._model.documents[place])
            self._list_anew()
            return
        for place in changed:
            was, row = self._rows[place], self._row_of(self._model.documents[place])
            self._rows[place] = row
            is_wanted = self._is_wanted(row)
            if was.is_listed and is_wanted:
                self._put_in_place_of(was, row)
            elif was.is_listed:
                self._remove(was)
            elif is_wanted:
                self._insert(row)

    # --- the order --------------------------------------------------------------------------------------------------

    def _row_of(self, document: Document) -> _Row:
        order = self._orders.key_of(document, self._sorting.order)
        return _Row(document, order, document.name.casefold())

    def _is_wanted(self, row: _Row) -> bool:
        for word in self._words:
            if word not in row.name:
                return False
        return self._members is None or row.document in self._members

    def _wanted(self) -> list[_Row]:
        """Those that are to be listed, in their order."""
        if self._ordered is None:
            self._ordered = sorted(self._rows, key=_by_order)
        wanted = list(filter(self._is_wanted, self._ordered))
        for row in self._listed:
            row.is_listed = False
        for row in wanted:
            row.is_listed = True
        return wanted

    def _list_anew(self) -> None:
        """List what is wanted by now; where the same are in the same order, what is selected and in sight stays so."""
        listed = self._wanted()
        if [row.document.key for row in listed] == [row.document.key for row in self._listed]:
            self._listed = listed
            if listed:
                self.dataChanged.emit(self.index(0), self.index(len(listed) - 1))
            return
        self.beginResetModel()
        self._listed = listed
        self.endResetModel()

    def _turned(self, place: int) -> int:
        """The row of what is at ``place`` in the order, and the other way round."""
        return len(self._listed) - 1 - place if self._sorting.is_reversed else place

    def _place(self, row: _Row) -> int:
        """Where in the order a row is that is listed; others may be alike."""
        place = bisect_left(self._listed, row.order, key=_by_order)
        while self._listed[place] is not row:
            place += 1
        return place

    def _insert(self, row: _Row) -> None:
        place = bisect_left(self._listed, row.order, key=_by_order)
        at = len(self._listed) - place if self._sorting.is_reversed else place
        self.beginInsertRows(QModelIndex(), at, at)
        self._listed.insert(place, row)
        row.is_listed = True
        self.endInsertRows()

    def _remove(self, row: _Row) -> None:
        place = self._place(row)
        at = self._turned(place)
        self.beginRemoveRows(QModelIndex(), at, at)
        del self._listed[place]
        row.is_listed = False
        self.endRemoveRows()

    def _put_in_place_of(self, was: _Row, row: _Row) -> None:
        """List ``row`` instead of ``was``: in its place, or where it belongs by now."""
        place = self._place(was)
        # Among all others: what stands before its old place counts, what stands behind it is one further up.
        new_place = bisect_left(self._listed, row.order, key=_by_order)
        new_place -= new_place > place
        row.is_listed = True
        if row.order == was.order or new_place == place:
            self._listed[place] = row
        else:
            at, to = self._turned(place), self._turned(new_place)
            self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), to + (to > at))
            del self._listed[place]
            self._listed.insert(new_place, row)
            self.endMoveRows()
        shown = self.index(self._turned(self._place(row)))
        self.dataChanged.emit(shown, shown)

    # --- Qt's model -------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many are listed."""
        return 0 if parent.isValid() else len(self._listed)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the model says of the document."""
        return self._model.data(self._place_in_model(index), role) if index.isValid() else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A document can be dragged onto a collection."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        """What is carried where documents are dragged."""
        return self._model.mimeTypes()

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """The documents at ``indexes``, to be dragged."""
        return self._model.mimeData([self._place_in_model(index) for index in indexes])

    def _place_in_model(self, index: Index) -> QModelIndex:
        return self._model.place_of(self.document_at(index.row()).key) if index.isValid() else QModelIndex()
