"""The calm bar on top of the window while something of Phial itself is not well."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop.theme import Theme
from desktop.widgets.announce import announce
from desktop.widgets.buttons import IconButton, QuietButton
from desktop.widgets.soft_breaks import breakable
from desktop.widgets.trouble import details_of, sentences_of
from rag.errors import Problem

READING_TIME = 4_000
"""Milliseconds that the sentence stays when all is well again sooner than it can be read."""


class TroubleBar(QFrame):
    """One line with the sentence of a Problem, its details to copy, and a cross that puts it away."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: Problem | None = None
        self._farewell = QTimer(self, singleShot=True, interval=READING_TIME)
        self._farewell.timeout.connect(self.put_away)
        self.setProperty("role", "bar")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setMinimumWidth(1)  # a long path must not keep the window from getting narrow
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy = QuietButton("")
        self._copy.clicked.connect(self._copy_details)
        close = IconButton(theme, "close", self.tr("Close"))
        close.clicked.connect(self.put_away)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(1.5), theme.space(0.5), theme.space(1), theme.space(0.5))
        layout.addWidget(self._words, 1)
        layout.addWidget(self._copy)
        layout.addWidget(close)
        self.hide()

    @property
    def problem(self) -> Problem | None:
        """What is shown."""
        return self._problem

    def show_problem(self, problem: Problem) -> None:
        """Say what ``problem`` is."""
        self._farewell.stop()
        self._problem = problem
        said = str(sentences_of(problem))
        self._words.setText(breakable(said))
        self._copy.setText(self.tr("Copy details"))
        self.setAccessibleName(said)
        announce(self, said)
        self.show()

    def recover(self) -> None:
        """All is well again: go away once the sentence can have been read."""
        if self._problem is not None:
            self._farewell.start()

    def put_away(self) -> None:
        """It was read."""
        self._problem = None
        self.hide()

    def _copy_details(self) -> None:
        if self._problem is not None:
            QGuiApplication.clipboard().setText(details_of(self._problem))
            self._copy.setText(self.tr("Copied"))
