from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.summary.composing import compose
from tests.rag.summary.making import BRIDGE, note, passages_of

DECK, PLANKS, JOINT, COSTS = passages_of(*BRIDGE)
EVERY = (DECK, PLANKS, JOINT, COSTS)
SECTIONS = {1: 0, 2: 0, 3: 1, 4: 2}
NOTES = (
    note(DECK, "The deck of the footbridge is worn along the middle.", 0, 0.9),
    note(PLANKS, "The planks of the deck were laid in 1998.", 0, 0.4),
    note(JOINT, "The northern expansion joint lets water through.", 1, 0.7),
    note(COSTS, "The repair of deck and joint costs 48,000 euro.", 2, 0.8),
)


def texts(written: str, wanted: int) -> list[str]:
    return [one.text for one in compose(written, EVERY, NOTES, wanted, SECTIONS.__getitem__).notes]


def test_what_the_model_says_truly_stays_and_what_it_leaves_out_is_quoted() -> None:
    written = "The deck of the footbridge is worn along its middle. The repair of the deck and joint costs 48,000 euro."
    composed = compose(written, EVERY, NOTES, 3, SECTIONS.__getitem__)
    assert [(one.text, one.is_quoted, one.section) for one in composed.notes] == [
        ("The deck of the footbridge is worn along its middle.", False, 0),
        ("The northern expansion joint lets water through.", True, 1),
        ("The repair of the deck and joint costs 48,000 euro.", False, 2),
    ]
    assert composed.left_out == 0
    assert [one.citations[0].page for one in composed.notes] == [1, 3, 4]


def test_what_nothing_supports_gives_way_to_the_documents_own_sentences() -> None:
    written = "The bridge collapsed in 2011. The repair of deck and joint costs 84,000 euro."
    composed = compose(written, EVERY, NOTES, 3, SECTIONS.__getitem__)
    assert composed.left_out == 2
    assert all(one.is_quoted for one in composed.notes)
    assert {one.section for one in composed.notes} == {0, 1, 2}


def test_a_model_that_talks_of_one_section_alone_leaves_room_for_the_others() -> None:
    written = (
        "The planks of the deck were laid in 1998. The oak planks of the deck last for forty years. "
        "The deck of the footbridge is worn along the middle."
    )
    composed = compose(written, EVERY, NOTES, 3, SECTIONS.__getitem__)
    assert len(composed.notes) == 3
    assert {one.section for one in composed.notes} == {0, 1, 2}


def test_without_a_model_the_notes_speak() -> None:
    assert texts("", 2) == [NOTES[0].text, NOTES[3].text]
    assert texts("", 9) == [one.text for one in NOTES]


def test_marks_of_a_list_and_repetitions_are_no_part_of_a_sentence() -> None:
    written = (
        "1. The planks of the deck were laid in 1998.\n- The planks of the deck were laid in 1998.\n* Costs of joint"
    )
    own = [one.text for one in compose(written, EVERY, NOTES[1:2], 1, SECTIONS.__getitem__).notes]
    assert own == ["The planks of the deck were laid in 1998."]


def test_a_heading_is_no_sentence_of_a_summary() -> None:
    held = passages_of(("Costs", "Costs of the deck and of the joint\n\nThe joint costs 9,000 euro."))
    composed = compose("Costs of the deck and of the joint", held, [], 1, lambda _number: 0)
    assert (composed.notes, composed.left_out) == ((), 0)


def test_a_sentence_that_goes_round_in_circles_is_left_out() -> None:
    written = "The planks of the deck were laid in 1998, and the planks of the deck were laid in 1998."
    composed = compose(written, EVERY, NOTES, 3, SECTIONS.__getitem__)
    assert written not in [one.text for one in composed.notes]
    assert all(one.is_quoted for one in composed.notes)


@settings(max_examples=40)
@given(st.text(max_size=120), st.integers(1, 8))
def test_whatever_is_written_every_sentence_has_a_place_and_every_section_speaks(written: str, wanted: int) -> None:
    composed = compose(written, EVERY, NOTES, wanted, SECTIONS.__getitem__)
    assert all(one.citations for one in composed.notes)
    assert 0 < len(composed.notes) <= max(1, wanted)
    assert len({one.section for one in composed.notes}) == min(3, wanted)
    for one in composed.notes:
        for citation in one.citations:
            held = EVERY[citation.passage - 1]
            assert held.text[citation.start - held.start : citation.end - held.start] == citation.quote
