"""A failure, said calmly where it happened: what it is, what it means, what to do."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.button_rows import ButtonRows
from desktop.widgets.buttons import QuietButton
from desktop.widgets.direction import isolated
from desktop.widgets.labels import make_label
from desktop.widgets.soft_breaks import breakable
from desktop.widgets.trouble_buttons import DetailsButton, MendButton
from rag.errors import Problem, Sentences, about_the_file, describe


def sentences_of(problem: Problem) -> Sentences:
    """The sentences for ``problem`` in the language of the window."""
    told = {name: isolated(value) if isinstance(value, str) else value for name, value in problem.parameters.items()}
    return describe(dataclasses.replace(problem, parameters=told), QLocale().name()[:2])


def briefly(problem: Problem) -> str:
    """The title alone, with no more of a path than the name of its file: for a row that is about that file."""
    return sentences_of(about_the_file(problem)).title


class TroubleCard(QFrame):
    """The sentences of a problem, with “again” where there is something to try, its mend, and the details to copy.

    ``other``: what else can be done was chosen.
    """

    again = Signal()
    other = Signal()

    def __init__(self, theme: Theme, again: str = "", parent: QWidget | None = None) -> None:
        """``again`` is what trying again is called; "" where nothing can be tried."""
        super().__init__(parent)
        self._problem: Problem | None = None
        self.setProperty("role", "notice")
        self._title = make_label("title")
        self._text = make_label("muted")
        for label in (self._title, self._text):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._again = QuietButton(again)
        self._again.clicked.connect(self.again)
        self._other = QuietButton("")
        self._other.clicked.connect(self.other)
        self._mend = MendButton()
        self._copy = DetailsButton()
        self._buttons = ButtonRows(theme, (self._again, self._other, self._mend, self._copy))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(2), theme.space(1.5), theme.space(2), theme.space(1))
        layout.setSpacing(theme.space(0.5))
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addWidget(self._buttons)
        self.set_again(again)
        self.set_other("")
        self.hide()

    @property
    def problem(self) -> Problem | None:
        """What is shown."""
        return self._problem

    def set_again(self, again: str) -> None:
        """Call what can be tried ``again`` so from now on; "" where nothing can."""
        self._again.setText(again)
        self._again.setVisible(bool(again))
        self._buttons.arrange()

    def set_other(self, other: str) -> None:
        """Call what else can be done ``other``; "" where nothing can."""
        self._other.setText(other)
        self._other.setVisible(bool(other))
        self._buttons.arrange()

    def show_problem(self, problem: Problem) -> None:
        """Say what ``problem`` is."""
        self._problem = problem
        said = sentences_of(problem)
        text = " ".join(part for part in (said.meaning, said.mend) if part)
        self._title.setText(breakable(said.title))
        self._text.setText(breakable(text))
        self._text.setVisible(bool(text))
        self.setAccessibleName(said.title)
        self.setAccessibleDescription(text)
        self._mend.show_problem(problem)
        self._copy.show_problem(problem)
        self._buttons.arrange()
        self.show()
