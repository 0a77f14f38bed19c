"""One passage as a row of the quick question: its number, the words around the marked ones, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from desktop.theme import Theme
from desktop.widgets.broken_lines import broken_lines
from desktop.widgets.buttons import press_by_enter
from desktop.widgets.chips import paint_chip, paint_marks
from desktop.widgets.direction import isolated
from desktop.widgets.places import BETWEEN, address_of, others_of, place_of, recognition_of
from desktop.widgets.snippet import snippet, without_heading
from desktop.widgets.text_units import unit_spans
from desktop.widgets.tips import plain_tip
from rag.protocol import Passage, Span

_CHIP = 18
_GAP = 14
_LINES = 2
_PLACE_SHARE = 0.32
"""Of the width, at most, for the document and the page."""
_PAGE_SHARE = 0.18
"""The same where the page alone is said."""
_LINE_SPACING = 1.15


class QuickRow(QAbstractButton):
    """A row that opens its page; ``is_current``: Enter would.

    Where it doesn't take the focus itself, the keyboard stays in a field whose arrows choose.
    """

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, takes_focus: bool = False, names_document: bool = True
    ) -> None:
        """``names_document``: it says which document it is from; not where that stands above it."""
        super().__init__(parent)
        self._names_document = names_document
        self._share = _PLACE_SHARE if names_document else _PAGE_SHARE
        self._theme = theme
        self._is_current = False
        self._snippet = ""
        self._marks: Sequence[Span] = ()
        self._place = ""
        self.passage: Passage | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if takes_focus else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_passage(self, passage: Passage) -> None:
        """Show ``passage``."""
        self.passage = passage
        self._snippet, marks = snippet(*without_heading(passage))
        self._marks = unit_spans(self._snippet, marks)
        document = passage.document if self._names_document else ""
        self._place = BETWEEN.join(isolated(part) for part in (document, place_of(passage)) if part)
        spoken = (passage.document, address_of(passage, passage.section, is_spoken=True))
        heard = ", ".join(part for part in (*spoken, recognition_of(passage.confidence), others_of(passage)) if part)
        self.setAccessibleName(self.tr("Passage {number}: {place}").format(number=passage.number, place=heard))
        self.setAccessibleDescription(self._snippet)
        self.setToolTip(plain_tip(heard))
        self.updateGeometry()
        self.update()

    @property
    def is_current(self) -> bool:
        """Whether Enter opens it."""
        return self._is_current

    def set_current(self, is_current: bool) -> None:
        """Say whether Enter opens it."""
        self._is_current = is_current
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        layout, _ = self._layout()
        height = max(_CHIP, layout.boundingRect().height()) + 2 * self._theme.space(1)
        return QSize(320, round(height))

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens it."""
        if not press_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the ground of the current row, the chip, the words, and where they stand."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_chosen = self._is_current or self.hasFocus()
        if is_chosen or self.underMouse():
            painter.fillRect(self.rect(), self._theme.colour("teal_soft" if is_chosen else "hover"))
        if self.passage is None:
            return
        side, top = self._theme.space(2.5), self._theme.space(1)
        layout, shown = self._layout()
        small = self._theme.small(self.font())
        first = layout.lineAt(0).height() if layout.lineCount() else _CHIP
        number = str(self.passage.number)
        wide = max(_CHIP, QFontMetricsF(small).horizontalAdvance(number) + _GAP / 2)  # three figures need more room
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - side - wide if is_mirrored else side
        paint_chip(painter, QRectF(left, top + (first - _CHIP) / 2, wide, _CHIP), number, self._theme, small)
        room = self.width() * self._share
        at = QPointF(side + room + _GAP if is_mirrored else side + _CHIP + _GAP, top)
        marks = [(start, min(stop, shown)) for start, stop in self._marks if start < shown]
        paint_marks(painter, layout, at, marks, self._theme.colour("amber"))
        painter.setPen(self._theme.colour("text"))
        layout.draw(painter, at)
        metrics = QFontMetricsF(small)
        painter.setFont(small)
        painter.setPen(self._theme.colour("muted"))
        left = side if is_mirrored else self.width() - side - room
        place = QRectF(left, top + (first - metrics.height()) / 2, room, metrics.height())
        words = metrics.elidedText(self._place, Qt.TextElideMode.ElideMiddle, room)
        trailing = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignRight)
        painter.drawText(place, trailing | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, words)

    def _layout(self) -> tuple[QTextLayout, int]:
        width = max(320, self.width())
        room = width * (1 - self._share) - 2 * self._theme.space(2.5) - _CHIP - 2 * _GAP
        return broken_lines(self._snippet, self.font(), room, _LINES, _LINE_SPACING)
