"""A conversation as a row of the history: its title, when it last changed, and the way to its menu."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QDateTime,
    QEvent,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.theme import Theme
from desktop.widgets.row_ground import paint_ground, paint_line
from rag.protocol import ConversationRow

CONVERSATION = Qt.ItemDataRole.UserRole
"""The role under which a row holds its ConversationRow."""

_MENU_WIDTH = 32
_Index = QModelIndex | QPersistentModelIndex


class ConversationRows(QStyledItemDelegate):
    """Draws the rows. ``menu_wanted`` carries the place (in the view) where a row's menu was asked for."""

    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - Qt's signature
        """One line with air."""
        return QSize(0, option.fontMetrics.height() + self._theme.space(2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the ground, the title, the date and, where the pointer is, the three dots."""
        row = index.data(CONVERSATION)
        if not isinstance(row, ConversationRow):
            return
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, self._theme)
        metrics = option.fontMetrics
        inside = place.adjusted(self._theme.space(1.5), 0, -_MENU_WIDTH, 0)
        changed = when(row.changed)
        date_width = metrics.horizontalAdvance(changed)
        title = inside.adjusted(0, 0, -date_width - self._theme.space(2), 0)
        painter.setPen(self._theme.colour("text"))
        paint_line(painter, option, QStyle.visualRect(option.direction, place, title), row.title)
        painter.setPen(self._theme.colour("muted"))
        trailing = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignRight)
        painter.drawText(
            QStyle.visualRect(option.direction, place, inside), trailing | Qt.AlignmentFlag.AlignVCenter, changed
        )
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            dots = QRect(place.right() - _MENU_WIDTH + 8, place.center().y() - 7, 16, 16)
            self._theme.icon("more", "muted").paint(painter, QStyle.visualRect(option.direction, place, dots))
        painter.restore()

    def editorEvent(  # noqa: N802 - Qt's name
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Open the row's menu where its three dots are clicked."""
        place: QRect = option.rect
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            dots = QRect(place.right() - _MENU_WIDTH, place.top(), _MENU_WIDTH + 1, place.height())
            is_on_dots = QStyle.visualRect(option.direction, place, dots).contains(event.position().toPoint())
            if is_on_dots and event.type() == QEvent.Type.MouseButtonRelease:
                self.menu_wanted.emit(event.position().toPoint())
            if is_on_dots:
                return True
        return super().editorEvent(event, model, option, index)


def when(moment: float) -> str:
    """A Unix time as a person says it: the time if it is today, else the day."""
    time = QDateTime.fromSecsSinceEpoch(int(moment))
    locale, short = QLocale(), QLocale.FormatType.ShortFormat
    if time.date() == QDateTime.currentDateTime().date():
        return locale.toString(time.time(), short)
    return locale.toString(time.date(), short)
