"""A page of text in the reader: its Markdown rendered, its HTML shown as the text it is, nothing ever loaded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
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
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.theme import Theme
from desktop.widgets.note_hits import NoteHits
from desktop.widgets.note_marks import anchor_of, note_parts
from desktop.widgets.note_places import NotePart
from desktop.widgets.sealed_document import SealedBrowser
from desktop.widgets.turning import turn_by_key, turn_by_wheel
from rag.protocol import PageForm, Span

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_DEGREES_A_NOTCH = 120
_LINE_HEIGHT_PER_CENT = 125
_PARAGRAPH_GAP = 10
_CELL_PADDING = 5
_PALE, _STRONG = 0.55, 2.0
"""How strong the marks of what was found are, and of the one that is gone to, as shares of a citation's."""

_SMALLEST, _LARGEST, _STEP = 0.5, 4.0, 1.2


class NoteView(SealedBrowser):
    """Shows a note with the quotes marked in it; links lead to its own headings, other addresses are never followed.

    A long note is rendered part by part between other events, so that the window never waits for it; hits are
    placed likewise. ``turned`` carries +1 or -1: the person scrolled or keyed past its end. ``zoomed``: its text has
    another size. ``menu_wanted`` carries a place on the screen.
    """

    turned = Signal(int)
    zoomed = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_markdown = False
        self._waiting: list[Span] = []
        self._source = ""
        self._parts: list[NotePart] = []
        self._wanted: tuple[Span, ...] = ()
        self._spans: list[Span] = []
        self._found = NoteHits(self)
        self._found.changed.connect(self._mark)
        self._offset: int | None = None
        self._goes_to_end = False
        self._zoom = 1.0
        self._size = self.font().pointSizeF()
        self._rendering = QTimer(self)
        self._rendering.timeout.connect(self._render_next)
        self.document().setDocumentMargin(theme.space(3))
        self.setAccessibleName(self.tr("Note"))
        self.anchorClicked.connect(self._follow)
        theme.changed.connect(self._mark)

    def show_note(self, text: str, form: PageForm, marks: Sequence[Span], *, goes_to_end: bool = False) -> None:
        """Show ``text`` (Markdown where ``form`` says so), mark the spans ``marks`` of it and go to the first.

        Without marks it is shown from its beginning, or, where it ``goes_to_end``, at its end.
        """
        self._is_markdown = form is PageForm.MARKDOWN
        self._goes_to_end = goes_to_end and not marks
        self._source, self._wanted, self._offset = text, tuple(marks), None
        self._spans, self._parts = [], []
        self._found.forget()
        self.clear()
        self._waiting = note_parts(text)
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

    @property
    def selected_text(self) -> str:
        """What the person has selected."""
        return self.textCursor().selection().toPlainText()

    def go_to_mark(self) -> None:
        """Bring the first mark into the upper third."""
        if self._spans:
            self._go_to(self._spans[0][0])

    def go_to_offset(self, offset: int) -> None:
        """Bring a character of the note's source into the upper third, as soon as it is rendered."""
        self._offset = offset
        part = next((one for one in self._parts if one.first <= offset < one.first + len(one.source)), None)
        if part is not None:
            line = part.source[offset - part.first :].split("\n", 1)[0]
            place = part.place_of((offset, offset + max(1, len(line))))
            self._go_to(part.begin if place is None else place[0])
            self._offset = None

    def show_hits(self, spans: Sequence[Span], hit: Span | None) -> None:
        """Mark what was found in the note's source, and stronger the one that is gone to; it is brought into sight."""
        self._found.show(spans, hit)
        self._found.look(self._parts)
        if hit is not None:
            self.go_to_offset(hit[0])

    def _go_to(self, position: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        place = self.cursorRect(cursor).top() + self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(place - self.viewport().height() // 3)

    def _follow(self, address: QUrl) -> None:
        """Go to the heading that a link within the note names, as GitHub names headings."""
        if address.path() or address.host() or not address.hasFragment():
            return
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and anchor_of(block.text()) == address.fragment():
                self._go_to(block.position())
                return
            block = block.next()

    @property
    def zoom(self) -> float:
        """1 is the window's own size of text."""
        return self._zoom

    def zoom_by(self, steps: int) -> None:
        """Show the text larger or smaller by ``steps``; 0: in the window's own size."""
        self._zoom_to(max(_SMALLEST, min(_LARGEST, self._zoom * _STEP**steps)) if steps else 1.0)

    def take_over(self, other: NoteView) -> None:
        """Show text as large as ``other`` does."""
        self._zoom_to(other.zoom)

    def _zoom_to(self, zoom: float) -> None:
        self._zoom = zoom
        font = QFont(self.font())
        font.setPointSizeF(self._size * self._zoom)
        self.setFont(font)
        self.zoomed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the page at its end."""
        notches = event.angleDelta().y() / _DEGREES_A_NOTCH
        by = turn_by_wheel(self.verticalScrollBar(), notches)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # Not QTextBrowser's own: it doesn't tell by how much.
            if notches:
                self.zoom_by(1 if notches > 0 else -1)
            event.accept()
        elif by and self.is_whole and not event.modifiers():
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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with what is selected."""
        self.menu_wanted.emit(event.globalPos())

    def _render_next(self) -> None:
        if not self._waiting:
            self._rendering.stop()
            if self._goes_to_end:
                self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            return
        first, last = self._waiting.pop(0)
        source = self._source[first:last]
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
        part = NotePart(source, first, self._text_from(begin), begin, self._is_markdown)
        self._parts.append(part)
        marked = [place for span in self._wanted if (place := part.place_of(span)) is not None]
        self._spans += marked
        self._found.look([part])
        if self._offset is not None:
            self.go_to_offset(self._offset)
        elif marked:
            # The place has its height only after the layout has run.
            QTimer.singleShot(0, self, self.go_to_mark)
        if marked:
            self._mark()

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
        hits, hit = self._found.places
        self.setExtraSelections(
            [
                self._selection(span, self._theme.colour("amber"), strength)
                for spans, strength in ((self._spans, 1.0), (hits, _PALE), (hit, _STRONG))
                for span in spans
            ]
        )

    def _selection(self, span: Span, ink: QColor, strength: float) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(span[0])
        cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        ink.setAlphaF(min(1.0, strength * ink.alphaF()))
        ground = QTextCharFormat()
        ground.setBackground(ink)
        selection.cursor = cursor
        selection.format = ground
        return selection


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
