"""The products of a proof: what is held against numpy's, and what is passed over."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest

from engine.kernel_product import QUANTIZATIONS, ROWS, WIDTH, Quantization, random_blocks
from engine.kernel_proof import LARGEST_ERROR
from tests.engine.kernel_products import error_of_a_proof, refusal_of, relative_error

BFLOAT16 = QUANTIZATIONS[-1]


@pytest.fixture(scope="module")
def child() -> Iterator[ProcessPoolExecutor]:
    """A process of its own, as a proof has: other tests have other parts of llama.cpp loaded in this one."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.mark.parametrize("quantization", QUANTIZATIONS, ids=lambda each: str(each.number))
def test_blocks_have_the_size_of_the_weights(quantization: Quantization) -> None:
    blocks = random_blocks(quantization, np.random.default_rng(1))
    assert len(blocks) * quantization.elements == ROWS * WIDTH


@pytest.mark.parametrize("place", range(len(QUANTIZATIONS)))
def test_the_installed_kernel_gives_numpys_product(place: int, child: ProcessPoolExecutor) -> None:
    assert child.submit(relative_error, place).result() < LARGEST_ERROR / 2


def test_there_is_no_gpu_in_the_installed_build(child: ProcessPoolExecutor) -> None:
    assert "no such device" in child.submit(refusal_of, 99).result()


def test_one_wrong_number_in_each_block_is_seen(child: ProcessPoolExecutor) -> None:
    error = child.submit(error_of_a_proof, QUANTIZATIONS[2].number, -1).result()
    assert error is not None
    assert error > 5 * LARGEST_ERROR


def test_what_a_device_leaves_to_the_processor_is_passed_over(child: ProcessPoolExecutor) -> None:
    error = child.submit(error_of_a_proof, BFLOAT16.number, BFLOAT16.number).result()
    assert error is not None
    assert error < LARGEST_ERROR
    assert child.submit(error_of_a_proof, -1, QUANTIZATIONS[0].number).result() is None
