from __future__ import annotations

from rag.rate import LATELY_SECONDS, Rate


def test_a_rate_is_that_of_the_last_seconds() -> None:
    rate = Rate()
    assert rate.at(100.0, 50) == 0
    assert rate.at(100.0, 60) == 0
    assert rate.at(102.0, 250) == 100
    for second in range(103, 103 + 2 * int(LATELY_SECONDS)):
        last = rate.at(float(second), 250 + (second - 102) * 10)
    assert last == 10


def test_what_is_begun_anew_is_measured_anew() -> None:
    rate = Rate()
    rate.at(0.0, 1000)
    assert rate.at(1.0, 0) == 0
    assert rate.at(2.0, 7) == 7
