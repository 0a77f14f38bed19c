"""The header of a GGUF file, read without loading a model: what it is, what it needs, whether it is whole.

The format is the GGUF specification of ggml (docs/gguf.md), versions 2 and 3, little endian. A model file comes from
anywhere, so every count and length is bounded before anything is allocated. Why not by a library: decision 0010.
"""

from __future__ import annotations

import dataclasses
import functools
import stat
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from engine.errors import EngineProblem, PhialError

MAGIC = b"GGUF"
MOST_VALUES = 65_536  # key-value pairs, and tensors, of one file
MOST_ITEMS = 2**24  # items of one array; vocabularies have up to 300,000 tokens
LONGEST_KEY = 65_535  # bytes, by the specification
LONGEST_NAME = 64  # bytes of a tensor's name, by the specification
LONGEST_STRING = 2**24  # bytes
LONGEST_HEADER = 2**28  # bytes; the largest vocabularies take 20 MB
MOST_DIMENSIONS = 4
LARGEST_DIMENSION = 2**40
LARGEST_NUMBER = 2**31  # of layers, heads, widths
UNSAID = 1024  # llama_ftype for a file that does not say its own
LONGEST_TAG = 40  # characters of a token that marks roles, as <|assistant|> does

Scalar = str | int | float | bool
Value = Scalar | tuple[int | float | bool, ...] | list[bytes]

_SCALARS: Mapping[int, str] = dict(enumerate(("<B", "<b", "<H", "<h", "<I", "<i", "<f", "<?"))) | {
    10: "<Q",
    11: "<q",
    12: "<d",
}
_STRING, _ARRAY = 8, 9
_TOKENS = "tokenizer.ggml.tokens"

# ggml type: (elements of a block, bytes of a block); from ggml.h.
_BLOCKS: Mapping[int, tuple[int, int]] = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 40),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292),
    16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82),
    23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2),
    34: (256, 54), 35: (256, 66), 39: (32, 17), 40: (64, 36), 41: (128, 18),
}  # fmt: skip

# general.file_type; from llama.h (llama_ftype).
_QUANTIZATIONS: Mapping[int, str] = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S", 12: "Q3_K_M",
    13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS", 20: "IQ2_XS",
    21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S",
    29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4", 39: "NVFP4", 40: "Q1_0",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class GgufHeader:
    """What a GGUF file says of its model. Texts are "" and numbers 0 where it says nothing.

    ``kv_width`` is the number of elements that one token takes in the KV cache, over all layers; ``head_count`` is the
    largest of all layers. ``tags`` are the tokens of the vocabulary that look like ``<|…|>``. ``tensor_bytes`` is what
    the weights take, in the file and in memory. ``pooling`` is how an embedder makes one vector of a text's: 1 of their
    mean, 2 of the first, 3 of the last.
    """

    architecture: str
    name: str
    basename: str
    quantization: str
    context_length: int
    block_count: int
    embedding_length: int
    feed_forward_length: int
    head_count: int
    head_count_kv: int
    key_length: int
    value_length: int
    kv_width: int
    chat_template: str
    tokenizer: str
    pre_tokenizer: str
    vocabulary_size: int
    beginning_token: int | None
    end_token: int | None
    beginning_text: str
    end_text: str
    tags: frozenset[str]
    tensor_count: int
    tensor_bytes: int
    file_bytes: int
    pooling: int


class _Damaged(ValueError):
    """The bytes break the format."""


class _Truncated(EOFError):
    """The bytes end too early."""


def read_header(path: Path) -> GgufHeader:
    """The header of the file at ``path``; kept until the file changes, as a vocabulary takes a tenth of a second.

    Raises PhialError: MODEL_MISSING (or unreadable), MODEL_NOT_GGUF, MODEL_TRUNCATED (shorter than its header says),
    MODEL_DAMAGED.
    """
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):  # to open a pipe would wait for whoever writes into it
            raise PhialError(EngineProblem.MODEL_NOT_GGUF, path=str(path))
        return _read_header(path, state.st_size, state.st_mtime_ns)
    except OSError as error:
        raise PhialError(EngineProblem.MODEL_MISSING, details=type(error).__name__, path=str(path)) from error


@functools.lru_cache(maxsize=64)
def _read_header(path: Path, size: int, _changed: int) -> GgufHeader:
    with path.open("rb") as file:
        try:
            if file.read(len(MAGIC)) != MAGIC:
                raise PhialError(EngineProblem.MODEL_NOT_GGUF, path=str(path))
            return _Reader(file, size).header()
        except _Truncated as error:
            raise PhialError(EngineProblem.MODEL_TRUNCATED, details=str(error), path=str(path)) from error
        except _Damaged as error:
            raise PhialError(EngineProblem.MODEL_DAMAGED, details=str(error), path=str(path)) from error


class _Reader:
    """Takes bounded pieces from a file of ``size`` bytes whose magic has been read."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size
        self._left = size - len(MAGIC)

    def header(self) -> GgufHeader:
        version = self._number("<I")
        if version not in {2, 3}:
            raise _Damaged(f"version {version}")
        tensors = self._count("<Q", MOST_VALUES, "tensors")
        pairs = self._count("<Q", MOST_VALUES, "values")
        values: dict[str, Value] = {}
        for _ in range(pairs):
            key = self._bytes(self._count("<Q", LONGEST_KEY, "bytes of a key")).decode("utf-8", "replace")
            if key in values:
                raise _Damaged("a key twice")
            values[key] = self._value(key)
        used, end = self._tensors(tensors)
        alignment = _bounded(values.get("general.alignment", 32), "alignment") or 32
        start = -(-(self._size - self._left) // alignment) * alignment
        if tensors and start + end > self._size:
            raise _Truncated(f"{start + end} bytes needed, {self._size} there")
        return _header_of(values, tensor_count=tensors, tensor_bytes=used, file_bytes=self._size)

    def _tensors(self, count: int) -> tuple[int, int]:
        """Bytes that all tensors take, and where the last one ends in the data that follows the header."""
        used = end = 0
        for _ in range(count):
            self._bytes(self._count("<Q", LONGEST_NAME, "bytes of a name"))
            elements = 1
            for _ in range(self._count("<I", MOST_DIMENSIONS, "dimensions")):
                elements *= self._count("<Q", LARGEST_DIMENSION, "elements")
            kind, offset = self._number("<I"), self._number("<Q")
            if kind not in _BLOCKS:
                raise _Damaged(f"tensor type {kind}")
            block, block_bytes = _BLOCKS[kind]
            if elements % block:
                raise _Damaged("a tensor of broken blocks")
            used += elements // block * block_bytes
            end = max(end, offset + elements // block * block_bytes)
        return used, end

    def _value(self, key: str) -> Value:
        kind = self._number("<I")
        if kind == _STRING:
            return self._string().decode("utf-8", "replace")
        if kind != _ARRAY:
            return self._scalar(kind)
        item = self._number("<I")
        count = self._count("<Q", MOST_ITEMS, "items")
        if item == _STRING:
            return self._strings(count, are_kept=key == _TOKENS)
        if item not in _SCALARS:
            raise _Damaged(f"items of type {item}")
        body = self._bytes(count * struct.calcsize(_SCALARS[item]))
        # Only numbers a layer are ever asked for; the scores and types of a vocabulary are passed over.
        return tuple(each for (each,) in struct.iter_unpack(_SCALARS[item], body)) if count <= MOST_VALUES // 64 else ()

    def _strings(self, count: int, *, are_kept: bool) -> list[bytes]:
        if count * 8 > self._left:
            raise _Truncated("inside an array")
        strings = []
        for _ in range(count):
            string = self._string()
            if are_kept:
                strings.append(string)
        return strings

    def _string(self) -> bytes:
        return self._bytes(self._count("<Q", LONGEST_STRING, "bytes of a text"))

    def _scalar(self, kind: int) -> int | float | bool:
        if kind not in _SCALARS:
            raise _Damaged(f"value type {kind}")
        layout = _SCALARS[kind]
        value: int | float | bool = struct.unpack(layout, self._bytes(struct.calcsize(layout)))[0]
        return value

    def _number(self, layout: str) -> int:
        number: int = struct.unpack(layout, self._bytes(struct.calcsize(layout)))[0]
        return number

    def _count(self, layout: str, limit: int, what: str) -> int:
        number = self._number(layout)
        if number > limit:
            raise _Damaged(f"{number} {what}")
        return number

    def _bytes(self, count: int) -> bytes:
        if count > self._left:
            raise _Truncated("inside the header")
        if self._size - self._left + count > LONGEST_HEADER:
            raise _Damaged("a header without end")
        body = self._file.read(count)
        if len(body) != count:
            raise _Truncated("while it was read")
        self._left -= count
        return body


def _header_of(values: Mapping[str, Value], *, tensor_count: int, tensor_bytes: int, file_bytes: int) -> GgufHeader:
    architecture = _text(values, "general.architecture")
    if not architecture:
        raise _Damaged("no architecture")

    def whole(key: str) -> int:
        return _bounded(values.get(f"{architecture}.{key}", 0), key)

    blocks, embedding = whole("block_count"), whole("embedding_length")
    heads = _layers(values.get(f"{architecture}.attention.head_count"), blocks)
    heads_kv = _layers(values.get(f"{architecture}.attention.head_count_kv"), blocks) or heads
    most_heads = max(heads, default=0)
    head_width = embedding // most_heads if most_heads else 0
    key_length = whole("attention.key_length") or head_width
    value_length = whole("attention.value_length") or head_width
    tokens = values.get(_TOKENS)
    vocabulary = tokens if isinstance(tokens, list) else []
    beginning, end = (_token(values, name, vocabulary) for name in ("bos", "eos"))
    return GgufHeader(
        architecture=architecture,
        name=_text(values, "general.name"),
        basename=_text(values, "general.basename"),
        quantization=_QUANTIZATIONS.get(_bounded(values.get("general.file_type", UNSAID), "file_type"), ""),
        context_length=whole("context_length"),
        block_count=blocks,
        embedding_length=embedding,
        feed_forward_length=whole("feed_forward_length"),
        head_count=most_heads,
        head_count_kv=max(heads_kv, default=0),
        key_length=key_length,
        value_length=value_length,
        kv_width=sum(heads_kv) * (key_length + value_length),
        chat_template=_text(values, "tokenizer.chat_template"),
        tokenizer=_text(values, "tokenizer.ggml.model"),
        pre_tokenizer=_text(values, "tokenizer.ggml.pre"),
        vocabulary_size=len(vocabulary),
        beginning_token=beginning,
        end_token=end,
        beginning_text="" if beginning is None else vocabulary[beginning].decode("utf-8", "replace"),
        end_text="" if end is None else vocabulary[end].decode("utf-8", "replace"),
        tags=frozenset(
            token.decode("utf-8", "replace")
            for token in vocabulary
            if token.startswith(b"<|") and token.endswith(b"|>") and len(token) <= LONGEST_TAG
        ),
        tensor_count=tensor_count,
        tensor_bytes=tensor_bytes,
        file_bytes=file_bytes,
        pooling=whole("pooling_type"),
    )


def _text(values: Mapping[str, Value], key: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise _Damaged(f"{key} is no text")
    return value


def _bounded(value: Value, key: str) -> int:
    if isinstance(value, tuple) and value:
        return max(_bounded(each, key) for each in value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_NUMBER:
        raise _Damaged(f"{key} is no such number")
    return value


def _layers(value: Value | None, blocks: int) -> tuple[int, ...]:
    """A number for each layer: the file gives one for all, or an array."""
    if blocks > MOST_VALUES:
        raise _Damaged(f"{blocks} layers")
    if value is None:
        return ()
    if isinstance(value, tuple):
        return tuple(_bounded(each, "heads") for each in value)
    return (_bounded(value, "heads"),) * blocks


def _token(values: Mapping[str, Value], name: str, vocabulary: list[bytes]) -> int | None:
    number = values.get(f"tokenizer.ggml.{name}_token_id")
    # 2**32 - 1 stands for "none" in some files; anything else outside the vocabulary is as good as none.
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < len(vocabulary):
        return None
    return number
