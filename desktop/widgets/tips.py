"""Tooltips of text that comes from a document or a model: Qt would read one that looks like HTML as HTML."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent, Qt
from PySide6.QtWidgets import QToolTip, QWidget


def plain_tip(text: str) -> str:
    """``text`` so that a tooltip shows it to the letter, and loads nothing for it.

    A tooltip can't be told what it is given: Qt guesses, and loads the pictures of what it takes for HTML, also from
    another machine's shares.
    """
    if not Qt.mightBeRichText(text):
        return text
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>'


def show_tip(widget: QWidget, event: QEvent, words: str) -> bool:
    """Show ``words`` where ``event`` asks for the tooltip of ``widget``, which has none of its own; gives True.

    A tooltip that a widget has is its description for those who listen: one that only says its name again is no help.
    """
    if isinstance(event, QHelpEvent):
        QToolTip.showText(event.globalPos(), plain_tip(words), widget)
    return True
