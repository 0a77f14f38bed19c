"""The documents of the library as a list that views share."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop.widgets.kinds import format_of
from desktop.widgets.places import count_of
from desktop.widgets.tips import plain_tip
from desktop.widgets.trouble import briefly
from rag.protocol import Document, DocumentState

DOCUMENT_ROLE = Qt.ItemDataRole.UserRole + 1
"""The row's Document."""

DOCUMENTS = "application/x-phial-documents"
"""What is carried where documents are dragged: their keys, as a list in JSON. No other program is to take them."""

READING_SHARE = 0.1
"""How much of a document's progress its reading is; the rest is embedding, which costs ten times as much a page."""

Index = QModelIndex | QPersistentModelIndex


def reads_scans(document: Document) -> bool:
    """Whether all of the text that the file itself holds is there, while OCR still reads its scanned pages."""
    is_read = document.state in {DocumentState.ANSWERABLE, DocumentState.READY} or (
        document.state is DocumentState.READING and document.pages_read >= document.pages > 0
    )
    return document.pages_waiting > 0 and is_read and not document.is_away


def is_under_way(document: Document) -> bool:
    """Whether something will still happen to ``document`` by itself; on a drive that isn't there nothing can."""
    return not document.is_away and (not document.state.is_settled or reads_scans(document))


def fraction_done(document: Document) -> float | None:
    """How far ``document`` is on its way to ``ready``, in [0, 1]; None where nothing is under way."""
    if reads_scans(document):
        return _ratio(document.pages_by_ocr, document.pages_by_ocr + document.pages_waiting)
    match document.state:
        case DocumentState.QUEUED:
            return 0.0
        case DocumentState.READING:
            return READING_SHARE * _ratio(document.pages_read, document.pages)
        case DocumentState.ANSWERABLE:
            return READING_SHARE + (1 - READING_SHARE) * _ratio(document.passages_embedded, document.passages)
        case _:
            return None


def _ratio(part: int, whole: int) -> float:
    return min(1.0, part / whole) if whole > 0 else 0.0


def dragged(data: QMimeData) -> tuple[str, ...]:
    """The keys of the documents that are dragged; none where something else is."""
    if not data.hasFormat(DOCUMENTS):
        return ()
    return tuple(json.loads(bytes(data.data(DOCUMENTS).data())))


class DocumentModel(QAbstractListModel):
    """The documents, a row each, found by their keys. Rows come in the order in which they were added.

    Those that are concealed, because they are about to be removed, are in no row and are kept up to date all the same.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents: list[Document] = []
        self._rows: dict[str, int] = {}
        self._concealed: dict[str, Document] = {}

    @property
    def documents(self) -> Sequence[Document]:
        """All of them."""
        return self._documents

    @property
    def waiting(self) -> int:
        """How many of them something will still happen to by itself."""
        return sum(is_under_way(document) for document in self._documents)

    @property
    def concealed_waiting(self) -> int:
        """How many of those that are in no row for now wait to be read, or are being read."""
        return sum(not document.is_away and not document.state.is_settled for document in self._concealed.values())

    @property
    def unread(self) -> tuple[Document, ...]:
        """Those that wait to be read, or are being read, of which nothing ever was."""
        return tuple(document for document in self._documents if document.is_unread and is_under_way(document))

    @property
    def scans(self) -> tuple[Document, ...]:
        """Those that wait for nothing but OCR."""
        return tuple(document for document in self._documents if reads_scans(document))

    @property
    def pages_waiting(self) -> int:
        """The pages of all of them that OCR is still to read."""
        return sum(document.pages_waiting for document in self._documents if not document.is_away)

    def by_key(self, key: str) -> Document | None:
        """The document with this key."""
        row = self._rows.get(key)
        return None if row is None else self._documents[row]

    def place_of(self, key: str) -> QModelIndex:
        """Where the document with this key is; an invalid index where it is in no row."""
        return self.index(self._rows.get(key, -1))

    def replace(self, documents: Iterable[Document]) -> None:
        """Hold these and no others."""
        known = {document.key: document for document in documents}
        self._concealed = {key: known.pop(key) for key in self._concealed if key in known}
        if list(known) == [document.key for document in self._documents]:
            # The same list, told anew: what is selected in it stays so.
            self._documents = list(known.values())
            if known:
                self.dataChanged.emit(self.index(0), self.index(len(known) - 1))
            return
        self.beginResetModel()
        self._documents = list(known.values())
        self._number()
        self.endResetModel()

    def change(self, document: Document, was: str = "") -> None:
        """Hold ``document``: in the place of the one with its key or with the key ``was``, else as a new row."""
        if was in self._concealed or document.key in self._concealed:
            self._concealed.pop(was, None)
            self._concealed[document.key] = document
            return
        if was and was != document.key and document.key in self._rows:
            self.forget(was)  # the file turned out to be one that is already here
        row = self._rows.get(document.key, self._rows.get(was, -1))
        if row < 0:
            self.beginInsertRows(QModelIndex(), len(self._documents), len(self._documents))
            self._rows[document.key] = len(self._documents)
            self._documents.append(document)
            self.endInsertRows()
            return
        self._rows.pop(self._documents[row].key, None)
        self._rows[document.key] = row
        self._documents[row] = document
        self.dataChanged.emit(self.index(row), self.index(row))

    def forget(self, key: str) -> None:
        """Hold the document with this key no more."""
        self._concealed.pop(key, None)
        row = self._rows.get(key)
        if row is None:
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._documents[row]
        self._number()
        self.endRemoveRows()

    @property
    def concealed(self) -> tuple[str, ...]:
        """The keys of the documents that are in no row for now."""
        return tuple(self._concealed)

    def is_concealed(self, key: str) -> bool:
        """Whether the document with this key is in no row for now."""
        return key in self._concealed

    def conceals(self, paths: Collection[str]) -> bool:
        """Whether one of the files at ``paths``, or in the folders there, is a document in no row for now."""
        inside = tuple(path.rstrip(os.sep) + os.sep for path in paths)
        given = set(paths)
        known = (path for document in self._concealed.values() for path in document.paths)
        return any(path in given or path.startswith(inside) for path in known)

    def conceal(self, documents: Collection[Document]) -> None:
        """Have ``documents`` in no row until they are revealed or forgotten."""
        keys = {document.key for document in documents}
        concealed = {document.key: document for document in self._documents if document.key in keys}
        if len(concealed) == 1:
            self.forget(next(iter(concealed)))
        elif concealed:
            # One by one, each of them would number all the others anew.
            self.beginResetModel()
            self._documents = [document for document in self._documents if document.key not in keys]
            self._number()
            self.endResetModel()
        self._concealed.update(concealed)

    def reveal(self, documents: Collection[Document]) -> tuple[Document, ...]:
        """Give ``documents`` their rows again, as they stand by now; which they are."""
        keys = {document.key for document in documents}
        paths = {path for document in documents for path in document.paths}
        # A file that was read meanwhile has another key.
        back = {key: one for key, one in self._concealed.items() if key in keys or paths.intersection(one.paths)}
        for key in back:
            del self._concealed[key]
        if len(back) == 1:
            self.change(next(iter(back.values())))
        elif back:
            self.beginResetModel()
            self._documents.extend(back.values())
            self._number()
            self.endResetModel()
        return tuple(back.values())

    def _number(self) -> None:
        self._rows = {document.key: row for row, document in enumerate(self._documents)}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many documents there are."""
        return 0 if parent.isValid() else len(self._documents)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A document can be dragged onto a collection."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        """What is carried where documents are dragged."""
        return [DOCUMENTS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """The documents at ``indexes``, to be dragged."""
        data = QMimeData()
        data.setData(DOCUMENTS, json.dumps([self._documents[index.row()].key for index in indexes]).encode())
        return data

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, the document itself, or its state in words for those who point at it or listen."""
        if not index.isValid():
            return None
        document = self._documents[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return document.name
        if role == DOCUMENT_ROLE:
            return document
        if role == Qt.ItemDataRole.ToolTipRole:
            path = document.paths[0] if document.paths else document.key
            return plain_tip(f"{document.name}\n{self.state_words(document)}\n{path}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{document.name}, {self.state_words(document)}"
        return None

    def state_words(self, document: Document) -> str:
        """The state of ``document`` as a person would say it."""
        words = self._state_words(document)
        return f"{words}. {self.away_words()}" if document.is_away else words

    def away_words(self) -> str:
        """What is said of a document whose drive isn't there."""
        return self.tr("On a drive that isn’t connected")

    def _state_words(self, document: Document) -> str:
        if reads_scans(document):
            scans = document.pages_by_ocr + document.pages_waiting
            return self.tr("reading scans: {done} of {count}").format(
                done=QLocale().toString(document.pages_by_ocr), count=count_of(document.format, scans)
            )
        match document.state:
            case DocumentState.QUEUED:
                return self.tr("waiting to be read")
            case DocumentState.READING:
                count = count_of(document.format, document.pages)
                if not count:
                    return self.tr("being read")
                return self.tr("being read: {done} of {count}").format(
                    done=QLocale().toString(document.pages_read), count=count
                )
            case DocumentState.ANSWERABLE:
                return self.tr("found by its words; {done} of {passages} passages also by their meaning").format(
                    done=QLocale().toString(document.passages_embedded),
                    passages=QLocale().toString(document.passages),
                )
            case DocumentState.READY:
                return ", ".join(part for part in (self.tr("ready"), *self._counts(document)) if part)
            case DocumentState.NEEDS_PASSWORD:
                return self.tr("needs its password")
            case _:
                return briefly(document.reason) if document.reason else self.tr("could not be read")

    def _counts(self, document: Document) -> tuple[str, str]:
        by_ocr = self.tr("%Ln read by OCR", "", document.pages_by_ocr) if document.pages_by_ocr else ""
        return count_of(format_of(document), document.pages), by_ocr
