from __future__ import annotations

import pytest

from rag.summary.finishing import Numbering, is_translation, section_of_all, sections_of
from rag.summary.outline import outline
from tests.rag.summary.making import BRIDGE, note, passages_of

PASSAGES = passages_of(*BRIDGE)
DECK = note(PASSAGES[0], "The deck of the footbridge is worn along the middle.", 0)
COSTS = note(PASSAGES[3], "The repair of deck and joint costs 48,000 euro.", 2, is_quoted=False)


def test_places_are_numbered_as_they_come_and_one_place_once() -> None:
    numbering = Numbering()
    section = section_of_all([COSTS, DECK, COSTS], numbering, {})
    assert [sentence.citations for sentence in section.sentences] == [(1,), (2,), (1,)]
    assert [(one.number, one.page, one.passage) for one in numbering.citations] == [(1, 4, 0), (2, 1, 0)]
    assert [sentence.is_quoted for sentence in section.sentences] == [False, True, False]


def test_sections_stand_in_the_order_of_the_document_under_their_names() -> None:
    made = sections_of([COSTS, DECK], outline(PASSAGES), Numbering(), {})
    assert [(section.heading, len(section.sentences)) for section in made] == [("Deck", 1), ("Costs", 1)]


def test_a_translation_keeps_its_places_and_is_not_called_supported() -> None:
    (sentence,) = section_of_all([COSTS], Numbering(), {COSTS.text: "La réparation coûte 48 000 euros."}).sentences
    assert (sentence.text, sentence.supported) == ("La réparation coûte 48 000 euros.", False)
    assert (sentence.original, sentence.citations) == (COSTS.text, (1,))


@pytest.mark.parametrize(
    ("translation", "is_one"),
    [
        ("La réparation du pont et du joint coûte 48 000 euros.", True),
        ("La réparation du pont et du joint coûte 84 000 euros.", False),
        ("La réparation du pont et du joint coûte cher.", False),
        ("Coûte 48 000.", False),
        ("The repair of the deck and the joint costs 48,000 euro.", False),
        ("", False),
    ],
)
def test_a_translation_is_in_the_language_and_says_the_same_figures(translation: str, is_one: bool) -> None:
    assert is_translation(translation, COSTS.text, "fr") is is_one
