"""A page of a document as a picture, with the quotes marked on it as with a marker pen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.theme import Theme
from desktop.widgets.turning import turn_by_key, turn_by_wheel
from rag.protocol import Box

SMALLEST_ZOOM, LARGEST_ZOOM = 0.25, 4.0
_STEP = 1.2
_DEGREES_A_NOTCH = 120
_SMALLEST_SCALE = 0.1
_USUAL_WIDTH = 595.0
"""Points: A4."""

_ROUNDING = 2
"""Pixels by which a picture may differ from its place and still be drawn as it is."""


class PageView(QScrollArea):
    """Shows one page; fits its width unless a zoom was chosen. Zoom 1 is 96 pixels an inch, as on paper.

    ``resized``: the page is drawn at another size, so that a picture of another scale would be sharper.
    ``turned`` carries +1 or -1: the person scrolled or keyed past the end of the page.
    """

    resized = Signal()
    turned = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sheet = _Sheet(theme)
        self._zoom: float | None = None
        self._margin = theme.space(2.5)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._holder = _Holder(self._sheet, self._margin)
        self.setWidget(self._holder)
        self.setAccessibleName(self.tr("Page"))

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def scale(self) -> float:
        """Device-independent pixels a point, as the page is drawn, or will be if it is as wide as most."""
        return self._sheet.scale if self._sheet.points.width() else self._scale_for(_USUAL_WIDTH)

    @property
    def zoom(self) -> float:
        """1 is 96 pixels an inch."""
        return self._sheet.scale * 72 / 96

    @property
    def fits_width(self) -> bool:
        """Whether the page is as wide as the pane."""
        return self._zoom is None

    def show_page(self, width: float, height: float, picture: QImage | None, boxes: Sequence[Box]) -> None:
        """Show a page of ``width`` by ``height`` points; ``picture`` may still be missing or of another scale."""
        self._sheet.show_page(width, height, picture, boxes)
        self._fit()

    def go_to_mark(self) -> None:
        """Bring the first mark into the upper third; without one, the top of the page."""
        box = self._sheet.first_mark()
        top = 0 if box is None else box.top() + self._margin - self.viewport().height() // 3
        self.verticalScrollBar().setValue(top)
        if box is not None:
            self.horizontalScrollBar().setValue(box.center().x() + self._margin - self.viewport().width() // 2)

    def go_to_end(self) -> None:
        """Bring the end of the page into sight."""
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def mark_places(self) -> tuple[QRect, ...]:
        """Where the marks are drawn, in pixels of this widget."""
        return tuple(
            QRect(self._sheet.mapTo(self, place.topLeft()), place.size()) for place in self._sheet.mark_places()
        )

    # --- zoom -------------------------------------------------------------------------------------------------------

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller by ``steps``."""
        self._set_zoom(self.zoom * _STEP**steps)

    def fit_width(self) -> None:
        """As wide as the pane, from now on."""
        self._zoom = None
        self._fit()

    def _set_zoom(self, zoom: float) -> None:
        self._zoom = max(SMALLEST_ZOOM, min(LARGEST_ZOOM, zoom))
        self._fit()

    def _scale_for(self, width: float) -> float:
        if self._zoom is not None:
            return self._zoom * 96 / 72
        # Leave room for the bar always: a page that just fits without it would flicker between two widths.
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * self._margin
        return max(_SMALLEST_SCALE, room / width)

    def _fit(self) -> None:
        """Draw at the size in force, and keep what is in the middle there."""
        if not self._sheet.points.width():
            return
        scale = self._scale_for(self._sheet.points.width())
        bar = self.verticalScrollBar()
        middle = (bar.value() + self.viewport().height() / 2) / max(1, self._holder.height())
        if self._sheet.set_scale(scale):
            self._holder.fit(self.viewport().width())
            bar.setValue(round(middle * self._holder.height() - self.viewport().height() / 2))
            self.resized.emit()
        else:
            self._holder.fit(self.viewport().width())

    # --- events -----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the width anew."""
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl; turn the page at its end."""
        notches = event.angleDelta().y() / _DEGREES_A_NOTCH
        by = turn_by_wheel(self.verticalScrollBar(), notches)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if notches:
                self.zoom_by(1 if notches > 0 else -1)
            event.accept()
        elif by:
            self.turned.emit(by)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down, through the page and then through the document."""
        bar = self.verticalScrollBar()
        by = turn_by_key(bar, event.key())
        if by:
            self.turned.emit(by)
        elif event.key() == Qt.Key.Key_Space:
            bar.setValue(bar.value() + bar.pageStep())
        else:
            super().keyPressEvent(event)


class _Holder(QWidget):
    """Keeps air around the sheet."""

    def __init__(self, sheet: _Sheet, margin: int) -> None:
        super().__init__()
        self._sheet = sheet
        self._margin = margin
        sheet.setParent(self)

    def fit(self, room: int) -> None:
        """Be as large as the sheet and its margins, in the middle of ``room`` pixels."""
        size = self._sheet.size()
        width = max(room, size.width() + 2 * self._margin)
        self.resize(width, size.height() + 2 * self._margin)
        self._sheet.move((width - size.width()) // 2, self._margin)


class _Sheet(QWidget):
    """The paper itself."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture: QImage | None = None
        self._boxes: tuple[Box, ...] = ()
        self.points = QRectF()
        self.scale = 1.0
        theme.changed.connect(self.update)

    def show_page(self, width: float, height: float, picture: QImage | None, boxes: Sequence[Box]) -> None:
        self.points = QRectF(0, 0, width, height)
        self._picture = picture
        self._boxes = tuple(boxes)
        self._resize()
        self.update()

    def set_scale(self, scale: float) -> bool:
        """Draw at ``scale`` pixels a point; whether that is a change."""
        if abs(scale - self.scale) < 1e-3:
            return False
        self.scale = scale
        self._resize()
        return True

    def _resize(self) -> None:
        self.resize(round(self.points.width() * self.scale), round(self.points.height() * self.scale))

    def first_mark(self) -> QRect | None:
        """Where the first mark is drawn."""
        places = self.mark_places()
        return places[0] if places else None

    def mark_places(self) -> list[QRect]:
        """Where the marks are drawn, in pixels of this widget."""
        scale = self.scale
        return [
            QRectF(left * scale, top * scale, (right - left) * scale, (bottom - top) * scale).toAlignedRect()
            for left, top, right, bottom in self._boxes
        ]

    def _picture_place(self, picture: QImage) -> QRectF:
        """The sheet; but pixel for pixel where the picture was made for it, because scaling blurs letters."""
        ratio = self.devicePixelRatioF()
        width, height = picture.width() / ratio, picture.height() / ratio
        if abs(width - self.width()) * ratio <= _ROUNDING and abs(height - self.height()) * ratio <= _ROUNDING:
            return QRectF(0, 0, width, height)
        return QRectF(self.rect())

    def _marks_as_one(self) -> QPainterPath:
        """All marks united: where two boxes overlap, the ink must not be twice as strong."""
        region = QRegion()
        for place in self.mark_places():
            region += place.adjusted(-1, -1, 1, 1)
        path = QPainterPath()
        path.addRegion(region)
        return path

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, dimmed where the theme is dark, and the marks so that its letters stay black."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        whole = self.rect()
        painter.fillRect(event.rect(), Qt.GlobalColor.white)
        if self._picture is not None:
            painter.drawImage(self._picture_place(self._picture), self._picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(event.rect(), self._theme.colour("paper"))
        ink = _on_white(self._theme.colour("amber"))
        painter.setBrush(ink)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPath(self._marks_as_one())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setPen(self._theme.colour("line"))
        painter.drawRect(whole.adjusted(0, 0, -1, -1))


def _on_white(colour: QColor) -> QColor:
    """What ``colour`` gives on white paper: to multiply with, so that black stays black."""
    share = colour.alphaF()
    return QColor.fromRgbF(*(1 - share * (1 - part) for part in (colour.redF(), colour.greenF(), colour.blueF())))
