from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.download_ranges import Span, gaps, joined, length, prefix, split

TOTAL = 60
SPANS = st.lists(
    st.tuples(st.integers(0, TOTAL), st.integers(0, TOTAL)).map(lambda ends: (min(ends), max(ends))), max_size=8
)


def bytes_in(spans: list[Span] | tuple[Span, ...]) -> set[int]:
    return {byte for start, end in spans for byte in range(start, end)}


def test_spans_that_meet_become_one() -> None:
    assert joined([(5, 9), (0, 2), (2, 4), (7, 12), (20, 20)]) == ((0, 4), (5, 12))
    assert (prefix(((0, 4), (5, 12))), prefix(((1, 4),)), prefix(())) == (4, 0, 0)
    assert gaps(((0, 4), (5, 12)), 20) == ((4, 5), (12, 20))
    assert (gaps((), 20), gaps(((0, 20),), 20)) == (((0, 20),), ())


@given(SPANS)
def test_what_is_there_and_what_is_missing_are_the_whole(spans: list[Span]) -> None:
    there = joined(spans)
    missing = gaps(there, TOTAL)
    assert bytes_in(there) == bytes_in(spans)
    assert bytes_in(missing) == set(range(TOTAL)) - bytes_in(spans)
    assert length(there) + length(missing) == TOTAL
    assert joined(there) == there
    assert prefix(there) == next(byte for byte in range(TOTAL + 1) if byte not in bytes_in(spans))


def test_the_longest_gap_is_halved() -> None:
    assert split([(0, 100)], 4, 10) == [(0, 25), (25, 50), (50, 75), (75, 100)]
    assert split([(0, 100)], 4, 30) == [(0, 50), (50, 100)]
    assert split([(0, 100)], 1, 1) == [(0, 100)]
    assert split([(0, 10), (20, 100)], 3, 10) == [(0, 10), (20, 60), (60, 100)]
    assert split([(0, 1), (2, 3), (4, 5)], 2, 1) == [(0, 1), (2, 3)]
    assert split([], 4, 1) == []


@given(SPANS, st.integers(1, 6), st.integers(1, 20))
def test_what_is_asked_for_at_once_is_missing_and_never_twice(spans: list[Span], most: int, smallest: int) -> None:
    missing = gaps(joined(spans), TOTAL)
    parts = split(missing, most, smallest)
    assert len(parts) <= most
    assert bytes_in(parts) <= bytes_in(missing)
    assert length(parts) == len(bytes_in(parts))
    assert parts == sorted(parts)
    if len(missing) <= most:
        assert bytes_in(parts) == bytes_in(missing)
        assert all(end - start >= smallest or (start, end) in missing for start, end in parts)
