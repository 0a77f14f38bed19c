"""A note in the reader: its Markdown rendered, its HTML shown as the text it is, nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from desktop.theme import Theme
from desktop.widgets.note_marks import rendered_span
from desktop.widgets.text_units import units
from rag.protocol import Span

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_MARKDOWN = "markdown"
_SMALLEST, _LARGEST, _STEP = 0.5, 4.0, 1.2


class NoteView(QTextBrowser):
    """Shows a note with the quotes marked in it; links are text, addresses are never followed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._spans: list[Span] = []
        self._zoom = 1.0
        self._size = self.font().pointSizeF()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(theme.space(3))
        self.setAccessibleName(self.tr("Note"))
        theme.changed.connect(self._mark)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ARG002 - Qt's signature
        """Load nothing, from this machine or any other."""
        return None

    def show_note(self, text: str, form: str, marks: Sequence[Span]) -> None:
        """Show ``text`` (Markdown where ``form`` says so), mark the spans ``marks`` of it and go to the first."""
        if form == _MARKDOWN:
            self.document().setMarkdown(text, _FEATURES)
        else:
            self.setPlainText(text)
        rendered = self.toPlainText()
        found = (rendered_span(text, mark, rendered) for mark in marks) if form == _MARKDOWN else marks
        self._spans = [(units(rendered, span[0]), units(rendered, span[1])) for span in found if span is not None]
        self._mark()
        # The place has its height only after the layout has run.
        QTimer.singleShot(0, self, self.go_to_mark)

    @property
    def marked(self) -> tuple[str, ...]:
        """The marked texts as they are shown."""
        return tuple(selection.cursor.selectedText() for selection in self.extraSelections())

    def go_to_mark(self) -> None:
        """Bring the first mark into the upper third."""
        if not self._spans:
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._spans[0][0])
        place = self.cursorRect(cursor).top() + self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(place - self.viewport().height() // 3)

    @property
    def zoom(self) -> float:
        """1 is the window's own size of text."""
        return self._zoom

    def zoom_by(self, steps: int) -> None:
        """Show the text larger or smaller by ``steps``; 0: in the window's own size."""
        self._zoom = max(_SMALLEST, min(_LARGEST, self._zoom * _STEP**steps)) if steps else 1.0
        font = QFont(self.font())
        font.setPointSizeF(self._size * self._zoom)
        self.setFont(font)

    def _mark(self) -> None:
        selections = []
        for start, stop in self._spans:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
            ground = QTextCharFormat()
            ground.setBackground(self._theme.colour("amber"))
            selection.cursor = cursor
            selection.format = ground
            selections.append(selection)
        self.setExtraSelections(selections)
