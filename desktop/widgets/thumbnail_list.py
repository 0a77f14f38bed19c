"""The pages of a document as a list of small pictures: only those in sight are fetched, none of them is a widget."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.theme import Theme
from desktop.widgets.page_source import PageSource, Wish
from desktop.widgets.row_ground import paint_ground
from desktop.worker_client import WorkerClient
from rag.protocol import ListedPage, PageForm

_ROOM = 12 * 2**20
"""Bytes of small pictures that are kept: some 200 of them at twice the usual density."""

_SOON = 60
"""Milliseconds after scrolling before pictures are asked for: what only flies past isn't."""

_WIDTH, _HEIGHT = 104, 148
"""Device-independent pixels of a picture, at most; A4 fills it."""

_USUAL_WIDTH = 595.0
_DOT = 7

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ThumbnailModel(QAbstractListModel):
    """As many rows as there are pages; what is said of each is its number, or the label that is printed on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pages = 0
        self._listed: Mapping[int, ListedPage] = {}
        self._cited: Collection[int] = ()

    def show_pages(self, pages: int, listed: Mapping[int, ListedPage]) -> None:
        """There are so many pages; ``listed`` holds what is known of them."""
        if pages != self._pages:
            self.beginResetModel()
            self._pages, self._listed = pages, listed
            self.endResetModel()
        else:
            self._listed = listed
            self._tell()

    def mark(self, cited: Collection[int]) -> None:
        """These pages are cited."""
        self._cited = cited
        self._tell()

    def page_of(self, index: _Index) -> ListedPage | None:
        """What is known of the page of a row."""
        return self._listed.get(index.row() + 1)

    def is_cited(self, index: _Index) -> bool:
        """Whether a citation leads to the page of a row."""
        return index.row() + 1 in self._cited

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """The pages."""
        return 0 if parent.isValid() else self._pages

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The label under a picture, and what is said of it to those who listen."""
        listed = self.page_of(index)
        label = listed.label if listed is not None and listed.label else str(index.row() + 1)
        if role == Qt.ItemDataRole.DisplayRole:
            return label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = QCoreApplication.translate("Thumbnails", "Page {label}").format(label=label)
            if self.is_cited(index):
                return QCoreApplication.translate("Thumbnails", "{page}, cited").format(page=said)
            return said
        return None

    def _tell(self) -> None:
        if self._pages:
            self.dataChanged.emit(self.index(0, 0), self.index(self._pages - 1, 0))


class ThumbnailList(QListView):
    """``chosen`` carries the number of a page."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, client: WorkerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sha256 = ""
        self._source = PageSource(client, self, room=_ROOM, most_at_once=1)
        self._source.arrived.connect(lambda page, _: self._repaint(page.page))
        self._pages = ThumbnailModel(self)
        self.setModel(self._pages)
        self.setItemDelegate(_ThumbnailRow(theme, self._pages, self.picture, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Pages"))
        self._waiting = QTimer(self, singleShot=True, interval=_SOON)
        self._waiting.timeout.connect(self._fetch)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._waiting.start())
        self._is_told = False
        self.selectionModel().currentChanged.connect(self._choose)
        theme.changed.connect(self.viewport().update)

    def open(self, sha256: str) -> None:
        """Another document is shown."""
        self._sha256 = sha256
        self._source.want(sha256, [])
        self.show_pages(0, {})

    def show_pages(self, pages: int, listed: Mapping[int, ListedPage]) -> None:
        """There are so many pages."""
        self._pages.show_pages(pages, listed)
        self._waiting.start()

    def show_page(self, number: int) -> None:
        """Mark the page that is read now."""
        index = self._pages.index(number - 1, 0)
        if index.isValid() and index != self.currentIndex():
            self._is_told = True
            self.setCurrentIndex(index)
            self._is_told = False

    def mark(self, cited: Collection[int]) -> None:
        """These pages are cited."""
        self._pages.mark(cited)

    def picture(self, row: int) -> QImage | None:
        """The small picture of a page, if it is here."""
        return self._source.picture(self._wish(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other pages are in sight."""
        super().resizeEvent(event)
        self._waiting.start()

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and not self._is_told:
            self.chosen.emit(index.row() + 1)

    def _wish(self, row: int) -> Wish:
        listed = self._pages.page_of(self._pages.index(row, 0))
        width = listed.width if listed is not None and listed.width > 0 else _USUAL_WIDTH
        height = listed.height if listed is not None and listed.height > 0 else 0.0
        scale = min(_WIDTH / width, _HEIGHT / height if height else 1.0)
        return Wish(row + 1, scale * self.devicePixelRatioF())

    def _fetch(self) -> None:
        if not self.isVisible() or not self._sha256:
            return
        top = self.indexAt(self.viewport().rect().topLeft())
        first = max(0, top.row())
        high = max(1, self.sizeHintForRow(0))
        last = min(self._pages.rowCount() - 1, first + self.viewport().height() // high + 1)
        painted = [
            row
            for row in range(first, last + 1)
            if (listed := self._pages.page_of(self._pages.index(row, 0))) is None or listed.form is PageForm.PICTURE
        ]
        self._source.want(self._sha256, [self._wish(row) for row in painted])

    def _repaint(self, page: int) -> None:
        self.update(self._pages.index(page - 1, 0))


class _ThumbnailRow(QStyledItemDelegate):
    """Paints a page small, with its label under it, and a dot where it is cited."""

    def __init__(
        self, theme: Theme, pages: ThumbnailModel, picture_of: Callable[[int], QImage | None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages = pages
        self._picture_of = picture_of

    def sizeHint(self, option: QStyleOptionViewItem, _: _Index) -> QSize:
        """Every row alike, so that none has to be asked."""
        return QSize(_WIDTH, _HEIGHT + option.fontMetrics.height() + self._theme.space(2.5))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the page, its label and its dot."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_ground(painter, option, self._theme)
        row: QRect = option.rect
        words = option.fontMetrics.height()
        room = QRect(row.left(), row.top() + self._theme.space(1), row.width(), _HEIGHT)
        place = self._paint_page(painter, room, index)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("teal"), 2))
            painter.drawRect(place.adjusted(-1, -1, 1, 1))
        if self._pages.is_cited(index):
            painter.setPen(Qt.PenStyle.NoPen)
            ink = self._theme.colour("amber")
            ink.setAlphaF(1.0)
            painter.setBrush(ink)
            painter.drawEllipse(place.right() - _DOT - 3, place.top() + 4, _DOT, _DOT)
        painter.setFont(self._theme.small(option.font))
        is_read = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(self._theme.colour("text" if is_read else "muted"))
        below = QRect(row.left(), room.bottom() + self._theme.space(0.5), row.width(), words)
        label = option.fontMetrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, row.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, label)
        painter.restore()

    def _paint_page(self, painter: QPainter, room: QRect, index: _Index) -> QRect:
        """The paper with its picture, in the middle of ``room``."""
        listed = self._pages.page_of(index)
        width, height = (listed.width, listed.height) if listed is not None and listed.width > 0 else (0.0, 0.0)
        if not width or not height:
            width, height = 210.0, 297.0
        scale = min(_WIDTH / width, _HEIGHT / height)
        place = QRect(0, 0, round(width * scale), round(height * scale))
        place.moveCenter(room.center())
        painter.fillRect(place, self._theme.colour("paper"))
        picture = self._picture_of(index.row())
        if picture is not None:
            painter.drawImage(place, picture)
            if self._theme.is_dark:
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
                painter.fillRect(place, self._theme.colour("paper"))
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        elif listed is not None and listed.form is not PageForm.PICTURE:
            icon = QRectF(0, 0, self._theme.space(3), self._theme.space(3))
            icon.moveCenter(QRectF(place).center())
            self._theme.icon("note", "muted").paint(painter, icon.toRect())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._theme.colour("line"))
        painter.drawRect(place)
        return place
