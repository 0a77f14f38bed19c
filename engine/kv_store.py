"""The states of blocks of one model process: in memory up to a budget, and on disk (engine.kv_folder) up to another.

A state is bytes, which engine.kv_state makes and reads; what was used longest ago goes first. Decision 0152.
"""

from __future__ import annotations

import collections
import dataclasses
import functools
import queue
import threading
from collections.abc import Iterable
from pathlib import Path

from engine.kv_folder import KvFolder, StateKey


@dataclasses.dataclass(frozen=True)
class KvBudget:
    """Where states are kept, and how many bytes of them there may be. ``folder`` "": none on disk."""

    folder: str = ""
    memory: int = 0
    disk: int = 0


NO_STATES = KvBudget()
"""Nothing is kept: a block is computed anew each time."""


class KvStore:
    """The states of one model process. Safe from any thread."""

    def __init__(self, budget: KvBudget) -> None:
        self._budget = budget.memory
        self._guard = threading.RLock()
        self._memory: collections.OrderedDict[StateKey, bytes] = collections.OrderedDict()
        self._memory_bytes = 0
        self._epoch = 0
        self._folder = KvFolder(Path(budget.folder), budget.disk) if budget.folder else None
        self._unwritten: queue.SimpleQueue[tuple[StateKey, bytes, int] | threading.Event] = queue.SimpleQueue()
        if self._folder is not None:
            threading.Thread(target=self._write, args=(self._folder,), name="kv store", daemon=True).start()

    @property
    def memory_bytes(self) -> int:
        """Bytes of the states in memory."""
        return self._memory_bytes

    @property
    def epoch(self) -> int:
        """How often something was forgotten. What was begun before is not kept after (see ``put``)."""
        return self._epoch

    def __contains__(self, key: StateKey) -> bool:
        with self._guard:
            return key in self._memory or (self._folder is not None and key in self._folder)

    def get(self, key: StateKey) -> bytes | None:
        """The state for ``key``, from memory or from disk; None where there is none that is whole."""
        with self._guard:
            if key in self._memory:
                self._memory.move_to_end(key)
                return self._memory[key]
            epoch = self._epoch
        state = self._folder.read(key) if self._folder is not None else None
        if state is not None:
            self._remember(key, state, epoch)
        return state

    def put(self, key: StateKey, state: bytes, epoch: int) -> None:
        """Keep ``state``, which was begun at ``epoch``; a thread writes it to disk meanwhile.

        Where something was forgotten since then it is not kept: it may be what was to be forgotten.
        """
        self._remember(key, state, epoch)
        if self._folder is not None:
            self._unwritten.put((key, state, epoch))

    def forget(self, owners: Iterable[str]) -> None:
        """Forget every state of these ``owners``, in memory and on disk."""
        gone = frozenset(owners)
        with self._guard:
            self._epoch += 1
            for key in [key for key in self._memory if key.owner in gone]:
                self._memory_bytes -= len(self._memory.pop(key))
        if self._folder is not None:
            self._folder.forget(gone)

    def flush(self) -> None:
        """Wait until all that was put is on disk."""
        if self._folder is not None:
            is_written = threading.Event()
            self._unwritten.put(is_written)
            is_written.wait()

    def _remember(self, key: StateKey, state: bytes, epoch: int) -> None:
        with self._guard:
            if epoch != self._epoch or len(state) > self._budget:
                return
            self._memory_bytes += len(state) - len(self._memory.pop(key, b""))
            self._memory[key] = state
            while self._memory_bytes > self._budget:
                self._memory_bytes -= len(self._memory.popitem(last=False)[1])

    def _is_current(self, epoch: int) -> bool:
        return epoch == self._epoch

    def _write(self, folder: KvFolder) -> None:
        while True:
            item = self._unwritten.get()
            if isinstance(item, threading.Event):
                item.set()
            else:
                key, state, epoch = item
                folder.write(key, state, functools.partial(self._is_current, epoch))
