"""What this machine has for a model (memory, processor cores), and what a model needs of it."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable
from enum import StrEnum
from functools import partial

import psutil

from engine.cores import computing_cores
from engine.gguf_header import GgufHeader

MICRO_BATCH = 128
"""Tokens that llama.cpp computes at once. Its abort is looked at between operations, so this bounds how long a stop
takes: up to 395 ms at 512, 88 ms at 128 (a model of 3.8 billion parameters on two cores)."""

SMALLEST_CONTEXT = 2_048
"""Tokens below which no context is chosen for want of memory: passages and an answer need that much."""

_CONTEXT_STEP = 512
F16_BYTES = 2
"""An element of the KV cache in f16."""

Q8_0_BYTES = 34 / 32
"""One in q8_0: 32 of them share a scale."""

_Q8_0_WIDTH = 32

_FLOAT_BYTES = 4
_ACTIVATIONS = 6  # as wide as the embedding: what a layer holds beside the scores
_OUTPUTS = 16  # tokens whose logits are kept at once: a draft's
_WORD_BYTES = 320  # a word of the vocabulary in llama.cpp's tables
_ESTIMATED_BYTES = 96 * 2**20  # compute buffers and process, where only the table's figures are there
_PROCESS_BYTES = 32 * 2**20  # Python, the binding and llama.cpp's own
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


def mapped_by_children(apart_from: int = 0) -> int:
    """Bytes of files that the processes started by this one have mapped and use, but for that numbered ``apart_from``.

    The system counts such pages as available, as it could read them again: an embedder's weights, each time it embeds.
    0 where the system doesn't tell them apart.
    """
    held = 0
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            held += getattr(child.memory_info(), "shared", 0) if child.pid != apart_from else 0
    return held


def suggested_threads() -> int:
    """Threads for llama.cpp: one for each fast physical core that this process may use (engine.cores)."""
    return computing_cores()


def memory_needed(header: GgufHeader, context: int, kv_bytes: float = F16_BYTES) -> int:
    """Bytes that a model takes with ``context`` tokens: weights, KV cache, compute buffers, the process.

    An element of the KV cache takes ``kv_bytes`` of them. Of the compute buffers the largest counts, as llama.cpp lays
    them over each other: the attention's scores (every head has a row of them a token) with their mask, or the logits
    of a whole micro-batch; and a few activations as wide as the layers. Decision 0158.
    """
    scores = context * (header.head_count + 1)
    compute = MICRO_BATCH * (max(scores, header.vocabulary_size) + _ACTIVATIONS * header.embedding_length)
    logits = _OUTPUTS * header.vocabulary_size
    process = _PROCESS_BYTES + header.vocabulary_size * _WORD_BYTES
    kept = header.tensor_bytes + int(header.kv_width * kv_bytes * context)
    return kept + (compute + logits) * _FLOAT_BYTES + process


def quantized_memory(header: GgufHeader) -> Callable[[int], int] | None:
    """``memory_needed`` with the KV cache in q8_0; None where that can't be: a head's numbers make no whole blocks.

    Phi-2's don't. Decision 0165.
    """
    widths = {header.key_length, header.value_length or header.key_length}
    if 0 in widths or any(width % _Q8_0_WIDTH for width in widths):
        return None
    return partial(memory_needed, header, kv_bytes=Q8_0_BYTES)


def memory_estimated(weight_bytes: int, kv_bytes_per_token: float, context: int) -> int:
    """Bytes that a model takes of which no header is here, only the table's figures.

    As ``memory_needed``, but that a round figure stands for the compute buffers and the process: the table says nothing
    that they could be computed from. They are a few hundredths of the whole.
    """
    return weight_bytes + int(kv_bytes_per_token * context) + _ESTIMATED_BYTES


def fitting_context(needed: Callable[[int], int], safe: int, free: int) -> int:
    """The tokens of context to allocate where ``free`` bytes are left: ``safe`` ones, or fewer where that is too much.

    ``needed`` gives the bytes that a context takes. Never below SMALLEST_CONTEXT (or ``safe``, if that is less), also
    where even that does not fit.
    """
    smallest = min(safe, SMALLEST_CONTEXT)
    smaller = range(safe - 1 - (safe - 1) % _CONTEXT_STEP, smallest, -_CONTEXT_STEP)
    return next((context for context in (safe, *smaller) if needed(context) <= free), smallest)


def fitting_cache(
    needed: Callable[[int], int], quantized: Callable[[int], int] | None, safe: int, free: int
) -> tuple[int, bool]:
    """The tokens of context to allocate where ``free`` bytes are left, and whether the KV cache is to be quantized.

    All ``safe`` ones in f16; else in q8_0, for which ``quantized`` gives the bytes (None: it can't be), with fewer
    tokens where that is still too much.
    """
    if quantized is None or needed(safe) <= free:
        return fitting_context(needed, safe, free), False
    return fitting_context(quantized, safe, free), True


@dataclasses.dataclass(frozen=True)
class Judgement:
    """How a model stands to this machine with ``context`` tokens, for which it needs ``needed`` bytes."""

    fit: Fit
    context: int
    needed: int


def judge(
    needed: Callable[[int], int], safe: int, total: int, quantized: Callable[[int], int] | None = None
) -> Judgement:
    """How a model stands to a machine with ``total`` bytes that may have up to ``safe`` tokens of context.

    Where it does not fit with all of them, it is tight if it fits with a quantized KV cache, or with fewer tokens
    (see ``fitting_cache``).
    """
    how = fit(needed(safe), total)
    if how is not Fit.DOES_NOT_FIT:
        return Judgement(how, safe, needed(safe))
    context, is_quantized = fitting_cache(needed, quantized, safe, int(total * _POSSIBLE))
    taken = quantized(context) if quantized and is_quantized else needed(context)
    return Judgement(Fit.TIGHT if taken <= total * _POSSIBLE else Fit.DOES_NOT_FIT, context, taken)


def fit(needed: int, total: int) -> Fit:
    """How something that needs ``needed`` bytes stands to a machine with ``total`` bytes.

    Measured against all memory, not against what is free this minute: a model that is loaded would not fit any more.
    """
    if needed <= total * _COMFORTABLE:
        return Fit.FITS
    return Fit.TIGHT if needed <= total * _POSSIBLE else Fit.DOES_NOT_FIT
