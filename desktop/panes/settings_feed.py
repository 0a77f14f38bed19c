"""What can be changed in how the worker works, and how it is asked for."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject, Signal

from desktop.operations import Operation
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import ChangeSetting, ListSettings, Setting, Settings


class SettingsFeed(QObject):
    """``changed``: a tuple of all Settings as they are now. ``failed``: the name of a setting, and its Problem."""

    changed = Signal(object)
    failed = Signal(str, object)

    def __init__(self, client: WorkerClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self.settings: tuple[Setting, ...] = ()

    def ask(self) -> None:
        """Ask how they are."""
        self._expect("", self._client.run(ListSettings, language=_language()))

    def change(self, setting: str, value: str) -> None:
        """Give ``setting`` another value; "" for its default."""
        self._expect(setting, self._client.run(ChangeSetting, setting=setting, value=value, language=_language()))

    def _expect(self, setting: str, operation: Operation) -> None:
        operation.succeeded.connect(self._take)
        operation.failed.connect(lambda problem: self._fail(setting, problem))

    def _take(self, reply: Settings) -> None:
        self.settings = reply.settings
        self.changed.emit(reply.settings)

    def _fail(self, setting: str, problem: Problem) -> None:
        self.failed.emit(setting, problem)


def _language() -> str:
    return QLocale().name().partition("_")[0]
