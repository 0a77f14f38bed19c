"""The products of a proof, in this process: what is held against numpy's, and what is passed over."""

from __future__ import annotations

import numpy as np
import pytest

from engine.kernel_product import (
    PROCESSOR,
    QUANTIZATIONS,
    ROWS,
    WIDTH,
    Ggml,
    Quantization,
    Unsupported,
    prove,
    random_blocks,
)
from engine.kernel_proof import LARGEST_ERROR

BFLOAT16 = QUANTIZATIONS[-1]


@pytest.fixture(scope="module")
def ggml() -> Ggml:
    return Ggml(PROCESSOR)


@pytest.mark.parametrize("quantization", QUANTIZATIONS, ids=lambda each: str(each.number))
def test_blocks_have_the_size_of_the_weights(quantization: Quantization) -> None:
    blocks = random_blocks(quantization, np.random.default_rng(1))
    assert len(blocks) * quantization.elements == ROWS * WIDTH


@pytest.mark.parametrize("quantization", QUANTIZATIONS, ids=lambda each: str(each.number))
def test_the_installed_kernel_gives_numpys_product(quantization: Quantization, ggml: Ggml) -> None:
    chance = np.random.default_rng(2)
    blocks = random_blocks(quantization, chance)
    activations = chance.standard_normal((3, WIDTH)).astype(np.float32)
    right = activations @ ggml.dequantized(blocks, quantization).T
    found, seconds = ggml.product(blocks, quantization.number, activations, 1)
    assert found.shape == (3, ROWS)
    assert np.linalg.norm(found - right) < LARGEST_ERROR / 2 * np.linalg.norm(right)
    assert seconds > 0


def test_there_is_no_gpu_in_the_installed_build() -> None:
    with pytest.raises(RuntimeError, match="no such device"):
        Ggml((99,))


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


def test_one_wrong_number_in_each_block_is_seen(ggml: Ggml) -> None:
    assert prove(Wrong(ggml, QUANTIZATIONS[2].number, -1)).error > 5 * LARGEST_ERROR  # type: ignore[arg-type]


def test_what_a_device_leaves_to_the_processor_is_passed_over(ggml: Ggml) -> None:
    assert prove(Wrong(ggml, BFLOAT16.number, BFLOAT16.number)).error < LARGEST_ERROR  # type: ignore[arg-type]
    with pytest.raises(Unsupported):
        prove(Wrong(ggml, -1, QUANTIZATIONS[0].number))  # type: ignore[arg-type]
