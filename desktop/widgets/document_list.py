"""The list of documents, and what the person does with it by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDrag, QFontMetrics, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.theme import Theme, space
from desktop.widgets.counted_words import CountedWords
from desktop.widgets.document_filter import DocumentFilter
from desktop.widgets.document_model import DOCUMENT_ROLE
from desktop.widgets.document_row import TROUBLE_ICONS, DocumentRow
from desktop.widgets.drag_card import drag_card
from rag.protocol import Document


class DocumentList(QListView):
    """Rows of Documents.

    ``chosen``: the tuple of those selected. ``opened``: one to read. ``pointed_at``: the one that was clicked, or is to
    be opened but can't be read. ``remove_wanted``: a tuple. ``menu_wanted``: what can be done with a tuple of them is
    to be shown, at a place on the screen. ``pasted``: what is on the clipboard is for the library.
    """

    chosen = Signal(object)
    opened = Signal(object)
    pointed_at = Signal(object)
    remove_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)
    pasted = Signal()

    def __init__(self, theme: Theme, documents: DocumentFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._documents = documents
        self.setModel(documents)
        self._rows = DocumentRow(theme, self)
        self.setItemDelegate(self._rows)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setAccessibleName(self.tr("Documents"))
        self.customContextMenuRequested.connect(self._open_menu)
        self.activated.connect(self._open)
        self.clicked.connect(lambda index: self.pointed_at.emit(index.data(DOCUMENT_ROLE)))
        self._unseen: tuple[Document, ...] = ()
        self._is_narrowing = False
        self._adds = False
        self.selectionModel().selectionChanged.connect(self._choose)
        self._kept: tuple[Document, ...] = ()
        self._kept_current = ""
        documents.modelAboutToBeReset.connect(self._keep)
        documents.modelReset.connect(self._take_up)
        theme.changed.connect(self.viewport().update)

    def minimumSizeHint(self) -> QSize:
        """One row: what asks for something, below it, has to be seen whole."""
        height = QFontMetrics(self.font()).height() + space(2)
        return QSize(super().minimumSizeHint().width(), height)

    def selected(self) -> tuple[Document, ...]:
        """The selected documents, in the order of the list."""
        # By their ranges: for all of a large library, an index for each would take long to make.
        rows = sorted(
            row for rows in self.selectionModel().selection().toList() for row in range(rows.top(), rows.bottom() + 1)
        )
        return tuple(map(self._documents.document_at, rows))

    def chosen_documents(self) -> tuple[Document, ...]:
        """The selected documents, and those that were selected before a search put them out of sight."""
        return (*self.selected(), *self._unseen)

    def narrow(self, change: Callable[[], None]) -> None:
        """Let ``change`` list other rows: whoever looks for one more document doesn't let go of those they chose."""
        chosen = self.chosen_documents()
        self._is_narrowing = True
        change()
        self._is_narrowing = False
        if not chosen:
            return
        self.select(chosen)
        seen = {document.key for document in self.selected()}
        self._unseen = tuple(document for document in chosen if document.key not in seen)

    def select(self, documents: Iterable[Document]) -> None:
        """Have exactly these selected, without telling anybody: they know."""
        self._unseen = ()
        keys = {document.key for document in documents}
        selection = QItemSelection()
        for first, last in _runs(self._documents.rows_of(keys)):
            selection.select(self._documents.index(first), self._documents.index(last))
        self.selectionModel().blockSignals(True)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def _choose(self) -> None:
        if self._is_narrowing:
            return
        if not (self._adds and self.selectionModel().hasSelection()):
            self._unseen = ()
        self.chosen.emit(self.chosen_documents())

    def mark(self, words: tuple[str, ...]) -> None:
        """Mark ``words``, casefolded, in the names."""
        self._rows.words = words
        self.viewport().update()

    def _keep(self) -> None:
        """Remember what is selected while documents are listed anew: others of them, or in another order."""
        self._kept = self.selected()
        current = self.currentIndex().data(DOCUMENT_ROLE)
        self._kept_current = current.key if isinstance(current, Document) else ""

    def _take_up(self) -> None:
        """Select again what was."""
        for row in self._documents.rows_of((self._kept_current,)):
            self.selectionModel().setCurrentIndex(
                self._documents.index(row), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        if self._kept:
            unseen = self._unseen
            self.select(self._kept)
            self._unseen = unseen
            if len(self.selected()) < len(self._kept) and not self._is_narrowing:
                self.chosen.emit(self.chosen_documents())

    def focus(self) -> None:
        """Take the keyboard, with a row to begin from; what is selected stays."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.currentIndex().isValid():
            first = self.model().index(0, 0)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)

    def selectionCommand(  # noqa: N802 - Qt's name
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """What the view is about to do with its selection; whether it adds to it."""
        command = super().selectionCommand(index, event)
        self._adds = not command & QItemSelectionModel.SelectionFlag.Clear
        return command

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes what is selected; what was copied in another program can be pasted."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._remove()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        else:
            super().keyPressEvent(event)

    def startDrag(self, _: Qt.DropAction) -> None:  # noqa: N802 - Qt's name
        """Carry the selected documents, shown as a small card: they are put into a collection, or moved into it."""
        documents = self.selected()
        if not documents:
            return
        drag = QDrag(self)
        drag.setMimeData(self.model().mimeData(self.selectedIndexes()))
        what = documents[0].name if len(documents) == 1 else CountedWords().documents(len(documents))
        drag.setPixmap(drag_card(what, self._theme, self))
        drag.setHotSpot(QPoint(-space(1), -space(1)))
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction)

    def _open(self, index: QModelIndex) -> None:
        document = index.data(DOCUMENT_ROLE)
        if isinstance(document, Document):
            (self.pointed_at if document.state in TROUBLE_ICONS else self.opened).emit(document)

    def _chosen_or_current(self) -> tuple[Document, ...]:
        current = self.currentIndex().data(DOCUMENT_ROLE)
        return self.selected() or ((current,) if isinstance(current, Document) else ())

    def _remove(self) -> None:
        documents = self._chosen_or_current()
        if documents:
            self.remove_wanted.emit(documents)

    def _open_menu(self, place: QPoint) -> None:
        documents = self._chosen_or_current()
        if documents:
            self.menu_wanted.emit(documents, self.viewport().mapToGlobal(place))


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of ``rows``, which rise: a selection of many ranges is slow."""
    first = last = -2
    for row in rows:
        if row != last + 1:
            if last >= 0:
                yield first, last
            first = row
        last = row
    if last >= 0:
        yield first, last
