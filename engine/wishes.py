"""What a person wants of the model's process."""

from __future__ import annotations

import dataclasses

from engine.kv_store import NO_STATES, KvBudget


@dataclasses.dataclass(frozen=True)
class Wishes:
    """What a person wants of the model's process.

    It is ended ``idle_seconds`` after the last call; ``context`` is in tokens, None: what is safe for the model. ``kv``
    says where the states of blocks are kept, from the next loading on. ``spares_core``: other work of ours is under way
    that doesn't wait for answers.
    """

    idle_seconds: float = 300.0
    context: int | None = None
    kv: KvBudget = NO_STATES
    spares_core: bool = False
