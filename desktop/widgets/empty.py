"""What the library shows while it has no document: an invitation."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.buttons import Button


class EmptyLibrary(QWidget):
    """Says what to bring, and offers the samples to those who have nothing at hand."""

    files_wanted = Signal()
    folder_wanted = Signal()
    samples_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = QLabel()
        title = QLabel(self.tr("Drop files or a folder here"))
        title.setProperty("role", "title")
        note = QLabel(
            self.tr(
                "PDFs and scans, Word and OpenDocument, slides, sheets, ebooks, mail, web pages, pictures, notes. "
                "They stay where they are. Phial reads them on this computer, and nowhere else."
            )
        )
        note.setProperty("role", "muted")
        for label in (self._icon, title, note):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        files = Button(self.tr("Add files…"))
        files.setProperty("role", "primary")
        files.clicked.connect(self.files_wanted)
        folder = Button(self.tr("Watch a folder…"))
        folder.clicked.connect(self.folder_wanted)
        samples = Button(self.tr("Try the samples"))
        samples.clicked.connect(self.samples_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(1), theme.space(2), theme.space(1), theme.space(2))
        layout.setSpacing(theme.space(1))
        layout.addStretch(2)
        for widget in (self._icon, title, note):
            layout.addWidget(widget)
        layout.addSpacing(theme.space(1))
        for button in (files, folder, samples):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(3)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self._icon.setPixmap(self._theme.icon("drop", "teal").pixmap(self._theme.space(4)))
