"""The calm bar on top of the window while something of Phial itself is not well, and when it is well again."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop.theme import Theme, set_role
from desktop.widgets.announce import announce, warn
from desktop.widgets.buttons import IconButton
from desktop.widgets.soft_breaks import breakable
from desktop.widgets.trouble import sentences_of
from desktop.widgets.trouble_buttons import DetailsButton, MendButton
from rag.errors import LibraryProblem, Problem

READING_TIME = 4_000
"""Milliseconds that the sentence stays when all is well again sooner than it can be read."""

HEALS_BY_A_WORKER = frozenset(LibraryProblem)
"""What is well again as soon as a worker is there: it has the library. A shortcut is another matter."""


class TroubleBar(QFrame):
    """The sentence of a Problem, its mend as a button, its details to copy, and a cross that puts it away.

    ``changed``: whether there is one. The same failure is not brought back once the person has put it away.
    """

    changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: Problem | None = None
        self._put_away: Problem | None = None
        self._farewell = QTimer(self, singleShot=True, interval=READING_TIME)
        self._farewell.timeout.connect(self.put_away)
        self.setProperty("role", "bar")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setMinimumWidth(1)  # a long path must not keep the window from getting narrow
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._mend = MendButton()
        self._copy = DetailsButton()
        close = IconButton(theme, "close", self.tr("Close"))
        close.clicked.connect(self._close)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(2), theme.space(1), theme.space(1), theme.space(1))
        layout.addWidget(self._words, 1)
        for button in (self._mend, self._copy, close):
            layout.addWidget(button)
        self.hide()

    @property
    def problem(self) -> Problem | None:
        """What is not well; None where all is."""
        return self._problem

    @property
    def words(self) -> str:
        """What is said; "" where nothing is."""
        return "" if self.isHidden() else self.accessibleName()

    def show_problem(self, problem: Problem) -> None:
        """Say what ``problem`` is."""
        if problem == self._put_away:
            return
        is_news, was_well = problem != self._problem, self._problem is None
        self._farewell.stop()
        self._problem = problem
        self._mend.show_problem(problem)
        self._copy.show_problem(problem)
        self._say(str(sentences_of(problem)), "bar", is_news=is_news)
        if was_well:
            self.changed.emit(True)

    def recover(self) -> None:
        """A worker is there: where that is what was wanted, say so, and go away once it can have been read."""
        self._put_away = None
        if self._problem is None or self._problem.kind not in HEALS_BY_A_WORKER:
            return
        self._problem = None
        self._mend.hide()
        self._copy.hide()
        self._say(self.tr("All is well again: what was under way goes on."), "well", is_news=True)
        self._farewell.start()
        self.changed.emit(False)

    def put_away(self) -> None:
        """Go away."""
        was_well = self._problem is None
        self._farewell.stop()
        self._problem = None
        self.hide()
        if not was_well:
            self.changed.emit(False)

    def _say(self, words: str, role: str, *, is_news: bool) -> None:
        self._words.setText(breakable(words))
        self.setAccessibleName(words)
        if self.property("role") != role:
            set_role(self, role)
        if is_news:  # the same once more is no news to somebody who listens
            (warn if role == "bar" else announce)(self, words)
        self.show()

    def _close(self) -> None:
        self._put_away = self._problem
        self.put_away()
