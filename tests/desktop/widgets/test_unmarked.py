from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.snippet import snippet
from desktop.widgets.unmarked import plain_line, unmarked

TABLE = "| Ingredient | Weight |\n|------------|:------:|\n| Whole rye flour | 100 |\n| Water | **360** |\n\nMix it."

PIECES = st.lists(
    st.sampled_from(["crane", "|", " | ", "\n", "# ", "**", " ", "---", "| --- |", "é𝛼", "a|b"]), max_size=30
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (TABLE, "Ingredient · Weight; Whole rye flour · 100; Water · 360; Mix it."),
        ("Whole rye flour | 100\nWater | 360", "Whole rye flour · 100; Water · 360"),
        ("| a |  | c |", "a · c"),
        ("### Flat loaves\nIn **five hours**.", "Flat loaves · In five hours."),
        ("The norm |x| and a||b, 2**3**4, issue #4, C# code", "The norm |x| and a||b, 2**3**4, issue #4, C# code"),
        ("A rule\n---\nof its own", "A rule --- of its own"),
        ("## Salt\n\n### Forgotten\n", "Salt · Forgotten"),
        ("One line\nand its next", "One line and its next"),
        ("| --- |", ""),
        ("", ""),
    ],
)
def test_a_quote_reads_as_words(written: str, read: str) -> None:
    assert plain_line(written) == read


def test_marked_words_stay_the_marked_words() -> None:
    words = ("Weight", "rye flour", "360")
    marks = [(TABLE.index(word), TABLE.index(word) + len(word)) for word in words]
    shown, moved = unmarked(TABLE, marks)
    assert tuple(shown[start:stop] for start, stop in moved) == words
    cut, moved = snippet(TABLE, marks)
    assert tuple(cut[start:stop] for start, stop in moved) == words


def test_a_mark_that_covers_signs_alone_goes_and_one_over_rows_reads_as_they_do() -> None:
    assert unmarked("# Gusts", [(0, 2)]) == ("Gusts", ())
    shown, moved = unmarked(TABLE, [(TABLE.index("| Whole"), TABLE.index("\n\nMix"))])
    assert [shown[start:stop] for start, stop in moved] == ["Whole rye flour · 100; Water · 360"]


@given(PIECES, st.data())
def test_no_letter_is_lost_and_none_is_marked_that_was_not(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    bounds = st.integers(0, len(text))
    first, second = data.draw(bounds), data.draw(bounds)
    shown, moved = unmarked(text, [(min(first, second), max(first, second))])

    def letters(of: str) -> list[str]:
        return [character for character in of if character.isalpha()]

    assert letters(shown) == letters(text)
    marked = "".join(shown[start:stop] for start, stop in moved)
    assert letters(marked) == letters(text[min(first, second) : max(first, second)])
