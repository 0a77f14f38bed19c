"""The bar in which words are sought in a document: what is sought, which hit of how many, on and back."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop import keys
from desktop.theme import Theme, set_role
from desktop.widgets.buttons import IconButton
from desktop.widgets.counted_words import CountedWords
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.search_field import SearchField
from desktop.widgets.trouble import briefly
from rag.errors import Problem

_PAUSE = 250
"""Milliseconds without a key after which what is typed is sought."""


class FindBar(QFrame):
    """``sought`` carries the words, "" for none; ``stepped`` +1 or -1; ``left``: it is to be closed."""

    sought = Signal(str)
    stepped = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sought = ""
        self._field = SearchField(theme, keys.FIND_IN_DOCUMENT)
        self._field.setPlaceholderText(self.tr("Find in the document"))
        self._field.setAccessibleName(self.tr("Find in the document"))
        self._field.textChanged.connect(self._wait)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._seek)
        self._said = ElidedLabel()  # a long sentence must not keep the pane from getting narrow
        self._said.setProperty("role", "muted")
        self._previous = IconButton(theme, "previous", self.tr("Previous hit"), keys.PREVIOUS_CITATION)
        self._previous.clicked.connect(lambda: self.stepped.emit(-1))
        self._next = IconButton(theme, "next", self.tr("Next hit"), keys.NEXT_CITATION)
        self._next.clicked.connect(lambda: self.stepped.emit(1))
        close = IconButton(theme, "close", self.tr("Close the search"), keys.BACK_OUT)
        close.clicked.connect(self.left)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(2), theme.space(0.75), theme.space(1), theme.space(0.75))
        layout.setSpacing(theme.space(0.5))
        layout.addWidget(self._field, 3)
        layout.addWidget(self._said, 2)
        for part in (self._previous, self._next, close):
            layout.addWidget(part)
        self.setAccessibleName(self.tr("Search in the document"))
        self.show_nothing()
        self.hide()

    @property
    def words(self) -> str:
        """What is sought."""
        return self._field.text()

    @property
    def said(self) -> str:
        """What came of it, in words."""
        return self._said.text()

    def open(self, words: str) -> None:
        """Be there, with the keyboard; with ``words`` to seek, where there are some on one line."""
        self.show()
        if words and "\n" not in words:
            self._field.setText(words)
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        if self.words != self._sought:
            self._seek()

    def show_nothing(self) -> None:
        """Nothing is sought, or nothing is known of it yet."""
        self._say("")
        self._allow(has_hits=False)

    def show_place(self, place: int, count: int) -> None:
        """Say which hit of ``count`` is gone to; 0: none yet."""
        if place:
            locale = QLocale()
            self._say(self.tr("{place} of {count}").format(place=locale.toString(place), count=locale.toString(count)))
        self._allow(has_hits=count > 0)

    def show_progress(self, share: float) -> None:
        """So much of the document has been looked at, and nothing was found in it."""
        if not self._next.isEnabled():
            self._say(self.tr("{percent} % looked through").format(percent=QLocale().toString(int(100 * share))))

    def show_end(self, place: int, count: int, unread: int, *, is_whole: bool) -> None:
        """All of the document has been looked at, but for pages that nobody has read yet."""
        if not count:
            self._say(self.tr("Not found"))
        elif not is_whole:
            self._say(self.tr("{place} of more than {count}").format(
                place=QLocale().toString(place), count=QLocale().toString(count)))  # fmt: skip
        else:
            self.show_place(place, count)
        if unread:
            waiting = CountedWords().pages_unread(unread)
            self._say(f"{self.said} · {waiting}")

    def show_problem(self, problem: Problem) -> None:
        """It can't be sought."""
        self._say(briefly(problem))
        set_role(self._said, "danger")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, with Shift back; Escape leaves."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._pause.isActive() or self.words != self._sought:
                self._seek()
            else:
                self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def hide(self) -> None:
        """Be gone; the same words are sought anew when it comes back."""
        self._pause.stop()
        self._sought = ""
        super().hide()

    def _wait(self) -> None:
        self._pause.start()

    def _seek(self) -> None:
        self._pause.stop()
        if self.words != self._sought:
            self._sought = self.words
            self.sought.emit(self.words)

    def _say(self, words: str) -> None:
        self._said.set_text(words)
        if self._said.property("role") != "muted":
            set_role(self._said, "muted")

    def _allow(self, *, has_hits: bool) -> None:
        self._previous.setEnabled(has_hits)
        self._next.setEnabled(has_hits)
