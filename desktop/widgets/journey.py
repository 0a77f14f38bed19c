"""What every question of a conversation has in common, be it answered, summed up or looked for everywhere."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.widgets.scope import ChosenScope
from rag.errors import Problem
from rag.protocol import Citation, Passage, Reply, Request, Turn


class Journey(QWidget):
    """Shows what comes of a request as it happens. ``opened``: a Citation or Passage, and all of its kind.

    ``asked_again``: the person wants the same once more; ``models_wanted``: from another model, to be chosen beside the
    widget that it carries; ``edit_wanted``: with other words than those that it carries. ``save_wanted``: an Answer and
    its title, as a file. ``model_missed``: a model is wanted where there is none. After ``stop`` nothing that still
    comes in is shown but the end.
    """

    opened = Signal(object, object)
    asked_again = Signal()
    models_wanted = Signal(object)
    edit_wanted = Signal(str)
    save_wanted = Signal(object, str)
    model_missed = Signal()

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self.model = ""
        """The id of the model that is to answer; "": the chosen one."""
        self.asked = 0.0
        """When it was begun, as a Unix time; 0 where that isn't known."""
        self.outcome: Reply | Problem | None = None
        """The end of it as the worker told it, so that it can be shown once more."""

    @property
    def question(self) -> str:
        """The person's words."""
        return self._question

    @property
    def title(self) -> str:
        """What a conversation that begins with it is called."""
        return self._question

    @property
    @abstractmethod
    def status(self) -> str:
        """What is waited for, or the figures of what came of it."""

    @abstractmethod
    def anew(self) -> Journey:
        """The same once more, not begun."""

    def retold(self) -> Journey:
        """The same as it stands, in the words of now; not begun where it has not ended."""
        fresh = self.anew()
        fresh.model, fresh.asked = self.model, self.asked
        fresh.outcome = self.outcome
        if isinstance(self.outcome, Problem):
            fresh.show_trouble(self.outcome)
        elif self.outcome is not None:
            fresh.finish(self.outcome)
        return fresh

    @abstractmethod
    def request(self, scope: ChosenScope, conversation: int) -> tuple[type[Request], dict[str, Any]]:
        """What to ask of the worker, but for its id; ``scope`` is what the person limited it to."""

    @abstractmethod
    def begin(self) -> None:
        """It is on its way."""

    @abstractmethod
    def take(self, reply: Reply) -> None:
        """Show what came before the end."""

    @abstractmethod
    def finish(self, reply: Reply) -> None:
        """Show the end."""

    @abstractmethod
    def stop(self) -> None:
        """Show at once that it is stopped, whatever the worker still has to do."""

    @abstractmethod
    def show_trouble(self, problem: Problem) -> None:
        """Say what went wrong; what was found stays."""

    @abstractmethod
    def kept(self) -> Turn | None:
        """It and what came of it, as the history holds it; None while there is nothing to hold."""

    def say_not_kept(self, problem: Problem) -> None:
        """Say that it stands in no conversation, and why: what came of it is as good as before."""

    def mark_open(self, item: Citation | Passage | None) -> None:
        """Mark what the reader shows; None marks nothing."""
