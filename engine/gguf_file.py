"""Reads what a GGUF file begins with (its values and its table of tensors) in bounded time and memory.

The format is the GGUF specification of ggml (docs/gguf.md), versions 2 and 3, little endian. A model file comes from
anywhere, so every count and length is bounded before anything is allocated, and only what is asked for is kept. What
the values mean stands in engine.gguf_header. Why not by a library: decision 0010.
"""

from __future__ import annotations

import dataclasses
import struct
from collections.abc import Container, Mapping
from typing import BinaryIO

MAGIC = b"GGUF"
MOST_VALUES = 4_096  # key-value pairs of one file; models have up to a hundred
MOST_TENSORS = 65_536
MOST_STRINGS = 2**21  # items of all arrays of texts together; vocabularies have 300,000 tokens and twice the merges
MOST_NUMBERS = 2**24  # items of one array of numbers
MOST_LAYERS = 1_024  # items of an array of numbers that is kept: what differs by layer
LONGEST_KEY = 1_024  # bytes
LONGEST_NAME = 63  # bytes of a tensor's name, by ggml.h
LONGEST_STRING = 2**24  # bytes
LONGEST_TEXT = 2**19  # bytes of a text that are kept: a template that long is refused wherever it is cut
LONGEST_TOKEN = 64  # bytes of a token that are kept
LONGEST_HEADER = 2**26  # bytes; the largest vocabularies take 20 MB
MOST_DIMENSIONS = 4
LARGEST_SIZE = 2**62  # elements, and bytes, of a tensor
LARGEST_ALIGNMENT = 2**16

Value = str | int | float | bool | tuple[int | float | bool, ...] | list[bytes]

_SCALARS: Mapping[int, str] = dict(enumerate(("<B", "<b", "<H", "<h", "<I", "<i", "<f", "<?"))) | {
    10: "<Q",
    11: "<q",
    12: "<d",
}
_STRING, _ARRAY, _UINT32 = 8, 9, 4

# ggml type: (elements of a block, bytes of a block); from ggml.h.
_BLOCKS: Mapping[int, tuple[int, int]] = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 40),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292),
    16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82),
    23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2),
    34: (256, 54), 35: (256, 66), 39: (32, 17), 40: (64, 36), 41: (128, 18),
}  # fmt: skip


class Damaged(ValueError):
    """The bytes break the format, or a bound of ours that no real model comes near."""


class Truncated(EOFError):
    """The bytes end too early."""


@dataclasses.dataclass(frozen=True)
class Beginning:
    """What was kept of the values, and the tensors: how many, and the bytes that they take."""

    values: Mapping[str, Value]
    tensor_count: int
    tensor_bytes: int


def read_beginning(file: BinaryIO, size: int, texts: Container[str], lists: Container[str]) -> Beginning | None:
    """What ``file``, of ``size`` bytes, begins with; None where it is no GGUF at all.

    Texts are kept under the keys in ``texts`` (cut at LONGEST_TEXT) and lists of texts under those in ``lists`` (each
    cut at LONGEST_TOKEN); numbers are all kept, lists of them up to MOST_LAYERS items. Raises Damaged, Truncated.
    """
    if file.read(len(MAGIC)) != MAGIC:
        return None
    return _Reader(file, size, texts, lists).beginning()


class _Reader:
    """Takes bounded pieces from a file of ``size`` bytes whose magic has been read."""

    def __init__(self, file: BinaryIO, size: int, texts: Container[str], lists: Container[str]) -> None:
        self._file = file
        self._size = size
        self._texts, self._lists = texts, lists
        self._left = size - len(MAGIC)
        self._strings_left = MOST_STRINGS

    def beginning(self) -> Beginning:
        version = self._number("<I")
        if version not in {2, 3}:
            raise Damaged(f"version {version}")
        tensors = self._count("<Q", MOST_TENSORS, "tensors")
        pairs = self._count("<Q", MOST_VALUES, "values")
        values: dict[str, Value] = {}
        alignment = 32
        for _ in range(pairs):
            key = self._take(self._count("<Q", LONGEST_KEY, "bytes of a key")).decode("utf-8", "replace")
            if not key or key in values:
                raise Damaged("a key twice, or an empty one")
            kind = self._number("<I")
            values[key] = self._value(key, kind)
            if key == "general.alignment":
                alignment = _alignment(kind, values[key])
        used, end = self._tensors(tensors, alignment)
        start = -(-(self._size - self._left) // alignment) * alignment
        if tensors and start + end > self._size:
            raise Truncated(f"{start + end} bytes needed, {self._size} there")
        return Beginning(values, tensors, used)

    def _tensors(self, count: int, alignment: int) -> tuple[int, int]:
        """Bytes that all tensors take, and where the last one ends in the data that follows the header.

        They lie one behind the other, each from a multiple of ``alignment``: ggml wants it so, and tensors that overlap
        or lie outside have no other way to be written.
        """
        names: set[bytes] = set()
        used = end = next_offset = 0
        for _ in range(count):
            name = self._take(self._count("<Q", LONGEST_NAME, "bytes of a name"))
            if name in names:
                raise Damaged("a tensor twice")
            names.add(name)
            size = self._tensor_size()
            if self._number("<Q") != next_offset:
                raise Damaged("tensors that overlap or leave a gap")
            used += size
            end = next_offset + size
            next_offset = -(-end // alignment) * alignment
        return used, end

    def _tensor_size(self) -> int:
        """Bytes of the tensor whose dimensions and type come next."""
        dimensions = self._count("<I", MOST_DIMENSIONS, "dimensions")
        shape = [self._count("<Q", LARGEST_SIZE, "elements") for _ in range(dimensions)]
        kind = self._number("<I")
        if kind not in _BLOCKS:
            raise Damaged(f"tensor type {kind}")
        block, block_bytes = _BLOCKS[kind]
        elements = 1
        for length in shape:
            elements *= length
        # No tensor of a model is empty; a length of nought divides by nought somewhere further on.
        if not 0 < elements <= LARGEST_SIZE or (shape[0] if shape else 1) % block:
            raise Damaged("a tensor of no such shape")
        return elements // block * block_bytes

    def _value(self, key: str, kind: int) -> Value:
        if kind == _STRING:
            length = self._count("<Q", LONGEST_STRING, "bytes of a text")
            return self._text(length) if key in self._texts else self._pass_over(length)
        if kind != _ARRAY:
            return self._scalar(kind)
        item = self._number("<I")
        if item == _STRING:
            return self._strings(self._count("<Q", self._strings_left, "texts"), are_kept=key in self._lists)
        count = self._count("<Q", MOST_NUMBERS, "items")
        if item not in _SCALARS:
            raise Damaged(f"items of type {item}")
        length = count * struct.calcsize(_SCALARS[item])
        if count > MOST_LAYERS:  # the scores and types of a vocabulary
            return self._pass_over(length)
        return tuple(each for (each,) in struct.iter_unpack(_SCALARS[item], self._take(length)))

    def _strings(self, count: int, *, are_kept: bool) -> list[bytes]:
        if count * 8 > self._left:
            raise Truncated("inside an array")
        self._strings_left -= count
        strings = []
        # A vocabulary has hundreds of thousands: what is done for each of them is what reading a header takes.
        read, length_of = self._file.read, struct.Struct("<Q").unpack
        room = left = min(self._left, LONGEST_HEADER - (self._size - self._left))
        for _ in range(count):
            head = read(8)
            length = length_of(head)[0] if len(head) == 8 else left
            left -= 8 + length
            if left < 0:
                break
            string = read(length)
            if are_kept:
                strings.append(string[:LONGEST_TOKEN])
        self._account(room - left)
        return strings

    def _text(self, length: int) -> str:
        kept = self._take(min(length, LONGEST_TEXT))
        self._pass_over(length - len(kept))
        return kept.decode("utf-8", "replace")

    def _scalar(self, kind: int) -> int | float | bool:
        if kind not in _SCALARS:
            raise Damaged(f"value type {kind}")
        layout = _SCALARS[kind]
        value: int | float | bool = struct.unpack(layout, self._take(struct.calcsize(layout)))[0]
        return value

    def _number(self, layout: str) -> int:
        number: int = struct.unpack(layout, self._take(struct.calcsize(layout)))[0]
        return number

    def _count(self, layout: str, limit: int, what: str) -> int:
        number = self._number(layout)
        if number > limit:
            raise Damaged(f"{number} {what}")
        return number

    def _take(self, count: int) -> bytes:
        self._account(count)
        body = self._file.read(count)
        if len(body) != count:
            raise Truncated("while it was read")
        return body

    def _pass_over(self, count: int) -> str:
        self._account(count)
        self._file.seek(count, 1)
        return ""

    def _account(self, count: int) -> None:
        """So many bytes of the header are taken."""
        if count > self._left:
            raise Truncated("inside the header")
        self._left -= count
        if self._size - self._left > LONGEST_HEADER:
            raise Damaged("a header without end")


def _alignment(kind: int, value: Value) -> int:
    """The alignment of tensors in a file that says it: a power of two, by the specification."""
    if kind != _UINT32 or not isinstance(value, int) or not 0 < value <= LARGEST_ALIGNMENT or value & (value - 1):
        raise Damaged("no such alignment")
    return value
