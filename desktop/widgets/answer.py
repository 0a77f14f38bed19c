"""The text of an answer: first as it streams, then grounded, every sentence with the way to its page."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFont,
    QFontDatabase,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.theme import Theme
from desktop.widgets.announce import Sentences, announce
from desktop.widgets.chips import paint_marks
from desktop.widgets.citation_chips import IS_CHIP, chip_format
from desktop.widgets.direction import has_right_to_left
from desktop.widgets.markup import Markup, Run, plain_text
from desktop.widgets.sealed_document import SealedBrowser
from desktop.widgets.sources import gaps
from rag.protocol import Answer, Citation, Sentence

_LINE_HEIGHT_PER_CENT = 130
_PARAGRAPH_GAP = 6
_NEW_LINE = "\u2028"
_UNSUPPORTED = "unsupported"
"""Where the anchor of a sentence without support leads: nowhere, but it is reached with Tab."""

_MOST_DESCRIBED = 3
"""Sentences without support that are read out: of more, a person looks for the others."""

_FRAME = 16
"""Milliseconds: tokens that come faster than a screen is painted are written together."""

_SENTENCES_A_SLICE = 60
"""Sentences that are grounded before the event loop turns again: a long answer takes seconds of layout."""


class AnswerText(SealedBrowser):
    """Shows what a model writes as data: a few marks of Markdown, no HTML, nothing loaded from anywhere.

    ``citation_chosen`` carries the Citation whose chip was clicked (or reached with Tab and pressed).
    """

    citation_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._markup = Markup()
        self._sentences = Sentences()
        self._answer: Answer | None = None
        self._cited: dict[int, Citation] = {}
        self._arrived = ""
        self._frame = QTimer(self, singleShot=True, interval=_FRAME)
        self._frame.timeout.connect(self._write_arrived)
        self._left: Iterator[tuple[str, Sentence]] = iter(())
        self._place = QTextCursor(self.document())
        self._slices = QTimer(self, singleShot=True, interval=0)
        self._slices.timeout.connect(self._ground_some)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Answer"))
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.anchorClicked.connect(self._choose)
        theme.changed.connect(self._dress)
        self._fit()

    def add_token(self, text: str) -> None:
        """Append what the model wrote; what stands already is not laid out again."""
        self._arrived += text
        if not self._frame.isActive():
            self._write_arrived()

    def _write_arrived(self) -> None:
        if not self._arrived:
            return
        text, self._arrived = self._arrived, ""
        self._frame.start()
        self._append(self._markup.feed(text))
        for sentence in self._sentences.feed(text):
            announce(self, sentence)

    def end_stream(self) -> None:
        """No more tokens will come."""
        self._write_arrived()
        self._frame.stop()
        self._append(self._markup.flush())
        for sentence in self._sentences.flush():
            announce(self, sentence)

    def _append(self, runs: list[Run]) -> None:
        cursor = self._end_cursor()
        cursor.beginEditBlock()
        for run in runs:
            self._insert(cursor, run, QTextCharFormat())
        cursor.endEditBlock()

    def show_answer(self, answer: Answer) -> None:
        """Replace the stream by the grounded sentences of ``answer`` with a chip for each of their citations.

        What stands there gives way from its top, in slices where it is long.
        """
        self._answer = answer
        self._cited = {citation.number: citation for citation in answer.citations}
        self._describe(answer)
        self._markup = Markup()
        self._left = iter(())
        self._slices.stop()
        cursor = self._place = QTextCursor(self.document())
        cursor.beginEditBlock()  # laid out once, at its end
        cursor.insertBlock()
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        cursor.setBlockFormat(self._block_format())
        if not answer.sentences:
            for run in self._markup.feed(answer.text) + self._markup.flush():
                self._insert(cursor, run, QTextCharFormat())
        self._left = zip(gaps(answer), answer.sentences, strict=True)
        self._ground_some()
        cursor.endEditBlock()
        self._fit()

    def _ground_some(self) -> None:
        answer, cursor = self._answer, self._place
        if answer is None:
            return
        before = cursor.blockNumber()
        cursor.beginEditBlock()
        some = list(itertools.islice(self._left, _SENTENCES_A_SLICE))
        for gap, sentence in some:
            self._insert_sentence(cursor, gap, sentence, answer)
        move, old = QTextCursor.MoveOperation, QTextCursor(cursor)
        if len(some) == _SENTENCES_A_SLICE:
            old.movePosition(move.NextBlock)
            old.movePosition(move.NextBlock, QTextCursor.MoveMode.KeepAnchor, cursor.blockNumber() - before)
            self._slices.start()
        else:
            old.movePosition(move.End, QTextCursor.MoveMode.KeepAnchor)
        old.removeSelectedText()
        cursor.endEditBlock()

    def _insert_sentence(self, cursor: QTextCursor, gap: str, sentence: Sentence, answer: Answer) -> None:
        for run in self._markup.feed(gap):
            self._insert(cursor, run, QTextCharFormat())
        dress = QTextCharFormat() if sentence.supported or answer.refused else self._unsupported()
        for run in self._markup.feed(sentence.text) + self._markup.flush():
            self._insert(cursor, run, dress)
        shown: set[int] = set()
        for number in sorted(sentence.citations):
            citation = self._cited.get(number)
            if citation is None or citation.passage in shown:
                continue
            shown.add(citation.passage)
            chip = chip_format(citation, answer, self._theme, self.font())
            is_mixed = has_right_to_left(sentence.text)  # else the number would join the words before it
            cursor.insertText("\u202f\u2068" if is_mixed else "\u202f", QTextCharFormat())
            cursor.insertText(f"\u00a0{citation.passage}\u00a0", chip)
            cursor.insertText("\u2069" if is_mixed else "", QTextCharFormat())

    def _unsupported(self) -> QTextCharFormat:
        dress = QTextCharFormat()
        dress.setForeground(self._theme.colour("muted"))
        dress.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        dress.setUnderlineColor(self._theme.colour("muted"))
        dress.setToolTip(self._reason())
        # Reached with Tab like the chips: who has no pointer is told too.
        dress.setAnchor(True)
        dress.setAnchorHref(f"#{_UNSUPPORTED}")
        return dress

    def _reason(self) -> str:
        return self.tr("Nothing in the passages supports this sentence.")

    def _describe(self, answer: Answer) -> None:
        """Read out which sentences are marked: a screen reader says nothing of dots below a line."""
        marked = [plain_text(one.text) for one in answer.sentences if not one.supported and not answer.refused]
        said = " ".join(f"“{text}”" for text in marked[:_MOST_DESCRIBED])
        self.setAccessibleDescription(f"{self._reason()} {said}" if marked else "")

    def _explain(self, at: QPoint) -> None:
        QToolTip.showText(at, self._reason(), self)
        announce(self, self._reason())

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: N802 - Qt's name
        """Say why a sentence is marked, where the keyboard has come to it."""
        has_moved = super().focusNextPrevChild(forwards)
        if has_moved and self.textCursor().charFormat().anchorHref() == f"#{_UNSUPPORTED}":
            self._explain(self.mapToGlobal(self.cursorRect().bottomLeft()))
        return has_moved

    def _insert(self, cursor: QTextCursor, run: Run, dress: QTextCharFormat) -> None:
        form = QTextCharFormat(dress)
        if run.is_bold:
            form.setFontWeight(QFont.Weight.Bold)
        if run.is_code:
            form.setFontFamilies(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families())
        if run.text != "\n":
            cursor.insertText(run.text, form)
        elif run.is_code:
            cursor.insertText(_NEW_LINE, form)  # lines of code stand closer than paragraphs
        elif cursor.atBlockStart():
            return  # an empty line only parts paragraphs, and these are parted already
        else:
            cursor.insertBlock(self._block_format(), QTextCharFormat())

    def _end_cursor(self) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if self.document().isEmpty():
            cursor.setBlockFormat(self._block_format())
        return cursor

    @staticmethod
    def _block_format() -> QTextBlockFormat:
        form = QTextBlockFormat()
        form.setLineHeight(_LINE_HEIGHT_PER_CENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setBottomMargin(_PARAGRAPH_GAP)
        return form

    def _choose(self, address: QUrl) -> None:
        name = address.fragment()
        if name == _UNSUPPORTED:
            below = self.mapToGlobal(self.cursorRect().bottomLeft())
            self._explain(QCursor.pos() if self.underMouse() else below)
        elif name.isdecimal() and (citation := self._cited.get(int(name))) is not None:
            self.citation_chosen.emit(citation)

    def _dress(self) -> None:
        if self._answer is not None:
            self.show_answer(self._answer)
        self.viewport().update()

    # --- size and paint ---------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        height = int(self.document().size().height()) + 1 + 2 * self.frameWidth()
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew, and be as high as they are."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as the text."""
        return QSize(320, int(self.document().size().height()) + 1 + 2 * self.frameWidth())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the conversation."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the amber grounds of the chips, then the text over them."""
        painter = QPainter(self.viewport())
        amber = self._theme.colour("amber")
        region = event.rect()
        last = self.cursorForPosition(region.bottomLeft()).block()
        block = self.cursorForPosition(region.topLeft()).block()
        while block.isValid():
            self._paint_chips(painter, block, amber, region)
            block = block.next() if block != last else QTextBlock()
        painter.end()
        super().paintEvent(event)

    def _paint_chips(self, painter: QPainter, block: QTextBlock, amber: QColor, region: QRect) -> None:
        box = self.document().documentLayout().blockBoundingRect(block)
        if not box.intersects(QRectF(region)):
            return
        spans = [
            (place.start, place.start + place.length)
            for place in block.textFormats()
            if place.format.hasProperty(IS_CHIP)
        ]
        paint_marks(painter, block.layout(), box.topLeft(), spans, amber, rise=1.0)
