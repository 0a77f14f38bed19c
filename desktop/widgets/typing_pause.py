"""When the person stops typing for a moment: what stands there may be what is going to be asked."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

PAUSE_MS = 400
"""Milliseconds without a key from which on what is written is looked at."""

FEWEST_WORDS = 3
"""Words from which on it may be a question."""


class TypingPause(QObject):
    """Watches a text field. ``settled`` carries what may be asked; "" once that no longer stands there."""

    settled = Signal(str)

    def __init__(self, edit: QLineEdit | QPlainTextEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._said = ""
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._look)
        edit.textChanged.connect(self._restart)

    def _restart(self) -> None:
        self._timer.start()
        if self._said and not self._written():
            self._look()

    def _look(self) -> None:
        written = self._written()
        if written != self._said:
            self._said = written
            self.settled.emit(written)

    def _written(self) -> str:
        edit = self._edit
        text = (edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()).strip()
        return text if len(text.split()) >= FEWEST_WORDS else ""
