"""Files and folders that are dropped on the window, and the state that says where they will go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.theme import Theme


def paths_of(data: QMimeData) -> tuple[str, ...]:
    """The local files and folders in ``data``, in the order given."""
    return tuple(url.toLocalFile() for url in data.urls() if url.isLocalFile())


class DropState(QFrame):
    """Covers ``over`` while something is held above it: drop here, and it is in the library."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._theme = theme
        self._over = over
        self.setProperty("role", "drop")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = QLabel(self.tr("Drop to add to your library"))
        words.setProperty("role", "title")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        note = QLabel(
            self.tr("Your files stay where they are; Phial only reads them. A folder is followed from then on.")
        )
        note.setProperty("role", "muted")
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.space(1))
        layout.addStretch()
        for label in (self._icon, words, note):
            layout.addWidget(label)
        layout.addStretch()
        over.installEventFilter(self)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def appear(self) -> None:
        """Cover the window."""
        self._fit()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the window when its size changes."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        margin = self._theme.space(1)
        self.setGeometry(self._over.rect().adjusted(margin, margin, -margin, -margin))

    def _dress(self) -> None:
        self._icon.setPixmap(self._theme.icon("drop", "teal").pixmap(self._theme.space(6)))
