"""The place of the one model process: which model is there, how it is started, saved and ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from engine import hardware
from engine.catalogue import InstalledModel
from engine.errors import EngineProblem, PhialError
from engine.fates import Fates
from engine.gguf_header import GgufHeader
from engine.phi import safe_context
from engine.room import Room, Tenant, must_quantize, was_too_small
from engine.running import RunningModel
from engine.running_process import POLL_SECONDS, Cancelled
from engine.wishes import Wishes


class ModelSlot:
    """At most one process, ``running``. Who starts or ends it holds the ``door``; who uses it says when (``touch``).

    ``model`` is the one that was loaded last, also while it sleeps, and ``context`` its tokens, 0 before the first.
    ``sleeps_for`` says why the process was ended last: ``idle``, ``pressure`` (others needed the memory), or "".
    """

    def __init__(
        self,
        log_folder: Path,
        wishes: Callable[[], Wishes],
        on_state: Callable[[str, InstalledModel | None], None],
        fates: Fates,
        room: Room,
        tenant: Tenant,
    ) -> None:
        """``tenant`` is who holds the process's memory in the ``room``."""
        self.running: RunningModel | None = None
        self.model: InstalledModel | None = None
        self.context = 0
        self.sleeps_for = ""
        self.door = threading.RLock()
        self.is_closed = threading.Event()
        self._log_folder = log_folder
        self._wishes = wishes
        self._on_state = on_state
        self._fates = fates
        self._room = room
        self._tenant = tenant
        self._fitting = 0  # the context that was chosen last for want of memory, or as it was safe
        self._last_used = time.monotonic()

    @property
    def memory(self) -> int:
        """Resident bytes of the process, 0 when there is none."""
        running = self.running
        return running.memory if running else 0

    @property
    def awake(self) -> RunningModel | None:
        """The process where it can be asked now."""
        running = self.running
        return running if running is not None and running.is_alive else None

    @property
    def is_idle(self) -> bool:
        """Whether nobody has used it for as long as the person wants."""
        return time.monotonic() - self._last_used >= self._wishes().idle_seconds

    def touch(self) -> None:
        """It is being used."""
        self._last_used = time.monotonic()

    def is_loaded(self, model: InstalledModel, context: int) -> bool:
        """Whether ``model`` is there with so many tokens."""
        running = self.awake
        return (
            running is not None
            and (running.model.path, running.context) == (model.path, context)
            and self.model is running.model  # it has been loaded, not only begun
        )

    def context_for(self, model: InstalledModel, header: GgufHeader, asked: int | None) -> int:
        """The tokens to load ``model`` with: those ``asked`` for, else what is safe, or less where memory is short."""
        safe = safe_context(header, model.path)
        if asked:
            return min(asked, header.context_length or safe)
        if not self.is_loaded(model, self._fitting):  # else it would be loaded again whenever a little more is free
            needed = partial(hardware.memory_needed, header)
            free = self._room.make(needed(safe), self._memory_free, self._tenant)
            self._fitting, _ = hardware.fitting_cache(needed, hardware.quantized_memory(header), safe, free)
        return self._fitting

    def wake(self, is_cancelled: Callable[[], bool]) -> RunningModel:
        """The process with the model that was loaded last, started where there is none.

        Raises PhialError, Cancelled.
        """
        while not self.door.acquire(timeout=POLL_SECONDS):
            if is_cancelled():
                raise Cancelled
        try:
            self.touch()
            if (running := self.awake) is not None:
                return running
            if self.model is None:
                raise PhialError(EngineProblem.NO_MODEL)
            return self.start(self.model, self.context, is_cancelled)
        finally:
            self.door.release()

    def start(self, model: InstalledModel, context: int, is_cancelled: Callable[[], bool]) -> RunningModel:
        """Load ``model`` in a process of its own, in place of any other; with fewer tokens where memory runs out.

        Only for who holds the door. Raises PhialError, Cancelled.
        """

        def is_over() -> bool:
            return self.is_closed.is_set() or is_cancelled()

        if self.is_closed.is_set():
            raise Cancelled
        assert model.header is not None  # noqa: S101 - a model that can be used has one
        free = self._room.make(hardware.memory_needed(model.header, context), self._memory_free, self._tenant)
        quantizes = must_quantize(model, context, free)
        self.end()
        self._on_state("loading", model)
        running = self.running = RunningModel(model, context, self._log_folder, self._lost, quantizes=quantizes)
        try:
            with self._fates.watched(model):
                running.load(is_over, self._wishes().kv)
        except BaseException as error:
            if running.is_alive:
                self.end()
            smaller = max(hardware.SMALLEST_CONTEXT, context // 2)
            if was_too_small(error) and smaller < context:
                self._fitting = smaller
                return self.start(model, smaller, is_cancelled)
            raise
        self.model, self.context = model, context
        self.touch()
        self._on_state("awake", model)
        return running

    def save(self, seconds: float) -> None:
        """Have the process write down what it has read. Only for who has the turn."""
        running = self.awake
        if running is not None and self.model is running.model:
            running.save(seconds)

    def end(self, reason: str = "") -> None:
        """End the process. Only for who holds the door."""
        running, self.running = self.running, None
        if running is not None and running.is_alive:
            self.sleeps_for = reason
            running.end()
            self._on_state("asleep", running.model)

    def _memory_free(self) -> int:
        """Bytes for a process to come: what this one takes will be free by then; what our others have mapped is not."""
        running = self.running
        others = hardware.mapped_by_children(apart_from=running.process_id if running else 0)
        return max(0, hardware.memory().available + self.memory - others)

    def _lost(self, running: RunningModel) -> None:
        if self.running is running:
            self._on_state("died", running.model)
