"""The pointer and the keys that select on pages: clicks counted, a drag that scrolls on, the beam over words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop.widgets.page_selecting import PageSelecting

if TYPE_CHECKING:
    from desktop.widgets.page_view import PageView

_SCROLL_EVERY = 30
"""Milliseconds between two steps of a drag that has left the viewport."""

_SCROLL_SHARE = 0.4
"""Of the distance that it has left by: the further, the faster."""


class PagePointer:
    """Turns what is done with the mouse and the keyboard into what is selected."""

    def __init__(self, view: PageView, selecting: PageSelecting) -> None:
        self._view = view
        self._selecting = selecting
        self._clicks = 0
        self._since_double = QElapsedTimer()
        self._begun: QPointF | None = None
        self._last = QPointF()
        self._scrolling = QTimer(view, interval=_SCROLL_EVERY)
        self._scrolling.timeout.connect(self._scroll_on)
        view.viewport().setMouseTracking(True)

    def press(self, event: QMouseEvent, *, is_second: bool = False) -> None:
        """A button went down, for the second time soon after the first where ``is_second``."""
        at = self._view.page_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or at is None:
            return
        is_third = self._clicks == 2 and self._since_double.elapsed() < QApplication.doubleClickInterval()
        self._clicks = 2 if is_second else 3 if is_third else 1
        if is_second:
            self._since_double.start()
        extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._selecting.press(*at, clicks=self._clicks, extends=extends)
        self._begun = self._last = event.position()

    def move(self, event: QMouseEvent) -> None:
        """The pointer moved."""
        at = self._view.page_at(event.position())
        self._last = event.position()
        if self._begun is None:
            is_on_word = at is not None and self._selecting.is_on_word(*at)
            self._view.viewport().setCursor(Qt.CursorShape.IBeamCursor if is_on_word else Qt.CursorShape.ArrowCursor)
        elif (self._last - self._begun).manhattanLength() >= QApplication.startDragDistance() or self._clicks > 1:
            self._drag()
            is_outside = not self._view.viewport().rect().contains(self._last.toPoint())
            if is_outside and not self._scrolling.isActive():
                self._scrolling.start()

    def release(self) -> None:
        """The button went up."""
        self._begun = None
        self._scrolling.stop()

    def key(self, event: QKeyEvent) -> bool:
        """Whether the key leads the selection on."""
        if event.modifiers() != Qt.KeyboardModifier.ShiftModifier:
            return False
        page = self._view.current
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                to = self._selecting.step(page, words=1 if event.key() == Qt.Key.Key_Right else -1)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                to = self._selecting.step(page, lines=1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Home | Qt.Key.Key_End:
                to = self._selecting.step(page, to_line_end=1 if event.key() == Qt.Key.Key_End else -1)
            case _:
                return False
        text = self._selecting.text_of(to.page) if to is not None else None
        if to is not None and text is not None:
            self._view.bring(to.page, text.words[to.word].box)
        return True

    def _drag(self) -> None:
        at = self._view.page_at(self._last)
        if at is not None:
            self._selecting.drag(*at)

    def _scroll_on(self) -> None:
        """Scroll towards where the pointer has gone, as long as it is out there."""
        room = self._view.viewport().rect()
        by = min(0.0, self._last.y()) + max(0.0, self._last.y() - room.height())
        bar = self._view.verticalScrollBar()
        if self._begun is None or not by:
            self._scrolling.stop()
            return
        bar.setValue(bar.value() + round(_SCROLL_SHARE * by) + (1 if by > 0 else -1))
        self._drag()
