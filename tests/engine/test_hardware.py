from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gguf_header import read_header
from engine.hardware import (
    SMALLEST_CONTEXT,
    Fit,
    fit,
    fitting_cache,
    fitting_context,
    judge,
    memory,
    memory_estimated,
    memory_needed,
    quantized_memory,
    suggested_threads,
)
from engine.phi import phi_table


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
    header = dataclasses.replace(starter.header, vocabulary_size=0)
    kv = 2 * header.kv_width
    grown = memory_needed(header, 4096) - memory_needed(header, 2048)
    assert 2048 * kv < grown < 2 * 2048 * kv
    assert memory_needed(header, 4096, kv_bytes=1) == memory_needed(header, 4096) - 4096 * header.kv_width


def test_a_large_vocabulary_counts_where_its_logits_are_more_than_the_attention(starter):
    small, large = (dataclasses.replace(starter.header, vocabulary_size=size) for size in (32_000, 200_000))
    assert memory_needed(large, 2048) - memory_needed(small, 2048) > 128 * 4 * 100_000
    assert memory_needed(large, 2048) - memory_needed(large, 1024) == 1024 * 2 * large.kv_width


@pytest.mark.parametrize(
    ("layers", "heads", "heads_kv", "width", "kib"),
    [(32, 32, 32, 80, 320), (32, 32, 32, 96, 384), (32, 24, 8, 128, 128), (40, 40, 10, 128, 200)],
    ids=["phi-2", "phi-3-mini", "phi-4-mini", "phi-4"],
)
def test_the_kv_cache_of_each_phi(layers, heads, heads_kv, width, kib, tiny):
    shape = dataclasses.replace(
        read_header(tiny),
        block_count=layers,
        head_count=heads,
        kv_width=layers * heads_kv * 2 * width,
        vocabulary_size=100_000,  # more than the attention takes here
    )
    small, large = memory_needed(shape, 0), memory_needed(dataclasses.replace(shape, head_count=0), 1000)
    assert large - small == 1000 * kib * 1024


ORDER = [Fit.DOES_NOT_FIT, Fit.TIGHT, Fit.FITS]
SIZES = {"base": st.integers(0, 10**11), "a_token": st.integers(1, 10**6), "safe": st.integers(1, 20_000)}


@given(**SIZES, free=st.integers(0, 10**11), more=st.integers(0, 10**11))
def test_the_context_is_what_fits_and_grows_with_what_is_free(base, a_token, safe, free, more):
    def needed(context):
        return base + a_token * context

    context = fitting_context(needed, safe, free)
    assert min(safe, SMALLEST_CONTEXT) <= context <= safe
    assert needed(context) <= free or context == min(safe, SMALLEST_CONTEXT)
    assert fitting_context(needed, safe, free + more) >= context
    assert fitting_context(needed, safe, needed(safe)) == safe


@given(**SIZES, total=st.integers(1, 10**12), more=st.integers(0, 10**12))
def test_more_memory_never_judges_a_model_worse(base, a_token, safe, total, more):
    def needed(context):
        return base + a_token * context

    less, greater = judge(needed, safe, total), judge(needed, safe, total + more)
    assert ORDER.index(greater.fit) >= ORDER.index(less.fit)
    assert greater.context >= less.context
    assert less.needed == needed(less.context)
    assert less.fit is Fit.TIGHT or less.context in {safe, min(safe, SMALLEST_CONTEXT)}


def test_a_quantized_cache_is_taken_only_where_the_other_has_no_room():
    def needed(context):
        return 2 * context

    def quantized(context):
        return context

    assert fitting_cache(needed, quantized, 4_096, 8_192) == (4_096, False)
    assert fitting_cache(needed, quantized, 4_096, 8_191) == (4_096, True)
    assert fitting_cache(needed, quantized, 4_096, 3_000) == (2_560, True), "fewer tokens where that is too much too"
    assert fitting_cache(needed, None, 4_096, 6_000) == (2_560, False)


def test_with_a_quantized_cache_a_model_may_be_tight_that_would_not_fit():
    def needed(context):
        return 2_000 + 2 * context

    judgement = judge(needed, 4_096, 10_000, lambda context: 2_000 + context)
    assert (judgement.fit, judgement.context, judgement.needed) == (Fit.TIGHT, 4_096, 6_096)
    assert judge(needed, 4_096, 10_000).context < 4_096
    assert judge(needed, 4_096, 20_000, lambda context: 2_000 + context).fit is Fit.FITS


def test_what_a_quantized_cache_saves(starter):
    quantized = quantized_memory(starter.header)
    saved = memory_needed(starter.header, 1_024) - quantized(1_024)
    assert saved == 1_024 * starter.header.kv_width * 30 // 32
    assert quantized_memory(dataclasses.replace(starter.header, key_length=80)) is None, "Phi-2: 80 is not whole 32s"


def test_with_fewer_tokens_a_model_may_be_tight_that_would_not_fit():
    judgement = judge(lambda context: 2_000 + context, 4_096, 6_000)
    assert (judgement.fit, judgement.context, judgement.needed) == (Fit.TIGHT, 3_072, 5_072)
    assert judge(lambda context: 2_000 + context, 4_096, 4_000).fit is Fit.DOES_NOT_FIT


@pytest.mark.parametrize(
    ("identity", "gigabytes"),
    [("phi-4-mini", 3.13), ("phi-3.5-mini", 4.10), ("phi-4", 10.83), ("phi-2", 2.56)],
)
def test_the_estimate_of_each_phi_at_its_safe_context(identity, gigabytes):
    phi = next(phi for phi in phi_table().models if phi.id == identity)
    assert memory_estimated(phi.bytes, phi.kv_bytes_per_token, phi.safe_context) / 1e9 == pytest.approx(gigabytes, 0.01)


def test_the_estimate_is_near_what_the_header_says(starter):
    header = starter.header
    estimated = memory_estimated(header.tensor_bytes, 2 * header.kv_width, 4096)
    assert estimated == pytest.approx(memory_needed(header, 4096), rel=0.15)
