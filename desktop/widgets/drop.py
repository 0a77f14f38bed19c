"""The state of a window that something is held above: what will become of it where it is dropped."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.dropped import Dropped
from desktop.widgets.labels import make_label

LEAST_ROOM = 320
"""Device-independent pixels beside what is spared; with less, all of the window is covered."""


class DropState(QFrame):
    """Covers ``over`` while something is held above it, but for ``spared``, where it can be dropped more precisely."""

    def __init__(self, theme: Theme, over: QWidget, spared: QWidget) -> None:
        super().__init__(over)
        self._theme = theme
        self._over = over
        self._spared = spared
        self._drawing = "drop"
        self.setProperty("role", "drop")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words, self._note = make_label("title"), make_label("muted")
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.space(1))
        layout.addStretch()
        layout.addWidget(self._icon)
        for label in (self._words, self._note):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        layout.addStretch()
        over.installEventFilter(self)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def appear(self, what: Dropped, *, has_collections: bool) -> None:
        """Cover the window, and say what would become of ``what``."""
        if what.paths:
            words = self.tr("Drop to add to your library")
            note = self.tr("Your files stay where they are; Phial only reads them. A folder is followed from then on.")
            if has_collections:
                note = f"{note} {self.tr('On a collection, they are put into it too.')}"
            drawing = "drop"
        elif what.words:
            words = self.tr("Drop to ask")
            note = self.tr("The text goes into the question; nothing is asked until you send it.")
            drawing = "conversation"
        else:
            words = self.tr("This isn’t on this computer")
            note = self.tr("Phial fetches nothing. Save it as a file on this computer, then drop the file here.")
            drawing = "away"
        self._words.setText(words)
        self._note.setText(note)
        self._drawing = drawing
        self._dress()
        self._fit()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the window when its size changes."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        place = self._over.rect()
        if self._spared.isVisible() and place.width() - self._spared.width() >= LEAST_ROOM:
            edge = self._spared.mapTo(self._over, self._spared.rect().topLeft()).x()
            if self._over.isLeftToRight():
                place.setLeft(edge + self._spared.width())
            else:
                place.setRight(edge)
        margin = self._theme.space(1)
        self.setGeometry(place.adjusted(margin, margin, -margin, -margin))

    def _dress(self) -> None:
        self._icon.setPixmap(self._theme.icon(self._drawing, "teal").pixmap(self._theme.space(6)))
