from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.overlap import WORD, Weights, content_stems, nearness, stem

words = st.text(min_size=1).filter(lambda text: WORD.fullmatch(text) is not None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("covers", "covered"),
        ("Covering", "cover"),
        ("payments", "payment"),
        ("cranes", "crane"),
        ("chat", "chats"),
        ("l'article", "articles"),
        ("l’année", "années"),
        ("dell’opera", "opere"),
        ("Apple's", "Apple"),
        ("company’s", "company"),
        ("Verträge", "Vertrag"),
    ],
)
def test_two_inflections_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Apple's", "Microsoft's"), ("cat", "car"), ("2019", "2018"), ("bus", "but")]
)
def test_two_words_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(words)
def test_a_stem_is_never_empty_and_ignores_case(word: str) -> None:
    assert stem(word)
    assert stem(word.casefold()) == stem(word)


def test_what_carries_content_are_words_and_numbers_that_are_no_function_words() -> None:
    assert content_stems("What is the company's revenue in 2023, and who says so?") == {
        stem("company"),
        stem("revenue"),
        "2023",
        stem("says"),
    }
    assert content_stems("Qu’est-ce que l’avenant à ce bail ?") == {stem("avenant"), stem("bail")}
    assert content_stems("It doesn't, and they're not; what's this?") == frozenset()
    assert content_stems("") == frozenset()


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_text_holds_the_content_of_its_parts(one: str, other: str) -> None:
    assert content_stems(f"{one} {other}") == content_stems(one) | content_stems(other)


def test_a_rare_word_weighs_more_than_one_that_stands_everywhere() -> None:
    weights = Weights([{"crane", "quay"}, {"crane"}, {"crane", "wind"}])
    assert weights.of({"unknown"}) > weights.of({"quay"}) == weights.of({"wind"}) > weights.of({"crane"}) > 0
    assert weights.of({"quay"}) == pytest.approx(math.log(1 + 4 / 2))
    assert weights.of(()) == 0.0


stems = st.frozensets(st.sampled_from("abcdef"), max_size=6)


@given(st.lists(stems, max_size=6), stems, stems)
def test_weights_add_up(sentences: list[frozenset[str]], one: frozenset[str], other: frozenset[str]) -> None:
    weights = Weights(sentences)
    assert weights.of(one | other) == pytest.approx(weights.of(one) + weights.of(other - one))


def test_nearness_prefers_what_is_asked_for_to_what_names_the_document() -> None:
    wanted = content_stems("How fast may the wind be for the crane?")
    around = content_stems("crane.pdf")
    sentences = ["The crane stands here.", "The wind stands here.", "The tide stands here.", "The wind stands here"]
    weights = Weights([content_stems(sentence) for sentence in sentences])
    crane, wind, tide, heading = (nearness(wanted, sentence, around, weights) for sentence in sentences)
    assert wind > crane > tide == 0.0
    assert heading == pytest.approx(wind / 2)
    assert nearness(wanted, "The crane stands here.", frozenset(), weights) == pytest.approx(4 * crane)


@pytest.mark.parametrize("end", [".", "!", "?", "…", ";", ":", ".”", ".)", '." ', "。"])
def test_a_whole_sentence_may_end_in_many_ways(end: str) -> None:
    weights = Weights([])
    assert nearness(frozenset({"wind"}), f"wind{end}", frozenset(), weights) == weights.of({"wind"})
