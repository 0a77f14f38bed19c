"""A document as a row of the library: its kind, its name, its pages or its state."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.theme import Theme, space
from desktop.widgets.document_model import DOCUMENT_ROLE, fraction_done, reads_scans
from desktop.widgets.kinds import format_of, icon_of
from desktop.widgets.marked_line import paint_name
from desktop.widgets.places import count_of
from desktop.widgets.progress import paint_ring
from desktop.widgets.row_ground import ICON, paint_ground
from rag.protocol import PAGE_UNITS, Document, DocumentState

TROUBLE_ICONS = {
    DocumentState.NEEDS_PASSWORD: ("lock", "amber_text"),
    DocumentState.EMPTY: ("warning", "amber_text"),
    DocumentState.FAILED: ("warning", "danger"),
}


class DocumentRow(QStyledItemDelegate):
    """Paints a Document of a ``DocumentModel``: nothing of it is a widget, so that a thousand rows cost nothing.

    ``words``, casefolded, are marked in the names.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.words: tuple[str, ...] = ()

    def sizeHint(self, option: QStyleOptionViewItem, _: QModelIndex | QPersistentModelIndex) -> QSize:
        """A row of text with air above and below."""
        return QSize(space(20), QFontMetrics(option.font).height() + space(2))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the row: kind and name from where reading begins, pages or state at the other side."""
        document = index.data(DOCUMENT_ROLE)
        if not isinstance(document, Document):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, self._theme)
        inner = option.rect.adjusted(space(1), 0, -space(1), 0)
        state_width = self._paint_state(painter, option, inner, document)
        icon = QRect(inner.left(), inner.center().y() - ICON // 2 + 1, ICON, ICON)
        ink = "muted" if document.is_away else "text"
        self._theme.icon(icon_of(document), ink).paint(painter, QStyle.visualRect(option.direction, inner, icon))
        name = inner.adjusted(ICON + space(1.25), 0, -state_width - space(1), 0)
        self._paint_name(painter, option, QStyle.visualRect(option.direction, inner, name), document)
        painter.restore()

    def _paint_name(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, document: Document) -> None:
        paint_name(
            painter,
            place,
            document.name,
            words=self.words,
            font=option.font,
            ink="muted" if document.is_away else "text",
            theme=self._theme,
            is_mirrored=option.direction == Qt.LayoutDirection.RightToLeft,
        )

    def _paint_state(self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, document: Document) -> int:
        """Paint it and give its width."""
        trouble = TROUBLE_ICONS.get(document.state)
        if trouble is not None:
            icon = QRect(inner.right() - ICON + 1, inner.center().y() - ICON // 2 + 1, ICON, ICON)
            self._theme.icon(*trouble).paint(painter, QStyle.visualRect(option.direction, inner, icon))
            return ICON
        fraction = None if document.is_away else fraction_done(document)
        words = self._pages(document) if fraction is None else self._progress(document, fraction)
        width = self._paint_words(painter, option, inner, words)
        # What waits has no ring: an empty one says nothing, and the name needs the room.
        if fraction is not None and document.state is not DocumentState.QUEUED:
            ring_size = ICON - 2
            left = inner.right() - width - space(1) - ring_size
            ring = QRect(left, inner.center().y() - ring_size // 2 + 1, ring_size, ring_size)
            ring = QStyle.visualRect(option.direction, inner, ring)
            paint_ring(painter, QRectF(ring), fraction, self._theme.colour("teal"), self._theme.colour("line"))
            width += space(1) + ring_size
        return width

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, words: str) -> int:
        font = self._theme.small(option.font)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        trailing = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignRight)
        painter.drawText(inner, trailing | Qt.AlignmentFlag.AlignVCenter, words)
        return QFontMetrics(font).horizontalAdvance(words)

    def _pages(self, document: Document) -> str:
        if document.is_away:
            return QCoreApplication.translate("DocumentRow", "away")
        form = format_of(document)
        if PAGE_UNITS.get(form, "page") == "page":
            return QCoreApplication.translate("DocumentRow", "{pages} p").format(
                pages=QLocale().toString(document.pages)
            )
        return count_of(form, document.pages)

    def _progress(self, document: Document, fraction: float) -> str:
        if document.state is DocumentState.QUEUED:
            return QCoreApplication.translate("DocumentRow", "waiting")
        if reads_scans(document):
            scans = document.pages_by_ocr + document.pages_waiting
            return QCoreApplication.translate("DocumentRow", "OCR {done}/{scans}").format(
                done=QLocale().toString(document.pages_by_ocr), scans=QLocale().toString(scans)
            )
        return QCoreApplication.translate("DocumentRow", "{percent} %").format(
            percent=QLocale().toString(int(100 * fraction))
        )
