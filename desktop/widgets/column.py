"""What is read stands in a column in the middle of the pane, never wider than lines that read well."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollBar, QVBoxLayout, QWidget

from desktop.theme import Theme

_WIDEST = 760
"""Device-independent pixels; longer lines are hard to read."""

_ROOMY = 500
"""Device-independent pixels; a pane that is narrower has narrower margins too."""


def centred(content: QWidget, theme: Theme, bar: QScrollBar | None = None, widest: int = _WIDEST) -> QWidget:
    """``content`` in the middle of its pane, no wider than ``widest`` (device-independent pixels).

    ``bar``: the scroll bar that takes room beside it when it is there.
    """
    return _Column(content, theme.space(3.5), bar, widest)


class _Column(QWidget):
    def __init__(self, content: QWidget, margin: int, bar: QScrollBar | None, widest: int) -> None:
        super().__init__()
        self._widest = widest
        self._margin = margin
        self._bar = bar
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(margin, 0, margin, 0)
        self._layout.addWidget(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share what is too wide between both margins; the bar takes its room from the right one."""
        super().resizeEvent(event)
        taken = self._bar.width() if self._bar is not None and self._bar.isVisible() else 0
        width = event.size().width() + taken
        narrowest = self._margin if width > _ROOMY else self._margin // 2
        margin = max(narrowest, (width - self._widest) // 2)
        self._layout.setContentsMargins(margin, 0, max(0, margin - taken), 0)
