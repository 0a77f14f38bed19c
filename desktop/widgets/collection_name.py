"""The name of a collection: what can be one, and the field in which a new one is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.announce import warn
from desktop.widgets.labels import make_label
from desktop.widgets.trouble import sentences_of
from rag.errors import LibraryProblem, Problem

LONGEST_NAME = 100
"""Characters; the worker takes no more."""


def tidy(name: str) -> str:
    """``name`` as the worker keeps it: without space around it, in composed characters."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


def same_name(one: str, other: str) -> bool:
    """Whether two names stand for one collection: capitals make no difference."""
    return _folded(one) == _folded(other)


def fault_of(name: str, others: Iterable[str]) -> Problem | None:
    """Why a collection can't be called ``name`` beside ``others``; None where it can."""
    taken = next((other for other in others if same_name(other, name)), None)
    if taken is not None:
        return Problem(LibraryProblem.COLLECTION_EXISTS.value, {"name": taken})
    if not tidy(name) or not tidy(name).isprintable():
        return Problem(LibraryProblem.COLLECTION_UNNAMED.value, {"limit": LONGEST_NAME})
    return None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", tidy(name)).casefold()


class NameField(QWidget):
    """Where a new collection gets its name. ``named`` carries one that can be had; ``left``: it is away again."""

    named = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._others: tuple[str, ...] = ()
        self._edit = QLineEdit()
        self._edit.setMaxLength(LONGEST_NAME)
        self._edit.setPlaceholderText(self.tr("Name of the collection"))
        self._edit.setAccessibleName(self.tr("Name of the new collection"))
        self._edit.returnPressed.connect(self._take)
        self._edit.editingFinished.connect(self._leave_empty)
        self._message = make_label("danger", is_shown=False)
        self._edit.textEdited.connect(self._message.hide)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.space(0.5))
        layout.setSpacing(theme.space(0.5))
        layout.addWidget(self._edit)
        layout.addWidget(self._message)
        self.setFocusProxy(self._edit)
        self.hide()

    def ask(self, others: Iterable[str]) -> None:
        """Let the person write a name that none of ``others`` has."""
        self._others = tuple(others)
        self._edit.clear()
        self._message.hide()
        self.show()
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def put_away(self) -> None:
        """Be out of sight."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        fault = fault_of(self._edit.text(), self._others)
        if fault is not None:
            said = sentences_of(fault)
            self._message.setText(f"{said.title} {said.meaning}")
            self._message.show()
            warn(self, self._message.text())
            return
        name = tidy(self._edit.text())
        self.put_away()
        self.named.emit(name)

    def _leave_empty(self) -> None:
        """A field that the person left without a word goes away by itself."""
        if not self._edit.hasFocus() and not self._edit.text().strip():
            self.put_away()
