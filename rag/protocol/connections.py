"""Messages about the ledger of connections. Standard library only."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from rag.protocol.replies import Reply
from rag.protocol.requests import Request


@dataclasses.dataclass(frozen=True)
class Connection:
    """A connection that was made, or tried: when (``at``, Unix time), to which ``address`` (host:port), what for.

    ``model`` is the id of the model that was asked for. ``bytes`` is what came. ``outcome`` is the server's status, a
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
