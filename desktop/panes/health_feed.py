"""The health of the library, kept up to date while somebody looks at it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.operations import Operation
from desktop.panes.library_feed import LibraryFeed
from desktop.widgets.health_model import HealthModel
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import DocumentChanged, DocumentGone, Documents, Health, HealthReport, Reply

MOMENT = 400
"""Milliseconds within which changes are asked for together: a document that is being read changes at every batch."""

MOST_KEYS = 100
"""Documents that are asked for one by one; of more changes, all are asked for."""


class HealthFeed(QObject):
    """Asks for the health of all documents when it begins, then for that of those that changed.

    One request is under way at a time, so that an older report never replaces a newer one. ``changed``: the model is
    not as it was. ``failed``: a Problem.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, client: WorkerClient, library: LibraryFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self.model = HealthModel(self)
        self._follows = False
        self._asks_all = False
        self._keys: dict[str, None] = {}
        self._asking: Operation | None = None
        self._gathering = QTimer(self, singleShot=True, interval=MOMENT)
        self._gathering.timeout.connect(self._ask)
        library.document_news.connect(self._take)

    @property
    def is_known(self) -> bool:
        """Whether nothing is being asked for."""
        return self._asking is None

    def begin(self) -> None:
        """Follow the library from how it stands now."""
        self._follows = True
        self._asks_all = True
        self._ask()

    def end(self) -> None:
        """Nobody looks at it any more."""
        self._follows = False
        self._gathering.stop()

    def _take(self, news: Reply) -> None:
        if not self._follows:
            return
        if isinstance(news, Documents):
            self._asks_all = True
        elif isinstance(news, DocumentChanged):
            if news.was and news.was != news.document.key:
                self.model.forget(news.was)
            self._keys[news.document.key] = None
        elif isinstance(news, DocumentGone):
            self._keys.pop(news.key, None)
            self.model.forget(news.key)
            self.changed.emit()
        if (self._keys or self._asks_all) and not self._gathering.isActive():
            self._gathering.start()

    def _ask(self) -> None:
        if self._asking is not None:
            return  # what has gathered is asked for when it has ended
        is_all = self._asks_all or len(self._keys) > MOST_KEYS
        keys = () if is_all else tuple(self._keys)
        self._asks_all = False
        self._keys.clear()
        if not is_all and not keys:
            return
        operation = self._client.run(Health, keys=keys)
        operation.succeeded.connect(lambda report: self._show(report, is_all=is_all))
        operation.failed.connect(self._fail)
        operation.ended.connect(self._end)
        self._asking = operation

    def _show(self, report: HealthReport, *, is_all: bool) -> None:
        if is_all:
            self.model.replace(report.documents)
        else:
            for health in report.documents:
                self.model.change(health)

    def _fail(self, problem: Problem) -> None:
        self.failed.emit(problem)

    def _end(self) -> None:
        self._asking = None
        self.changed.emit()
        if self._follows and (self._keys or self._asks_all):
            self._gathering.start()
