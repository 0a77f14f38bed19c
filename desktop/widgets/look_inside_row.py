"""The row below the search by name that looks for what was typed in their text, not in their names."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop import keys
from desktop.theme import Theme, space
from desktop.widgets.buttons import Button
from desktop.widgets.direction import isolated
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.row_ground import ICON
from desktop.widgets.tips import plain_tip


class LookInsideRow(Button):
    """There while something is typed that can be looked for. ``wanted`` carries it once it is pressed."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._theme = theme
        self._words = ""
        self.setProperty("role", "row")
        self.setAccessibleDescription(keys.native(keys.LOOK_INSIDE))
        self._icon, self._label = QLabel(), ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(1), 0, theme.space(1), 0)
        layout.setSpacing(theme.space(1.25))
        for part in (self._icon, self._label):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addWidget(self._icon)
        layout.addWidget(self._label, 1)
        self.clicked.connect(self.look)
        theme.changed.connect(self._dress)
        self._dress()
        self.show_words("")

    def show_words(self, words: str) -> None:
        """Offer to look for ``words``; nothing is offered where there is no letter in them."""
        self._words = words.strip() if any(character.isalnum() for character in words) else ""
        said = self.tr("Search the text for “{words}”").format(words=isolated(self._words))
        self._label.set_text(said)
        self.setAccessibleName(said)
        self.setToolTip(plain_tip(f"{said} ({keys.native(keys.LOOK_INSIDE)})"))
        self.setVisible(bool(self._words))

    def look(self) -> None:
        """Have it looked for, if it can be."""
        if self._words:
            self.wanted.emit(self._words)

    def sizeHint(self) -> QSize:
        """As high as the rows below it."""
        return QSize(super().sizeHint().width(), self.fontMetrics().height() + space(2))

    def _dress(self) -> None:
        self._icon.setPixmap(self._theme.icon("search", "muted").pixmap(QSize(ICON, ICON), self.devicePixelRatioF()))
