"""Asking again, of another model: which ones can answer, in a menu beside the button."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from desktop.widgets.journey import Journey
from desktop.worker_client import WorkerClient
from rag.protocol import ListModels, Model, Models


class AskingAgain(QObject):
    """Follows Journeys. ``chosen``: one that is to be done once more, and the id of the model, "" the chosen one.

    ``models_wanted``: to get another.
    """

    chosen = Signal(object, str)
    models_wanted = Signal()

    def __init__(self, client: WorkerClient, parent: QWidget) -> None:
        super().__init__(parent)
        self._client = client
        self._over = parent

    def follow(self, turn: Journey) -> None:
        """Hear whether ``turn`` is to be done once more, and by which model."""
        turn.asked_again.connect(lambda: self.chosen.emit(turn, ""))
        turn.models_wanted.connect(lambda beside: self._offer(turn, beside))

    def _offer(self, turn: Journey, beside: QWidget) -> None:
        """Show the models that could do it, below ``beside``, once the worker has named them."""
        operation = self._client.run(ListModels)
        operation.succeeded.connect(lambda models: self._show(models, turn, beside))

    def _show(self, models: Models, turn: Journey, beside: QWidget) -> None:
        if not isValid(beside) or not beside.isVisible():
            return  # another conversation is shown by now
        menu = QMenu(self._over)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for model in models.models:
            if model.problem is None and model.fit != "does_not_fit":
                action = menu.addAction(self._words(model))
                action.triggered.connect(lambda _=False, name=model.model: self.chosen.emit(turn, name))
        menu.addSeparator()
        menu.addAction(self.tr("Get a model…"), self.models_wanted.emit)
        menu.popup(beside.mapToGlobal(QPoint(0, beside.height())))

    def _words(self, model: Model) -> str:
        if model.is_stand_in:
            return self.tr("{model}, a stand-in").format(model=model.name)
        return model.name.replace("&", "&&")
