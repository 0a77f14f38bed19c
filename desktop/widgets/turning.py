"""When scrolling or keying past the end of a page means the next one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollBar

_FORWARD = {Qt.Key.Key_PageDown, Qt.Key.Key_Space}


def turn_by_wheel(bar: QScrollBar, notches: float) -> int:
    """+1 where the wheel is turned down at the end of ``bar``, -1 where it is turned up at its beginning, else 0."""
    if notches < 0 and bar.value() == bar.maximum():
        return 1
    return -1 if notches > 0 and bar.value() == bar.minimum() else 0


def turn_by_key(bar: QScrollBar, key: int) -> int:
    """The same for the keys that lead through a page."""
    if key in _FORWARD and bar.value() == bar.maximum():
        return 1
    return -1 if key == Qt.Key.Key_PageUp and bar.value() == bar.minimum() else 0
