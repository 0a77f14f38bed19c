"""Messages about the embedders, and the change from one to another. Standard library only."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from rag.errors import Problem
from rag.protocol.replies import Reply
from rag.protocol.requests import Request


@dataclasses.dataclass(frozen=True)
class InstalledEmbedder:
    """An embedder on this machine; ``embedder`` is its id. ``kind`` is ``folder`` (sentence-transformers) or ``gguf``.

    ``languages`` are those that it was made for: none where nobody has said, ``*`` for too many to name. One that
    ``is_chosen`` answers (``is_answering``) as soon as all ``passages`` are ``passages_embedded`` by it.
    """

    embedder: str
    name: str
    path: str
    kind: str
    languages: tuple[str, ...]
    dimensions: int
    is_chosen: bool
    is_answering: bool
    passages_embedded: int
    passages: int
    problem: Problem | None = None


@dataclasses.dataclass(frozen=True)
class OfferedEmbedder:
    """An embedder that Phial knows and that isn't here: the ``file``, with its SHA-256, in a public ``repository``."""

    name: str
    languages: tuple[str, ...]
    repository: str
    file: str
    sha256: str


@dataclasses.dataclass(frozen=True)
class ListEmbedders(Request):
    """The embedders on this machine. Final ``embedders``."""

    type: ClassVar[str] = "list_embedders"


@dataclasses.dataclass(frozen=True)
class ChooseEmbedder(Request):
    """Search by meaning with this embedder (an id or a path), once every passage has its vector. Final ``embedders``.

    The one before it answers meanwhile. ``waits`` says whether the final reply waits for that; ``embedder_progress``
    comes up until then. Cancelling ends the waiting, not the change.
    """

    type: ClassVar[str] = "choose_embedder"
    embedder: str
    waits: bool = False


@dataclasses.dataclass(frozen=True)
class AddEmbedder(Request):
    """Use a sentence-transformers folder, or a GGUF file, where it lies. Final ``embedders``."""

    type: ClassVar[str] = "add_embedder"
    path: str


@dataclasses.dataclass(frozen=True)
class EmbedderProgress(Reply):
    """How many of the passages the embedder that was chosen has embedded; ``is_given_up``: another was chosen since."""

    type: ClassVar[str] = "embedder_progress"
    name: str
    passages_embedded: int
    passages: int
    is_given_up: bool = False


@dataclasses.dataclass(frozen=True)
class Embedders(Reply):
    """The embedders on this machine, and those that could be had."""

    type: ClassVar[str] = "embedders"
    is_final: ClassVar[bool] = True
    embedders: tuple[InstalledEmbedder, ...]
    offered: tuple[OfferedEmbedder, ...]
