"""When a model goes in circles, and what is kept of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.repetition import TIMES, repeats, said_once

SENTENCE = "The pier is 40 metres long."


def test_a_sentence_that_is_said_again_ends_it() -> None:
    assert not repeats(SENTENCE)
    assert repeats(f"{SENTENCE} It stands. {SENTENCE}")
    assert said_once(f"{SENTENCE} It stands. {SENTENCE}") == f"{SENTENCE}\nIt stands."


@pytest.mark.parametrize("piece", ["di un'allerta ", "and the deck ", "long, ", "橋の長さは"])
def test_a_piece_that_goes_round_ends_it_and_takes_its_sentence_along(piece: str) -> None:
    written = f"{SENTENCE} The future of " + piece * TIMES
    assert repeats(written)
    assert said_once(written) == SENTENCE


def test_where_nothing_was_finished_one_round_stays() -> None:
    assert said_once("It is " + "very, very " * 6) == "It is very, very"


@pytest.mark.parametrize(
    "written",
    [
        "No, no, no!",
        "1,000,000,000,000",
        "A - B - C - D - E",
        "…………………………",
        "| --- | --- | --- | --- |",
        "2 + 2 + 2 + 2 + 2",
    ],
)
def test_what_only_looks_like_it_is_none(written: str) -> None:
    assert not repeats(written)


@given(st.text(max_size=600))
def test_nothing_is_added(written: str) -> None:
    kept = said_once(written)
    assert set(kept.split()) <= set(written.split()) or repeats(written)
    assert len(kept) <= len(written)
