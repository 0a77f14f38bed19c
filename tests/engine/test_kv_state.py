"""States of cells: out of llama.cpp's bytes, into them, and kept."""

from __future__ import annotations

import struct
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.kv_state import (
    FLOAT_16,
    FLOAT_32,
    QUANTIZED_8,
    CellForm,
    KvState,
    StateUnreadable,
    pack,
    read_cells,
    rows_of,
    unpack,
    write_cells,
)

WORKERS = ThreadPoolExecutor(2)
LAYERS, WIDTH = 2, 64
PLAIN = CellForm(7, (FLOAT_16,) * LAYERS, (FLOAT_16,) * LAYERS, is_transposed=False)
TRANSPOSED = CellForm(7, (FLOAT_16,) * LAYERS, (FLOAT_16,) * LAYERS, is_transposed=True)
QUANTIZED = CellForm(7, (QUANTIZED_8,) * LAYERS, (QUANTIZED_8,) * LAYERS, is_transposed=False)


def floats(cells: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 1, (cells, WIDTH)).astype(np.float32)


def state(cells: int, kind: int = FLOAT_16) -> KvState:
    keys, values = (
        tuple(rows_of(floats(cells, first + layer), kind) for layer in range(LAYERS)) for first in (0, LAYERS)
    )
    return KvState(keys, values)


def same(one: KvState, other: KvState) -> bool:
    pairs = zip((*one.keys, *one.values), (*other.keys, *other.values), strict=True)
    return all(a.type == b.type and np.array_equal(a.data, b.data) for a, b in pairs)


@pytest.mark.parametrize(("form", "kind"), [(PLAIN, FLOAT_16), (TRANSPOSED, FLOAT_16), (QUANTIZED, QUANTIZED_8)])
@pytest.mark.parametrize("cells", [1, 31, 33, 100])
def test_what_is_written_is_read_again(form, kind, cells):
    there = state(cells, kind)
    data = bytes(write_cells(there, form, 5, None, WORKERS))
    again, its_form = read_cells(data)
    assert same(again, there)
    assert its_form == form
    positions = np.frombuffer(data, "<i4", 3 * cells, 16)[::3]
    assert positions.tolist() == list(range(5, 5 + cells))


def test_cells_are_read_in_the_order_of_their_positions():
    there = state(3)
    data = write_cells(there, TRANSPOSED, 0, None, WORKERS)
    for at, position in enumerate((2, 0, 1)):
        struct.pack_into("<i", data, 16 + 12 * at, position)
    again, _ = read_cells(bytes(data))
    assert np.array_equal(again.keys[0].data, there.keys[0].data[[1, 2, 0]])
    assert np.array_equal(again.values[1].data, there.values[1].data[[1, 2, 0]])


def test_keys_are_turned_and_values_are_not():
    there = state(40)

    def turn(keys: np.ndarray, layer: int) -> None:
        keys *= layer + 2

    again, _ = read_cells(bytes(write_cells(there, TRANSPOSED, 0, turn, WORKERS)))
    for layer in range(LAYERS):
        expected = there.keys[layer].floats() * (layer + 2)
        assert np.allclose(again.keys[layer].floats(), expected, rtol=1e-3)
        assert np.array_equal(again.values[layer].data, there.values[layer].data)


@pytest.mark.parametrize("form", [PLAIN, TRANSPOSED])
def test_a_quantized_state_is_written_in_the_context_s_own_type(form):
    there = state(50)
    kept = unpack(pack(there.quantized(WORKERS)))
    again, its_form = read_cells(bytes(write_cells(kept, form, 0, None, WORKERS)))
    assert its_form == form
    for one, other in zip((*there.keys, *there.values), (*again.keys, *again.values), strict=True):
        assert np.abs(one.floats() - other.floats()).max() < 0.02


@given(st.integers(1, 20), st.integers(0, 100), st.floats(0.1, 1e3))
def test_quantizing_is_wrong_by_half_a_step_at_most(cells, seed, size):
    numbers = floats(cells, seed) * np.float32(size)
    again = rows_of(numbers, QUANTIZED_8).floats()
    steps = np.abs(numbers.reshape(cells, -1, 32)).max(axis=2, keepdims=True) / 127
    wrong = np.abs(numbers - again).reshape(cells, -1, 32)
    # The scale itself is in f16, which may be off by a two thousandth; 127 steps of it add up.
    assert (wrong <= steps * (0.5 + 127 / 2048) + 1e-6).all()
    assert np.array_equal(rows_of(np.zeros((1, 32), np.float32), QUANTIZED_8).floats(), np.zeros((1, 32)))


@pytest.mark.parametrize("kind", [FLOAT_32, FLOAT_16, QUANTIZED_8])
def test_what_is_packed_is_unpacked(kind):
    assert same(unpack(pack(state(9, kind))), state(9, kind))


def test_a_cut_is_its_cells():
    assert same(state(9).cut(2, 5), KvState(*(
        tuple(type(rows)(rows.type, rows.data[2:5]) for rows in each) for each in (state(9).keys, state(9).values)
    )))  # fmt: skip
    assert state(9).cut(2, 5).cells == 3


def test_a_width_without_blocks_can_t_be_quantized():
    with pytest.raises(StateUnreadable):
        rows_of(np.zeros((1, 33), np.float32), QUANTIZED_8)


@pytest.mark.parametrize(
    ("at", "number"),
    [(8, 2), (12, 0), (12, 2**31), (20, 2), (28, 0), (32, 0), (32, 3), (36, 30)],
    ids=["streams", "no cells", "too many cells", "shared", "another order of values", "no layers", "layers", "type"],
)
def test_another_kind_of_memory_is_not_read(at, number):
    data = write_cells(state(1), TRANSPOSED, 0, None, WORKERS)
    struct.pack_into("<I", data, at, number)
    with pytest.raises(StateUnreadable):
        read_cells(bytes(data))


@given(st.data())
def test_broken_bytes_are_refused_or_another_state_but_never_crash(data):
    read, whole = data.draw(
        st.sampled_from([(unpack, pack(state(2))), (read_cells, bytes(write_cells(state(2), PLAIN, 0, None, WORKERS)))])
    )
    broken = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for at in data.draw(st.lists(st.integers(0, 60), max_size=4)):
        if at < len(broken):
            broken[at] = data.draw(st.integers(0, 255))
    try:
        read(bytes(broken))
    except StateUnreadable:
        pass
