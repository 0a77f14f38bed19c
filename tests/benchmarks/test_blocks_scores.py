from __future__ import annotations

import pytest
from blocks_scores import SCORES, compared, f1, scored
from hypothesis import given
from hypothesis import strategies as st

from tests.rag.making_passages import passage

values = st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The Panthers.", 1.0),
        ("the panthers", 1.0),
        ("panthers", 2 / 3),
        ("the panthers the panthers", 2 / 3),
        ("Broncos", 0.0),
        ("", 0.0),
    ],
)
def test_the_words_that_an_answer_shares_with_what_was_sought(text: str, value: float) -> None:
    assert f1(text, "The Panthers") == pytest.approx(value)


def test_what_the_model_says_and_what_a_person_is_shown_are_scored_apart() -> None:
    said = passage("The crane stops at 42 m/s. The quay is closed then.")
    scores = scored("At which gust does the crane stop?", "42 m/s", "It stops when the wind sings.", [said])
    assert tuple(scores) == SCORES
    assert (scores["holds"], scores["f1"]) == (0.0, 0.0)
    assert scores["shown holds"] == 1.0  # the passage is quoted where it does not support the model's words


@given(values)
def test_a_way_is_as_good_as_itself(scores: list[float]) -> None:
    same = compared(scores, scores, range(len(scores)), seed=1)
    assert (same.value, same.low, same.high, same.n) == (0.0, 0.0, 0.0, len(scores))


def test_the_questions_of_a_paragraph_are_drawn_together() -> None:
    ones, zeros = [1.0] * 8 + [0.0] * 8, [0.0] * 16
    apart = compared(ones, zeros, range(16), seed=1)
    together = compared(ones, zeros, [0] * 8 + [1] * 8, seed=1)
    assert apart.value == together.value == 0.5
    assert (together.low, together.high) == (0.0, 1.0)
    assert 0.0 < apart.low < apart.high < 1.0
