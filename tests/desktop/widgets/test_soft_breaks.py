from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.soft_breaks import LONGEST_WORD, breakable


@given(st.text(st.sampled_from("ab/_.-? \n漢é"), max_size=200))
def test_no_word_is_longer_than_a_line_and_nothing_is_lost(text: str) -> None:
    broken = breakable(text)
    assert broken.replace("\u200b", "") == text
    assert all(len(piece) < LONGEST_WORD for piece in broken.replace("\u200b", " ").split())


def test_a_path_breaks_after_its_signs_and_ordinary_words_stay() -> None:
    assert breakable("the paraffin heater") == "the paraffin heater"
    assert breakable("/home/ada/Documents/report-2025.pdf").split("\u200b")[:3] == ["/", "home/", "ada/"]
