"""A document as a row of the library: its kind, its name, its pages or its state."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.theme import Theme, space
from desktop.widgets.document_model import DOCUMENT_ROLE, fraction_done
from desktop.widgets.progress import paint_ring
from rag.protocol import Document, DocumentState

ICON = 16
"""Device-independent pixels."""

TROUBLE_ICONS = {
    DocumentState.NEEDS_PASSWORD: ("lock", "amber_text"),
    DocumentState.EMPTY: ("warning", "amber_text"),
    DocumentState.FAILED: ("warning", "danger"),
}


def is_paged(document: Document) -> bool:
    """Whether ``document`` has pages that a person would count; until it is read, its name has to tell."""
    return document.format == "pdf" or (not document.format and document.name.lower().endswith(".pdf"))


class DocumentRow(QStyledItemDelegate):
    """Paints a Document of a ``DocumentModel``: nothing of it is a widget, so that a thousand rows cost nothing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

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
        self._paint_ground(painter, option)
        inner = option.rect.adjusted(space(1), 0, -space(1), 0)
        state_width = self._paint_state(painter, option, inner, document)
        icon = QRect(inner.left(), inner.center().y() - ICON // 2 + 1, ICON, ICON)
        kind = "document" if is_paged(document) else "note"
        self._theme.icon(kind, "text").paint(painter, QStyle.visualRect(option.direction, inner, icon))
        name = inner.adjusted(ICON + space(1.25), 0, -state_width - space(1), 0)
        self._paint_name(painter, option, QStyle.visualRect(option.direction, inner, name), document)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        state = option.state
        painter.setPen(Qt.PenStyle.NoPen)
        place = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(self._theme.colour("teal_soft"))
            painter.drawRoundedRect(place, space(0.75), space(0.75))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self._theme.colour("hover"))
            painter.drawRoundedRect(place, space(0.75), space(0.75))
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._theme.colour("teal"))
            painter.drawRoundedRect(place, space(0.75), space(0.75))

    def _paint_name(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, document: Document) -> None:
        painter.setFont(option.font)
        painter.setPen(self._theme.colour("text"))
        elided = QFontMetrics(option.font).elidedText(document.name, Qt.TextElideMode.ElideRight, place.width())
        leading = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
        painter.drawText(place, leading | Qt.AlignmentFlag.AlignVCenter, elided)

    def _paint_state(self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, document: Document) -> int:
        """Paint it and give its width."""
        trouble = TROUBLE_ICONS.get(document.state)
        if trouble is not None:
            icon = QRect(inner.right() - ICON + 1, inner.center().y() - ICON // 2 + 1, ICON, ICON)
            self._theme.icon(*trouble).paint(painter, QStyle.visualRect(option.direction, inner, icon))
            return ICON
        fraction = fraction_done(document)
        words = self._pages(document) if fraction is None else self._per_cent(document, fraction)
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
        if not is_paged(document):
            return ""
        return QCoreApplication.translate("DocumentRow", "{pages} p").format(pages=document.pages)

    def _per_cent(self, document: Document, fraction: float) -> str:
        if document.state is DocumentState.QUEUED:
            return QCoreApplication.translate("DocumentRow", "waiting")
        return QCoreApplication.translate("DocumentRow", "{percent} %").format(percent=int(100 * fraction))
