from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from rag.prompt import QUOTED
from rag.protocol import SummaryLength
from rag.summary.notes import Note
from rag.summary.writing import (
    LENGTHS,
    Wish,
    batches,
    draft_of_notes,
    draft_of_part,
    draft_of_translation,
    fitting,
    note_lines,
    room,
)
from tests.rag.making_passages import passage
from tests.rag.summary.making import BRIDGE, note, passages_of

PASSAGES = passages_of(*BRIDGE)
NOTES = tuple(
    note(held, held.text.split(". ")[0] + ".", section, score)
    for held, section, score in zip(PASSAGES, (0, 0, 1, 2), (0.9, 0.8, 0.2, 0.1), strict=True)
)


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


@given(st.text(max_size=80), st.text(max_size=20))
def test_every_line_of_a_document_is_set_in_and_no_other_is(text: str, name: str) -> None:
    held = passage(text, document=name or "x")
    for draft in (draft_of_part([held], Wish("en", "wind")), draft_of_translation(text or "x", "fr")):
        user = draft.messages[1].text
        own = [line for line in user.split("\n") if line and not line.startswith(QUOTED)]
        assert all(line == "Summary:" or line.endswith(", page 1:") for line in own)


def test_what_is_wished_for_is_in_the_instruction() -> None:
    draft = draft_of_notes(NOTES, Wish("it", "the risks"), LENGTHS[SummaryLength.LINE])
    instruction = draft.messages[0].text
    assert "one short sentence" in instruction
    assert "in Italian" in instruction
    assert "concerns this: the risks." in instruction
    assert draft.max_tokens == LENGTHS[SummaryLength.LINE].answer


def test_what_fits_has_the_best_of_every_section_first() -> None:
    size = sum(words([note_lines(NOTES[:1])]))
    assert fitting(NOTES, 3 * size, words) == (NOTES[0], NOTES[2], NOTES[3])
    assert fitting(NOTES, 10_000, words) == NOTES
    assert fitting(NOTES, 0, words) == NOTES[:1]


@given(st.lists(st.sampled_from(NOTES), max_size=12), st.integers(1, 200))
def test_batches_hold_all_in_order(notes: list[Note], limit: int) -> None:
    made = batches(notes, limit, words)
    assert [one for batch in made for one in batch] == notes
    assert all(len(batch) > 1 for batch in made[:-1])
    for batch in made:
        assert len(batch) <= 2 or sum(words([note_lines([one]) for one in batch])) <= limit


def test_the_window_bounds_what_a_prompt_holds() -> None:
    length = LENGTHS[SummaryLength.PAGE]
    assert room(100_000, length, Wish(), words) == length.prompt
    assert 0 < room(900, length, Wish(), words) < 900 - length.answer
    assert room(10, length, Wish(), words) == 1
