from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gguf_header import read_header
from engine.hardware import Fit, fit, memory, memory_needed, suggested_threads


def test_this_machine():
    now = memory()
    assert 0 < now.available <= now.total
    assert suggested_threads() >= 1


@given(needed=st.integers(0, 10**12), total=st.integers(1, 10**12))
def test_more_memory_never_fits_worse(needed, total):
    order = [Fit.DOES_NOT_FIT, Fit.TIGHT, Fit.FITS]
    assert order.index(fit(needed, total * 2)) >= order.index(fit(needed, total))
    assert fit(0, total) is Fit.FITS
    assert fit(total, total) is Fit.DOES_NOT_FIT


def test_memory_grows_with_the_context_by_the_kv_cache_and_more(starter):
    kv = 2 * starter.header.kv_width
    grown = memory_needed(starter.header, 4096) - memory_needed(starter.header, 2048)
    assert 2048 * kv < grown < 2 * 2048 * kv


@pytest.mark.parametrize(
    ("layers", "heads", "heads_kv", "width", "kib"),
    [(32, 32, 32, 80, 320), (32, 32, 32, 96, 384), (32, 24, 8, 128, 128), (40, 40, 10, 128, 200)],
    ids=["phi-2", "phi-3-mini", "phi-4-mini", "phi-4"],
)
def test_the_kv_cache_of_each_phi(layers, heads, heads_kv, width, kib, tiny):
    shape = dataclasses.replace(
        read_header(tiny), block_count=layers, head_count=heads, kv_width=layers * heads_kv * 2 * width
    )
    small, large = memory_needed(shape, 0), memory_needed(dataclasses.replace(shape, head_count=0), 1000)
    assert large - small == 1000 * kib * 1024
