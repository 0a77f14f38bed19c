from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.lexicon.analysis import terms
from rag.lexicon.numbers import is_number, values

LANGUAGES = ("en", "fr", "it", "de", "es", "")


@pytest.mark.parametrize(
    ("written", "english", "german", "unknown"),
    [
        ("1,577.00", "1577", "1577", "1577"),
        ("1.577,00", "1577", "1577", "1577"),
        ("1,577", "1577", "1.577", "1577 1.577"),
        ("1.577", "1.577", "1577", "1577 1.577"),
        ("1'577", "1577", "1577", "1577"),
        ("1,577,000", "1577000", "1577000", "1577000"),
        ("1.577.000,5", "1577000.5", "1577000.5", "1577000.5"),
        ("0,577", "0.577", "0.577", "0.577"),
        ("12.50", "12.5 12.50", "12.5 12.50", "12.5 12.50"),
        ("1234.567", "1234.567", "1234.567", "1234.567"),
        ("007", "007", "007", "007"),
        ("1.2.3", "", "", ""),
        ("192.168.0.1", "", "", ""),
        ("12,34,567", "", "", ""),
        ("1.577,00,3", "", "", ""),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(written: str, english: str, german: str, unknown: str) -> None:
    assert is_number(written)
    assert [" ".join(values(written, language)) for language in ("en", "de", "")] == [english, german, unknown]


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_each_language_finds_its_own_way_to_write_a_number(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02d}"
    others = english.translate(str.maketrans(",.", ".,"))
    swiss = english.replace(",", "'")
    first = values(english, "en")[0]
    assert float(first) == pytest.approx(whole + cents / 100)
    for language in ("fr", "it", "de", "es"):
        assert values(others, language)[0] == values(swiss, language)[0] == first


@given(st.text("0123456789.,'’", max_size=40), st.sampled_from(LANGUAGES))
def test_whatever_looks_like_a_number_gives_decimals_or_nothing(text: str, language: str) -> None:
    if is_number(text):
        assert all(float(value) >= 0 and not set(value) - set("0123456789.") for value in values(text, language))


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        ("en", "$1.6 billion", "1600000000"),
        ("en", "1,600 million", "1600000000"),
        ("en", "US$1.6bn", "1600000000"),
        ("en", "€2.5m", "2500000"),
        ("en", "$ 40k", "40000"),
        ("en", "3 million-dollar", "3000000"),
        ("en", "in 2022 160 million", "160000000"),
        ("fr", "en 2022 160 millions", "160000000"),
        ("fr", "12 345 678,5 euros", "12345678.5"),
        ("fr", "1,6 milliard d'euros", "1600000000"),
        ("fr", "1 600 millions d’euros", "1600000000"),
        ("it", "1,6 miliardi di euro", "1600000000"),
        ("it", "3 mila euro", "3000"),
        ("de", "1,6 Mrd. Euro", "1600000000"),
        ("de", "1.600 Mio. EUR", "1600000000"),
        ("de", "2 Billionen", "2000000000000"),
        ("es", "1,6 mil millones", "1600000000"),
        ("es", "2 billones", "2000000000000"),
        ("en", "12.5 percent", "12.5%"),
        ("en", "12.50 %", "12.5%"),
        ("fr", "12,5 pour cent", "12.5%"),
        ("it", "12,5 per cento", "12.5%"),
        ("de", "12,5 Prozent", "12.5%"),
        ("es", "12,5 por ciento", "12.5%"),
        ("fr", "1 577 euros", "1577"),
        ("en", "1\u202f577 euros", "1577"),
        ("", "1\u00a0577,5", "1577.5"),
    ],
)
def test_amounts_are_found_by_what_they_say(language: str, written: str, expected: str) -> None:
    assert expected in terms(f"It was {written} then.", language)


@pytest.mark.parametrize("written", ["5 men", "5 k", "5m tall", "1 577 and 2", "12 percentile", "million"])
def test_what_only_looks_like_an_amount_stays_what_it_is(written: str) -> None:
    assert not {"5000000", "5000", "1577", "12%", "1000000"} & set(terms(written, "en"))
