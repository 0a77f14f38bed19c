"""How keys turn, measured."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rotary import POSITIONS, Rotation, measure

LAYERS, HEADS, HEAD = 3, 4, 32


def keys_of(rotation: Rotation, scale: float = 1.0, seed: int = 0) -> np.ndarray:
    """One token's keys at POSITIONS as a model that turns them so would have them in f16."""
    still = np.random.default_rng(seed).normal(0, 1, (LAYERS, HEADS * HEAD)).astype(np.float32)
    turned = np.repeat(still[np.newaxis], len(POSITIONS), axis=0) * np.float32(scale)
    for at, position in enumerate(POSITIONS):
        for layer in range(LAYERS):
            rotation.by(position)(turned[at, layer][np.newaxis], layer)
    return turned.astype(np.float16).astype(np.float32)


def frequencies(numbers: int, base: float = 10_000.0) -> np.ndarray:
    return np.tile(base ** (-np.arange(0, numbers, 2) / numbers), (LAYERS, 1))


@pytest.mark.parametrize("is_interleaved", [True, False])
@pytest.mark.parametrize("numbers", [HEAD, HEAD // 2])
@pytest.mark.parametrize("scale", [1.0, 1.19])
def test_frequencies_are_found(is_interleaved, numbers, scale):
    rotation = Rotation(frequencies(numbers), HEADS, is_interleaved)
    found = measure(keys_of(rotation, scale), HEADS, (numbers, HEAD))
    assert found is not None
    assert found.is_interleaved == is_interleaved
    assert np.abs(found.frequencies - rotation.frequencies).max() * 4096 < 0.005, "radians at the end of a context"


def test_each_layer_has_its_own():
    differing = frequencies(HEAD) * np.array([[1.0], [0.25], [0.0]])
    found = measure(keys_of(Rotation(differing, HEADS, is_interleaved=False)), HEADS, (HEAD,))
    assert found is not None
    assert np.abs(found.frequencies - differing).max() < 1e-6


def test_keys_that_no_turning_explains():
    keys = np.random.default_rng(0).normal(0, 1, (len(POSITIONS), LAYERS, HEADS * HEAD)).astype(np.float32)
    assert measure(keys, HEADS, (HEAD,)) is None
    keys[:] = np.nan
    assert measure(keys, HEADS, (HEAD,)) is None


@given(st.integers(-2_000, 2_000), st.integers(-2_000, 2_000), st.booleans())
def test_two_turns_are_one_of_their_sum(first, second, is_interleaved):
    rotation = Rotation(frequencies(HEAD), HEADS, is_interleaved)
    once = np.random.default_rng(1).normal(0, 1, (5, HEADS * HEAD)).astype(np.float32)
    twice = once.copy()
    rotation.by(first + second)(once, 1)
    rotation.by(first)(twice, 1)
    rotation.by(second)(twice, 1)
    assert np.allclose(once, twice, atol=1e-4)


def test_what_does_not_turn_stays():
    rotation = Rotation(frequencies(HEAD // 2), HEADS, is_interleaved=False)
    keys = np.ones((2, HEADS * HEAD), np.float32)
    rotation.by(7)(keys, 0)
    apart = keys.reshape(2, HEADS, HEAD)
    assert (apart[..., HEAD // 2 :] == 1).all()
    assert not (apart[..., : HEAD // 2] == 1).any()
