from __future__ import annotations

import pytest
from find_all_facts import Fact, facts
from hypothesis import given
from hypothesis import strategies as st

from rag.finding_match import ENOUGH, UNSAID, Around, Weights, best_match, most_strength
from rag.finding_question import sought_in
from rag.language import without_accents

NOTICE = "Which contracts have a notice period of 30 days?"
BIRD = "Which reports mention a bird strike?"


def strength(question: str, text: str, around: Around | None = None, language: str = "") -> float:
    sought = sought_in(question)
    weights = Weights.of(sought, [3] * len(sought.words), 1_000)
    said = sum(1 << place for place, word in enumerate(sought.words) if word.is_of_document)
    match = best_match(sought, text, around or Around(said=said, language=language), weights)
    return 0.0 if match is None else match.strength


@pytest.mark.parametrize("fact", facts(3), ids=lambda fact: fact.name)
def test_what_says_it_is_told_from_what_nearly_does(fact: Fact) -> None:
    for text in fact.said:
        # Whose contract it is stands in another passage.
        passage = text.partition("\n\n")[2] if fact.name == "arbitration" else text
        assert strength(fact.question, passage, language=fact.language) >= ENOUGH, text
    for text in fact.nearly:
        is_of_another = fact.name == "arbitration" and "arbitration" in text
        is_bound_otherwise = text.startswith("Sales grew")  # a known limit: see docs/decisions/0128
        if not is_of_another and not is_bound_otherwise:
            assert strength(fact.question, text, language=fact.language) < ENOUGH, text


@pytest.mark.parametrize(
    ("question", "text", "is_found"),
    [
        (NOTICE, "The notice period is thirty (30) days.", True),
        (NOTICE, "The notice period is no less than 30 days.", True),
        (NOTICE, "The notice period is 30 business days.", True),
        (NOTICE, "Notice period of 60 days, and payment within 30 days.", False),
        (NOTICE, "Payment within 30 days; the notice period is 60 days.", False),
        (NOTICE, "The notice period is not 30 days.", False),
        (NOTICE, "A notice period of 30 days does not apply.", False),
        (NOTICE, "The tenant may end the lease without cause with a notice period of 30 days.", True),
        (NOTICE, "30", False),
        (BIRD, "The crew did not report any bird strike.", False),
        (BIRD, "A bird strike was not observed.", False),
        (BIRD, "Nobody was hurt. The bird strike damaged the radome.", True),
        (BIRD, "The bird watchers who had come from every part of the country called a strike.", False),
        ("Which documents mention Marta Havel?", "Havel, Marta: present.", True),
        ("Which documents mention Marta Havel?", "Marta J. Havel signed.", True),
        ("Which documents mention Marta Havel?", "Marta Quist met Yusuf Havel.", False),
        ('documents with "act of God"', "An act\nof  God is no excuse.", True),
        ('documents with "act of God"', "An act of the God of war.", False),
        ("Which leases do not allow pets?", "Pets are not allowed.", True),
        ("Which leases do not allow pets?", "Pets are allowed.", False),
        ("invoices over 12,500 euros", "Invoice: € 12 500.00", True),
        ("invoices over 12,500 euros", "Invoice: € 1 250.00", False),
        ("Quels rapports mentionnent une collision aviaire ?", "Deux collisions aviaires ont été relevées.", True),
        ("Quels rapports mentionnent une collision aviaire ?", "Aucune collision aviaire n’a été relevée.", False),
        ("Quels rapports mentionnent une collision aviaire ?", "La collision n’était pas aviaire.", False),
        ("Quali contratti hanno un preavviso di 30 giorni?", "Il preavviso è di 30 giorni.", True),
        ("Quali contratti hanno un preavviso di 30 giorni?", "Il preavviso non è di 30 giorni.", False),
        ("Quali contratti hanno un preavviso di 30 giorni?", "Il preavviso è di 60 giorni.", False),
    ],
)
def test_sentences_by_hand(question: str, text: str, is_found: bool) -> None:
    assert (strength(question, text) >= ENOUGH) is is_found


def test_the_sentence_that_says_it_is_the_one_that_is_quoted() -> None:
    text = "The weather was fine. A bird strike broke the left landing light. The flight went on."
    sought = sought_in(BIRD)
    match = best_match(sought, text, Around(), Weights.of(sought, [1] * len(sought.words), 10))
    assert match is not None
    assert text[slice(*match.span)] == "A bird strike broke the left landing light."


def test_a_heading_says_what_its_sentences_are_about() -> None:
    assert strength(NOTICE, "The period is 30 days.", Around(heading="Terms › Notice period")) >= ENOUGH
    assert strength(NOTICE, "The period is 30 days.", Around(heading="Terms › Delivery")) < ENOUGH
    assert strength(NOTICE, "The lamp is green.", Around(heading="Notice period of 30 days")) == 0.0


def test_another_word_for_it_takes_nearness_in_meaning() -> None:
    text = "A bird hit the windshield during the climb."
    assert strength(BIRD, text) < ENOUGH
    assert strength(BIRD, text, Around(nearness=1.0)) >= ENOUGH
    assert strength(NOTICE, "The period is 60 days.", Around(nearness=1.0)) <= UNSAID


WORDS = st.lists(
    st.sampled_from(
        [
            "the",
            "a",
            "bird",
            "birds",
            "strike",
            "notice",
            "period",
            "of",
            "30",
            "60",
            "days",
            "is",
            "not",
            "no",
            ".",
            "It",
            "Havel",
            "Marta",
            ",",
            "|",
        ]
    ),
    max_size=24,
).map(" ".join)


@given(
    WORDS, WORDS, st.sampled_from([NOTICE, BIRD, "Marta Havel's notice", 'what says "bird strike"']), st.floats(0, 1)
)
def test_nothing_is_stronger_than_was_thought_possible(text: str, heading: str, question: str, nearness: float) -> None:
    """What a pass over beginnings of words leaves out could not have been found by reading it."""
    sought = sought_in(question)
    weights = Weights.of(sought, [3] * len(sought.words), 100)
    flat = without_accents(f"{heading}\n{text}")
    mask = sum(1 << place for place, start in enumerate(sought.starts) if start in flat)
    match = best_match(sought, text, Around(heading, mask, nearness), weights)
    most = most_strength(sought, mask, mask, nearness, weights)
    if match is not None:
        assert 0.0 < match.strength <= round(max(most, UNSAID), 3) <= 1.0
        assert text[slice(*match.span)].strip() == text[slice(*match.span)] != ""
