"""A scroll area that follows what is written at its end, but only for a person who is there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_NEAR = 48
"""Device-independent pixels from the end within which it follows."""


class FollowingScroll(QScrollArea):
    """Scrolls to the end as the content grows, until the person scrolls away from there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_near_end = True
        self._top: QWidget | None = None
        self._grows_above = False
        self._height = 0
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._note_place)
        bar.rangeChanged.connect(self._follow)

    def go_to_end(self, top: QWidget | None = None) -> None:
        """Show the end, and follow it from now on; ``top`` in it is to stay in sight with its beginning."""
        if top is not None:
            top.destroyed.connect(self._forget_top)
        self._top = top
        self._is_near_end = True
        # What was just added has its height only after the layout has run.
        QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(self._end()))

    def set_growing_above(self, grows_above: bool) -> None:
        """Whether what comes now comes above what is in sight, which is to stay where it is."""
        self._grows_above = grows_above

    def _forget_top(self) -> None:
        self._top = None

    def _end(self) -> int:
        maximum, body = self.verticalScrollBar().maximum(), self.widget()
        if self._top is None or body is None or not body.isAncestorOf(self._top):
            return maximum
        return min(maximum, self._top.mapTo(body, QPoint()).y())

    def _note_place(self, value: int) -> None:
        beyond = value - self._end()
        self._is_near_end = beyond >= -_NEAR and (self._top is None or beyond <= _NEAR)

    def _follow(self, _: int, height: int) -> None:
        grown, self._height = height - self._height, height
        if self._is_near_end:
            self.verticalScrollBar().setValue(self._end())
        elif self._grows_above:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + grown)
