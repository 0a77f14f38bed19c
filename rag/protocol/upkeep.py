"""Messages about what the worker does for itself, and that a person may wonder about. Standard library only."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from rag.protocol.replies import Reply


@dataclasses.dataclass(frozen=True)
class IndexRebuilding(Reply):
    """The vector index was damaged and is built anew from library.db: how many of the passages it has taken so far.

    Whoever watches hears of it; as many as there are: it is whole again. Nothing is embedded for it.
    """

    type: ClassVar[str] = "index_rebuilding"
    passages_taken: int
    passages: int
