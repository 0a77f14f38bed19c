from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.summary.choosing import SAME, chosen, likeness
from rag.summary.outline import outline
from rag.summary.ranking import Candidate, ranked
from tests.rag.making_passages import passage
from tests.rag.summary.making import BRIDGE, passages_of

PLACE = passage("Words of a sentence.")
stems = st.frozensets(st.sampled_from("abcdefgh"), min_size=1)
candidates = st.lists(
    st.builds(
        lambda section, held, score: Candidate(PLACE, (0, 5), section, held, score),
        st.integers(0, 5), stems, st.floats(0, 1),
    ),
    max_size=25,
)  # fmt: skip


@given(candidates, st.integers(0, 12))
def test_every_section_speaks_before_any_speaks_twice(given_ones: list[Candidate], count: int) -> None:
    taken = chosen(given_ones, count)
    sections = {one.section for one in given_ones}
    assert len(taken) <= count
    assert len({one.section for one in taken}) == min(len(sections), count)
    if len(taken) < count:
        left = [one for one in given_ones if not any(one is other for other in taken)]
        assert all(any(likeness(one.stems, other.stems) >= SAME for other in taken) for one in left)


@given(candidates, st.integers(0, 12))
def test_the_order_stays(given_ones: list[Candidate], count: int) -> None:
    places = [
        next(place for place, other in enumerate(given_ones) if other is one) for one in chosen(given_ones, count)
    ]
    assert places == sorted(places)


def test_what_was_said_is_not_said_again() -> None:
    texts = [
        *BRIDGE,
        ("Bridge/Costs", "The repair of the deck and the joint costs 48,000 euro. Nobody was hurt in May."),
    ]
    taken = chosen(ranked(outline(passages_of(*texts), 1)), 9)
    said = [one.text for one in taken]
    assert sum("48,000" in text for text in said) == 1
    assert "Nobody was hurt in May." in said


@given(stems, stems)
def test_likeness_is_one_for_the_same_and_nothing_for_strangers(one: frozenset[str], other: frozenset[str]) -> None:
    assert likeness(one, one) == 1.0
    assert likeness(one, other) == likeness(other, one)
    assert (likeness(one, other) == 0.0) == (not one & other)
