"""What this machine has for a model (memory, processor cores), and what a model needs of it."""

from __future__ import annotations

import dataclasses
from enum import StrEnum

import psutil

from engine.cores import computing_cores
from engine.gguf_header import GgufHeader

MICRO_BATCH = 128
"""Tokens that llama.cpp computes at once. Its abort is looked at between operations, so this bounds how long a stop
takes: up to 395 ms at 512, 88 ms at 128 (a model of 3.8 billion parameters on two cores)."""

_KV_BYTES = 2  # an element of the KV cache in f16
_FLOAT_BYTES = 4
_PROCESS_BYTES = 96 * 2**20  # Python, the binding and llama.cpp's own, measured before a model is loaded
_COMFORTABLE, _POSSIBLE = 0.6, 0.85  # of all memory; the rest belongs to the system and the person's other programs


class Fit(StrEnum):
    """How a model stands to the memory of this machine."""

    FITS = "fits"
    TIGHT = "tight"
    DOES_NOT_FIT = "does_not_fit"


@dataclasses.dataclass(frozen=True)
class Memory:
    """Bytes: all there is, and what programs can still have without swapping."""

    total: int
    available: int


def memory() -> Memory:
    """The memory of this machine now."""
    state = psutil.virtual_memory()
    return Memory(state.total, state.available)


def suggested_threads() -> int:
    """Threads for llama.cpp: one for each fast physical core that this process may use (engine.cores)."""
    return computing_cores()


def memory_needed(header: GgufHeader, context: int) -> int:
    """Bytes that a model takes with ``context`` tokens: weights, KV cache (f16), compute buffers, the process.

    The compute buffers are an upper estimate: attention scores (without flash attention every head has a row of scores
    a token), a few activations as wide as the layers, and the logits.
    """
    scores = 2 * context * header.head_count
    activations = 8 * header.embedding_length + 4 * header.feed_forward_length
    compute = MICRO_BATCH * (scores + activations) * _FLOAT_BYTES + 2 * header.vocabulary_size * _FLOAT_BYTES
    return header.tensor_bytes + header.kv_width * _KV_BYTES * context + compute + _PROCESS_BYTES


def fit(needed: int, total: int) -> Fit:
    """How something that needs ``needed`` bytes stands to a machine with ``total`` bytes.

    Measured against all memory, not against what is free this minute: a model that is loaded would not fit any more.
    """
    if needed <= total * _COMFORTABLE:
        return Fit.FITS
    return Fit.TIGHT if needed <= total * _POSSIBLE else Fit.DOES_NOT_FIT
