"""The list of documents, and what can be done with the selected ones by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget

from desktop.theme import Theme
from desktop.widgets.document_model import DOCUMENT_ROLE
from desktop.widgets.document_order import DocumentFilter
from desktop.widgets.document_row import TROUBLE_ICONS, DocumentRow
from rag.protocol import Document, DocumentState


class DocumentList(QListView):
    """Rows of Documents.

    ``chosen``: the tuple of those selected. ``opened``: one to read. ``pointed_at``: the one that was clicked, or is to
    be opened but can't be read. ``health_wanted``: one whose pages are to be seen one by one. ``folder_wanted``: one
    whose folder is to be shown. ``retry_wanted`` and ``forget_wanted``: tuples.
    """

    chosen = Signal(object)
    opened = Signal(object)
    pointed_at = Signal(object)
    health_wanted = Signal(object)
    folder_wanted = Signal(object)
    retry_wanted = Signal(object)
    forget_wanted = Signal(object)

    def __init__(self, theme: Theme, documents: DocumentFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(documents)
        self.setItemDelegate(DocumentRow(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Documents"))
        self.customContextMenuRequested.connect(self._open_menu)
        self.activated.connect(self._open)
        self.clicked.connect(lambda index: self.pointed_at.emit(index.data(DOCUMENT_ROLE)))
        self.selectionModel().selectionChanged.connect(lambda: self.chosen.emit(self.selected()))
        self._kept: tuple[Document, ...] = ()
        self._kept_current = ""
        documents.modelAboutToBeReset.connect(self._keep)
        documents.modelReset.connect(self._take_up)
        theme.changed.connect(self.viewport().update)

    def selected(self) -> tuple[Document, ...]:
        """The selected documents, in the order of the list."""
        rows = sorted(self.selectionModel().selectedIndexes(), key=QModelIndex.row)
        return tuple(document for row in rows if isinstance(document := row.data(DOCUMENT_ROLE), Document))

    def select(self, documents: Iterable[Document]) -> None:
        """Have exactly these selected, without telling anybody: they know."""
        keys = {document.key for document in documents}
        selection = QItemSelection()
        for row in range(self.model().rowCount()):
            index = self.model().index(row, 0)
            document = index.data(DOCUMENT_ROLE)
            if isinstance(document, Document) and document.key in keys:
                selection.select(index, index)
        self.selectionModel().blockSignals(True)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def _keep(self) -> None:
        """Remember what is selected while all documents are listed anew: after the worker was started again, say."""
        self._kept = self.selected()
        current = self.currentIndex().data(DOCUMENT_ROLE)
        self._kept_current = current.key if isinstance(current, Document) else ""

    def _take_up(self) -> None:
        """Select again what was."""
        rows = (self.model().index(row, 0) for row in range(self.model().rowCount() if self._kept_current else 0))
        current = next((row for row in rows if row.data(DOCUMENT_ROLE).key == self._kept_current), None)
        if current is not None:
            self.selectionModel().setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
        if self._kept:
            self.select(self._kept)

    def focus(self) -> None:
        """Take the keyboard, with a row to begin from; what is selected stays."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.currentIndex().isValid():
            first = self.model().index(0, 0)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete asks whether to forget what is selected."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._ask_to_forget()
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        document = index.data(DOCUMENT_ROLE)
        if isinstance(document, Document):
            (self.pointed_at if document.state in TROUBLE_ICONS else self.opened).emit(document)

    def _ask_to_forget(self) -> None:
        current = self.currentIndex().data(DOCUMENT_ROLE)
        documents = self.selected() or ((current,) if isinstance(current, Document) else ())
        if documents:
            self.forget_wanted.emit(documents)

    def _open_menu(self, place: QPoint) -> None:
        documents = self.selected()
        if not documents:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(documents) == 1:
            only = documents[0]
            if only.state not in TROUBLE_ICONS:
                menu.addAction(self.tr("Open"), lambda: self.opened.emit(only))
            if only.state is DocumentState.NEEDS_PASSWORD:
                menu.addAction(self.tr("Enter password…"), lambda: self.pointed_at.emit(only))
            menu.addAction(self.tr("Page by page…"), lambda: self.health_wanted.emit(only))
            menu.addAction(self.tr("Show in folder"), lambda: self.folder_wanted.emit(only))
        troubled = tuple(document for document in documents if document.state in TROUBLE_ICONS)
        if troubled:
            menu.addAction(self.tr("Try again"), lambda: self.retry_wanted.emit(troubled))
        menu.addSeparator()
        menu.addAction(self.tr("Forget…"), self._ask_to_forget)
        menu.popup(self.viewport().mapToGlobal(place))
