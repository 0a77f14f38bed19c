"""The second step: documents, one's own or the samples."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.panes.library_feed import LibraryFeed
from desktop.theme import Theme
from desktop.widgets.buttons import Button
from desktop.widgets.counted_words import CountedWords
from desktop.widgets.labels import make_label
from desktop.widgets.progress import IndexingLine


class FirstDocuments(QWidget):
    """``files_wanted``, ``folder_wanted``, ``samples_wanted``: documents from there. ``done``: there are some."""

    files_wanted = Signal()
    folder_wanted = Signal()
    samples_wanted = Signal()
    done = Signal()

    def __init__(self, theme: Theme, library: LibraryFeed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._library = library
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        note = make_label("muted")
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        note.setText(
            self.tr("PDFs and scans, Word and OpenDocument, slides, sheets, ebooks, mail, web pages, pictures, notes.")
        )
        frame = QFrame()
        frame.setProperty("role", "place")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(theme.space(3), theme.space(3), theme.space(3), theme.space(3))
        inside.setSpacing(theme.space(1))
        inside.addWidget(self._icon)
        inside.addWidget(note)
        inside.addSpacing(theme.space(1))
        for words, wanted in (
            (self.tr("Add files…"), self.files_wanted),
            (self.tr("Watch a folder…"), self.folder_wanted),
            (self.tr("Try the samples"), self.samples_wanted),
        ):
            button = Button(words)
            button.clicked.connect(wanted)
            inside.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        self._count = make_label("title", is_shown=False)
        self._line = IndexingLine(theme)
        self._line.pause_wanted.connect(library.pause)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1.5))
        layout.addWidget(frame)
        layout.addWidget(self._count)
        layout.addWidget(self._line)
        library.changed.connect(self._show)
        theme.changed.connect(self._dress)
        self._dress()
        self._show()

    def _show(self) -> None:
        count = len(self._library.model.documents)
        self._count.setText(self.tr("In your library: {documents}").format(documents=CountedWords().documents(count)))
        self._count.setVisible(count > 0)
        self._line.show_progress(self._library.model.waiting, self._library.progress)
        if count:
            self.done.emit()

    def _dress(self) -> None:
        self._icon.setPixmap(self._theme.icon("drop", "teal").pixmap(self._theme.space(5)))
