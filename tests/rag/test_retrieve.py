from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieve import fuse, marks

Hits = Sequence[tuple[int, float]]

any_text = st.text(st.characters(exclude_categories=()), max_size=120)
ranked = st.lists(st.integers(1, 30), unique=True, max_size=20).map(lambda ids: [(each, 0.5) for each in ids])
weights = st.floats(0.0, 4.0)


# --- fusion -----------------------------------------------------------------------------------------------------------


def ids(hits: Hits) -> list[int]:
    return [identity for identity, _ in hits]


@given(ranked, ranked, weights)
def test_fusion_keeps_every_passage_once_best_first(dense: Hits, lexical: Hits, weight: float) -> None:
    fused = fuse(dense, lexical, weight)
    assert sorted(ids(fused)) == sorted({*ids(dense), *ids(lexical)})
    scores = [score for _, score in fused]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 + 1e-12 for score in scores)


@given(ranked, ranked)
def test_without_weight_the_dense_side_only_adds_to_the_end(dense: Hits, lexical: Hits) -> None:
    fused = ids(fuse(dense, lexical, 0.0))
    assert fused[: len(lexical)] == ids(lexical)
    assert fused[len(lexical) :] == sorted({*ids(dense)} - {*ids(lexical)})


@given(ranked, st.floats(0.1, 4.0))
def test_one_side_alone_keeps_its_order(hits: Hits, weight: float) -> None:
    assert ids(fuse(hits, [], weight)) == ids(fuse([], hits, weight)) == ids(fuse(hits, hits, weight)) == ids(hits)


@given(ranked, ranked)
def test_with_equal_weights_the_sides_can_be_exchanged(dense: Hits, lexical: Hits) -> None:
    assert ids(fuse(dense, lexical, 1.0)) == ids(fuse(lexical, dense, 1.0))


@given(st.permutations(range(1, 8)), st.permutations(range(1, 8)), weights)
def test_what_is_better_on_both_sides_is_better(dense: list[int], lexical: list[int], weight: float) -> None:
    fused = ids(fuse([(each, 0.0) for each in dense], [(each, 0.0) for each in lexical], weight))
    for one in range(1, 8):
        for other in range(1, 8):
            if dense.index(one) < dense.index(other) and lexical.index(one) < lexical.index(other):
                assert fused.index(one) < fused.index(other)


def test_first_on_both_sides_is_one() -> None:
    assert fuse([(7, 0.9)], [(7, 12.0)], 0.25) == [(7, pytest.approx(1.0))]
    assert fuse([(1, 0.9)], [(2, 12.0)], 1.0) == [(1, pytest.approx(0.5)), (2, pytest.approx(0.5))]
    assert fuse([], []) == []


# --- marks ----------------------------------------------------------------------------------------------------------


@given(any_text, any_text)
def test_marks_lie_inside_the_text_in_order(question: str, text: str) -> None:
    place = 0
    for start, end in marks(question, text):
        assert place <= start < end <= len(text)
        place = end


@given(st.text(max_size=60))
def test_a_text_that_is_asked_for_is_marked_where_it_has_content(text: str) -> None:
    assert bool(marks(text, text)) == bool(marks(text, f"{text}\n{text}"))


def marked(question: str, text: str) -> list[str]:
    return [text[start:end] for start, end in marks(question, text)]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("How long is the lease?", "The leases are long.", ["leases", "long"]),
        ("notice period", "The Notice period ends.", ["Notice period"]),
        ("notice period", "The notice, period.", ["notice", "period"]),
        ("durée du préavis", "La DUREE des preavis", ["DUREE", "preavis"]),
        ("rent 2023", "rent 2024", ["rent"]),
        ("What is it?", "What it is", []),
        ("thé", unicodedata.normalize("NFD", "un thé"), [unicodedata.normalize("NFD", "thé")]),
        ("the cat", "category", []),
        ("", "text", []),
    ],
)
def test_words_are_marked_in_their_inflections(question: str, text: str, expected: list[str]) -> None:
    assert marked(question, text) == expected


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_the_s_of_a_possessive_is_no_word_that_is_marked(apostrophe: str) -> None:
    assert marked(f"What were Apple{apostrophe}s sales?", "The U.S. sales of Apple") == ["sales", "Apple"]
    assert marked("What is plan S?", "It is plan S.") == ["plan S"]
