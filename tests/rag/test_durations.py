"""How long things take, by how fast a model is: more to do takes longer, a faster model is done sooner."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import durations
from rag.durations import Duration
from rag.protocol import Speed, SummaryLength
from rag.stores.scope_records import Extent

SPEED = Speed(prefill=50.0, decode=10.0, is_measured=True)
speeds = st.builds(Speed, st.floats(0.5, 5_000), st.floats(0.1, 500), st.just(True))
extents = st.builds(Extent, st.integers(1, 2_000), st.integers(1, 200_000), st.integers(1, 10**9))
lengths = st.sampled_from(SummaryLength)


def whole(duration: Duration) -> float:
    return duration.first_word_s + duration.rest_s


def test_an_answer_is_its_prompt_and_then_its_words() -> None:
    told = durations.answering(SPEED, 240)
    assert told.first_word_s == pytest.approx(durations.LOOKING_S + (240 + 24 + 48) / 50)
    assert told.rest_s == pytest.approx(6.0)


def test_a_thorough_summary_reads_every_part() -> None:
    one = durations.summing_up(SPEED, SummaryLength.LINE, Extent(1, 30, 36_000))
    assert one.first_word_s == pytest.approx(
        (9_000 + 10 * durations.INSTRUCTION) / 50  # ten parts of 900 tokens, each with its instruction ...
        + 10 * durations.WRITTEN_SHARE * 140 / 10  # ... and what is written of it
        + (300 + durations.INSTRUCTION) / 50  # then the notes that the line is made of
    )


@given(speeds, lengths, extents)
def test_more_text_takes_longer_and_a_faster_model_less(speed: Speed, length: SummaryLength, extent: Extent) -> None:
    faster = Speed(2 * speed.prefill, 2 * speed.decode, is_measured=True)
    more = Extent(extent.documents + 1, 2 * extent.passages, 2 * extent.characters)
    for take in (
        lambda speed, extent: durations.summing_up(speed, length, extent),
        durations.comparing,
    ):
        assert whole(take(speed, more)) > whole(take(speed, extent)) > whole(take(faster, extent)) > 0.0


@given(speeds, lengths, extents)
def test_quick_is_never_slower_than_thorough(speed: Speed, length: SummaryLength, extent: Extent) -> None:
    quick, thorough = durations.summing_up_quickly(speed, length), durations.summing_up(speed, length, extent)
    assert whole(quick) <= whole(thorough)


@given(extents)
def test_looking_through_goes_by_the_passages(extent: Extent) -> None:
    more = Extent(extent.documents, extent.passages + 5_000, extent.characters)
    assert whole(durations.looking_through(more)) == pytest.approx(whole(durations.looking_through(extent)) + 1.0)
