"""The Phi models that Phial knows (assets/models.json), and which of them a file is."""

from __future__ import annotations

import dataclasses
import functools
import re
from pathlib import Path
from typing import ClassVar

from engine.frames import Codec, Message
from engine.gguf_header import GgufHeader
from engine.paths import assets

_SHA256 = re.compile("[0-9a-f]{64}")
_BILLIONS = re.compile("[0-9]+(?:[.][0-9]+)? B")

DEFAULT_CONTEXT = 4_096
"""Tokens, for a model that the table doesn't know: enough for passages and an answer, small enough for 8 GB."""


@dataclasses.dataclass(frozen=True)
class Wording:
    """A sentence for a person, in each language of the program."""

    en: str
    fr: str
    it: str

    def __post_init__(self) -> None:
        if not (self.en and self.fr and self.it):
            raise ValueError("a sentence that is missing")

    def spoken(self, language: str) -> str:
        """The sentence in ``language``, in English where it isn't there."""
        return {"fr": self.fr, "it": self.it}.get(language, self.en)


@dataclasses.dataclass(frozen=True)
class Phi:
    """A Phi that llama.cpp runs.

    ``safe_context`` is what to allocate (tokens): beyond it llama.cpp switches to the long-context RoPE factors, which
    makes short prompts worse. ``form`` names its chat form (engine.templates); ``called`` is what its file or its
    header calls it, in letters and digits alone. ``bytes`` (null where nobody has read it) and ``sha256`` are of
    ``file``. The table's order is that of preference on a laptop: the newest small ones, then those of 14 B, which a
    processor reads four times as slowly, then Phi-2, which was never taught to follow instructions.
    """

    id: str
    name: str
    parameters: str
    licence: str
    good_for: Wording
    architecture: str
    trained_context: int
    safe_context: int
    kv_bytes_per_token: int
    form: str
    called: tuple[str, ...]
    repository: str
    file: str
    bytes: int | None
    sha256: str

    def __post_init__(self) -> None:
        if not 0 < self.safe_context <= self.trained_context:
            raise ValueError(f"{self.id}: safe_context")
        if not _SHA256.fullmatch(self.sha256):
            raise ValueError(f"{self.id}: sha256")
        if self.kv_bytes_per_token <= 0 or (self.bytes is not None and self.bytes <= 0):
            raise ValueError(f"{self.id}: sizes")
        if not _BILLIONS.fullmatch(self.parameters):
            raise ValueError(f"{self.id}: parameters")

    @property
    def parameter_count(self) -> float:
        """How many numbers its weights are, as its makers round them."""
        return float(self.parameters.removesuffix(" B")) * 1e9


@dataclasses.dataclass(frozen=True)
class UnsupportedPhi:
    """A Phi that llama.cpp can't run: shown with its ``reason``, and what to take ``instead`` (ids)."""

    id: str
    name: str
    parameters: str
    licence: str
    reason: Wording
    instead: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class StarterModel:
    """The model that comes in a package, so that everything runs at once: it is no Phi, and stands in for one.

    ``file`` lies in the folder of the Python ``package``.
    """

    name: str
    parameters: str
    licence: str
    good_for: Wording
    package: str
    file: str
    sha256: str

    def __post_init__(self) -> None:
        if not _SHA256.fullmatch(self.sha256):
            raise ValueError("the starter: sha256")


@dataclasses.dataclass(frozen=True)
class PhiTable(Message):
    """The whole table."""

    type: ClassVar[str] = "phi_table"
    models: tuple[Phi, ...]
    unsupported: tuple[UnsupportedPhi, ...]
    starter: StarterModel


@functools.cache
def phi_table() -> PhiTable:
    """The table as it is shipped, strictly typed: the codec refuses a field too many, too few or of another kind."""
    table = Codec(1, [PhiTable]).decode((assets() / "models.json").read_bytes())
    assert isinstance(table, PhiTable)  # noqa: S101 - the codec knows no other message
    return table


def recognise(header: GgufHeader, path: Path) -> Phi | None:
    """The Phi that the file at ``path`` holds, or None.

    Its shape (architecture, KV bytes a token, trained context) must be that of the table; its name, in the header or of
    the file, decides between models of one shape, the longest name that fits first (phi31 before phi3).
    """
    names = [_letters(name) for name in (path.stem, header.name, header.basename)]
    same_shape = [
        phi
        for phi in phi_table().models
        if (phi.architecture, phi.trained_context, phi.kv_bytes_per_token)
        == (header.architecture, header.context_length, 2 * header.kv_width)
    ]
    by_length = sorted(((called, phi) for phi in same_shape for called in phi.called), key=lambda each: -len(each[0]))
    return next((phi for called, phi in by_length if any(called in name for name in names)), None)


def safe_context(header: GgufHeader, path: Path) -> int:
    """Tokens of context to allocate for the model at ``path`` where nobody asks for more."""
    phi = recognise(header, path)
    if phi is not None:
        return phi.safe_context
    return min(header.context_length or DEFAULT_CONTEXT, DEFAULT_CONTEXT)


def _letters(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())
