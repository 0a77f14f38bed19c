"""What the header of a GGUF file means: what model it is, what it needs, whether it is whole.

The bytes are read by engine.gguf_file. A model may lie in several files, of which the first speaks for all: its parts
are counted together (the naming is that of llama.cpp's gguf-split).
"""

from __future__ import annotations

import dataclasses
import functools
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from engine.errors import EngineProblem, PhialError
from engine.gguf_file import Damaged, Truncated, Value, read_beginning

LARGEST_NUMBER = 2**31  # of layers, heads, widths
MOST_BLOCKS = 2**16
MOST_PARTS = 1_024  # files of one model
LONGEST_TAG = 40  # characters of a token that marks roles, as <|assistant|> does
UNSAID = 1024  # llama_ftype for a file that does not say its own

_TOKENS = "tokenizer.ggml.tokens"
_TEXTS = frozenset({
    "general.architecture", "general.basename", "general.name", "general.type", "tokenizer.chat_template",
    "tokenizer.ggml.model", "tokenizer.ggml.pre",
})  # fmt: skip
_PART = re.compile(r"-(\d{5})-of-(\d{5})\.gguf$")

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
    mean, 2 of the first, 3 of the last. ``kind`` is ``model``, or what else a file holds (``adapter``, ``mmproj``); in
    one that ``is_causal`` no token sees those behind it. ``part_number`` of ``part_count`` files, from 0.
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
    kind: str = "model"
    is_causal: bool = True
    part_number: int = 0
    part_count: int = 1


def read_header(path: Path) -> GgufHeader:
    """The header of the model at ``path``; kept until the file changes, as a vocabulary takes a tenth of a second.

    Of a model in several files ``path`` is the first; sizes are of all together. Raises PhialError: MODEL_MISSING,
    MODEL_UNREADABLE, MODEL_NOT_GGUF, MODEL_TRUNCATED (shorter than its header says), MODEL_PART_MISSING, MODEL_DAMAGED.
    """
    files = parts(path)
    missing = [file.name for file in files if not file.exists()]
    if 0 < len(missing) < len(files):
        raise PhialError(EngineProblem.MODEL_PART_MISSING, path=str(path), part=missing[0], parts=len(files))
    headers = [_header_at(file) for file in files]
    for number, (file, header) in enumerate(zip(files, headers, strict=True)):
        if (header.part_number, header.part_count) != (number, len(files)):
            raise PhialError(EngineProblem.MODEL_DAMAGED, details="another part than its name says", path=str(file))
    return dataclasses.replace(
        headers[0],
        tensor_count=sum(header.tensor_count for header in headers),
        tensor_bytes=sum(header.tensor_bytes for header in headers),
        file_bytes=sum(header.file_bytes for header in headers),
    )


def parts(path: Path) -> tuple[Path, ...]:
    """Every file of the model that ``path`` is a part of, the first one first, whether they are there or not."""
    found = _PART.search(path.name)
    count = int(found[2]) if found else 1
    if found is None or not 1 <= int(found[1]) <= count <= MOST_PARTS:
        return (path,)
    stem = path.name[: found.start()]
    return tuple(path.with_name(f"{stem}-{number:05}-of-{count:05}.gguf") for number in range(1, count + 1))


def _header_at(path: Path) -> GgufHeader:
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):  # to open a pipe would wait for whoever writes into it
            raise PhialError(EngineProblem.MODEL_NOT_GGUF, path=str(path))
        return _read_header(path, state.st_size, state.st_mtime_ns)
    except PermissionError as error:
        raise PhialError(EngineProblem.MODEL_UNREADABLE, path=str(path)) from error
    except OSError as error:
        raise PhialError(EngineProblem.MODEL_MISSING, details=type(error).__name__, path=str(path)) from error


@functools.lru_cache(maxsize=256)
def _read_header(path: Path, size: int, _changed: int) -> GgufHeader:
    with path.open("rb") as file:
        try:
            beginning = read_beginning(file, size, _TEXTS, {_TOKENS})
            if beginning is None:
                raise PhialError(EngineProblem.MODEL_NOT_GGUF, path=str(path))
            return _header_of(
                beginning.values,
                tensor_count=beginning.tensor_count,
                tensor_bytes=beginning.tensor_bytes,
                file_bytes=size,
            )
        except Truncated as error:
            raise PhialError(EngineProblem.MODEL_TRUNCATED, details=str(error), path=str(path)) from error
        except Damaged as error:
            raise PhialError(EngineProblem.MODEL_DAMAGED, details=str(error), path=str(path)) from error


def _header_of(values: Mapping[str, Value], *, tensor_count: int, tensor_bytes: int, file_bytes: int) -> GgufHeader:
    architecture = _text(values, "general.architecture")
    part_number = _bounded(values.get("split.no", 0), "split.no")
    if not architecture and not part_number:  # the first part speaks for the others
        raise Damaged("no architecture")

    def whole(key: str) -> int:
        return _bounded(values.get(f"{architecture}.{key}", 0), key)

    blocks, embedding = whole("block_count"), whole("embedding_length")
    heads = _layers(values.get(f"{architecture}.attention.head_count"), blocks)
    heads_kv = _layers(values.get(f"{architecture}.attention.head_count_kv"), blocks) or heads
    most_heads = max(heads, default=0)
    if any(own and most_heads % own for own in heads_kv) or (most_heads and embedding % most_heads):
        raise Damaged("heads that don't divide")
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
        kind=_text(values, "general.type") or "model",
        is_causal=bool(values.get(f"{architecture}.attention.causal", True)),
        part_number=part_number,
        part_count=_bounded(values.get("split.count", 1), "split.count") or 1,
    )


def _text(values: Mapping[str, Value], key: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise Damaged(f"{key} is no text")
    return value


def _bounded(value: Value, key: str) -> int:
    if isinstance(value, tuple) and value:
        return max(_bounded(each, key) for each in value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_NUMBER:
        raise Damaged(f"{key} is no such number")
    return value


def _layers(value: Value | None, blocks: int) -> tuple[int, ...]:
    """A number for each layer: the file gives one for all, or an array."""
    if blocks > MOST_BLOCKS:
        raise Damaged(f"{blocks} layers")
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
