"""Whether there is memory for a model: asked before it is loaded, made, and seen when it is not enough after all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from engine import hardware
from engine.catalogue import InstalledModel
from engine.errors import EngineProblem, PhialError


class Tenant(Protocol):
    """Who holds memory for a process of its own."""

    def give_way(self) -> None:
        """End the process, where nobody uses it; at once, and without waiting for anybody."""


class Room:
    """The memory that the processes of one library share: the idle ones end where another needs theirs.

    Safe from any thread.
    """

    def __init__(self) -> None:
        self._tenants: list[Tenant] = []

    def enter(self, tenant: Tenant) -> None:
        """``tenant`` may be asked to give way from now on."""
        self._tenants.append(tenant)

    def leave(self, tenant: Tenant) -> None:
        """``tenant`` holds nothing any more; it may have left before."""
        if tenant in self._tenants:
            self._tenants.remove(tenant)

    def make(self, needed: int, free: Callable[[], int], newcomer: Tenant) -> int:
        """Have ``needed`` bytes for the ``newcomer``, as far as others give way; what is ``free`` then, in bytes."""
        for tenant in self._tenants.copy():
            if tenant is not newcomer and needed > free():
                tenant.give_way()
        return free()


def must_quantize(model: InstalledModel, context: int, free: int) -> bool:
    """Whether ``model`` has room for so many tokens only with a quantized KV cache.

    Raises PhialError: MEMORY_TOO_SMALL, where it needs more than ``free`` bytes even so.
    """
    assert model.header is not None  # noqa: S101 - a model that can be used has one
    needed = hardware.memory_needed(model.header, context)
    if needed <= free:
        return False
    quantized = hardware.quantized_memory(model.header)
    needed = quantized(context) if quantized else needed
    if needed > free:
        raise PhialError(EngineProblem.MEMORY_TOO_SMALL, model=model.name, needed=needed, free=free)
    return True


def was_too_small(error: BaseException) -> bool:
    """Whether ``error`` says that the memory was not enough."""
    return isinstance(error, PhialError) and error.kind is EngineProblem.MEMORY_TOO_SMALL
