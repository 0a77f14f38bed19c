from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.days import day_range, stated_day
from rag.errors import LibraryProblem, PhialError

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2024-03-05", "2024-03-05", ("2024-03-05", "2024-03-05")),
        ("2024-02", "2024-02", ("2024-02-01", "2024-02-29")),
        ("2023", "2023", ("2023-01-01", "2023-12-31")),
        ("", "2023-04", ("", "2023-04-30")),
        (" 2024 ", "", ("2024-01-01", "")),
        ("", "", ("", "")),
    ],
)
def test_a_month_and_a_year_are_all_of_their_days(since: str, until: str, days: tuple[str, str]) -> None:
    assert day_range(since, until) == days


@pytest.mark.parametrize("day", ["yesterday", "2024-13", "2024-02-30", "24-01-01", "05.03.2024", "0000", "2024-1"])
def test_what_is_no_date_is_named(day: str) -> None:
    with pytest.raises(PhialError) as raised:
        day_range("", day)
    assert (raised.value.kind, raised.value.parameters) == (LibraryProblem.DATE_WRONG, {"day": day})


@given(st.dates(min_value=date(1970, 1, 1), max_value=TODAY))
def test_a_day_is_read_as_pdf_and_iso_write_it(day: date) -> None:
    iso = day.isoformat()
    for written in (iso, f"{iso}T12:30:00Z", f"D:{day:%Y%m%d}120000+02'00'", f"{day:%Y%m%d}", f" {iso} 12:00"):
        assert stated_day(written, TODAY) == iso
    assert day_range(iso, iso) == (iso, iso)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021", "2021"), ("D:2021", "2021"), ("2021-05", "2021-05"), ("D:202105", "2021-05"),
        ("2026-11-23", "2026-11-23"), ("2026-11-24", ""), ("D:20261124000000", ""), ("1969-12-31", ""),
        ("D:00000000000000", ""), ("20211399", ""), ("12345", ""), ("5 May 2021", ""), ("", ""), ("D:", ""),
    ],
)  # fmt: skip
def test_only_as_much_as_is_said_and_only_what_can_be(written: str, day: str) -> None:
    assert stated_day(written, TODAY) == day


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_none(written: str) -> None:
    day = stated_day(written, TODAY)
    if day:
        assert "1970" <= day <= "2026-11-23"
        assert day_range(day, day)[0] <= day_range(day, day)[1]
