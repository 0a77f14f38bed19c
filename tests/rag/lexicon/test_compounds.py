from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.lexicon.compounds import LEAST_PART, halves, long_words

KNOWN = {"krankenhaus", "aufenthalt", "arbeit", "vertrag", "student", "ausweis", "haus", "krank"}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("krankenhausaufenthalt", ("krankenhaus", "aufenthalt")),
        ("arbeitsvertrag", ("arbeit", "vertrag")),
        ("studentenausweis", ("student", "ausweis")),
        ("krankenhaus", ("krank", "haus")),
        ("aufenthalt", ()),
        ("mietvertrag", ()),  # what it is put together of does not stand in the library
        ("hausarzt", ()),  # short enough to be one word
        ("2022arbeitsvertrag", ()),
        ("", ()),
    ],
)
def test_a_long_word_is_parted_where_both_halves_are_known(word: str, expected: tuple[str, ...]) -> None:
    assert halves(word, KNOWN.__contains__) == expected


@given(st.text("abcdenrs", max_size=30), st.sets(st.text("abcdenrs", min_size=1, max_size=6)))
def test_halves_are_a_beginning_and_the_end(word: str, known: set[str]) -> None:
    if parts := halves(word, known.__contains__):
        assert set(parts) <= known
        assert word.startswith(parts[0][: LEAST_PART - 1])
        assert word.endswith(parts[1])


def test_long_words_are_kept_backwards_too_each_once() -> None:
    terms = ["arbeitsvertrag", "haus", "arbeitsvertrag", "nct06145295"]
    assert long_words(terms) == ["arbeitsvertrag", "gartrevstiebra"]
