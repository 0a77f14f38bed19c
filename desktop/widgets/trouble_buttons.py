"""The buttons beside the sentences of a failure: what mends it, and its details to copy."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.diagnosis import details_of, log_excerpt
from desktop.widgets.buttons import QuietButton
from desktop.widgets.mends import ask_to_mend, mend_of_problem
from rag.errors import Problem


class MendButton(QuietButton):
    """Has the window do what mends a problem; out of sight where it can do nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._problem: Problem | None = None
        self.clicked.connect(self._mend)
        self.hide()

    def show_problem(self, problem: Problem) -> None:
        """Offer what mends ``problem``."""
        self._problem = problem
        mend = mend_of_problem(problem)
        self.setText(mend)
        self.setVisible(bool(mend))

    def _mend(self) -> None:
        if self._problem is not None:
            ask_to_mend(self, self._problem)


class DetailsButton(QuietButton):
    """Copies the details of a problem, with what the log says of that time, and says that it has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._problem: Problem | None = None
        self.clicked.connect(self._copy)
        self.hide()

    def show_problem(self, problem: Problem) -> None:
        """Offer the details of ``problem``."""
        self._problem = problem
        self.setText(self.tr("Copy details"))
        self.show()

    def _copy(self) -> None:
        if self._problem is not None:
            QGuiApplication.clipboard().setText(f"{details_of(self._problem)}\n\n{log_excerpt()}")
            self.setText(self.tr("Copied"))
