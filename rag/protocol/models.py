"""Messages about the models that can be had, and about getting one. Standard library only."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from typing import ClassVar

from rag.errors import Problem
from rag.protocol.replies import Reply
from rag.protocol.requests import Request
from rag.protocol.values import Speed


class DownloadState(StrEnum):
    """Where the getting of a model stands. ``paused`` and ``failed`` wait for the person; ``dropped``: it is gone."""

    RUNNING = "running"
    CHECKING = "checking"
    PAUSED = "paused"
    FAILED = "failed"
    DONE = "done"
    DROPPED = "dropped"


@dataclasses.dataclass(frozen=True)
class Download:
    """The getting of a model: ``bytes_done`` of ``bytes`` (0 where nobody knows yet), ``bytes_per_s`` lately.

    ``source`` is the host, or the folder, that it comes from. ``reason`` says why it failed, or what it waits for.
    """

    model: str
    name: str
    state: DownloadState
    bytes_done: int
    bytes: int
    bytes_per_s: float
    source: str
    reason: Problem | None = None


@dataclasses.dataclass(frozen=True)
class Machine:
    """What this machine has for a model. Bytes; ``accelerator`` names a GPU that is used, "" where there is none.

    ``cores`` are those that llama.cpp computes on. ``on_battery`` is false too where nobody can tell.
    """

    memory: int
    memory_free: int
    disk_free: int
    cores: int
    instructions: tuple[str, ...]
    accelerator: str
    on_battery: bool


@dataclasses.dataclass(frozen=True)
class Offer:
    """A model of the catalogue. ``good_for`` is a sentence; ``reason`` says why it can't be used here, else "".

    ``bytes`` and ``memory_needed`` (at ``context`` tokens) are 0 where nobody has read them. ``fit`` is ``fits``,
    ``tight``, ``does_not_fit``, or "" where nobody can say. ``instead`` are the ids of others to take. ``installed`` is
    the id of the model on this machine that is this one, or "".
    """

    model: str
    name: str
    parameters: str
    good_for: str
    licence: str
    bytes: int
    context: int
    memory_needed: int
    fit: str
    is_recommended: bool
    installed: str
    speed: Speed | None
    reason: str = ""
    instead: tuple[str, ...] = ()
    download: Download | None = None


@dataclasses.dataclass(frozen=True)
class ListOffers(Request):
    """The catalogue, held against this machine; sentences in ``language``. Final ``offers``."""

    type: ClassVar[str] = "list_offers"
    language: str = ""


@dataclasses.dataclass(frozen=True)
class GetModel(Request):
    """Get the model with this id of the catalogue, going on with what is there of it. Final ``models``.

    ``source`` is a file or a folder that holds it, "" for the network. ``download_changed`` comes up meanwhile.
    Cancelling ends the following, not the getting: ``pause_download`` and ``drop_download`` do that.
    """

    type: ClassVar[str] = "get_model"
    model: str
    source: str = ""


@dataclasses.dataclass(frozen=True)
class PauseDownload(Request):
    """Hold the getting of this model; ``get_model`` goes on with it. Final ``done``."""

    type: ClassVar[str] = "pause_download"
    model: str


@dataclasses.dataclass(frozen=True)
class DropDownload(Request):
    """End the getting of this model, and erase what is there of it. Final ``done``."""

    type: ClassVar[str] = "drop_download"
    model: str


@dataclasses.dataclass(frozen=True)
class BundleModels(Request):
    """Write these models, with their hashes, into a folder for a machine without a network. Final ``done``.

    Those that aren't here are got first: ``download_changed`` comes up meanwhile.
    """

    type: ClassVar[str] = "bundle_models"
    models: tuple[str, ...]
    folder: str


@dataclasses.dataclass(frozen=True)
class DownloadChanged(Reply):
    """The getting of a model has come on, or to an end. Whoever watches hears of each."""

    type: ClassVar[str] = "download_changed"
    download: Download


@dataclasses.dataclass(frozen=True)
class Offers(Reply):
    """The catalogue, in the order of preference, and the machine that it was held against."""

    type: ClassVar[str] = "offers"
    is_final: ClassVar[bool] = True
    machine: Machine
    offers: tuple[Offer, ...]
