from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.summary.outline import outline
from rag.summary.ranking import form_of, lexrank, ranked
from tests.rag.summary.making import BRIDGE, passages_of


def test_the_sentence_that_is_like_most_others_is_the_most_central() -> None:
    sentences = [{"deck", "oak"}, {"deck", "joint"}, {"joint", "water"}, {"ferry", "cake"}]
    idf = dict.fromkeys({stem for sentence in sentences for stem in sentence}, 1.0)
    ranks = lexrank([frozenset(sentence) for sentence in sentences], idf)
    assert ranks[1] == ranks.max() == 1.0
    assert ranks[3] == ranks.min() < ranks[0]


@given(st.lists(st.frozensets(st.sampled_from("abcdef")), min_size=1, max_size=30))
def test_ranks_lie_between_nothing_and_one(sentences: list[frozenset[str]]) -> None:
    ranks = lexrank(sentences, dict.fromkeys("abcdef", 1.0))
    assert ranks.shape == (len(sentences),)
    assert 0.0 < ranks.min() <= ranks.max() == pytest.approx(1.0)


def test_every_sentence_is_a_candidate_with_its_section_and_its_place() -> None:
    passages = passages_of(*BRIDGE)
    found = ranked(outline(passages))
    assert [candidate.section for candidate in found] == [0, 0, 0, 0, 1, 1, 2, 2]
    assert found[4].text == "The northern expansion joint lets water through."
    assert all(0.0 <= candidate.score <= 1.0 for candidate in found)


def test_a_focus_puts_what_it_names_first() -> None:
    found = ranked(outline(passages_of(*BRIDGE)), "costs in euro")
    assert max(found, key=lambda one: one.score).text == "The repair of deck and joint costs 48,000 euro."
    found = ranked(outline(passages_of(*BRIDGE)), "water at the bearing")
    assert max(found, key=lambda one: one.score).text == "Water from the joint reaches the bearing."


def test_a_focus_in_other_words_counts_by_the_passages_that_meaning_found() -> None:
    found = ranked(outline(passages_of(*BRIDGE)), "hazards", {3: 1.0})
    assert max(found, key=lambda one: one.score).passage.number == 3


def test_headings_and_labels_are_taken_only_where_there_is_nothing_else() -> None:
    mixed = passages_of(("A", "Wind tables\nThe crane stands still above 20 m/s."), ("B", "Pilot Information:"))
    assert [one.text for one in ranked(outline(mixed))] == ["The crane stands still above 20 m/s."]
    assert [one.text for one in ranked(outline(passages_of(("", "Pilot Information:"))))] == ["Pilot Information:"]


def test_a_title_says_nothing_beside_a_line_of_text() -> None:
    found = ranked(outline(passages_of(("Harbour report", "Harbour report"), ("Cranes", "Three cranes, two of steel"))))
    assert [one.text for one in found] == ["Three cranes, two of steel"]


def test_the_rows_of_a_table_stand_for_a_section_that_has_no_sentence() -> None:
    found = ranked(outline(passages_of(("A", "Deck | 12 | 14\nJoint | 3 | 4"))))
    assert [one.text for one in found] == ["Deck | 12 | 14", "Joint | 3 | 4"]


def test_the_mark_of_a_list_is_no_part_of_its_sentence() -> None:
    (found,) = ranked(outline(passages_of(("", "- A fed starter doubles in five hours."))))
    assert found.text == "A fed starter doubles in five hours."
    assert found.passage.text[slice(*found.span)] == found.text


def test_the_marks_of_markdown_are_not_read() -> None:
    (found,) = ranked(outline(passages_of(("", "A fed starter doubles in **five hours**."))))
    assert found.text == "A fed starter doubles in five hours."
    assert found.passage.text[slice(*found.span)] == "A fed starter doubles in **five hours**."


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("The deck of the bridge is worn along its middle.", "It is worn along the middle of the bridge."),
        ("The deck of the bridge is worn along its middle.", "Is the deck of the bridge worn along its middle?"),
        ("The deck of the bridge is worn along its middle.", "4 October 2025, in the parish hall of Halden."),
        ("It is worn along the middle of the bridge.", "Deck | 12 | 14"),
        ("Deck | 12 | 14", "Wind tables"),
        ("Wind tables", "Pilot: Seat: Rating:"),
        ("Wind tables", "Defining Event: Injuries: 1 None"),
        ("Wind tables", "Item 1."),
        ("Wind tables", "Appendix B."),
        ("该桥建于1998年。", "Part IV."),
    ],
)
def test_a_whole_sentence_is_better_than_what_is_less_than_one(better: str, worse: str) -> None:
    assert form_of(better) > form_of(worse)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(["", "A", "B"]), st.text(max_size=60)), min_size=1, max_size=6),
    st.text(max_size=8),
)
def test_any_text_is_ranked(texts: list[tuple[str, str]], focus: str) -> None:
    sections = outline(passages_of(*texts))
    for candidate in ranked(sections, focus):
        assert candidate.passage in sections[candidate.section].passages
        assert 0.0 <= candidate.score <= 1.0
        assert candidate.text.strip()
