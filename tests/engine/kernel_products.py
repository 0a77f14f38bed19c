"""Products of the installed kernel, computed where a crash ends no test: each function runs in a process of its own."""

from __future__ import annotations

import numpy as np

from engine.kernel_product import PROCESSOR, QUANTIZATIONS, ROWS, WIDTH, Ggml, Unsupported, prove, random_blocks


class Wrong:
    """A device whose products of one kind are off by a number in each block; it doesn't take another kind."""

    def __init__(self, ggml: Ggml, wrong: int, unsupported: int) -> None:
        self._ggml, self._wrong, self._unsupported = ggml, wrong, unsupported
        self.version = ggml.version
        self.dequantized = ggml.dequantized

    def product(self, blocks, number, activations, times):  # type: ignore[no-untyped-def]
        if number == self._unsupported:
            raise Unsupported
        if number == self._wrong:
            activations = np.where(np.arange(WIDTH) % 32 == 0, 0, activations).astype(np.float32)
        return self._ggml.product(blocks, number, activations, times)


def relative_error(place: int) -> float:
    """How far the product of the quantization at ``place`` is from numpy's."""
    ggml, quantization = Ggml(PROCESSOR), QUANTIZATIONS[place]
    chance = np.random.default_rng(2)
    blocks = random_blocks(quantization, chance)
    activations = chance.standard_normal((3, WIDTH)).astype(np.float32)
    right = activations @ ggml.dequantized(blocks, quantization).T
    found, seconds = ggml.product(blocks, quantization.number, activations, 1)
    assert found.shape == (3, ROWS)
    assert seconds > 0
    return float(np.linalg.norm(found - right) / np.linalg.norm(right))


def error_of_a_proof(wrong: int, unsupported: int) -> float | None:
    """What a proof says of a device that computes one kind wrongly and leaves another; None where it is unsupported."""
    try:
        return prove(Wrong(Ggml(PROCESSOR), wrong, unsupported)).error  # type: ignore[arg-type]
    except Unsupported:
        return None


def refusal_of(kind: int) -> str:
    """Why there is no device of this kind; "" where there is one."""
    try:
        Ggml((kind,))
    except RuntimeError as error:
        return str(error)
    return ""
