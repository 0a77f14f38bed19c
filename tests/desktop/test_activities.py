"""Long work as values: what is shown of it, how long, and what is told of its end."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as some

from desktop.activities import (
    MOST_ENDED,
    REMEMBERED,
    WORTH_TELLING,
    Activity,
    ActivityKind,
    ActivityList,
    ActivityState,
)

READING = Activity("reading", ActivityKind.READING, done=3, whole=12)


def ended(activity: Activity, state: ActivityState = ActivityState.DONE) -> Activity:
    return dataclasses.replace(activity, state=state)


def test_it_ends_once_with_its_times_and_begins_anew() -> None:
    held = ActivityList()
    assert held.put(READING, 5.0) is None
    last = held.put(ended(READING), 17.0)
    assert last is not None
    assert (last.begun, last.ended, last.is_worth_telling) == (5.0, 17.0, True)
    assert held.put(ended(READING), 30.0) is None
    assert held.put(READING, 40.0) is None
    again = held.put(ended(READING), 41.0)
    assert again is not None
    assert (again.begun, again.is_worth_telling) == (40.0, False)


def test_what_was_stopped_or_short_is_not_worth_telling() -> None:
    held = ActivityList()
    for state, seconds, is_worth in (
        (ActivityState.DONE, WORTH_TELLING, True),
        (ActivityState.FAILED, WORTH_TELLING, True),
        (ActivityState.STOPPED, 99.0, False),
        (ActivityState.DONE, WORTH_TELLING - 0.1, False),
    ):
        held.put(READING, 0.0)
        last = held.put(ended(READING, state), seconds)
        assert last is not None
        assert last.is_worth_telling is is_worth


def test_what_has_ended_stands_below_the_last_first_and_goes_after_a_while() -> None:
    held = ActivityList()
    for number in range(MOST_ENDED + 2):
        held.put(dataclasses.replace(READING, key=str(number)), 0.0)
        held.put(ended(dataclasses.replace(READING, key=str(number))), float(number))
    held.put(READING, 1.0)
    held.put(dataclasses.replace(READING, key="an answer", kind=ActivityKind.ANSWER), 1.0)
    held.forget_old(20.0)
    shown = [one.key for one in held.listed]
    assert shown == ["reading", *(str(number) for number in range(MOST_ENDED + 1, 1, -1))]
    held.forget_old(5.0 + REMEMBERED)
    assert [one.key for one in held.listed] == ["reading", "9", "8", "7", "6"]


def test_a_worker_that_dies_leaves_what_runs_waiting_and_no_time_left() -> None:
    held = ActivityList()
    held.put(dataclasses.replace(READING, seconds_left=90.0), 0.0)
    held.put(ended(dataclasses.replace(READING, key="done")), 0.0)
    held.put(dataclasses.replace(READING, key="held", state=ActivityState.PAUSED), 0.0)
    held.wait_for_the_worker()
    assert {one.key: one.state.value for one in held} == {"reading": "waiting", "done": "done", "held": "paused"}
    assert held.under_way[0].seconds_left == -1.0
    held.put(READING, 50.0)
    assert held.under_way[0].begun == 0.0  # it is the same work


@given(some.lists(some.tuples(some.integers(0, 100), some.integers(0, 100)), max_size=6))
def test_the_share_of_all_is_known_only_where_one_is(pairs: list[tuple[int, int]]) -> None:
    held = ActivityList()
    for number, (done, whole) in enumerate(pairs):
        held.put(Activity(str(number), ActivityKind.DOWNLOAD, done=done, whole=whole), 0.0)
    if any(whole for _, whole in pairs):
        assert 0.0 <= held.fraction <= 1.0
    else:
        assert held.fraction == -1.0
    assert not held.is_held
