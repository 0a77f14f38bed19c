from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.second_look import SEATED, SEATS, WEIGHTS, Candidate, Ranked, Sight, second_look, sights
from rag.wanted import wanted

QUESTION = "How many cranes did the Port of Genoa buy in 1999?"

TEXTS = ("", "Genoa bought 12 cranes.", "In 1999 the port grew.", "Cranes stand in the port of Genoa.", "It rains.")


@st.composite
def found_candidates(draw: st.DrawFn) -> list[Candidate]:
    """Up to six candidates, each rank of a side given once."""
    ranks = draw(st.tuples(st.permutations(range(6)), st.permutations(range(6))))
    return [
        candidate(draw(st.sampled_from(TEXTS)), identity, heading=draw(st.sampled_from(TEXTS)), dense_rank=dense,
                  cosine=1.0 - dense / 7, lexical_rank=words, bm25=30.0 - words)
        for identity, (dense, words) in enumerate(zip(*ranks, strict=True), start=1)
    ][: draw(st.integers(0, 6))]  # fmt: skip


def candidate(text: str = "", identity: int = 1, **others: object) -> Candidate:
    plain = Candidate(identity, "", "", text, dense_rank=0, cosine=0.0, lexical_rank=0, bm25=0.0)
    return dataclasses.replace(plain, **others)  # type: ignore[arg-type]


def looked(question: str, found: Sequence[Candidate], trust: float = 0.5, spread: float = 0.1) -> list[Ranked]:
    return second_look(wanted(question, "en"), found, trust, spread)


def first(question: str, *texts: str) -> str:
    return looked(question, [candidate(text, place) for place, text in enumerate(texts)])[0].candidate.text


def sight(question: str, text: str, **others: object) -> Sight:
    return sights(wanted(question, "en"), [candidate(text, **others)], 1.0, 0.1)[0]


candidates = found_candidates()


# --- the order --------------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(candidates, st.floats(0, 1), st.sampled_from([0.0, 0.1]))
def test_every_candidate_once_best_first(found: list[Candidate], trust: float, spread: float) -> None:
    ranked = looked(QUESTION, found, trust, spread)
    assert sorted(one.candidate.identity for one in ranked) == sorted(one.identity for one in found)
    scores = [one.score for one in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in scores)


@settings(max_examples=40)
@given(candidates, st.sampled_from([0.5, 1.0]))
def test_the_order_depends_on_the_library_alone(found: list[Candidate], trust: float) -> None:
    one, other = looked(QUESTION, found, trust), looked(QUESTION, found[::-1], trust)
    assert [each.candidate.identity for each in one] == [each.candidate.identity for each in other]


def test_a_passage_that_is_better_on_one_side_and_no_worse_on_the_other_is_better() -> None:
    worse = candidate("Cranes.", 1, dense_rank=2, cosine=0.4, lexical_rank=2, bm25=5.0)
    for better in ({"dense_rank": 1}, {"cosine": 0.5}, {"lexical_rank": 1}, {"bm25": 6.0}):
        ranked = looked("Cranes?", [worse, dataclasses.replace(worse, identity=2, **better)])  # type: ignore[arg-type]
        assert [one.candidate.identity for one in ranked] == [2, 1], better


def test_ties_keep_the_order_of_the_ids() -> None:
    assert [one.candidate.identity for one in looked("Cranes?", [candidate("x", 3), candidate("x", 2)])] == [2, 3]


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("How heavy is the crane?", "The crane weighs 12 t.", "The house weighs 12 t."),
        ("Where does the crane turn?", "The crane turns here.", "The crane stands.\n\nIt rains. All turns."),
        ("What is an iron crane?", "An iron crane stands.", "Iron is heavy, and on such a quay stands a crane."),
        ("What was paid in 2023?", "In 2023 much was paid.", "In 2024 much was paid."),
        ("When did the crane fall?", "The crane fell on 3 May 1999.", "The crane fell on soft ground."),
        ('Who says "any wind"?', "It turns in any wind.", "Wind of any kind. Who says any?"),
    ],
)
def test_what_stands_in_a_passage_orders_it(question: str, better: str, worse: str) -> None:
    assert first(question, worse, better) == better


def test_a_documents_own_words_prefer_it() -> None:
    text = "Revenue grew by 4 %."
    nvidia = candidate(text, 2, heading="2022 Q3 NVDA Results")
    apple = candidate(text, 1, heading="2023 Q1 AAPL Results")
    assert looked("How did the revenue of NVDA grow in Q3 2022?", [apple, nvidia])[0].candidate == nvidia
    opened = dataclasses.replace(apple, identity=3, heading="", opening="NVDA, quarter that ended in 2022")
    assert looked("How did the revenue of NVDA grow in Q3 2022?", [apple, opened])[0].candidate == opened


# --- what is seen -----------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(candidates)
def test_shares_are_shares(found: list[Candidate]) -> None:
    for seen in sights(wanted(QUESTION, "en"), found, 1.0, 0.1):
        for share in (seen.passage, seen.sentence, seen.order, seen.heading, seen.document, seen.dense_rank):
            assert 0.0 <= share <= 1.0 + 1e-9
        assert seen.sentence <= seen.passage + 1e-9
        assert seen.nearness >= 0.0


def test_what_is_missing_is_counted() -> None:
    seen = sight('Did Genoa and Bari buy "new iron" in 1999 or 2001?', "Genoa bought iron that was new in 1999.")
    assert (seen.numbers, seen.names, seen.phrases) == (1, 1, 1)


def test_neighbours_in_the_wrong_order_count_half() -> None:
    assert sight("iron crane", "An iron crane.").order == 1.0
    assert sight("iron crane", "A crane of iron.").order == 0.5
    assert sight("iron crane", "Iron it is, so they say here and there, of that crane.").order == 0.0


def test_a_side_that_did_not_name_a_candidate_says_nothing_of_it() -> None:
    seen = sights(
        wanted("crane", "en"), [candidate(cosine=0.9, bm25=9.0), candidate(dense_rank=1, cosine=0.2)], 1.0, 0.1
    )
    assert (seen[0].nearness, seen[0].dense_rank, seen[0].words, seen[0].lexical_rank) == (0.0, 0.0, 0.0, 0.0)
    assert seen[1].dense_rank == 1.0


def test_trust_weighs_ranks_and_an_unknown_spread_is_the_lists_own() -> None:
    found = [candidate(identity=1, dense_rank=1, cosine=0.8), candidate(identity=2, dense_rank=2, cosine=0.6)]
    assert sights(wanted("crane", "en"), found, 0.25, 0.1)[0].dense_rank == 0.25
    assert sights(wanted("crane", "en"), found, 1.0, 0.1)[0].nearness == pytest.approx(2.0)
    assert sights(wanted("crane", "en"), found, 1.0, 0.0)[0].nearness == pytest.approx(2.0)  # deviation 0.1


def test_more_of_what_speaks_for_a_passage_weighs_for_it() -> None:
    against = {"numbers", "names", "phrases"}
    assert {name for name, weight in WEIGHTS._asdict().items() if weight < 0} == against


# --- seats ------------------------------------------------------------------------------------------------------------


def ranked_by_words(count: int, nearest: Sequence[int]) -> list[Candidate]:
    """Candidates that words find in the order of their ids; the embedder names the ``nearest`` of them."""
    return [
        candidate("crane", place, lexical_rank=place, bm25=100.0 - 9 * place,
                  dense_rank=nearest.index(place) + 1 if place in nearest else 0)
        for place in range(1, count + 1)
    ]  # fmt: skip


def test_the_first_of_a_trusted_embedder_keep_their_seats() -> None:
    found = ranked_by_words(9, nearest=(8, 9))
    trusted = [one.candidate.identity for one in looked("crane", found, trust=1.0)]
    assert set(trusted[:SEATED]) >= {8, 9}
    assert [one for one in trusted if one not in (8, 9)] == [1, 2, 3, 4, 5, 6, 7]
    assert {8, 9}.isdisjoint([one.candidate.identity for one in looked("crane", found, trust=0.25)][:SEATED])


@settings(max_examples=40)
@given(candidates)
def test_both_seats_are_kept_whatever_the_words_find(found: list[Candidate]) -> None:
    first = [one.candidate for one in looked(QUESTION, found, 1.0)[:SEATED]]
    assert all(one in first for one in found if 0 < one.dense_rank <= SEATS)
