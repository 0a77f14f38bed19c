from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.ground.dates import dates_in
from rag.ground.figures import figures_in, table_power


def says(quoted: str, said: str, power: int = 0) -> bool:
    """Whether every figure of ``said`` is said by one of ``quoted``."""
    held = figures_in(quoted)
    figures = figures_in(said)
    assert figures
    return all(any(mine.says(figure, power) for mine in held) for figure in figures)


@pytest.mark.parametrize(
    ("quoted", "said"),
    [
        ("$1.6 billion", "1,600 million dollars"),
        ("$1.6 billion", "1,600,000,000"),
        ("1.577 million", "1,577,000"),
        ("1,577 million euros", "€1.6 billion"),
        ("5 %", "five percent"),
        ("5%", "5 Prozent"),
        ("5,4 Millionen", "5.4 million"),
        ("mil 5 millones", "5.000.000"),
        ("3 mil millones", "3 Milliarden"),
        ("2,5 milliards d'euros", "2.5 billion euros"),
        ("12 metres", "twelve m"),
        ("10 years", "zehn Jahre"),
        ("dieci anni", "diez años"),
        ("from 5 to 7 million euros", "5 million euros"),
        ("$5M", "5 million dollars"),
        ("80k", "80,000"),
        ("12 March 2025", "March 12, 2025"),
        ("12 March 2025", "2025-03-12"),
        ("12.03.2025", "12 marzo 2025"),
        ("le 3 mai 2025", "May 3, 2025"),
        ("7 de enero de 1943", "January 7, 1943"),
        ("am 7. Januar 1943", "in January 1943"),
        ("2025年3月12日", "12 March 2025"),
        ("June 25, 2022", "2022"),
        ("the third quarter", "Q3"),
        ("1577", "1,577"),
    ],
)
def test_figures_are_the_same_however_they_are_written(quoted: str, said: str) -> None:
    assert says(quoted, said)


@pytest.mark.parametrize(
    ("quoted", "said"),
    [
        ("5 million", "5 billion"),
        ("5 million", "5"),
        ("5 Millionen", "5 Milliarden"),
        ("5 millones", "5 mil millones"),
        ("5 %", "5 euros"),
        ("5 euros", "$5"),
        ("42 m/s", "42 km/h"),
        ("ten years", "ten months"),
        ("1,577 million", "1.7 billion"),
        ("1,577.00", "1,578.00"),
        ("12 March 2025", "12 May 2025"),
        ("12 March 2025", "13 March 2025"),
        ("March 2025", "12 March 2025"),
        ("2022", "June 25, 2022"),
        ("Q3", "Q2"),
        ("the 1990s", "1990"),
        ("COVID-19", "19"),
        ("Form 10-K", "10"),
    ],
)
def test_figures_that_say_something_else_are_not(quoted: str, said: str) -> None:
    assert not says(quoted, said)


def test_a_table_gives_its_numbers_their_scale() -> None:
    assert (table_power("(In millions, except per share)"), table_power("in Tausend"), table_power("Rows")) == (6, 3, 0)
    assert says("82,959", "$82,959 million", 6)
    assert says("82,959", "$83.0 billion", 6)
    assert says("82,959", "82,959", 6)
    assert not says("82,959", "$82,959 billion", 6)


@pytest.mark.parametrize("text", ["it may 5 do", "he will march 12 miles", "version 4.2.1", "3.14 and 1/2"])
def test_what_looks_like_a_date_is_none(text: str) -> None:
    assert list(dates_in(text)) == []


@given(st.text(max_size=60))
def test_figures_stand_in_order_and_apart(text: str) -> None:
    spans = [figure.span for figure in figures_in(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


@given(st.text(alphabet="0123456789 ,.%$€kMjun-/ ", max_size=40))
def test_a_text_says_its_own_figures(text: str) -> None:
    for figure in figures_in(text):
        assert figure.says(figure)
