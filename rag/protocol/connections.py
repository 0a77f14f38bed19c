"""Messages about the ledger of connections. Standard library only."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from rag.protocol.replies import Reply
from rag.protocol.requests import Request

FOR_AN_UPDATE = "update"
"""Begins the ``model`` of a connection that looked for, or fetched, a newer version of this program."""


@dataclasses.dataclass(frozen=True)
class Connection:
    """A connection that was made, or tried: when (``at``, Unix time), to which ``address`` (host:port), what for.

    ``model`` is the id of the model that was asked for; for a newer version of this program it is ``update``, with the
    version where that was fetched. ``bytes`` is what came. ``outcome`` is the server's status, a
    word for why no answer came (unreachable, untrusted, broken off), or both; "" where it is open, or was when the
    program ended.
    """

    at: float
    address: str
    model: str
    bytes: int
    outcome: str


@dataclasses.dataclass(frozen=True)
class ListConnections(Request):
    """Every connection ever made. Final ``connections``."""

    type: ClassVar[str] = "list_connections"


@dataclasses.dataclass(frozen=True)
class Connections(Reply):
    """Every connection ever made, oldest first."""

    type: ClassVar[str] = "connections"
    is_final: ClassVar[bool] = True
    connections: tuple[Connection, ...]
