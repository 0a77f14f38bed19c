"""A scroll area that follows what is written at its end, but only for a person who is there."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_NEAR = 48
"""Device-independent pixels from the end within which it follows."""


class FollowingScroll(QScrollArea):
    """Scrolls to the end as the content grows, until the person scrolls away from there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_near_end = True
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._note_place)
        bar.rangeChanged.connect(self._follow)

    def go_to_end(self) -> None:
        """Show the end, and follow it from now on."""
        self._is_near_end = True
        bar = self.verticalScrollBar()
        # What was just added has its height only after the layout has run.
        QTimer.singleShot(0, self, lambda: bar.setValue(bar.maximum()))

    def _note_place(self, value: int) -> None:
        self._is_near_end = value >= self.verticalScrollBar().maximum() - _NEAR

    def _follow(self, _: int, maximum: int) -> None:
        if self._is_near_end:
            self.verticalScrollBar().setValue(maximum)
