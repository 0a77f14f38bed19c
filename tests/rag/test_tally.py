"""Progress: what is done, and a time that is left which follows the pace without jumping."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.tally import HALF_LIFE, Pace, Tally


def test_nothing_is_known_of_a_pace_that_was_never_measured() -> None:
    assert Pace().a_second == 0.0


@given(st.floats(0.1, 100.0), st.integers(1, 50))
def test_a_steady_pace_is_what_it_is(pace: float, times: int) -> None:
    measured = Pace()
    for _ in range(times):
        measured.note(10, 10 / pace)
    assert measured.a_second == pytest.approx(pace)


def test_a_new_pace_is_taken_on_within_minutes_and_not_at_once() -> None:
    pace = Pace()
    for _ in range(60):
        pace.note(10, 1.0)
    pace.note(1, 1.0)
    assert pace.a_second > 9.0
    for _ in range(round(5 * HALF_LIFE)):
        pace.note(1, 1.0)
    assert pace.a_second == pytest.approx(1.0, rel=0.3)


def test_the_time_left_is_known_when_both_paces_are() -> None:
    tally = Tally()
    assert tally.progress(4, 0, 0, 0, 0).seconds_left == -1.0
    tally.read(2.0)
    assert tally.progress(3, 1, 10, 40, 0).seconds_left == -1.0
    tally.embedded(40, 10.0)
    # Three files of two seconds, and their hundred and twenty passages at four a second.
    assert tally.progress(3, 1, 10, 40, 40).seconds_left == pytest.approx(3 * 2 + 120 / 4)
    assert tally.progress(0, 4, 40, 160, 60).seconds_left == pytest.approx(100 / 4)
    assert tally.progress(0, 4, 40, 160, 160).seconds_left == -1.0


def test_files_that_come_later_are_counted_with_those_that_were_under_way() -> None:
    tally = Tally()
    assert (tally.progress(4, 0, 0, 0, 0).documents_done, tally.progress(4, 0, 0, 0, 0).documents) == (0, 4)
    progress = tally.progress(1, 3, 30, 90, 10)
    assert (progress.documents_done, progress.documents, progress.pages_done) == (3, 4, 30)
    assert (progress.passages_done, progress.passages) == (10, 90)
    # When all is done, the next count begins anew.
    tally.progress(0, 4, 40, 90, 90)
    assert tally.progress(2, 4, 40, 90, 90).documents == 2


def test_what_is_forgotten_counts_neither_as_done_nor_as_left() -> None:
    tally = Tally()
    tally.progress(10, 0, 0, 0, 0)
    tally.read(1.0)
    tally.forgotten(6)
    progress = tally.progress(3, 1, 1, 1, 1)
    assert (progress.documents_done, progress.documents) == (1, 4)
    tally.forgotten(9)
    assert tally.progress(0, 1, 1, 1, 1).documents == 0
