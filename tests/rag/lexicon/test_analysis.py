from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.lexicon.analysis import LONGEST_TERM, is_function_word, terms, terms_without_accents, token_terms, tokens
from rag.lexicon.folding import folded

LANGUAGES = st.sampled_from(["en", "fr", "it", "de", "es", ""])
any_text = st.text(st.characters(exclude_categories=()), max_size=80)
dense_text = st.text(st.sampled_from("aéß1 2\"'’()*:^-+,.{}~|_/&%Q3T\0\n\ud800猫売ก"), max_size=60)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The leases' ends", "the leas end"),
        ("en", "the company's well-known e-mail", "the compani wellknown well known email mail"),
        ("en", "R&D in the U.S.A.", "rd in the usa"),
        ("fr", "L'accord d’Italie, jusqu'au 5", "accord ital au 5"),
        ("it", "dell'anno, un'altra città", "anno altra citt"),
        ("de", "Die Größen der Häuser", "die gross der haus"),
        ("es", "¿Cuántos años?", "cuant anos"),
        ("en", "NCT06145295", "nct06145295 nct 06145295"),
        ("en", "AB-1234/7", "ab1234-7 ab 1234 7"),
        ("en", "SA-226TC", "sa226tc sa 226tc 226 tc"),
        ("en", "3M", "3m"),
        ("en", "20-30 days", "20-30 20 30 day"),
        ("en", "12/03/2024", "12-03-2024 12 03 2024"),
        ("en", "version 1.2.3", "version 1-2-3 1 2 3"),
        ("en", "snake_case_name", "snakecasenam snake case name"),
        ("en", "and/or end.Next", "and or end next"),
        ("en", "10kg 2.5kg", "10kg 10 kg 2.5 kg"),
        ("en", "", ""),
    ],
)
def test_a_text_is_found_by(language: str, text: str, expected: str) -> None:
    assert " ".join(terms(text, language)) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AB-1234/7", "ab 1234/7"),
        ("SA-226TC", "SA226TC"),
        ("e-mail", "email"),
        ("co-operation", "cooperation"),
        ("NCT06145295", "nct-06145295"),
    ],
)
def test_identifiers_written_in_two_ways_share_a_term(one: str, other: str) -> None:
    assert {*terms(one, "en")} & {*terms(other, "en")}


@given(any_text | dense_text, LANGUAGES)
@example("1" * 100, "en")
@example("a" * 1000, "de")
def test_terms_can_stand_between_spaces(text: str, language: str) -> None:
    for term in terms(text, language):
        assert term == term.lower()
        assert 0 < len(term) <= LONGEST_TERM
        assert not re.search(r"[\s\"'*:()^]", term)
        assert all(unicodedata.category(character) != "Cs" for character in term)


@given(any_text | dense_text, LANGUAGES)
def test_a_passage_is_found_by_any_of_its_words(text: str, language: str) -> None:
    found = set(terms(f"{text}\nThe crane", language))
    for token in tokens(text):
        assert set(token_terms(token, language)) <= found


@given(any_text | dense_text, LANGUAGES)
def test_case_and_the_way_to_write_an_accent_change_nothing(text: str, language: str) -> None:
    assert terms(unicodedata.normalize("NFD", text), language) == terms(unicodedata.normalize("NFC", text), language)


@given(
    st.lists(
        st.sampled_from(["crane", "LEASE", "Größe", "1,577.00", "Q3", "l'été", "AB-12", "売上", "20-30"]), max_size=6
    ),
    LANGUAGES,
)
def test_the_same_words_give_the_same_terms_in_any_place(words: list[str], language: str) -> None:
    apart = [term for word in words for term in terms(word, language)]
    assert sorted(set(terms(", ".join(words), language))) == sorted(set(apart))


@given(st.text(st.sampled_from("aeéèsnrtñóçüß "), max_size=40), LANGUAGES)
def test_a_question_without_accents_is_looked_for_in_what_a_passage_keeps(text: str, language: str) -> None:
    assert set(terms(folded(text), language)) <= {*terms(text, language), *terms_without_accents(text, language)}


def test_most_words_are_kept_once() -> None:
    assert terms_without_accents("la durée du bail, été 売上", "fr") == ["dure"]
    assert terms_without_accents("plain text", "fr") == []


def test_function_words_are_those_of_the_language() -> None:
    assert is_function_word("die", "de")
    assert not is_function_word("die", "en")
    assert is_function_word("die", ""), "where it isn't known, those of all"
