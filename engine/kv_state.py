"""The state of some cells of the KV cache as arrays: out of llama.cpp's bytes, into them, and as bytes to be kept.

llama.cpp's bytes (llama_state_seq_get_data) are those of llama_kv_cache::state_write. What is kept is the same whether
attention is computed with transposed values or not, so another kernel or setting finds it again. Decision 0152.
"""

from __future__ import annotations

import dataclasses
import struct
from collections.abc import Callable, Sequence
from concurrent.futures import Executor

import numpy as np
from numpy.typing import NDArray

FLOAT_32, FLOAT_16, QUANTIZED_8 = 0, 1, 8
"""Types of ggml that a cell's numbers may have: its own numbers for F32, F16 and Q8_0."""

_WIDTH = 32  # numbers of a Q8_0 block: a scale in f16, then so many int8
_BLOCK = np.dtype([("scale", "<f2"), ("numbers", "i1", (_WIDTH,))])
_CELL = np.dtype([("position", "<i4"), ("sequences", "<u4"), ("sequence", "<i4")])
_SIZES = {FLOAT_32: (1, 4), FLOAT_16: (1, 2), QUANTIZED_8: (_WIDTH, _BLOCK.itemsize)}  # numbers, bytes of a block
_FLOATS = {FLOAT_32: "<f4", FLOAT_16: "<f2"}
_CHUNK = 32  # cells whose numbers are worked on together: they stay in the processor's cache
_KEPT = struct.Struct("<III")  # version, cells, layers
_KEPT_ROWS = struct.Struct("<II")  # type, bytes of a row
_KEPT_VERSION = 1

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

Turn = Callable[[Floats, int], None]
"""Turns keys, shape (cells, width), of the layer with a number, in place."""


class StateUnreadable(ValueError):
    """Bytes that are no state of cells that can be moved: another kind of memory, another version, a broken file."""


@dataclasses.dataclass(frozen=True)
class Rows:
    """Numbers of ``type`` in bytes, one row a cell: shape (cells, bytes of a row)."""

    type: int
    data: Bytes

    @property
    def width(self) -> int:
        """Numbers of a row."""
        numbers, size = _SIZES[self.type]
        return int(self.data.shape[1]) // size * numbers

    def floats(self) -> Floats:
        """The numbers, shape (cells, width)."""
        if self.type == QUANTIZED_8:
            blocks = self.data.view(_BLOCK)
            numbers = blocks["numbers"].astype(np.float32)
            numbers *= blocks["scale"].astype(np.float32)[:, :, np.newaxis]
            return numbers.reshape(len(self.data), self.width)
        return self.data.view(_FLOATS[self.type]).astype(np.float32)

    def cut(self, start: int, end: int) -> Rows:
        """The rows from ``start`` up to ``end``."""
        return Rows(self.type, self.data[start:end])


def rows_of(floats: Floats, kind: int) -> Rows:
    """``floats``, shape (cells, width), as rows of the type ``kind``. Raises StateUnreadable: a width without blocks.

    Q8_0 is ggml's: each 32 numbers are multiples of the largest one's 127th.
    """
    if kind != QUANTIZED_8:
        return Rows(kind, np.ascontiguousarray(floats.astype(_FLOATS[kind])).view(np.uint8))
    if floats.shape[1] % _WIDTH:
        raise StateUnreadable("a width without blocks")
    groups = floats.reshape(len(floats), -1, _WIDTH)
    scales = np.abs(groups).max(axis=2) / 127.0
    blocks = np.empty(groups.shape[:2], _BLOCK)
    blocks["scale"] = scales
    inverse = np.divide(1.0, scales, out=np.zeros_like(scales), where=scales > 0)
    blocks["numbers"] = np.rint(groups * inverse[:, :, np.newaxis])
    return Rows(kind, blocks.view(np.uint8).reshape(len(floats), -1))


@dataclasses.dataclass(frozen=True)
class KvState:
    """Keys and values of some cells, one Rows a layer, the cells in the order of their positions."""

    keys: tuple[Rows, ...]
    values: tuple[Rows, ...]

    @property
    def cells(self) -> int:
        """How many cells."""
        return len(self.keys[0].data)

    def cut(self, start: int, end: int) -> KvState:
        """The cells from ``start`` up to ``end``, counted from the first."""
        keys, values = (tuple(rows.cut(start, end) for rows in each) for each in (self.keys, self.values))
        return KvState(keys, values)

    def quantized(self, workers: Executor) -> KvState:
        """The same in Q8_0, which takes 17 bytes of 32 that f16 takes; what is too narrow for it stays as it is."""
        every = tuple(workers.map(_quantized, (*self.keys, *self.values)))
        return KvState(every[: len(self.keys)], every[len(self.keys) :])


def _quantized(rows: Rows) -> Rows:
    is_fit = rows.type != QUANTIZED_8 and rows.width % _WIDTH == 0
    return rows_of(rows.floats(), QUANTIZED_8) if is_fit else rows


@dataclasses.dataclass(frozen=True)
class CellForm:
    """How a context holds its cells: the types of keys and values of each layer, and whether values are transposed.

    ``magic`` is what llama.cpp's bytes begin with.
    """

    magic: int
    key_types: tuple[int, ...]
    value_types: tuple[int, ...]
    is_transposed: bool


def read_cells(data: bytes) -> tuple[KvState, CellForm]:
    """What ``llama_state_seq_get_data`` gave for one sequence. Raises StateUnreadable."""
    reader = _Reader(data)
    magic, _sequence = reader.number("<I"), reader.number("<I")
    if reader.number("<I") != 1:
        raise StateUnreadable("several streams")
    cells = reader.array(_CELL, reader.number("<I"))
    if not len(cells) or (cells["sequences"] != 1).any():
        raise StateUnreadable("no plain cells")
    is_transposed = bool(reader.number("<I"))
    layers = reader.number("<I")
    order = np.argsort(cells["position"], kind="stable")
    keys = [reader.rows(len(cells), reader.number("<i"), reader.number("<Q")) for _ in range(layers)]
    if is_transposed:
        values = [reader.columns(len(cells)) for _ in range(layers)]
    else:
        values = [reader.rows(len(cells), reader.number("<i"), reader.number("<Q")) for _ in range(layers)]
    if not layers or reader.is_left:
        raise StateUnreadable("another layout")
    keys, values = ([Rows(rows.type, rows.data[order]) for rows in each] for each in (keys, values))
    form = CellForm(magic, tuple(rows.type for rows in keys), tuple(rows.type for rows in values), is_transposed)
    return KvState(tuple(keys), tuple(values)), form


def write_cells(state: KvState, form: CellForm, position: int, turn: Turn | None, workers: Executor) -> bytearray:
    """What ``llama_state_seq_set_data`` wants for ``state`` at ``position`` and on, its keys turned by ``turn``."""
    cells = np.zeros(state.cells, _CELL)
    cells["position"] = np.arange(position, position + state.cells)
    cells["sequences"] = 1
    data = bytearray(struct.pack("<IIII", form.magic, 0, 1, state.cells) + cells.tobytes())
    data += struct.pack("<II", form.is_transposed, len(state.keys))
    places: list[int] = []
    for rows, kind in zip((*state.keys, *state.values), (*form.key_types, *form.value_types), strict=True):
        numbers, size = _SIZES[kind]
        if form.is_transposed and len(places) >= len(state.keys):
            data += struct.pack("<iII", kind, size, rows.width)
        else:
            data += struct.pack("<iQ", kind, rows.width // numbers * size)
        places.append(len(data))
        data += bytes(state.cells * rows.width // numbers * size)
    layers = range(len(state.keys))
    for _ in workers.map(lambda layer: _write_layer(data, places, state, form, layer, turn), layers):
        pass
    return data


def _write_layer(
    data: bytearray, places: Sequence[int], state: KvState, form: CellForm, layer: int, turn: Turn | None
) -> None:
    """Write keys and values of ``layer`` to their ``places`` in ``data``."""
    _write_rows(
        data,
        places[layer],
        state.keys[layer],
        form.key_types[layer],
        (lambda keys: turn(keys, layer)) if turn else None,
        is_transposed=False,
    )
    _write_rows(
        data,
        places[len(state.keys) + layer],
        state.values[layer],
        form.value_types[layer],
        None,
        is_transposed=form.is_transposed,
    )


def _write_rows(
    data: bytearray, place: int, rows: Rows, kind: int, turn: Callable[[Floats], None] | None, *, is_transposed: bool
) -> None:
    cells, (numbers, size) = len(rows.data), _SIZES[kind]
    target = np.frombuffer(data, np.uint8, cells * rows.width // numbers * size, place)
    if is_transposed:
        view = target.view(_FLOATS[kind]).reshape(rows.width, cells).T
    elif kind in _FLOATS:
        view = target.view(_FLOATS[kind]).reshape(cells, rows.width)
    else:
        view = target.reshape(cells, -1)
    for at in range(0, cells, _CHUNK):
        part = rows.cut(at, at + _CHUNK)
        if kind == part.type and turn is None:
            view[at : at + _CHUNK] = part.data.view(_FLOATS.get(kind, np.uint8))
            continue
        floats = part.floats()
        if turn:
            turn(floats)
        view[at : at + _CHUNK] = floats if kind in _FLOATS else rows_of(floats, kind).data


def pack(state: KvState) -> bytes:
    """``state`` as bytes to be kept."""
    every = (*state.keys, *state.values)
    parts: list[bytes | memoryview] = [_KEPT.pack(_KEPT_VERSION, state.cells, len(state.keys))]
    parts += [_KEPT_ROWS.pack(rows.type, rows.data.shape[1]) for rows in every]
    parts += [np.ascontiguousarray(rows.data).data.cast("B") for rows in every]
    return b"".join(parts)


def unpack(data: bytes) -> KvState:
    """The state that ``pack`` made ``data`` from. Raises StateUnreadable."""
    reader = _Reader(data)
    version, cells, layers = reader.number("<I"), reader.number("<I"), reader.number("<I")
    if version != _KEPT_VERSION or not cells or not layers:
        raise StateUnreadable("another version")
    heads = [(reader.number("<I"), reader.number("<I")) for _ in range(2 * layers)]
    every = [reader.rows(cells, kind, size) for kind, size in heads]
    if reader.is_left:
        raise StateUnreadable("more than a state")
    return KvState(tuple(every[:layers]), tuple(every[layers:]))


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def is_left(self) -> bool:
        return self._at < len(self._data)

    def number(self, form: str) -> int:
        size = struct.calcsize(form)
        if self._at + size > len(self._data):
            raise StateUnreadable("too short")
        (value,) = struct.unpack_from(form, self._data, self._at)
        self._at += size
        return int(value)

    def array(self, kind: np.dtype[np.void], count: int) -> NDArray[np.void]:
        return self._take(count * kind.itemsize).view(kind)

    def rows(self, cells: int, kind: int, size: int) -> Rows:
        if kind not in _SIZES or not size or size % _SIZES[kind][1]:
            raise StateUnreadable("numbers of another type")
        return Rows(kind, self._take(cells * size).reshape(cells, size))

    def columns(self, cells: int) -> Rows:
        kind, size, width = self.number("<i"), self.number("<I"), self.number("<I")
        if kind not in {FLOAT_32, FLOAT_16} or size != _SIZES[kind][1]:
            raise StateUnreadable("numbers of another type")
        columns = self._take(width * cells * size).view(f"V{size}").reshape(width, cells)
        return Rows(kind, np.ascontiguousarray(columns.T).view(np.uint8).reshape(cells, width * size))

    def _take(self, count: int) -> Bytes:
        if self._at + count > len(self._data):
            raise StateUnreadable("too short")
        taken = np.frombuffer(self._data, np.uint8, count, self._at)
        self._at += count
        return taken
