import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.extract.number_formats import general, shown


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (41, "General", "41"),
        (41.0, "General", "41"),
        (0.1 + 0.2, "General", "0.3"),
        (1e21, "General", "1e+21"),
        (0.153, "0.0%", "15.3%"),
        (0.15, "0%", "15%"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (1234567.5, '"€" #,##0', "€ 1,234,568"),
        (1234.5, "#,##0.00\\ [$€-407]", "1,234.50 €"),
        (-1234.5, "#,##0.00", "-1,234.50"),
        (-5, "0.00;(0.00)", "(5.00)"),
        (0, '0;-0;"none"', "none"),
        (41, '0" m/s"', "41 m/s"),
        (2.5, "0.##", "2.5"),
        (2.0, "0.##", "2"),
        (7, "000", "007"),
        (12345.678, "0.00E+00", "1.23E+04"),
        (0.5, "# ?/?", "0.5"),
        (-0.001, "0.0", "0.0"),
        (1.005, "0.00", "1.01"),
        (5, "[Red]0.0", "5.0"),
        (5, "@", "5"),
        (5, "", "5"),
        (True, "General", "TRUE"),
        ("text", "0.00", "text"),
        (None, "0", ""),
    ],
)
def test_numbers(value: object, number_format: str, expected: str) -> None:
    assert shown(value, number_format) == expected


NOON = dt.datetime(2019, 5, 3, 14, 7, 9)  # noqa: DTZ001 - sheets know no zones


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (NOON, "d mmmm yyyy", "3 May 2019"),
        (NOON, "yyyy-mm-dd hh:mm:ss", "2019-05-03 14:07:09"),
        (NOON, "dd/mm/yy", "03/05/19"),
        (NOON, "ddd, mmm d", "Fri, May 3"),
        (NOON, "h:mm AM/PM", "2:07 PM"),
        (NOON, "mm:ss", "07:09"),
        (NOON, '[$-407]d". "mmmm yyyy;@', "3. May 2019"),
        (NOON, "General", "2019-05-03 14:07:09"),
        (NOON.date(), "d.m.yyyy", "3.5.2019"),
        (dt.datetime(2019, 5, 3), "General", "2019-05-03"),  # noqa: DTZ001
        (dt.time(14, 7), "hh:mm", "14:07"),
        (dt.timedelta(hours=30, minutes=5), "[h]:mm", "30:05:00"),
    ],
)
def test_dates_and_times(value: object, number_format: str, expected: str) -> None:
    assert shown(value, number_format) == expected


@given(
    st.one_of(
        st.floats(allow_nan=False, allow_infinity=False), st.integers(-(10**18), 10**18), st.datetimes(), st.times()
    ),
    st.text(alphabet='0#?,.%;"\\[]$@_*-()E+ymdhsAPM/ €', max_size=14),
)
@example(1.797693134862316e306, "0%")
@example(1.5, "0" + "%" * 200)
def test_any_format_shows_something(value: object, number_format: str) -> None:
    assert isinstance(shown(value, number_format), str)


@given(st.floats(-1e300, 1e300))
def test_a_number_without_a_format_is_that_number(value: float) -> None:
    assert float(general(value)) == pytest.approx(value, rel=1e-14)
