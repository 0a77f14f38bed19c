"""Tooltips of text that comes from a document or a model: Qt would read one that looks like HTML as HTML."""

from __future__ import annotations

import html

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """``text`` so that a tooltip shows it to the letter, and loads nothing for it.

    A tooltip can't be told what it is given: Qt guesses, and loads the pictures of what it takes for HTML, also from
    another machine's shares.
    """
    if not Qt.mightBeRichText(text):
        return text
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>'
