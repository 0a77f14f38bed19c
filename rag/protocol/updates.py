"""Messages about a newer version of the program, looked for when a person asks. Standard library only."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from rag.protocol.replies import Reply
from rag.protocol.requests import Request


@dataclasses.dataclass(frozen=True)
class LookForUpdate(Request):
    """Look once whether there is a newer version; notes in ``language``. Final ``update_found``. One connection."""

    type: ClassVar[str] = "look_for_update"
    language: str = ""


@dataclasses.dataclass(frozen=True)
class GetUpdate(Request):
    """Fetch the installer of the version that was found last, after a look where there was none.

    Up: ``update_progress``; final ``update_arrived``. It is never run. Cancelling keeps what has arrived.
    """

    type: ClassVar[str] = "get_update"


@dataclasses.dataclass(frozen=True)
class UpdateFound(Reply):
    """What ``host`` says, whose signature was checked: the newest version, of which ``day`` (ISO 8601), and ``notes``.

    ``is_newer``: than ``ours``. ``file`` and ``bytes`` are what would be fetched for this ``system``, "" and 0 where it
    has nothing for it; ``from_host`` is where that lies.
    """

    type: ClassVar[str] = "update_found"
    is_final: ClassVar[bool] = True
    version: str
    ours: str
    is_newer: bool
    day: str
    notes: str
    host: str
    system: str
    file: str
    bytes: int
    from_host: str


@dataclasses.dataclass(frozen=True)
class UpdateProgress(Reply):
    """How far the installer is."""

    type: ClassVar[str] = "update_progress"
    version: str
    host: str
    bytes_done: int
    bytes: int


@dataclasses.dataclass(frozen=True)
class UpdateArrived(Reply):
    """The installer lies at ``path``, and is what was signed."""

    type: ClassVar[str] = "update_arrived"
    is_final: ClassVar[bool] = True
    version: str
    path: str
