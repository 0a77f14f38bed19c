"""What a model process takes while it works, watched from outside."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from engine.host import ModelHost

EVERY = 0.05  # seconds


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
