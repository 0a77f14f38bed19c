"""Messages about a backup of the library, made and taken in. Standard library only."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from rag.protocol.replies import Reply
from rag.protocol.requests import Request


@dataclasses.dataclass(frozen=True)
class PathMap:
    """Documents that lay in the folder ``old`` lie in ``new`` now; each as its own system writes it."""

    old: str
    new: str


@dataclasses.dataclass(frozen=True)
class BackUp(Request):
    """Keep the library as one file at ``path``, which is not there yet. Up: ``backup_progress``; final ``backed_up``.

    ``with_models``: the models and embedders in the data folder too. ``with_vectors``: what the embedder made, which is
    otherwise computed anew after restoring. Cancelling leaves no file.
    """

    type: ClassVar[str] = "back_up"
    path: str
    with_models: bool = False
    with_vectors: bool = True


@dataclasses.dataclass(frozen=True)
class Restore(Request):
    """Take the library of the backup at ``path`` in, in the place of this one. Up: ``backup_progress``.

    Final ``restored``, after which the worker ends: the next one has the restored library open. What was here lies in
    the folder of backups then. Without ``replaces``, a library that holds anything is left as it is. Cancelling leaves
    everything as it was.
    """

    type: ClassVar[str] = "restore"
    path: str
    replaces: bool = False
    maps: tuple[PathMap, ...] = ()


@dataclasses.dataclass(frozen=True)
class BackupProgress(Reply):
    """How far it is: ``stage`` is ``copying``, ``packing``, ``checking``, ``unpacking`` or ``fitting``."""

    type: ClassVar[str] = "backup_progress"
    stage: str
    bytes_done: int
    bytes: int


@dataclasses.dataclass(frozen=True)
class BackedUp(Reply):
    """The backup is whole and was read back: its size in bytes, and how much it holds."""

    type: ClassVar[str] = "backed_up"
    is_final: ClassVar[bool] = True
    path: str
    bytes: int
    documents: int
    conversations: int


@dataclasses.dataclass(frozen=True)
class Restored(Reply):
    """The backup was taken in. ``away`` counts files that are not where they were.

    ``aside`` is the folder with the library that was here, "" where that held nothing. ``models`` are the names of
    models in the data folder there that are not in this one.
    """

    type: ClassVar[str] = "restored"
    is_final: ClassVar[bool] = True
    documents: int
    conversations: int
    away: int
    aside: str
    models: tuple[str, ...] = ()
