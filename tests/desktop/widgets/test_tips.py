from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import Qt, QTextDocument

from desktop.widgets.tips import plain_tip

MARKS = st.sampled_from(["<img src='file:///trap.png'>", "<b>", "&lt;", "<", ">", "&", "\n", "notes.md", " ", "</p>"])


def shown(tip: str) -> str:
    """What Qt makes of a tooltip's text."""
    if not Qt.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


@given(st.lists(MARKS, max_size=6).map("".join))
def test_a_tip_shows_its_letters(text: str) -> None:
    assert shown(plain_tip(text)).split() == text.split()


@pytest.mark.parametrize("text", ["<img src='//elsewhere/share/x.png'>.pdf", "p. <img src=x>\n“quote”"])
def test_no_picture_of_a_tip_is_one(text: str) -> None:
    assert Qt.mightBeRichText(text)
    assert "<img" not in plain_tip(text)


def test_ordinary_words_stay_as_they_are() -> None:
    assert plain_tip("notes.md · page 3\n“1 < 2”") == "notes.md · page 3\n“1 < 2”"
