"""What the reader says where a document can't be shown, and what mends it: in its place, with a button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.announce import warn
from desktop.widgets.password_bar import PasswordBar
from desktop.widgets.trouble import TroubleCard, briefly, sentences_of
from desktop.worker_client import WorkerClient
from rag.errors import LibraryProblem, Problem
from rag.protocol import Document, DocumentState, Retry, Unlock


class ReaderTrouble(QWidget):
    """``again``: it is to be tried again. ``closed``: there is nothing to read any more. ``said``: what was done.

    ``remove_wanted``: the SHA-256 of a document that the person wants in the library no more.
    """

    again = Signal()
    closed = Signal()
    remove_wanted = Signal(str)
    said = Signal(str)

    def __init__(self, theme: Theme, client: WorkerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._sha256 = ""
        self._name = ""
        self._card = TroubleCard(theme)
        self._card.again.connect(self._mend)
        self._card.other.connect(lambda: self.remove_wanted.emit(self._sha256))
        self._password = PasswordBar(theme)
        self._password.given.connect(self._unlock)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.space(1), 0, theme.space(1))
        layout.addWidget(self._card)
        layout.addWidget(self._password)
        self.hide()

    @property
    def problem(self) -> Problem | None:
        """What went wrong, while it is said."""
        return None if self.isHidden() else self._card.problem

    def show_problem(self, problem: Problem, sha256: str, name: str) -> None:
        """Say what ``problem`` is, of the document that is called ``name``."""
        self._sha256, self._name = sha256, name
        self._password.put_away()
        self._card.show_problem(problem)
        self._card.set_again(
            {
                LibraryProblem.DOCUMENT_GONE.value: self.tr("Close the reader"),
                LibraryProblem.DOCUMENT_CHANGED.value: self.tr("Read it again"),
                LibraryProblem.PDF_ENCRYPTED.value: self.tr("Enter its password…"),
            }.get(problem.kind, self.tr("Try again"))
        )
        is_missing = problem.kind == LibraryProblem.PATH_MISSING and bool(sha256)
        self._card.set_other(self.tr("Remove from Phial") if is_missing else "")
        self.show()
        warn(self, self._card.accessibleName())

    def _mend(self) -> None:
        match self._card.problem:
            case Problem(kind=LibraryProblem.DOCUMENT_GONE):
                self.closed.emit()
            case Problem(kind=LibraryProblem.DOCUMENT_CHANGED):
                operation = self._client.run(Retry, keys=(self._sha256,))
                operation.succeeded.connect(lambda _: self._say_it_is_read())
                operation.failed.connect(self._card.show_problem)
            case Problem(kind=LibraryProblem.PDF_ENCRYPTED):
                self._card.hide()
                self._password.ask(_locked(self._sha256, self._name))
            case _:
                self.again.emit()

    def _say_it_is_read(self) -> None:
        self.hide()
        self.said.emit(self.tr("It is being read again. Open it from the library once it is ready."))

    def _unlock(self, document: Document, password: str) -> None:
        operation = self._client.run(Unlock, key=document.key, password=password)
        operation.succeeded.connect(lambda _: self.again.emit())
        operation.failed.connect(
            lambda problem: self._password.refuse(
                " ".join(part for part in (briefly(problem), sentences_of(problem).mend) if part)
            )
        )


def _locked(sha256: str, name: str) -> Document:
    """A document of which nothing is known but that it is locked."""
    return Document(
        key=sha256, sha256=sha256, name=name, paths=(), format="pdf", state=DocumentState.NEEDS_PASSWORD, pages=0,
        pages_read=0, passages=0, passages_embedded=0, bytes=0, added=0.0, reason=None,
    )  # fmt: skip
