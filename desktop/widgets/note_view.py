"""A page of text in the reader: its Markdown rendered, its HTML shown as the text it is, nothing ever loaded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
    QTextTableFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from desktop.theme import Theme
from desktop.widgets.note_marks import note_parts, rendered_span
from desktop.widgets.sealed_document import SealedDocument
from desktop.widgets.text_units import units
from desktop.widgets.turning import turn_by_key, turn_by_wheel
from rag.protocol import PageForm, Span

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_DEGREES_A_NOTCH = 120
_LINE_HEIGHT_PER_CENT = 125
_PARAGRAPH_GAP = 10
_CELL_PADDING = 5
_SMALLEST, _LARGEST, _STEP = 0.5, 4.0, 1.2


class NoteView(QTextBrowser):
    """Shows a note with the quotes marked in it; links are text, addresses are never followed.

    A long note is rendered part by part between other events, so that the window never waits for it. ``turned`` carries
    +1 or -1: the person scrolled or keyed past its end.
    """

    turned = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_markdown = False
        self._waiting: list[tuple[str, list[Span]]] = []
        self._spans: list[Span] = []
        self._goes_to_end = False
        self._zoom = 1.0
        self._size = self.font().pointSizeF()
        self._rendering = QTimer(self)
        self._rendering.timeout.connect(self._render_next)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "read")
        self.setDocument(SealedDocument(self))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(theme.space(3))
        self.setAccessibleName(self.tr("Note"))
        theme.changed.connect(self._mark)

    def show_note(self, text: str, form: PageForm, marks: Sequence[Span], *, goes_to_end: bool = False) -> None:
        """Show ``text`` (Markdown where ``form`` says so), mark the spans ``marks`` of it and go to the first.

        Without marks it is shown from its beginning, or, where it ``goes_to_end``, at its end.
        """
        self._is_markdown = form is PageForm.MARKDOWN
        self._goes_to_end = goes_to_end and not marks
        self._spans = []
        self.clear()
        self._waiting = []
        for first, last in note_parts(text):
            inside = [(max(start, first) - first, min(stop, last) - first) for start, stop in marks]
            self._waiting.append((text[first:last], [span for span in inside if span[0] < span[1]]))
        self._render_next()
        self._rendering.start(0)

    @property
    def is_whole(self) -> bool:
        """Whether all of the note is rendered."""
        return not self._waiting

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

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the page at its end."""
        by = turn_by_wheel(self.verticalScrollBar(), event.angleDelta().y() / _DEGREES_A_NOTCH)
        if by and self.is_whole and not event.modifiers():
            self.turned.emit(by)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down, through the text and then through the document."""
        bar = self.verticalScrollBar()
        by = turn_by_key(bar, event.key()) if self.is_whole else 0
        if by:
            self.turned.emit(by)
        elif event.key() == Qt.Key.Key_Space:
            bar.setValue(bar.value() + bar.pageStep())
        else:
            super().keyPressEvent(event)

    def _render_next(self) -> None:
        if not self._waiting:
            self._rendering.stop()
            if self._goes_to_end:
                self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            return
        source, marks = self._waiting.pop(0)
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if not self.document().isEmpty() and self._is_markdown:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        begin = cursor.position()
        if self._is_markdown:
            cursor.insertMarkdown(source, _FEATURES)
            self._give_air(self.document().findBlock(begin))
        else:
            cursor.insertText(source)
        rendered = self._text_from(begin)
        for mark in marks:
            span = rendered_span(source, mark, rendered) if self._is_markdown else mark
            if span is not None:
                self._spans.append((begin + units(rendered, span[0]), begin + units(rendered, span[1])))
        if marks:
            self._mark()
            # The place has its height only after the layout has run.
            QTimer.singleShot(0, self, self.go_to_mark)

    def _text_from(self, position: int) -> str:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def _give_air(self, block: QTextBlock) -> None:
        """Space between lines, paragraphs and cells: Qt renders Markdown without."""
        tables: dict[int, QTextTable] = {}
        while block.isValid():
            table = _table_of(block)
            form = block.blockFormat()
            form.setLineHeight(_LINE_HEIGHT_PER_CENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if table is not None:
                tables[table.objectIndex()] = table
            elif form.objectIndex() == -1:  # no item of a list
                form.setBottomMargin(_PARAGRAPH_GAP)
                form.setTopMargin(_PARAGRAPH_GAP if form.headingLevel() else 0)
            QTextCursor(block).setBlockFormat(form)
            block = block.next()
        for table in tables.values():
            _rule(table, self._theme.colour("line"))

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


def _table_of(block: QTextBlock) -> QTextTable | None:
    return QTextCursor(block).currentTable()


def _rule(table: QTextTable, line: QColor) -> None:
    form = table.format().toTableFormat()
    form.setBorderBrush(line)
    form.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
    form.setBorder(1)
    form.setBorderCollapse(True)
    form.setCellPadding(_CELL_PADDING)
    form.setTopMargin(_PARAGRAPH_GAP)
    form.setBottomMargin(_PARAGRAPH_GAP)
    table.setFormat(form)
