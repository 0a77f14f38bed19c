"""A label for words that come from elsewhere: never read as rich text, broken where there is little room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def make_label(role: str = "", *, is_shown: bool = True) -> QLabel:
    """An empty label with a ``role`` of the style sheet; where it is not shown, it waits for its words."""
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumWidth(1)  # a long path or name must not keep a pane from getting narrow
    if not is_shown:
        label.hide()
    return label
