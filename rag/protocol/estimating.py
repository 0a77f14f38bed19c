"""How long something will take: asked before it is begun. Standard library only."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from typing import ClassVar

from rag.protocol.replies import Reply
from rag.protocol.requests import Request
from rag.protocol.summaries import SummaryLength, SummaryMode
from rag.protocol.values import EVERYWHERE, Scope


class Errand(StrEnum):
    """What a client may have the worker do that takes time: ``ask``, ``summarise``, ``find_all``."""

    ASK = "ask"
    SUMMARISE = "summarise"
    FIND_ALL = "find_all"


@dataclasses.dataclass(frozen=True)
class Estimate(Request):
    """Say how long an ``errand`` over ``scope`` would take now. Final ``estimated``.

    ``mode``, ``length`` and ``compares`` are those of ``summarise``, and count for nothing else. ``without`` is that of
    the errand.
    """

    type: ClassVar[str] = "estimate"
    errand: Errand
    scope: Scope = EVERYWHERE
    mode: SummaryMode = SummaryMode.THOROUGH
    length: SummaryLength = SummaryLength.PARAGRAPH
    compares: bool = False
    without: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Estimated(Reply):
    """Seconds from now to the first word and to the end, -1 where nothing honest can be said of them.

    ``documents`` is how many the errand goes through; a question, which takes as long over one as over all, has 0.
    ``is_measured``: by how long the same took on this machine, else by what the machine can do.
    """

    type: ClassVar[str] = "estimated"
    is_final: ClassVar[bool] = True
    first_word_s: float
    total_s: float
    documents: int
    is_measured: bool
