"""The GGUF embedders that Phial knows (assets/embedders.json), and which of them a file is."""

from __future__ import annotations

import dataclasses
import functools
import re
from pathlib import Path
from typing import ClassVar

from engine.frames import Codec, Message
from engine.gguf_header import GgufHeader
from engine.paths import assets

EVERY_LANGUAGE = "*"
"""Stands for the languages of an embedder that was made for too many to name."""


@dataclasses.dataclass(frozen=True)
class KnownEmbedder:
    """An embedder as its makers describe it.

    ``languages`` are those it was made for, or EVERY_LANGUAGE alone. The prompts stand before whatever
    is embedded: it was trained with them. ``called`` is what its file or its header calls it, in letters and digits
    alone. ``repository``, ``file`` and ``sha256`` say where a person finds it, and how they know it.
    """

    name: str
    architecture: str
    dimensions: int
    layers: int
    languages: tuple[str, ...]
    called: tuple[str, ...]
    question_prompt: str
    passage_prompt: str
    repository: str
    file: str
    sha256: str

    def __post_init__(self) -> None:
        if not re.fullmatch("[0-9a-f]{64}", self.sha256):
            raise ValueError(f"{self.name}: sha256")
        if self.dimensions <= 0 or self.layers <= 0 or not self.called:
            raise ValueError(f"{self.name}: what it is known by")


@dataclasses.dataclass(frozen=True)
class _Table(Message):
    type: ClassVar[str] = "embedder_table"
    embedders: tuple[KnownEmbedder, ...]


@functools.cache
def known_embedders() -> tuple[KnownEmbedder, ...]:
    """The table as it is shipped, in the order in which they are offered."""
    table = Codec(1, [_Table]).decode((assets() / "embedders.json").read_bytes())
    assert isinstance(table, _Table)  # noqa: S101 - the codec knows no other message
    return table.embedders


def recognised(header: GgufHeader, path: Path) -> KnownEmbedder | None:
    """The embedder that the file at ``path`` holds, or None: its shape must be the table's, and a name agree."""
    names = [_letters(name) for name in (path.stem, header.name, header.basename)]
    shape = (header.architecture, header.embedding_length, header.block_count)
    for known in known_embedders():
        is_named = any(called in name for called in known.called for name in names)
        if is_named and shape == (known.architecture, known.dimensions, known.layers):
            return known
    return None


def _letters(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())
