"""Whether there is memory for a model: asked before it is loaded, and seen when it is not enough after all."""

from __future__ import annotations

from engine import hardware
from engine.catalogue import InstalledModel
from engine.errors import EngineProblem, PhialError


def check_memory(model: InstalledModel, context: int, free: int) -> None:
    """Raises PhialError: MEMORY_TOO_SMALL, where ``model`` needs more than ``free`` bytes for so many tokens."""
    assert model.header is not None  # noqa: S101 - a model that can be used has one
    needed = hardware.memory_needed(model.header, context)
    if needed > free:
        raise PhialError(EngineProblem.MEMORY_TOO_SMALL, model=model.name, needed=needed, free=free)


def was_too_small(error: BaseException) -> bool:
    """Whether ``error`` says that the memory was not enough."""
    return isinstance(error, PhialError) and error.kind is EngineProblem.MEMORY_TOO_SMALL
