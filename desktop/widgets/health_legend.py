"""What the ticks of a strip mean."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import Theme, space
from desktop.widgets.page_strip import paint_tick, state_name
from rag.protocol import PageState

_TICK = QSize(8, 12)
"""Device-independent pixels."""


class HealthLegend(QWidget):
    """A tick of each state with its name, in as many lines as there is need of."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(", ".join(state_name(state) for state in PageState))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the lines."""
        super().resizeEvent(event)
        self.setFixedHeight(int(self._places(event.size().width())[-1][1].bottom()) + 1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the ticks and their names."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.small(self.font()))
        for state, place in self._places(self.width()):
            is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            start = place.right() - _TICK.width() if is_mirrored else place.left()
            tick = QRectF(start, place.center().y() - _TICK.height() / 2, _TICK.width(), _TICK.height())
            paint_tick(painter, tick, state, 1.0, self._theme)
            painter.setPen(self._theme.colour("muted"))
            beside = _TICK.width() + space(0.75)
            words = place.adjusted(0, 0, -beside, 0) if is_mirrored else place.adjusted(beside, 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, state_name(state))

    def _places(self, width: int) -> list[tuple[PageState, QRectF]]:
        metrics = QFontMetrics(self._theme.small(self.font()))
        left, top, height = 0.0, 0.0, metrics.height() + space(0.5)
        places: list[tuple[PageState, QRectF]] = []
        for state in PageState:
            needed = _TICK.width() + space(0.75) + metrics.horizontalAdvance(state_name(state)) + 1
            if left and left + needed > width:
                left, top = 0.0, top + height
            is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            places.append((state, QRectF(width - left - needed if is_mirrored else left, top, needed, height)))
            left += needed + space(2)
        return places
