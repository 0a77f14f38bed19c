"""What a model process takes while it works, memory and processor time, watched from outside."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

import psutil

from engine.host import ModelHost

EVERY = 0.05  # seconds


def processor_seconds() -> float:
    """Seconds of processor time, of all threads, that the model process has taken; one alone must be there."""
    (process,) = [child for child in psutil.Process().children() if "engine.runtime" in child.cmdline()]
    times = process.cpu_times()
    return float(times.user + times.system)


class PeakMemory:
    """Watches ``host``'s process; ``bytes`` is the most that it had resident at any look."""

    def __init__(self, host: ModelHost) -> None:
        self.bytes = 0
        self._host = host
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="memory", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._is_over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._is_over.wait(EVERY):
            self.bytes = max(self.bytes, self._host.memory)
