from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.threads import TOKENS_ANEW, TRIED, WritingThreads, courteous


def written(threads: WritingThreads, seconds: dict[int, float], tokens: int, most: int = 8) -> list[int]:
    """With how many threads each of ``tokens`` was written, where they take so many ``seconds``."""
    taken = []
    for _ in range(tokens):
        taken.append(threads.next(most))
        threads.learn(taken[-1], seconds[taken[-1]])
    return taken


@pytest.mark.parametrize("best", [1, 2, 4, 8])
def test_the_fastest_number_is_found_and_kept(best: int) -> None:
    seconds = {threads: 1.0 + abs(threads - best) for threads in (1, 2, 4, 8)}
    taken = written(WritingThreads(8), seconds, 500)
    assert set(taken[200:]) == {best}
    assert sum(each != best for each in taken) <= 10 * TRIED


def test_now_and_then_it_is_tried_anew() -> None:
    threads = WritingThreads(2)
    assert set(written(threads, {1: 1.0, 2: 2.0}, 100)[50:]) == {1}
    assert set(written(threads, {1: 2.0, 2: 1.0}, 2 * TOKENS_ANEW)[-50:]) == {2}


def test_one_disturbed_token_decides_nothing() -> None:
    threads = WritingThreads(2)
    threads.learn(threads.next(2), 100.0)
    assert set(written(threads, {1: 2.0, 2: 1.0}, 100)[50:]) == {2}


@given(st.integers(1, 64), st.integers(1, 64), st.lists(st.floats(0.0, 1.0), max_size=200))
def test_never_more_than_may_be_taken(most: int, now: int, seconds: list[float]) -> None:
    threads = WritingThreads(most)
    for each in seconds:
        assert 1 <= threads.next(now) <= min(most, now)
        threads.learn(threads.next(now), each)


@pytest.mark.parametrize(("all_", "left"), [(1, 1), (2, 2), (3, 2), (8, 7)])
def test_a_core_is_spared_where_it_is_not_half_of_all(all_: int, left: int) -> None:
    assert courteous(all_) == left
