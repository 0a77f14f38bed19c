"""The text of an answer: first as it streams, then grounded, every sentence with the way to its page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from desktop.theme import Theme
from desktop.widgets.announce import Sentences, announce
from desktop.widgets.chips import paint_marks
from desktop.widgets.markup import Markup, Run
from desktop.widgets.places import BETWEEN, address_of, recognition_of
from desktop.widgets.sealed_document import SealedDocument
from desktop.widgets.sources import gaps, section_of
from desktop.widgets.tips import plain_tip
from rag.protocol import Answer, Citation, Sentence

_IS_CHIP = QTextFormat.Property.UserProperty.value + 1
_LINE_HEIGHT_PER_CENT = 130
_PARAGRAPH_GAP = 6
_LONGEST_QUOTE = 200
"""Characters of a quote that a tooltip shows."""


class AnswerText(QTextBrowser):
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
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDocument(SealedDocument(self))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
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
        cursor = self._end_cursor()
        for run in self._markup.feed(text):
            self._insert(cursor, run, QTextCharFormat())
        for sentence in self._sentences.feed(text):
            announce(self, sentence)

    def end_stream(self) -> None:
        """No more tokens will come."""
        cursor = self._end_cursor()
        for run in self._markup.flush():
            self._insert(cursor, run, QTextCharFormat())
        for sentence in self._sentences.flush():
            announce(self, sentence)

    def show_answer(self, answer: Answer) -> None:
        """Replace the stream by the grounded sentences of ``answer`` with a chip for each of their citations."""
        self._answer = answer
        self._markup = Markup()
        self.clear()
        cursor = self._end_cursor()
        cursor.beginEditBlock()  # laid out once, at its end
        if not answer.sentences:
            for run in self._markup.feed(answer.text) + self._markup.flush():
                self._insert(cursor, run, QTextCharFormat())
        for gap, sentence in zip(gaps(answer), answer.sentences, strict=True):
            self._insert_sentence(cursor, gap, sentence, answer)
        cursor.endEditBlock()
        self._fit()

    def _insert_sentence(self, cursor: QTextCursor, gap: str, sentence: Sentence, answer: Answer) -> None:
        for run in self._markup.feed(gap):
            self._insert(cursor, run, QTextCharFormat())
        dress = QTextCharFormat() if sentence.supported else self._unsupported()
        for run in self._markup.feed(sentence.text) + self._markup.flush():
            self._insert(cursor, run, dress)
        shown: set[int] = set()
        for citation in answer.citations:
            if citation.number not in sentence.citations or citation.passage in shown:
                continue
            shown.add(citation.passage)
            chip = QTextCharFormat()
            chip.setProperty(_IS_CHIP, True)
            chip.setAnchor(True)
            chip.setAnchorHref(f"#{citation.number}")
            chip.setForeground(self._theme.colour("amber_text"))
            chip.setFontWeight(QFont.Weight.Bold)
            chip.setFontPointSize(self.font().pointSizeF() * 0.82)
            chip.setToolTip(plain_tip(_about(citation, answer)))
            cursor.insertText("\u202f", QTextCharFormat())
            cursor.insertText(f"\u00a0{citation.passage}\u00a0", chip)

    def _unsupported(self) -> QTextCharFormat:
        dress = QTextCharFormat()
        dress.setForeground(self._theme.colour("muted"))
        dress.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        dress.setUnderlineColor(self._theme.colour("muted"))
        dress.setToolTip(self.tr("Nothing in the passages supports this sentence."))
        return dress

    def _insert(self, cursor: QTextCursor, run: Run, dress: QTextCharFormat) -> None:
        form = QTextCharFormat(dress)
        if run.is_bold:
            form.setFontWeight(QFont.Weight.Bold)
        if run.is_code:
            form.setFontFamilies(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families())
        if run.text != "\n":
            cursor.insertText(run.text, form)
        elif not cursor.block().text():
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
        if self._answer is None:
            return
        for citation in self._answer.citations:
            if str(citation.number) == address.fragment():
                self.citation_chosen.emit(citation)

    def _dress(self) -> None:
        if self._answer is not None:
            self.show_answer(self._answer)
        self.viewport().update()

    # --- size and paint ---------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        height = int(self.document().size().height()) + 1
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew, and be as high as they are."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as the text."""
        return QSize(320, int(self.document().size().height()) + 1)

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
        block = self.document().begin()
        while block.isValid():
            self._paint_chips(painter, block, amber, event.rect())
            block = block.next()
        painter.end()
        super().paintEvent(event)

    def _paint_chips(self, painter: QPainter, block: QTextBlock, amber: QColor, region: QRect) -> None:
        box = self.document().documentLayout().blockBoundingRect(block)
        if not box.intersects(QRectF(region)):
            return
        spans = [
            (place.start, place.start + place.length)
            for place in block.textFormats()
            if place.format.hasProperty(_IS_CHIP)
        ]
        paint_marks(painter, block.layout(), box.topLeft(), spans, amber, rise=1.0)


def _about(citation: Citation, answer: Answer) -> str:
    """What is said of a citation to those who point at its chip."""
    address = address_of(citation, section_of(citation, answer))
    where = (citation.document, address, recognition_of(citation.confidence))
    quote = " ".join(citation.quote.split())[:_LONGEST_QUOTE]
    return "\n".join((BETWEEN.join(part for part in where if part), f"“{quote}”"))
