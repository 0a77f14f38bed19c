from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.page_search import Needle

PAGE = "The con-\nstruction of a well-known caffè.\n\nÉTÉ 2025: ﬁnal  words, well-\nknown “quoted”, l’été, Straße"


def found(words: str, text: str = PAGE) -> list[str]:
    return [text[start:stop] for start, stop in Needle(words).spans(text)]


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("CONSTRUCTION", ["con-\nstruction"]),
        ("well-known", ["well-known", "well-\nknown"]),
        ("caffe", ["caffè"]),
        ("été", ["ÉTÉ", "été"]),
        ("of a  well", ["of a well"]),
        ("caffè. été", ["caffè.\n\nÉTÉ"]),
        ("final words", ["ﬁnal  words"]),
        ('"quoted"', ["“quoted”"]),
        ("l'ete", ["l’été"]),
        ("strasse", ["Straße"]),
        ("s", ["s", "s", "S", "ß"]),
        (".", ["."]),
        ("nowhere", []),
        ("", []),
        ("  \n", []),
        ("-", ["-"]),
    ],
)
def test_how_words_are_written_makes_no_difference(words: str, hits: list[str]) -> None:
    assert found(words) == hits


def test_an_accent_of_its_own_belongs_to_its_letter() -> None:
    text = "un cafe\u0301 noir"
    assert found("café", text) == ["cafe\u0301"]


@given(st.text(max_size=200), st.text(max_size=8))
def test_hits_stand_in_order_within_the_text_and_apart(text: str, words: str) -> None:
    spans = Needle(words).spans(text)
    assert all(0 <= start < stop <= len(text) for start, stop in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


@given(st.data(), st.text("abc éÉ-\n", min_size=1, max_size=80))
def test_every_word_of_a_text_is_found_in_it(data: st.DataObject, text: str) -> None:
    words = [word for word in text.split() if word.strip("-")]
    if words:
        assert found(data.draw(st.sampled_from(words)), text)
