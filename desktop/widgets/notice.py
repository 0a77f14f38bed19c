"""A calm card in the place where something happened: what it is, and what can be done, as buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.button_rows import ButtonRows
from desktop.widgets.buttons import IconButton, QuietButton
from desktop.widgets.labels import make_label
from desktop.widgets.mends import mend_name
from desktop.widgets.soft_breaks import breakable
from desktop.widgets.trouble import sentences_of
from rag.errors import PRIVACY_SETTINGS, LibraryProblem, Problem

Action = tuple[str, Callable[[], None]]
"""What a button says, and what it does. The card goes away when it is pressed."""


class Notice(QFrame):
    """A sentence or two with buttons. Escape, or the cross, puts it away; ``closed`` says so."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._title = make_label("title")
        self._text = make_label("small")
        close = IconButton(theme, "close", self.tr("Close"))
        close.clicked.connect(self.put_away)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._buttons = ButtonRows(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(1.5), theme.space(1), theme.space(1), theme.space(1))
        layout.setSpacing(theme.space(0.5))
        layout.addLayout(head)
        layout.addWidget(self._text)
        layout.addWidget(self._buttons)
        self.hide()

    def say(self, title: str, text: str, actions: Sequence[Action] = ()) -> None:
        """Show ``title`` and ``text`` with a button for each action."""
        self._title.setText(breakable(title))
        self._text.setText(breakable(text))
        self._text.setVisible(bool(text))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._buttons.set_buttons([self._button(*action) for action in actions])
        self._buttons.setVisible(bool(actions))
        self.show()

    def say_problem(self, problem: Problem, actions: Sequence[Action] = ()) -> None:
        """Why something that was asked was not done."""
        said = sentences_of(problem)
        if problem.kind == LibraryProblem.PATH_PROTECTED and not actions:
            actions = [(mend_name("open_settings"), self.open_privacy_settings)]
        self.say(said.title, " ".join(part for part in (said.meaning, said.mend) if part), actions)

    def open_privacy_settings(self) -> None:
        """Open the page of macOS's settings on which Phial is let into folders."""
        QDesktopServices.openUrl(QUrl(PRIVACY_SETTINGS))

    def show_folder(self, path: str) -> None:
        """Open the folder at ``path``, or say where it is."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
            said = self.tr("It may be gone, or this system has no program that shows folders. It is {folder}")
            self.say(self.tr("The folder can’t be shown"), said.format(folder=path))

    def show_file(self, path: str) -> None:
        """Open the file at ``path`` in the system's viewer, or say where it is."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
            said = self.tr("It may be gone, or this system has no program for it. It is {file}")
            self.say(self.tr("The file can’t be opened"), said.format(file=path))

    def put_away(self) -> None:
        """Hide the card."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _button(self, words: str, act: Callable[[], None]) -> QPushButton:
        button = QuietButton(words)
        button.clicked.connect(self.put_away)
        button.clicked.connect(act)
        return button
