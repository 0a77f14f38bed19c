"""What the composer's button would take here, asked of the worker whenever it may have changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from desktop.operations import Operation
from desktop.widgets.composer import Composer
from desktop.widgets.mode_bar import Mode
from desktop.worker_client import WorkerClient
from rag.protocol import Errand, Estimate, ModelState

PAUSE = 200
"""Milliseconds in which nothing changed: who goes through a list of documents needs no estimate for each."""

_WAITS = frozenset({"absent", "asleep", "died"})
"""The states of a model that is loaded first, if there is one."""


class Estimating(QObject):
    """Asks for one estimate at a time. ``told``: an Estimated, or None where nothing can be said."""

    told = Signal(object)

    def __init__(self, client: WorkerClient, composer: Composer) -> None:
        super().__init__(composer)
        self._client = client
        self._composer = composer
        self._operation: Operation | None = None
        self._surroundings: dict[str, object] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)
        composer.wish_changed.connect(self.refresh)
        client.connected.connect(self.refresh)
        self.told.connect(composer.show_estimate)
        self.refresh()

    def refresh(self) -> None:
        """Ask once nothing changes for a moment."""
        self._pause.start()

    def consider_model(self, state: ModelState) -> None:
        """Ask anew where another model answers, or it is there now, or no longer."""
        self._consider("model", (state.model, state.state in _WAITS))

    def consider_documents(self, count: int) -> None:
        """Ask anew where there are more documents, or fewer."""
        self._consider("documents", count)

    def _consider(self, what: str, how: object) -> None:
        if self._surroundings.get(what) != how:
            self._surroundings[what] = how
            self.refresh()

    def _ask(self) -> None:
        if self._operation is not None:
            self._operation.cancel()
            self._operation = None
        if not self._client.is_connected:
            return
        operation = self._operation = self._client.run(Estimate, **self._wish())
        operation.succeeded.connect(lambda reply: self._take(operation, reply))
        operation.failed.connect(lambda _: self._take(operation, None))  # said when it is really wanted

    def _take(self, operation: Operation, reply: object) -> None:
        if operation is self._operation and isValid(self):  # else its window has gone meanwhile
            self.told.emit(reply)

    def _wish(self) -> dict[str, Any]:
        errand = {Mode.ASK: Errand.ASK, Mode.SUMMARISE: Errand.SUMMARISE, Mode.FIND_ALL: Errand.FIND_ALL}
        wish = self._composer.modes.wish
        return {
            "errand": errand[self._composer.modes.mode],
            "scope": self._composer.scope.limits,
            "mode": wish.mode,
            "length": wish.length,
            "compares": wish.compares,
        }
