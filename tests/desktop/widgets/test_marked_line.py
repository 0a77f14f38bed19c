"""Names in rows: what was searched for is marked in them, and stays in sight where they are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter

from desktop.theme import Theme
from desktop.widgets.document_order import is_named
from desktop.widgets.marked_line import elided, paint_name, spans_of


@pytest.mark.parametrize(
    ("name", "words", "marked"),
    [
        ("Harbour wind study.pdf", ("wind",), ["wind"]),
        ("WIND and wind", ("wind",), ["WIND", "wind"]),
        ("Maße.pdf", ("masse",), ["Maße"]),
        ("Maße.pdf", ("sse",), ["ße"]),
        ("風力調査.pdf", ("調査",), ["調査"]),
        ("a.pdf", ("b",), []),
        ("a.pdf", (), []),
    ],
)
def test_words_are_found_whatever_their_capitals(name: str, words: tuple[str, ...], marked: list[str]) -> None:
    assert [name[start:stop] for start, stop in spans_of(name, words)] == marked


@given(name=st.text(), word=st.text(min_size=1).map(str.casefold).filter(bool))
def test_what_is_listed_is_marked(name: str, word: str) -> None:
    spans = spans_of(name, (word,))
    assert bool(spans) == is_named(name, (word,))
    assert all(0 <= start < stop <= len(name) for start, stop in spans)


@pytest.mark.parametrize("word", ["harbour", "wind", "study", "quay", "2025"])
def test_a_name_that_is_cut_still_shows_what_was_searched_for(qapp: object, word: str) -> None:
    name = "Harbour measurements of the wind at the north quay, a long study of 2025.pdf"
    metrics = QFontMetrics(QFont())
    shown = elided(name, (word,), metrics, metrics.horizontalAdvance("Harbour measurements of"))
    assert "…" in shown
    assert word in shown.casefold()


def test_the_mark_is_amber_where_the_word_stands(theme: Theme) -> None:
    width, height = 400, 24
    with_mark, without = (QImage(width, height, QImage.Format.Format_ARGB32) for _ in range(2))
    for picture, words in ((with_mark, ("wind",)), (without, ())):
        picture.fill(theme.colour("surface"))
        painter = QPainter(picture)
        paint_name(
            painter,
            picture.rect(),
            "wind at the quay",
            words=words,
            font=QFont(),
            ink="text",
            theme=theme,
            is_mirrored=False,
        )
        painter.end()
    differs = [x for x in range(width) if with_mark.pixelColor(x, 12) != without.pixelColor(x, 12)]
    assert differs
    assert max(differs) <= QFontMetrics(QFont()).horizontalAdvance("wind ")
