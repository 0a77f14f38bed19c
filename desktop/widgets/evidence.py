"""The passages that were found, as a strip of cards: there before any answer, and each a way to its page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextLayout,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from desktop.theme import Theme
from desktop.widgets.broken_lines import broken_lines
from desktop.widgets.buttons import QuietButton, press_by_enter
from desktop.widgets.chips import paint_chip, paint_marks
from desktop.widgets.direction import direction_of, isolated
from desktop.widgets.places import BETWEEN, address_of, others_of, place_of, recognition_of
from desktop.widgets.snippet import heading_of, snippet, without_heading
from desktop.widgets.text_units import unit_spans
from desktop.widgets.tips import plain_tip
from rag.protocol import Passage, Span

NARROWEST_CARD = 168
"""Device-independent pixels; a card that would be narrower goes into another row."""

_MOST_COLUMNS = 3
_PADDING = 13
_GAP = 10
_CHIP = 18
_HEADER_LINES = 2
_SNIPPET_LINES = 5


class EvidenceCard(QAbstractButton):
    """One passage: its number, page and section, the words around the marked ones, its document."""

    def __init__(self, theme: Theme, passage: Passage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_open = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)
        self.show_passage(passage)

    def show_passage(self, passage: Passage) -> None:
        """Show ``passage`` instead of what was shown."""
        self.passage = passage
        self._snippet, marks = snippet(*without_heading(passage))
        self._marks = unit_spans(self._snippet, marks)
        heading = heading_of(passage)
        place = place_of(passage)
        self._place = BETWEEN.join(
            isolated(part) for part in (place, "" if heading == passage.label else heading) if part
        )
        self._recognition = recognition_of(passage.confidence)
        heard = ", ".join(
            part
            for part in (
                passage.document,
                address_of(passage, passage.section, is_spoken=True),
                self._recognition,
                others_of(passage),
            )
            if part
        )
        self.setAccessibleName(self.tr("Passage {number}: {place}").format(number=passage.number, place=heard))
        self.setAccessibleDescription(self._snippet)
        address = address_of(passage, passage.section)
        tip = "\n".join(part for part in (passage.document, address, self._recognition, others_of(passage)) if part)
        self.setToolTip(plain_tip(tip))
        self.update()

    @property
    def is_open(self) -> bool:
        """Whether the reader shows this passage."""
        return self._is_open

    def set_open(self, is_open: bool) -> None:
        """Say whether the reader shows this passage."""
        self._is_open = is_open
        self.update()

    def height_for(self, width: int) -> int:
        """Pixels that the card needs at ``width`` pixels."""
        header, body, _ = self._layouts(width)
        foot = QFontMetricsF(self._small_font()).height() * (2 if self._recognition else 1)
        return round(
            2 * _PADDING + max(_CHIP, header.boundingRect().height()) + 4 + body.boundingRect().height() + 6 + foot
        )

    def sizeHint(self) -> QSize:
        """A card of ordinary width."""
        return QSize(NARROWEST_CARD, self.height_for(NARROWEST_CARD))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens it."""
        if not press_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        header, body, marks = self._layouts(self.width())
        top = float(_PADDING)
        header_height = max(_CHIP, header.boundingRect().height())
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - _PADDING - _CHIP if is_mirrored else _PADDING
        chip = QRectF(left, top + (header_height - _CHIP) / 2, _CHIP, _CHIP)
        paint_chip(painter, chip, str(self.passage.number), self._theme, self._small_font())
        painter.setPen(self._theme.colour("muted"))
        left = _PADDING if is_mirrored else _PADDING + _CHIP + 7
        header.draw(painter, QPointF(left, top + (header_height - header.boundingRect().height()) / 2))
        top += header_height + 4
        paint_marks(painter, body, QPointF(_PADDING, top), marks, self._theme.colour("amber"))
        painter.setPen(self._theme.colour("text"))
        body.draw(painter, QPointF(_PADDING, top))
        self._paint_foot(painter, top + body.boundingRect().height() + 6)

    def _paint_frame(self, painter: QPainter) -> None:
        marked = self._is_open or self.hasFocus()
        ink: QColor = self._theme.colour("teal" if marked else "muted" if self.underMouse() else "line")
        painter.setPen(QPen(ink, 2 if marked else 1))
        painter.setBrush(self._theme.colour("surface"))
        edge = 1.0 if marked else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), 8, 8)

    def _paint_foot(self, painter: QPainter, top: float) -> None:
        font = self._small_font()
        metrics = QFontMetricsF(font)
        width = self.width() - 2 * _PADDING
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        others = f" +{len(self.passage.also_in)}" if self.passage.also_in else ""  # by name in the tooltip
        room = width - metrics.horizontalAdvance(others)
        name = metrics.elidedText(self.passage.document, Qt.TextElideMode.ElideMiddle, room) + others
        place = QRectF(_PADDING, top, width, metrics.height())
        leading = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        leading |= Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.setLayoutDirection(direction_of(name))
        painter.drawText(place, leading, name)
        if self._recognition:
            words = metrics.elidedText(self._recognition, Qt.TextElideMode.ElideRight, width)
            painter.setLayoutDirection(self.layoutDirection())
            painter.drawText(place.translated(0, metrics.height()), leading, words)

    def _layouts(self, width: int) -> tuple[QTextLayout, QTextLayout, Sequence[Span]]:
        header, _ = broken_lines(
            self._place,
            self._small_font(),
            width - 2 * _PADDING - _CHIP - 7,
            _HEADER_LINES,
            1.0,
            self.layoutDirection(),
        )
        body, shown = broken_lines(self._snippet, self.font(), width - 2 * _PADDING, _SNIPPET_LINES, 1.12)
        return header, body, [(start, min(stop, shown)) for start, stop in self._marks if start < shown]

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        return font


class EvidenceStrip(QWidget):
    """Cards side by side, as many as there is room for; the others are one click away.

    ``opened`` carries the Passage and the tuple of all of them.
    """

    opened = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: list[EvidenceCard] = []
        self._shows_all = False
        self._more = QuietButton("", self)
        self._more.clicked.connect(self._toggle)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Passages"))
        self.hide()

    @property
    def cards(self) -> tuple[EvidenceCard, ...]:
        """The cards, best passage first."""
        return tuple(self._cards)

    def show_passages(self, passages: Sequence[Passage]) -> None:
        """Show ``passages``; cards that stay keep the focus, so that refined evidence disturbs nobody."""
        for card, passage in zip(self._cards, passages, strict=False):
            if card.passage != passage:
                card.set_open(card.is_open and card.passage.text == passage.text)
                card.show_passage(passage)
        for passage in passages[len(self._cards) :]:
            card = EvidenceCard(self._theme, passage, self)
            card.clicked.connect(self._open_sender)
            self._cards.append(card)
        for card in self._cards[len(passages) :]:
            card.hide()
            card.deleteLater()
        del self._cards[len(passages) :]
        self.setVisible(bool(self._cards))
        self._arrange()

    def mark_open(self, number: int) -> None:
        """Mark the card of the passage ``number`` as the one that the reader shows; 0 marks none."""
        for card in self._cards:
            card.set_open(card.passage.number == number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room for the cards anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def _open_sender(self) -> None:
        card = self.sender()
        if isinstance(card, EvidenceCard):
            self.mark_open(card.passage.number)
            self.opened.emit(card.passage, tuple(card.passage for card in self._cards))

    def _toggle(self) -> None:
        self._shows_all = not self._shows_all
        self._arrange()

    def _arrange(self) -> None:
        if not self._cards:
            return
        columns = max(1, min(_MOST_COLUMNS, (self.width() + _GAP) // (NARROWEST_CARD + _GAP)))
        columns = min(columns, max(2, len(self._cards)))
        room = max(columns, 2)
        count = len(self._cards) if self._shows_all else min(room, len(self._cards))
        # The pane is narrow for a moment when the reader opens: a card that went out of sight would lose the keyboard.
        focus = self.window().focusWidget()
        count = max([count, *(place for place, card in enumerate(self._cards, 1) if card is focus)])
        width = (self.width() - (columns - 1) * _GAP) / columns
        top = 0
        for first in range(0, count, columns):
            row = self._cards[first : min(first + columns, count)]
            height = max(card.height_for(int(width)) for card in row)
            for column, card in enumerate(row):
                left = round(column * (width + _GAP))
                place = QRect(left, top, round((column + 1) * width + column * _GAP) - left, height)
                card.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
            top += height + _GAP
        for index, card in enumerate(self._cards):
            card.setVisible(index < count)
        self.setFixedHeight(self._place_more(top, len(self._cards) - room))

    def _place_more(self, top: int, hidden: int) -> int:
        self._more.setVisible(hidden > 0)
        if hidden <= 0:
            return top - _GAP
        self._more.setText(self.tr("Fewer passages") if self._shows_all else self.tr("%Ln more passage(s)", "", hidden))
        self._more.adjustSize()
        self._more.move(0, top - _GAP // 2)
        return top - _GAP // 2 + self._more.height()
