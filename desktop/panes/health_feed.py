"""The health of the library, kept up to date while somebody looks at it."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.operations import Operation
from desktop.panes.library_feed import LibraryFeed
from desktop.widgets.health_model import HealthModel
from desktop.worker_client import WorkerClient
from rag.errors import LibraryProblem, Problem
from rag.protocol import Document, DocumentChanged, DocumentGone, DocumentHealth, Documents, Health, HealthReport, Reply

MOMENT = 400
"""Milliseconds within which changes are asked for together: a document that is being read changes at every batch."""

SLICE = 100
"""Documents of one request: the report of a large library in one piece would hold up the window while it is decoded."""


class HealthFeed(QObject):
    """Asks for the health of all documents when it begins, then for that of those that changed.

    One request is under way at a time, so that an older report never replaces a newer one. ``changed``: the model is
    not as it was. ``failed``: a Problem; that the worker died is the window's to say.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, client: WorkerClient, library: LibraryFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._library = library
        self.model = HealthModel(self)
        self._follows = False
        self._wanted: dict[str, None] = {}
        self._gathered: dict[str, DocumentHealth] | None = None
        self._asking: Operation | None = None
        self._moment = QTimer(self, singleShot=True, interval=MOMENT)
        self._moment.timeout.connect(self._ask)
        library.document_news.connect(self._take)

    @property
    def is_known(self) -> bool:
        """Whether all there is to know of the whole library is there."""
        return self._gathered is None

    def begin(self) -> None:
        """Follow the library from how it stands now."""
        self._follows = True
        self._wanted = {document.key: None for document in self._library.model.documents}
        self._gathered = {}
        self._ask()

    def end(self) -> None:
        """Nobody looks at it any more."""
        self._follows = False
        self._moment.stop()

    def _take(self, news: Reply) -> None:
        if not self._follows:
            return
        if isinstance(news, Documents):
            self.begin()
        elif isinstance(news, DocumentChanged):
            if news.was and news.was != news.document.key:
                self._rename(news.was, news.document)
            self._wanted[news.document.key] = None
            if not self._moment.isActive():
                self._moment.start()
        elif isinstance(news, DocumentGone):
            self._forget(news.key)

    def _rename(self, was: str, document: Document) -> None:
        """A file that was read has another key: the row stays where the person sees it."""
        self._wanted.pop(was, None)
        if self._gathered is not None:
            self._gathered.pop(was, None)
        self.model.rename(was, document)
        self.changed.emit()

    def _forget(self, key: str) -> None:
        self._wanted.pop(key, None)
        if self._gathered is not None:
            self._gathered.pop(key, None)
        self.model.forget(key)
        self.changed.emit()

    def _ask(self) -> None:
        if self._asking is not None or not (self._wanted or self._gathered is not None):
            return
        keys = tuple(itertools.islice(self._wanted, SLICE))
        for key in keys:
            del self._wanted[key]
        operation = self._client.run(Health, keys=keys)
        operation.succeeded.connect(self._show)
        operation.failed.connect(self._fail)
        operation.ended.connect(self._go_on)
        self._asking = operation

    def _show(self, report: HealthReport) -> None:
        if self._gathered is None:
            for health in report.documents:
                self.model.change(health)
            return
        for health in report.documents:
            self._gathered[health.document.key] = health
            self.model.is_in_need(health)
        if not self._wanted:
            self.model.replace(self._gathered.values())
            self._gathered = None

    def _fail(self, problem: Problem) -> None:
        self._wanted.clear()
        self._gathered = None
        if problem.kind != LibraryProblem.WORKER_DIED:
            self.failed.emit(problem)

    def _go_on(self) -> None:
        self._asking = None
        self.changed.emit()
        if self._follows and self._gathered is not None:
            self._ask()
        elif self._follows and self._wanted:
            self._moment.start()
