"""How a model's keys turn with their position (RoPE, https://arxiv.org/abs/2104.09864), measured on the model itself.

A token that sees nothing but itself comes to every layer with the same numbers wherever it stands; only its keys are
turned by its position. So the keys of one token, alone at several positions, show each layer's frequencies, whatever
scales them (LongRoPE, YaRN, none), and whether keys can be moved at all. Decision 0153.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.kv_state import Floats, Turn

POSITIONS = (0, 1, 4, 16, 64, 256, 1024, 4096)
"""Where the token is to stand. Each is four times the one before: known so far, an angle is known there within a
fraction of a turn, and from there four times as exactly."""

_LARGEST_ERROR = 0.05
"""Of a key's length that turning may leave unexplained: f16 leaves a thousandth, q8_0 some hundredths, what is no
turning about all of it."""


@dataclasses.dataclass(frozen=True)
class Rotation:
    """``frequencies`` in radians a position, shape (layers, pairs of one head), of keys with ``heads`` heads.

    The numbers of a pair lie beside each other where ``is_interleaved``, else half of what turns apart.
    """

    frequencies: NDArray[np.float64]
    heads: int
    is_interleaved: bool

    def by(self, steps: int) -> Turn:
        """What turns keys as they are ``steps`` positions further on."""
        angles = self.frequencies * steps
        cosines, sines = np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)

        def turn(keys: Floats, layer: int) -> None:
            first, second = _pairs(keys.reshape(len(keys), self.heads, -1), angles.shape[1], self.is_interleaved)
            turned = first * cosines[layer]
            turned -= second * sines[layer]
            second *= cosines[layer]
            second += first * sines[layer]
            first[...] = turned

        return turn


def measure(keys: NDArray[np.float32], heads: int, turning: Sequence[int]) -> Rotation | None:
    """How keys turn, from those of one token alone at each of POSITIONS: shape (positions, layers, width).

    ``turning`` are the numbers of a head that may turn, likeliest first. None where no turning explains the keys.
    """
    apart = keys.reshape(*keys.shape[:2], heads, -1)
    for numbers in turning:
        for is_interleaved in (False, True):
            rotation = Rotation(_frequencies(apart, numbers // 2, is_interleaved), heads, is_interleaved)
            if _explains(rotation, keys):
                return rotation
    return None


def _frequencies(keys: NDArray[np.float32], pairs: int, is_interleaved: bool) -> NDArray[np.float64]:
    first, second = _pairs(keys, pairs, is_interleaved)
    complex_keys = first.astype(np.float64) + 1j * second
    frequencies = np.zeros((keys.shape[1], pairs))
    for position, turned in zip(POSITIONS[1:], complex_keys[1:], strict=True):
        # Over all heads: what a small number says of its angle is little, and is weighed so.
        seen = np.angle((turned * complex_keys[0].conj()).sum(axis=1))
        expected = frequencies * position
        frequencies += ((seen - expected + np.pi) % (2 * np.pi) - np.pi) / position
    return frequencies


def _explains(rotation: Rotation, keys: NDArray[np.float32]) -> bool:
    for layer in range(keys.shape[1]):
        for position, turned in zip(POSITIONS[1:], keys[1:, layer], strict=True):
            expected = keys[0, layer][np.newaxis].copy()
            rotation.by(position)(expected, layer)
            if not np.linalg.norm(expected - turned) <= _LARGEST_ERROR * np.linalg.norm(turned):
                return False
    return True


def _pairs(keys: Floats, pairs: int, is_interleaved: bool) -> tuple[Floats, Floats]:
    """The first and the second numbers of all pairs, as views, shape (…, heads, pairs)."""
    if is_interleaved:
        return keys[..., 0 : 2 * pairs : 2], keys[..., 1 : 2 * pairs : 2]
    return keys[..., :pairs], keys[..., pairs : 2 * pairs]
