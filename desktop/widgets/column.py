"""What is read stands in a column in the middle of the pane, never wider than lines that read well."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.theme import Theme

_WIDEST = 760
"""Device-independent pixels; longer lines are hard to read."""

_ROOMY = 500
"""Device-independent pixels; a pane that is narrower has narrower margins too."""


def centred(content: QWidget, theme: Theme, scroll: QScrollArea | None = None, widest: int = _WIDEST) -> QWidget:
    """``content`` in the middle of its pane, no wider than ``widest`` pixels (more for larger letters).

    ``scroll``: the area that it is in, whose bar takes room beside it when it is there.
    """
    return _Column(content, theme.space(3.5), scroll, round(widest * theme.scale))


class _Column(QWidget):
    def __init__(self, content: QWidget, margin: int, scroll: QScrollArea | None, widest: int) -> None:
        super().__init__()
        self._widest = widest
        self._margin = margin
        self._scroll = scroll
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(margin, 0, margin, 0)
        self._layout.addWidget(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share what is too wide between both margins; the bar takes its room from the one that it stands beside."""
        super().resizeEvent(event)
        # What is missing of the area's width is its bar's, which may not know yet whether it is to be seen.
        taken = 0 if self._scroll is None else max(0, self._scroll.width() - event.size().width())
        width = event.size().width() + taken
        narrowest = self._margin if width > _ROOMY else self._margin // 2
        margin = max(narrowest, (width - self._widest) // 2)
        ends = (margin, max(0, margin - taken))
        left, right = ends if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else reversed(ends)
        self._layout.setContentsMargins(left, 0, right, 0)
