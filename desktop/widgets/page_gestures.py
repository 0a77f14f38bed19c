"""Zooming at the pointer, by Ctrl and the wheel or by two fingers, and scrolling on past the last page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QGestureEvent, QPinchGesture

from desktop.widgets.turning import turn_by_wheel

_STEP_A_NOTCH = 1.2
_DEGREES_A_NOTCH = 120


class ZoomGestures(QObject):
    """Watches the viewport of a scroll area. ``zoomed`` carries a factor and the point that stays where it is.

    ``turned`` carries +1 or -1: the wheel was turned at the end, or at the beginning, of what can be scrolled.
    """

    zoomed = Signal(float, QPointF)
    turned = Signal(int)

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        area.viewport().grabGesture(Qt.GestureType.PinchGesture)
        area.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is meant for us."""
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoomed.emit(1 + event.value(), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                centre = self._area.viewport().mapFromGlobal(pinch.centerPoint().toPoint())
                self.zoomed.emit(pinch.scaleFactor(), QPointF(centre))
                return True
        return super().eventFilter(watched, event)

    def _wheel(self, event: QWheelEvent) -> bool:
        notches = event.angleDelta().y() / _DEGREES_A_NOTCH
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if notches:
                self.zoomed.emit(_STEP_A_NOTCH**notches, event.position())
            event.accept()
            return True
        by = turn_by_wheel(self._area.verticalScrollBar(), notches)
        if by:
            self.turned.emit(by)
            event.accept()
        return bool(by)
