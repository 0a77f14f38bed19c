from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.pressure import SHORT_SECONDS, Pressure, Sample, sample

GIB = 2**30
TOTAL = 8 * GIB
AMPLE, SOME, LITTLE = 4 * GIB, GIB, GIB // 8


def last(*states: tuple[float, int, int]) -> bool:
    pressure, is_high = Pressure(), False
    for at, available, swapped in states:
        is_high = pressure.is_high(Sample(at, TOTAL, available, swapped))
    return is_high


def test_little_memory_for_long_is_pressure_and_for_a_moment_is_none() -> None:
    assert last((0, LITTLE, 0), (5, LITTLE, 0), (10, LITTLE, 0))
    assert not last((0, LITTLE, 0), (5, LITTLE, 0), (9, LITTLE, 0))
    assert not last((0, LITTLE, 0), (5, SOME, 0), (10, LITTLE, 0))
    assert not last((0, SOME, 0), (5, SOME, 0), (10, LITTLE, 0))
    assert not last((0, SOME, 0), (600, SOME, 0))


def test_one_sample_says_nothing() -> None:
    assert not last((1000, LITTLE, 0))


def test_swapping_is_pressure_where_memory_is_not_ample() -> None:
    assert last((0, SOME, 0), (5, SOME, GIB // 32), (10, SOME, GIB // 16))
    assert not last((0, AMPLE, 0), (5, AMPLE, GIB), (10, AMPLE, 2 * GIB))
    assert not last((0, SOME, GIB), (5, SOME, GIB), (10, SOME, GIB))  # long ago


def test_what_was_long_ago_is_forgotten() -> None:
    assert not last((0, SOME, 0), (5, SOME, GIB), *((at, SOME, GIB) for at in range(10, 60, 5)))


@given(st.lists(st.tuples(st.floats(0, 20), st.integers(0, TOTAL)), min_size=1, max_size=20))
def test_it_is_short_only_where_every_sample_of_the_last_seconds_is(steps: list[tuple[float, int]]) -> None:
    pressure, at, seen = Pressure(), 0.0, []
    for step, available in steps:
        at += step
        seen.append((at, available))
        if pressure.is_high(Sample(at, TOTAL, available, 0)):
            assert all(there < GIB for when, there in seen if when >= at - SHORT_SECONDS)


def test_this_machine_can_be_asked() -> None:
    here = sample(3.0)
    assert here.at == 3.0
    assert 0 < here.available <= here.total
    assert here.swapped_out >= 0
