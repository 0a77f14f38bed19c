"""What the states of a model's cells depend on beside the tokens: a file, and how it is used. Decision 0152."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib.metadata

from engine.kv_folder import digest
from engine.weights import Weights

_HEAD_BYTES = 2**20  # of the file: names, sizes, the beginning of the vocabulary


@dataclasses.dataclass(frozen=True)
class ModelShape:
    """What moving cells must know of a model.

    ``identity`` stands for all that its cells depend on beside the tokens (a digest, in hexadecimal). Keys have
    ``heads`` heads, and of one head ``turning`` numbers turn with the position (likeliest first).
    """

    identity: str
    heads: int
    turning: tuple[int, ...]


def shape_of(weights: Weights, context: int) -> ModelShape:
    """The shape of the model in ``weights``, used with a context of so many tokens. Raises OSError."""
    header = weights.header
    status = weights.path.stat()
    with weights.path.open("rb") as file:
        beginning = digest(file.read(_HEAD_BYTES))
    turning = _number(weights, "rope.dimension_count")
    # Beyond what it was trained on without it, a model with LongRoPE factors turns its keys by others.
    is_long = context > (_number(weights, "rope.scaling.original_context_length") or header.context_length)
    engine = importlib.metadata.version("llama-cpp-python")
    identity = (header.file_bytes, status.st_mtime_ns, beginning, engine, is_long)
    likeliest = (turning, header.key_length) if turning else (header.key_length,)
    return ModelShape(digest(repr(identity).encode()), header.head_count_kv, tuple(dict.fromkeys(likeliest)))


def _number(weights: Weights, key: str) -> int:
    with contextlib.suppress(ValueError):
        return int(weights.value(f"{weights.header.architecture}.{key}"))
    return 0
