from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.wanted import Kind, holds_kind, says_phrase, wanted


@given(st.text(st.characters(exclude_categories=()), max_size=120), st.sampled_from(["", "en", "fr", "it", "de", "es"]))
def test_any_question_can_be_analysed(question: str, language: str) -> None:
    asked = wanted(question, language)
    assert len(set(asked.terms)) == len(asked.terms)
    assert asked.numbers | asked.names <= set(asked.terms)
    assert not asked.numbers & asked.names
    assert all(asked.phrases)


def test_terms_are_those_of_content_words_in_order() -> None:
    assert wanted("How long is the boom of the crane?", "en").terms == ("long", "boom", "crane")
    assert wanted("What is it?", "en").terms  # of all its words, where it has no others
    assert wanted("", "en").terms == ()


def test_numbers_names_and_phrases_stand_for_themselves() -> None:
    asked = wanted('Did Marie Curie say "in any wind" in 1903?', "en")
    assert asked.numbers == {"1903"}
    assert asked.names == set(wanted("marie curie", "en").terms)
    assert asked.phrases == (("in", "ani", "wind"),)


def test_the_first_word_is_no_name() -> None:
    assert wanted("Cranes of Genoa", "en").names == {"genoa"}


@pytest.mark.parametrize(
    ("question", "language", "kind"),
    [
        ("When did it end?", "en", Kind.DATE),
        ("In what year did how many people come?", "en", Kind.DATE),
        ("How many people came?", "en", Kind.NUMBER),
        ("Who came?", "en", Kind.NAME),
        ("Why is it so?", "en", None),
        ("Quand le bail finit-il ?", "fr", Kind.DATE),
        ("Combien de personnes ?", "fr", Kind.NUMBER),
        ("Chi ha firmato?", "it", Kind.NAME),
        ("In quale anno?", "it", Kind.DATE),
        ("Quanti sono?", "it", Kind.NUMBER),
        ("Wann endet der Vertrag?", "de", Kind.DATE),
        ("In welchem Jahr?", "de", Kind.DATE),
        ("Wie hoch ist die Miete?", "de", Kind.NUMBER),
        ("Wer hat unterschrieben?", "de", Kind.NAME),
        ("¿Cuándo terminó?", "es", Kind.DATE),
        ("¿Cuántas personas vinieron?", "es", Kind.NUMBER),
        ("¿Quiénes vinieron?", "es", Kind.NAME),
    ],
)
def test_the_kind_of_answer_is_told(question: str, language: str, kind: Kind | None) -> None:
    assert wanted(question, language).kind is kind


@pytest.mark.parametrize(
    ("question", "sentence", "is_held"),
    [
        ("When did the lease end?", "It ended on 3 May 2024.", True),
        ("When did the lease end?", "It ended in 1999.", True),
        ("When in 1999 did the lease end?", "It ended in 1999.", False),
        ("When did the lease end?", "It ended early.", False),
        ("How many cranes are there?", "There are 12 cranes.", True),
        ("How many cranes are there?", "There are two cranes.", True),
        ("How many of the 12 cranes turn?", "All of the 12 cranes turn.", False),
        ("How many cranes are there?", "There are cranes.", False),
        ("Who met Marie Curie?", "There she met Paul Langevin.", True),
        ("Who met Marie Curie?", "There they met Marie Curie.", False),
        ("Why did it end?", "It ended on 3 May 2024.", False),
    ],
)
def test_a_sentence_holds_the_kind_that_the_question_does_not_say_itself(
    question: str, sentence: str, is_held: bool
) -> None:
    assert holds_kind(sentence, wanted(question, "en")) is is_held


def test_a_phrase_stands_there_one_term_behind_the_other() -> None:
    assert says_phrase(("a", "b"), ["c", "a", "a", "b"])
    assert not says_phrase(("a", "b"), ["a", "c", "b"])
    assert not says_phrase(("a", "b"), ["b", "a"])
    assert not says_phrase(("a",), [])
