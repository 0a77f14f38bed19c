from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.pages import Heading, Word
from rag.stores.layout import pack_layout, unpack_layout

single = st.floats(-1e6, 1e6, width=32)
offsets = st.integers(0, 2**32 - 1)
words = st.lists(st.builds(Word, offsets, offsets, st.tuples(single, single, single, single)), max_size=12)
headings = st.lists(
    st.builds(Heading, offsets, st.integers(1, 6), st.text(st.characters(exclude_categories=()))), max_size=4
)


@given(words, headings)
def test_a_layout_comes_back_as_it_went(some_words: list[Word], some_headings: list[Heading]) -> None:
    assert unpack_layout(pack_layout(some_words, some_headings)) == (tuple(some_words), tuple(some_headings))


@given(st.tuples(*[st.floats(0, 5_000)] * 4))
def test_boxes_are_kept_to_less_than_a_thousandth_of_a_point(box: tuple[float, float, float, float]) -> None:
    ((word,), _) = unpack_layout(pack_layout([Word(0, 1, box)], []))
    assert word.box == pytest.approx(box, abs=1e-3)


def test_a_page_of_words_takes_less_than_its_numbers() -> None:
    page = [Word(place * 6, place * 6 + 5, (place % 10 * 50.0, place // 10 * 14.0, 45.0, 12.0)) for place in range(500)]
    assert len(pack_layout(page, [])) < 500 * 24 / 2
