"""What can be downloaded by name: the Phi models and the embedders of both tables (assets/*.json)."""

from __future__ import annotations

import dataclasses
import functools
from enum import StrEnum

from engine.errors import EngineProblem, PhialError
from engine.known_embedders import known_embedders
from engine.phi import phi_table


class DownloadKind(StrEnum):
    """What a file is for, which decides the folder that it goes to."""

    MODEL = "model"
    EMBEDDER = "embedder"
    INSTALLER = "installer"


@dataclasses.dataclass(frozen=True)
class Downloadable:
    """A file of a repository of the hub. ``bytes`` is None where nobody has read its size; ``sha256`` is in hex."""

    id: str
    name: str
    repository: str
    file: str
    bytes: int | None
    sha256: str
    kind: DownloadKind


@functools.cache
def downloadables() -> tuple[Downloadable, ...]:
    """All of them, the models in the order of preference, then the embedders in theirs."""
    models = (
        Downloadable(phi.id, phi.name, phi.repository, phi.file, phi.bytes, phi.sha256, DownloadKind.MODEL)
        for phi in phi_table().models
    )
    embedders = (
        Downloadable(known.name.lower(), known.name, known.repository, known.file, None, known.sha256,
                     DownloadKind.EMBEDDER)
        for known in known_embedders()
    )  # fmt: skip
    return (*models, *embedders)


def downloadable(identity: str) -> Downloadable:
    """The model or the embedder that this id names.

    Raises PhialError: MODEL_NOT_RUN for a Phi that llama.cpp can't run, MODEL_UNKNOWN where the id names nothing.
    """
    for each in downloadables():
        if each.id == identity:
            return each
    for phi in phi_table().unsupported:
        if phi.id == identity:
            names = ", ".join(downloadable(instead).name for instead in phi.instead)
            raise PhialError(EngineProblem.MODEL_NOT_RUN, model=phi.name, instead=names)
    raise PhialError(EngineProblem.MODEL_UNKNOWN, model=identity)
