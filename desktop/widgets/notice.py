"""A calm card in the place where something happened: what it is, and what can be done, as buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.buttons import IconButton, QuietButton
from desktop.widgets.labels import make_label
from desktop.widgets.mends import mend_name
from desktop.widgets.soft_breaks import breakable
from desktop.widgets.trouble import sentences_of
from rag.errors import PRIVACY_SETTINGS, LibraryProblem, Problem

Action = tuple[str, Callable[[], None]]
"""What a button says, and what it does. The card goes away when it is pressed."""

FEWEST_COLUMNS = 2
"""Of buttons, where all of them don't fit beside each other: three don't in the narrowest pane, in French."""


class Notice(QFrame):
    """A sentence or two with buttons. Escape, or the cross, puts it away; ``closed`` says so."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: list[QPushButton] = []
        self._columns = FEWEST_COLUMNS
        self.setProperty("role", "notice")
        self._title = make_label("title")
        self._text = make_label("small")
        close = IconButton(theme, "close", self.tr("Close"))
        close.clicked.connect(self.put_away)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._margins = theme.space(1.5) + theme.space(1)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.space(0.5))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(1.5), theme.space(1), theme.space(1), theme.space(1))
        layout.setSpacing(theme.space(0.5))
        layout.addLayout(head)
        layout.addWidget(self._text)
        layout.addLayout(self._grid)
        self.hide()

    def say(self, title: str, text: str, actions: Sequence[Action] = ()) -> None:
        """Show ``title`` and ``text`` with a button for each action."""
        self._title.setText(breakable(title))
        self._text.setText(breakable(text))
        self._text.setVisible(bool(text))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        for button in self._buttons:
            self._grid.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(*action) for action in actions]
        self._place(self._columns_for(self.width()))
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons into one row where there is room, else below each other."""
        super().resizeEvent(event)
        columns = self._columns_for(event.size().width())
        if columns != self._columns:
            self._place(columns)

    def _columns_for(self, width: int) -> int:
        needed = sum(button.sizeHint().width() + self._grid.spacing() for button in self._buttons)
        has_room = needed <= width - self._margins
        return max(FEWEST_COLUMNS, len(self._buttons)) if has_room else FEWEST_COLUMNS

    def _place(self, columns: int) -> None:
        self._grid.setColumnStretch(self._columns, 0)
        self._grid.setColumnStretch(columns, 1)
        self._columns = columns
        for place, button in enumerate(self._buttons):
            self._grid.addWidget(button, *divmod(place, columns), Qt.AlignmentFlag.AlignLeading)

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
