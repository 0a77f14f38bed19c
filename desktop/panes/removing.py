"""Documents that are taken out of the library: out of sight at once, erased once nobody wants them back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from desktop.operations import Operation
from desktop.undo import Undo
from desktop.widgets.direction import isolated
from desktop.widgets.document_model import DocumentModel
from rag.protocol import Document


class Removing(QObject):
    """``gone``, ``came_back``: a tuple of Documents that are in no row of ``model`` for now, or that are again.

    ``erase`` asks the worker to forget documents.
    """

    gone = Signal(object)
    came_back = Signal(object)

    def __init__(
        self, model: DocumentModel, undo: Undo, erase: Callable[[Sequence[Document]], Operation], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._undo = undo
        self._erase = erase

    def remove(self, documents: Sequence[Document], brought_back: Callable[[], None]) -> None:
        """Remove ``documents``; ``brought_back`` is called where the person wants them again."""
        if not documents:
            return

        def take_back() -> None:
            self._reveal(documents)
            brought_back()

        if len(documents) == 1:
            words = self.tr("“{document}” removed from Phial (the file stays)").format(
                document=isolated(documents[0].name)
            )
        else:
            words = self.tr("%Ln document(s) removed from Phial (the files stay)", "", len(documents))
        self._undo.offer(words, lambda: self._carry_out(documents), take_back)
        self._model.conceal(documents)
        self.gone.emit(tuple(documents))

    def _carry_out(self, documents: Sequence[Document]) -> None:
        operation = self._erase(documents)
        operation.failed.connect(lambda: self._reveal(documents))

    def _reveal(self, documents: Sequence[Document]) -> None:
        self.came_back.emit(self._model.reveal(documents))
