"""The messages of an embedder's process; with those of a model's (engine.messages) they are one codec."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from engine.frames import Message

TEXTS_A_PASS = 64
"""Texts that one message Embed may hold: llama.cpp's sequences of one pass."""


@dataclasses.dataclass(frozen=True)
class LoadEmbedder(Message):
    """Load the embedder at ``path``: the first message, once. Answered by LoadedEmbedder.

    A text is cut to ``window`` tokens; ``tokens`` are those of a pass, at least as many.
    """

    type: ClassVar[str] = "load_embedder"
    id: int
    path: str
    window: int
    tokens: int
    threads: int


@dataclasses.dataclass(frozen=True)
class Embed(Message):
    """The vectors of up to TEXTS_A_PASS texts. Answered by Embedded."""

    type: ClassVar[str] = "embed"
    id: int
    texts: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class LoadedEmbedder(Message):
    """The embedder is there; its vectors have so many ``dimensions``."""

    type: ClassVar[str] = "loaded_embedder"
    id: int
    dimensions: int


@dataclasses.dataclass(frozen=True)
class Embedded(Message):
    """The vectors that were asked for, one after the other: little-endian float32, each of length 1."""

    type: ClassVar[str] = "embedded"
    id: int
    vectors: bytes
