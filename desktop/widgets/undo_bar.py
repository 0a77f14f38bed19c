"""What was just taken away, and the button that brings it back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QEnterEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop import keys
from desktop.theme import Theme
from desktop.undo import Undo
from desktop.widgets.announce import announce
from desktop.widgets.buttons import QuietButton
from desktop.widgets.labels import make_label
from desktop.widgets.soft_breaks import breakable


class UndoBar(QFrame):
    """In sight while ``undo`` has something to bring back; no time passes while pointer or keyboard are on it."""

    def __init__(self, theme: Theme, undo: Undo, parent: QWidget | None = None, *, is_second: bool = False) -> None:
        """One that ``is_second`` in its window leaves the key to the other, and the announcement."""
        super().__init__(parent)
        self._is_second = is_second
        self._undo = undo
        self.setProperty("role", "notice")
        self.setAccessibleName(self.tr("Removed"))
        self._words = make_label()
        self._button = QuietButton(self.tr("Undo"))
        self._button.setProperty("role", "link")
        self._button.setToolTip(f"{self._button.text()} ({keys.native(keys.UNDO)})")
        self._button.clicked.connect(undo.take_back)
        self._button.installEventFilter(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(1.5), theme.space(0.75), theme.space(0.75), theme.space(0.75))
        layout.setSpacing(theme.space(0.5))
        layout.addWidget(self._words, 1)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        if not is_second:
            # It acts while the bar is in sight; a field that is being written in keeps the key for its own words.
            QShortcut(QKeySequence(keys.UNDO), self).activated.connect(undo.take_back)
        undo.changed.connect(self._show_words)
        self._show_words()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Let no time pass."""
        super().enterEvent(event)
        self._undo.hold(True)

    def leaveEvent(self, event: QEvent) -> None:
        """Let time pass again."""
        super().leaveEvent(event)
        self._undo.hold(self._button.hasFocus())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let no time pass while the button has the keyboard."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._undo.hold(event.type() == QEvent.Type.FocusIn or self.underMouse())
        return super().eventFilter(watched, event)

    def _show_words(self) -> None:
        words = self._undo.words
        self.setVisible(bool(words))
        if words:
            self._words.setText(breakable(words))
            self._button.setAccessibleDescription(words)
            if not self._is_second:
                announce(self, words)
