"""Documents that are taken out of the library: out of sight at once, erased once nobody wants them back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from desktop.operations import Operation
from desktop.undo import Undo
from desktop.widgets.direction import isolated
from desktop.widgets.document_model import DocumentModel
from desktop.worker_client import WorkerClient
from rag.protocol import Document, ForgetUnread, LeaveScans, ReadScans, Remove, Removed, Withhold


class Removing(QObject):
    """``gone``, ``came_back``: a tuple of Documents that are in no row of ``model`` for now, or that are again.

    ``removed`` carries a Removed, ``failed`` the Problem of what could not be.
    """

    gone = Signal(object)
    came_back = Signal(object)
    removed = Signal(object)
    failed = Signal(object)

    def __init__(self, client: WorkerClient, model: DocumentModel, undo: Undo, parent: QObject) -> None:
        super().__init__(parent)
        self._client = client
        self._model = model
        self._undo = undo
        self._withheld: list[Operation] = []

    def remove(self, documents: Sequence[Document], brought_back: Callable[[], None]) -> None:
        """Remove ``documents``; ``brought_back`` is called where the person wants them again."""
        if not documents or self._undo.refuses():
            return

        def carry_out() -> None:
            self._ask(self._client.run(Remove, targets=tuple(document.key for document in documents)), documents)

        def take_back() -> None:
            self._reveal(documents)
            brought_back()

        if len(documents) == 1:
            words = self.tr("“{document}” removed from Phial (the file stays)").format(
                document=isolated(documents[0].name)
            )
        else:
            words = self.tr("%Ln document(s) removed from Phial (the files stay)", "", len(documents))
        self._conceal(documents, words, carry_out, take_back)

    def leave_unread(self, documents: Sequence[Document]) -> None:
        """Leave out ``documents``, of which nothing was read yet; until that is carried out none of them is read.

        What the worker has read of all the same by then comes back.
        """
        if documents and not self._undo.refuses():
            self._undo.settle()  # what it withholds is forgotten before more is withheld
            carry_out, take_back = self._withhold(documents)
            self._conceal(documents, self._unread_words(documents), carry_out, take_back)

    def leave_scans(self, documents: Sequence[Document]) -> None:
        """Have the scanned pages of ``documents`` left unread, at once; leave those out that nothing was read of."""
        unread = [document for document in documents if document.is_unread]
        read = [document for document in documents if not document.is_unread]
        if not read:
            self.leave_unread(unread)
            return
        if self._undo.refuses():
            return
        self._undo.settle()
        carry_out, take_unread_back = self._withhold(unread) if unread else (lambda: None, lambda: None)
        keys = tuple(document.key for document in read)
        leaving = self._client.run(LeaveScans, keys=keys)
        leaving.failed.connect(self.failed)
        leaving.failed.connect(lambda: self._show(read))

        def take_back() -> None:
            self._client.run(ReadScans, keys=keys).failed.connect(self.failed)
            self._show(read)
            take_unread_back()

        words = [self.tr("%Ln scanned page(s) were left unread", "", sum(one.pages_waiting for one in read))]
        if unread:
            words.append(self._unread_words(unread))
        left = [dataclasses.replace(document, pages_waiting=0) for document in read]  # as they are presently
        for document in left:
            self._model.change(document)
        self._conceal(unread, " · ".join(words), carry_out, take_back)  # tells of all of it at once
        self.came_back.emit(tuple(left))

    def _show(self, documents: Sequence[Document]) -> None:
        there = tuple(document for document in documents if self._model.by_key(document.key) is not None)
        for document in there:
            self._model.change(document)
        self.came_back.emit(there)

    def _withhold(self, documents: Sequence[Document]) -> tuple[Callable[[], None], Callable[[], None]]:
        """Have none of ``documents`` read; what forgets those that are unread then, and what gives them back."""
        keys = tuple(document.key for document in documents)
        withheld = self._client.run(Withhold, keys=keys)
        self._withheld.append(withheld)
        withheld.ended.connect(lambda: self._withheld.remove(withheld))

        def carry_out() -> None:
            operation = self._ask(self._client.run(ForgetUnread, keys=keys), documents)
            operation.succeeded.connect(lambda removed: self._bring_back_others(documents, removed))
            operation.ended.connect(withheld.cancel)

        def take_back() -> None:
            withheld.cancel()
            self._reveal(documents)

        return carry_out, take_back

    def _unread_words(self, documents: Sequence[Document]) -> str:
        if len(documents) == 1:
            return self.tr("“{document}”, which had not been read, was left out (the file stays)").format(
                document=isolated(documents[0].name)
            )
        return self.tr("%Ln document(s) that had not been read were left out (the files stay)", "", len(documents))

    def end(self) -> None:
        """Nobody looks any more: nothing is withheld from being read on our account."""
        for operation in tuple(self._withheld):
            operation.cancel()

    def _conceal(
        self,
        documents: Sequence[Document],
        words: str,
        carry_out: Callable[[], None],
        take_back: Callable[[], None],
    ) -> None:
        self._undo.offer(words, carry_out, take_back)
        self._model.conceal(documents)
        self.gone.emit(tuple(documents))

    def _ask(self, operation: Operation, documents: Sequence[Document]) -> Operation:
        operation.failed.connect(lambda: self._reveal(documents))
        operation.failed.connect(self.failed)
        operation.succeeded.connect(self.removed)
        return operation

    def _bring_back_others(self, documents: Sequence[Document], removed: Removed) -> None:
        for document in removed.documents:  # the news of it may still be on its way
            self._model.forget(document.key)
        self._reveal(documents)

    def _reveal(self, documents: Sequence[Document]) -> None:
        back = self._model.reveal(documents)
        if back:
            self.came_back.emit(back)
