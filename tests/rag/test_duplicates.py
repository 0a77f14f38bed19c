from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.duplicates import SHARED, is_same_text, words_of

TEXT = "The lease of the crane ends on the last day of May, unless it is renewed in writing before that."

words = st.lists(st.sampled_from("abcde"), max_size=14)


@given(words, words)
def test_it_is_symmetric(one: list[str], other: list[str]) -> None:
    assert is_same_text(one, other) == is_same_text(other, one)


@given(st.text(min_size=1).map(words_of))
def test_a_text_is_the_same_as_itself(own: tuple[str, ...]) -> None:
    assert is_same_text(own, own) == bool(own)


@given(st.lists(st.integers(), min_size=5, max_size=30, unique=True), st.integers(0, 29))
def test_one_other_word_is_another_text(numbers: list[int], place: int) -> None:
    text = [str(number) for number in numbers]
    changed = [*text]
    changed[place % len(text)] = "not"
    assert not is_same_text(text, changed)


@given(st.lists(st.integers(), min_size=5, max_size=30, unique=True), st.integers(0, 10), st.integers(0, 10))
def test_cuts_of_one_text_are_the_same_where_they_share_most(numbers: list[int], front: int, back: int) -> None:
    text = [str(number) for number in numbers]
    one, other = text[front:], text[: max(0, len(text) - back)]
    shared = max(0, len(text) - front - back)
    longer = max(len(one), len(other))
    assert is_same_text(one, other) == (shared > 0 and shared >= SHARED * longer)


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (TEXT.upper().replace(" ", "\n"), True),
        (TEXT.replace(",", ""), True),
        (TEXT.replace("is renewed", "is not renewed"), False),
        (TEXT.replace("May", "June"), False),
        (TEXT.removesuffix(" that."), True),
        (TEXT[: len(TEXT) // 2], False),
        ("", False),
    ],
)
def test_what_counts_is_the_words(other: str, is_same: bool) -> None:
    assert is_same_text(words_of(TEXT), words_of(other)) is is_same
