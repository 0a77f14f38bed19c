"""A document's health as a row: its name, its pages as a strip, what there is to say, and the first mend."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from desktop.theme import Theme, space
from desktop.widgets.document_row import TROUBLE_ICONS
from desktop.widgets.health_model import HEALTH_ROLE, HealthModel, needs_attention
from desktop.widgets.kinds import format_of, icon_of
from desktop.widgets.mends import mend_name
from desktop.widgets.page_strip import paint_strip, tick_at, tick_words
from desktop.widgets.places import count_of
from desktop.widgets.row_ground import ICON, paint_ground, paint_line
from desktop.widgets.tips import plain_tip
from rag.protocol import PAGE_UNITS, DocumentHealth, PageState

STRIP_HEIGHT = 12
"""Device-independent pixels."""

_Index = QModelIndex | QPersistentModelIndex


class HealthRow(QStyledItemDelegate):
    """Paints a DocumentHealth: nothing of it is a widget, so that a thousand rows of ten thousand pages cost nothing.

    ``mend_wanted`` carries the DocumentHealth whose first mend was clicked, and the mend.
    """

    mend_wanted = Signal(object, str)

    def __init__(self, theme: Theme, model: HealthModel, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, _: _Index) -> QSize:
        """Two lines of text with the strip between them, and air; three lines where there are no pages."""
        line = QFontMetrics(option.font).height()
        small = QFontMetrics(self._theme.small(option.font)).height()
        return QSize(space(30), line + STRIP_HEIGHT + small + space(4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the row."""
        health = index.data(HEALTH_ROLE)
        if not isinstance(health, DocumentHealth):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, self._theme)
        self._paint_head(painter, option, health)
        if health.pages:
            self._paint_strip(painter, option, health)
        self._paint_words(painter, option, health)
        painter.restore()

    def _paint_strip(self, painter: QPainter, option: QStyleOptionViewItem, health: DocumentHealth) -> None:
        """Paint the pages, the first where reading begins."""
        place = self._strip_place(option)
        painter.save()
        if option.direction == Qt.LayoutDirection.RightToLeft:
            painter.translate(place.left() + place.right(), 0)
            painter.scale(-1, 1)
        paint_strip(painter, place, health.pages, self._theme)
        painter.restore()

    def _paint_head(self, painter: QPainter, option: QStyleOptionViewItem, health: DocumentHealth) -> None:
        line = self._line(option)
        icon = QRect(line.left(), line.center().y() - ICON // 2 + 1, ICON, ICON)
        trouble = TROUBLE_ICONS.get(health.document.state)
        ink = "muted" if health.document.is_away else "text"
        drawing = self._theme.icon(*(trouble or (icon_of(health.document), ink)))
        drawing.paint(painter, QStyle.visualRect(option.direction, line, icon))
        taken = self._paint_end(painter, option, line, health)
        name = line.adjusted(ICON + space(1.25), 0, -taken - space(1.5), 0)
        painter.setFont(option.font)
        painter.setPen(self._theme.colour(ink))
        place = QStyle.visualRect(option.direction, line, name)
        paint_line(painter, option, place, health.document.name, Qt.TextElideMode.ElideMiddle)

    def _paint_end(self, painter: QPainter, option: QStyleOptionViewItem, line: QRect, health: DocumentHealth) -> int:
        """Paint the first mend, or how many pages there are, and give its width."""
        small = self._theme.small(option.font)
        mend = _first_mend(health)
        pages = health.document.pages
        words = mend_name(mend) if mend else count_of(format_of(health.document), pages) if pages else ""
        if mend:
            small.setBold(True)
        painter.setFont(small)
        painter.setPen(self._theme.colour("teal" if mend else "muted"))
        trailing = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignRight)
        painter.drawText(line, trailing | Qt.AlignmentFlag.AlignVCenter, words)
        return QFontMetrics(small).horizontalAdvance(words)

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, health: DocumentHealth) -> None:
        small = self._theme.small(option.font)
        metrics = QFontMetrics(small)
        strip = self._strip_place(option).toRect()
        top = strip.bottom() + 1 + space(0.5) if health.pages else self._line(option).bottom() + space(0.5)
        place = QRect(strip.left(), top, strip.width(), metrics.height())
        painter.setFont(small)
        painter.setPen(self._theme.colour("muted"))
        leading = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
        for words in (self._model.words_of(health), "" if health.pages else self._model.mend_of(health)):
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, leading | Qt.AlignmentFlag.AlignVCenter, shown)
            place.translate(0, metrics.height())

    def _line(self, option: QStyleOptionViewItem) -> QRect:
        inner: QRect = option.rect.adjusted(space(1.5), space(1), -space(1.5), 0)
        inner.setHeight(QFontMetrics(option.font).height())
        return inner

    def _strip_place(self, option: QStyleOptionViewItem) -> QRectF:
        line = self._line(option)
        beside = ICON + space(1.25)
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        left = line.left() if is_mirrored else line.left() + beside
        return QRectF(left, line.bottom() + 1 + space(0.75), line.width() - 1 - beside, STRIP_HEIGHT)

    def _mend_place(self, option: QStyleOptionViewItem, mend: str) -> QRect:
        line = self._line(option)
        small = self._theme.small(option.font)
        small.setBold(True)
        width = QFontMetrics(small).horizontalAdvance(mend_name(mend))
        air = space(0.5)
        place = QRect(line.right() - width, line.top(), width, line.height()).adjusted(-air, -air, air, air)
        return QStyle.visualRect(option.direction, line, place)

    def editorEvent(  # noqa: N802 - Qt's name
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Do the first mend where it is clicked."""
        health = index.data(HEALTH_ROLE)
        mend = _first_mend(health) if isinstance(health, DocumentHealth) else ""
        if (
            mend
            and isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.LeftButton
            and self._mend_place(option, mend).contains(event.position().toPoint())
        ):
            if event.type() == QEvent.Type.MouseButtonRelease:
                self.mend_wanted.emit(health, mend)
            return True
        return super().editorEvent(event, model, option, index)

    def helpEvent(  # noqa: N802 - Qt's name
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Say what came of the page that is pointed at, else the whole of what the row says."""
        health = index.data(HEALTH_ROLE)
        if not isinstance(health, DocumentHealth):
            return False
        QToolTip.showText(event.globalPos(), plain_tip(self._tip(option, health, event.pos())), view)
        return True

    def _tip(self, option: QStyleOptionViewItem, health: DocumentHealth, place: QPoint) -> str:
        strip = self._strip_place(option)
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        x = strip.left() + strip.right() - place.x() if is_mirrored else place.x()
        tick = tick_at(health.pages, strip, x) if strip.contains(QPointF(place)) else None
        if tick is not None:
            return tick_words(tick, PAGE_UNITS.get(health.document.format, "page"))
        return "\n".join(
            part for part in (health.document.name, self._model.words_of(health), self._model.mend_of(health)) if part
        )


def _first_mend(health: DocumentHealth) -> str:
    is_offered = needs_attention(health) or any(run.state is PageState.LEFT_UNREAD for run in health.pages)
    return health.mends[0] if health.mends and is_offered else ""
