from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language import (
    ALL_FUNCTION_WORDS,
    FUNCTION_WORDS,
    function_words,
    language_of,
    languages_of,
    without_accents,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How long is the notice period of the lease?", "en"),
        ("Quelle est la durée du préavis du bail ?", "fr"),
        ("Quanto dura il periodo di preavviso del contratto?", "it"),
        ("Wie lang ist die Kündigungsfrist des Vertrags?", "de"),
        ("¿Cuánto dura el plazo de preaviso de los contratos?", "es"),
        ("WHAT IS THE NOTICE PERIOD", "en"),
        ("Kubernetes", ""),
        ("1,577.00", ""),
        ("", ""),
    ],
)
def test_a_text_is_in_the_language_of_its_function_words(text: str, language: str) -> None:
    assert language_of(text) == language


@given(st.text(max_size=60))
def test_any_text_is_in_a_known_language_or_in_none(text: str) -> None:
    assert language_of(text) in {*FUNCTION_WORDS, ""}


@given(st.sampled_from(sorted(FUNCTION_WORDS)), st.data())
def test_words_that_two_languages_share_decide_nothing(language: str, data: st.DataObject) -> None:
    shared = sorted(
        word
        for word in FUNCTION_WORDS[language].split()
        if any(word in words.split() for other, words in FUNCTION_WORDS.items() if other != language)
    )
    assert language_of(data.draw(st.sampled_from(shared))) == ""


def test_the_function_words_are_those_of_every_language() -> None:
    assert frozenset(word for words in FUNCTION_WORDS.values() for word in words.split()) == ALL_FUNCTION_WORDS
    # They are looked up in folded text, so one that folding changes would never be found.
    assert {word for word in ALL_FUNCTION_WORDS if word != word.casefold()} == set()


def test_words_are_letters_alone() -> None:
    assert words_of("L'article 5 b_c: É2E!") == ["l", "article", "b", "c", "é", "e"]


def test_accents_go_and_letters_stay() -> None:
    assert without_accents("Été à Besançon, Größe, ÅNGSTRÖM") == "ete a besancon, grosse, angstrom"


def test_no_combining_mark_is_left() -> None:
    marks = (chr(code) for code in range(0x300, sys.maxunicode + 1) if unicodedata.combining(chr(code)))
    every = "".join(mark for mark in marks if mark.casefold() == mark)  # the Greek iota below is a letter then
    assert every
    assert without_accents(f"a{every}b") == "ab"


@given(st.text(max_size=40))
def test_without_accents_is_the_same_for_every_way_to_write_an_accent(text: str) -> None:
    plain = without_accents(text)
    assert plain == without_accents(unicodedata.normalize("NFD", text))
    assert plain == without_accents(plain)


ENGLISH = "The leases of these three buildings end in December, and the rents are to be paid by then."
FRENCH = "Les baux de ces trois immeubles prennent fin en décembre, et les loyers sont à payer avant cette date."


@pytest.mark.parametrize(
    ("passages", "document", "spoken"),
    [
        ([], "", ()),
        ([ENGLISH, "Net sales: 1,577.00", ENGLISH], "en", ("en", "en", "en")),
        ([ENGLISH, ENGLISH, FRENCH], "en", ("en", "en", "fr")),
        ([ENGLISH, ENGLISH, "El Paso, Los Angeles, La Jolla, El Segundo, Los Gatos"], "en", ("en", "en", "en")),
        ([ENGLISH, FRENCH], "", ("en", "fr")),
        (["12", "Kubernetes"], "", ("", "")),
    ],
)
def test_a_document_is_in_the_language_of_most_of_its_passages(
    passages: list[str], document: str, spoken: tuple[str, ...]
) -> None:
    assert languages_of(passages) == (document, spoken)


def test_a_name_that_is_repeated_decides_nothing() -> None:
    assert language_of("Los Angeles Rams, Los Angeles Lakers, Los Angeles Kings of the city") == "en"


@given(st.sampled_from([*FUNCTION_WORDS, ""]), st.text(max_size=10))
def test_the_function_words_of_a_language_are_known_as_its_own(language: str, word: str) -> None:
    own = function_words(language)
    assert (word in own) == (word in (FUNCTION_WORDS[language].split() if language else ALL_FUNCTION_WORDS))
