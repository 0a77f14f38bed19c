"""Documents that are taken out of the library: out of sight at once, erased once nobody wants them back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from desktop.operations import Operation
from desktop.undo import Undo
from desktop.widgets.direction import isolated
from desktop.widgets.document_model import DocumentModel
from desktop.worker_client import WorkerClient
from rag.protocol import Document, ForgetUnread, Remove, Removed, Withhold


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
        if not documents:
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
        if not documents:
            return
        keys = tuple(document.key for document in documents)
        self._undo.settle()  # what it withholds is forgotten before more is withheld
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

        if len(documents) == 1:
            words = self.tr("“{document}”, which had not been read, was left out (the file stays)").format(
                document=isolated(documents[0].name)
            )
        else:
            words = self.tr("%Ln document(s) that had not been read were left out (the files stay)", "", len(documents))
        self._conceal(documents, words, carry_out, take_back)

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
