from __future__ import annotations

from rag.protocol import Passage
from rag.summary.aspects import Aspect, aspects, saying
from rag.summary.outline import Section, outline
from rag.summary.ranking import Candidate, ranked
from tests.rag.summary.making import BRIDGE, passages_of

OTHER = (
    ("Pier/1. Deck", "The deck of the pier was painted. Nothing else was done to the deck of the pier."),
    ("Pier/Visitors", "Children fish from the pier in summer. The pier is lit at night."),
    ("Pier/III. Costs", "Painting the deck of the pier costs 900 euro."),
)
BRIDGE_PASSAGES = passages_of(*BRIDGE)
PIER_PASSAGES = passages_of(*OTHER, document="pier.pdf", first=5)


def both(*held: tuple[Passage, ...]) -> tuple[list[tuple[Section, ...]], list[tuple[Candidate, ...]]]:
    outlines = [outline(passages) for passages in held]
    return outlines, [ranked(sections) for sections in outlines]


def test_documents_are_compared_by_the_sections_that_they_share() -> None:
    found = aspects(*both(BRIDGE_PASSAGES, PIER_PASSAGES), "")
    assert [aspect.name for aspect in found[:2]] == ["Deck", "Costs"]


def test_a_focus_names_the_rows() -> None:
    found = aspects(*both(BRIDGE_PASSAGES, PIER_PASSAGES), "paint, the water; the")
    assert [aspect.name for aspect in found] == ["paint", "the water"]


def test_where_no_section_is_shared_the_words_of_both_are() -> None:
    one = passages_of(*[("", "The ferry leaves the quay at noon. The ferry returns to the quay. A ferry is slow.")])
    two = passages_of(
        *[("", "Our ferry was sold. The ferry had rusted. That ferry is gone.")], document="b.pdf", first=2
    )
    assert [aspect.name for aspect in aspects(*both(one, two), "")] == ["ferry"]


def test_a_cell_holds_what_speaks_of_the_aspect_and_nothing_where_nothing_does() -> None:
    _, (bridge, pier) = both(BRIDGE_PASSAGES, PIER_PASSAGES)
    water = Aspect("water", frozenset({"water"}))
    assert [one.text for one in saying(bridge, water, 1)] == ["The northern expansion joint lets water through."]
    assert saying(pier, water, 3) == ()
