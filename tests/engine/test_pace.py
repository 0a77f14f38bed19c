"""What a machine reaches, and how fast that lets a model read and write."""

from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gguf_header import read_header
from engine.pace import READING, TYPICAL_PROMPT, WRITING, Pace, Work, measured_pace

NUMBERS = st.floats(1e6, 1e14)


def test_this_machine_reaches_something() -> None:
    pace = measured_pace()
    assert pace is measured_pace(), "once a process"
    assert pace.bandwidth > 1e8
    assert pace.compute > 1e8


def test_an_estimate_by_value() -> None:
    pace = Pace(bandwidth=20e9, compute=200e9)
    work = Work(parameters=4e9, weight_bytes=2 * 10**9, kv_bytes_per_token=100_000)
    assert pace.prefill(work) == pytest.approx(READING * 25)
    assert pace.decode(work) == pytest.approx(WRITING * 20e9 / (2e9 + TYPICAL_PROMPT * 1e5))


@given(NUMBERS, NUMBERS, st.floats(1, 8), st.integers(1, 10**11), st.integers(1, 10**6))
def test_a_faster_machine_is_faster_and_a_larger_model_slower(bandwidth, compute, more, weights, kv) -> None:
    slow, fast = Pace(bandwidth, compute), Pace(bandwidth * more, compute * more)
    small, large = Work(weights / 2, weights, kv), Work(weights * more / 2, math.ceil(weights * more), kv)
    assert fast.prefill(small) >= slow.prefill(small) >= slow.prefill(large)
    assert fast.decode(small) >= slow.decode(small) >= slow.decode(large)


@pytest.mark.parametrize("number", [0.0, -1.0, math.nan, math.inf])
def test_what_no_machine_reaches_is_refused(number) -> None:
    with pytest.raises(ValueError, match="no pace"):
        Pace(number, 1.0)
    with pytest.raises(ValueError, match="no pace"):
        Pace(1.0, number)


def test_the_work_of_a_model_by_its_header(tiny, starter) -> None:
    header = dataclasses.replace(
        read_header(tiny), architecture="phi3", block_count=32, embedding_length=3072, feed_forward_length=8192,
        head_count=32, key_length=96, value_length=96, kv_width=32 * 32 * 2 * 96, tensor_bytes=2_000_000_000,
    )  # fmt: skip
    # Phi-3-mini: 3.8 billion parameters, of which 0.2 are embeddings and output.
    assert Work.of(header) == Work(32 * (4 * 3072**2 + 3 * 3072 * 8192), 2_000_000_000, 384 * 1024)
    ungated = Work.of(dataclasses.replace(header, architecture="phi2"))
    assert ungated is not None
    assert ungated.parameters == 32 * (4 * 3072**2 + 2 * 3072 * 8192)
    assert Work.of(dataclasses.replace(header, embedding_length=0)) is None
    of_starter = Work.of(starter.header)
    assert of_starter is not None
    assert 100e6 < of_starter.parameters < 135e6
