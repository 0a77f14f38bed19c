"""The quick question: what is looked up and read ahead while it is typed, and what is asked on Enter."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from desktop.operations import Operation
from desktop.panes.anticipating import Anticipating
from desktop.widgets.scope import ChosenScope
from desktop.worker_client import WorkerClient
from rag.protocol import Answered, Ask, Evidence, Found, Reply, Search, Stage, Token

PAUSE = 150
"""Milliseconds without a key after which the passages are looked up."""

PASSAGES = 3

FEWEST_LETTERS = 3


class QuickAsking(QObject):
    """One search and one answer at a time; what an older one still says is not heard.

    ``found``: a tuple of Passages. ``staged``: a Stage. ``written``: a piece of the answer. ``answered``: an Answer.
    ``failed``: a Problem. ``ended``: nothing is under way any more.
    """

    found = Signal(object)
    staged = Signal(object)
    written = Signal(str)
    answered = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, client: WorkerClient, parent: QObject) -> None:
        super().__init__(parent)
        self._client = client
        self._words = ""
        self._searching: Operation | None = None
        self._asking: Operation | None = None
        self._anticipating = Anticipating(client, ChosenScope)
        self.conversation = 0
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._search)

    @property
    def is_answering(self) -> bool:
        """Whether an answer is under way."""
        return self._asking is not None

    def type(self, words: str) -> None:
        """The person has typed ``words`` so far: what is under way belongs to other words."""
        self.stop()
        self._words = words.strip()
        if len(self._words) >= FEWEST_LETTERS:
            self._pause.start()
        else:
            self.found.emit(())

    def expect(self, question: str) -> None:
        """``question`` may be asked next; "": none, or it is no longer waited for."""
        # While an answer is written the model has no time for another.
        self._anticipating.expect("" if self.is_answering else question, 0)

    def ask(self, question: str) -> None:
        """Ask ``question``, in a conversation of its own."""
        self.stop()
        self.conversation = 0
        operation = self._client.run(Ask, question=question, language=QLocale().name()[:2])
        self._asking = operation
        operation.received.connect(lambda reply: self._take(operation, reply))
        operation.succeeded.connect(lambda reply: self._finish(operation, reply))
        operation.failed.connect(lambda problem: self.failed.emit(problem) if operation is self._asking else None)
        operation.ended.connect(lambda: self._end(operation))

    def stop(self) -> None:
        """End what is under way."""
        self._pause.stop()
        for operation in (self._searching, self._asking):
            if operation is not None:
                operation.cancel()
        self._searching = self._asking = None

    def _search(self) -> None:
        operation = self._client.run(Search, question=self._words, limit=PASSAGES)
        self._searching = operation
        operation.received.connect(lambda reply: self._show(operation, reply))
        operation.succeeded.connect(lambda reply: self._show(operation, reply))
        # What can't be searched yet (no document, a lone sign) shows nothing: it is asked for by nobody.
        operation.failed.connect(lambda _: self.found.emit(()) if operation is self._searching else None)

    def _show(self, operation: Operation, reply: Reply) -> None:
        if operation is self._searching and isinstance(reply, Evidence | Found):
            self.found.emit(reply.passages[:PASSAGES])

    def _take(self, operation: Operation, reply: Reply) -> None:
        if operation is not self._asking:
            return
        if isinstance(reply, Evidence):
            self.found.emit(reply.passages[:PASSAGES])
        elif isinstance(reply, Stage):
            self.staged.emit(reply)
        elif isinstance(reply, Token):
            self.written.emit(reply.text)

    def _finish(self, operation: Operation, reply: Answered) -> None:
        if operation is self._asking:
            self.conversation = reply.conversation
            self.answered.emit(reply.answer)

    def _end(self, operation: Operation) -> None:
        if operation is self._asking:
            self._asking = None
            self.ended.emit()
