"""How fast a model will read and write here, estimated before it was ever run.

Writing an answer reads all weights and the KV cache once a token, so the memory's bandwidth bounds it. Reading a prompt
multiplies every weight with every token, two operations each, so computing bounds it (the roofline model: Williams,
Waterman and Patterson, 2009). What this machine reaches of both is measured by numpy; what part of that llama.cpp
reaches is a constant of ours; benchmarks/estimates.py prints it. Decision 0137.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from engine.gguf_header import GgufHeader
from engine.hardware import suggested_threads

READING = 1.0
"""Operations a second in a prompt, as a part of what numpy's matrix product reaches."""

WRITING = 0.5
"""Bytes a second in an answer, as a part of what reading an array by all threads reaches."""

TYPICAL_PROMPT = 500
"""Tokens of a prompt with its passages (benchmarks/prompts.py)."""

_KV_BYTES = 2  # an element of the KV cache in f16
_ARRAY_BYTES = 96 * 2**20  # more than the caches of a laptop's processor hold
_MATRICES, _MATRIX = 64, 64  # how many, of so many rows: too small for the library to use threads of its own,
# which stand in each other's way where the machine has other work to do
_SECONDS = 0.1  # for each of the two
_LEAST = 3  # repetitions, whatever time they take: the first one meets cold caches and sleeping threads


@dataclasses.dataclass(frozen=True)
class Work:
    """What a model makes of a token: the ``parameters`` that it is multiplied with, and the bytes that are read for it.

    ``weight_bytes`` are those of the whole model.
    """

    parameters: float
    weight_bytes: int
    kv_bytes_per_token: int

    @classmethod
    def of(cls, header: GgufHeader) -> Work | None:
        """The work of the model with ``header``; None where that doesn't say its shape.

        Counted are the matrices of every layer: queries, keys, values, their output, and the feed-forward's two or,
        where it is gated, three. The embeddings are looked up, and the output is only computed where an answer begins.
        """
        width, kv_width = header.embedding_length, header.kv_width
        attention = header.block_count * 2 * width * header.head_count * header.key_length + width * kv_width
        feed_forward = header.block_count * width * header.feed_forward_length * (2 if _is_ungated(header) else 3)
        parameters = attention + feed_forward
        return (
            cls(parameters, header.tensor_bytes, _KV_BYTES * kv_width) if parameters and header.tensor_bytes else None
        )


@dataclasses.dataclass(frozen=True)
class Pace:
    """What a machine reaches: ``bandwidth`` in bytes a second from memory, ``compute`` in operations a second."""

    bandwidth: float
    compute: float

    def __post_init__(self) -> None:
        if not all(math.isfinite(number) and number > 0.0 for number in (self.bandwidth, self.compute)):
            raise ValueError("no pace of a machine")

    def prefill(self, work: Work) -> float:
        """Tokens of a prompt that a model reads a second."""
        return READING * self.compute / (2 * work.parameters)

    def decode(self, work: Work) -> float:
        """Tokens of an answer that a model writes a second, behind a prompt of TYPICAL_PROMPT tokens."""
        return WRITING * self.bandwidth / (work.weight_bytes + TYPICAL_PROMPT * work.kv_bytes_per_token)


@functools.cache
def measured_pace() -> Pace:
    """What this machine reaches now, the best of a few tries each; takes about 0.3 s and 100 MB, once a process."""
    import numpy as np  # not before it is needed: the worker starts without

    threads = suggested_threads()
    array = np.ones(_ARRAY_BYTES // 4, np.float32)
    parts = np.array_split(array, threads)
    stacks = [np.ones((_MATRICES, _MATRIX, _MATRIX), np.float32) for _ in range(threads)]
    products = [np.empty_like(stack) for stack in stacks]
    with ThreadPoolExecutor(threads) as pool:
        reading = _fastest(lambda: list(pool.map(np.max, parts)))
        multiplying = _fastest(lambda: list(pool.map(np.matmul, stacks, stacks, products)))
    return Pace(array.nbytes / reading, threads * _MATRICES * 2 * _MATRIX**3 / multiplying)


def _is_ungated(header: GgufHeader) -> bool:
    return header.architecture == "phi2"


def _fastest(act: Callable[[], object]) -> float:
    """Seconds that ``act`` takes when nothing else holds it up."""
    took: list[float] = []
    while len(took) < _LEAST or sum(took) < _SECONDS:
        begun = time.perf_counter()
        act()
        took.append(time.perf_counter() - begun)
    return max(min(took), 1e-9)
