"""Whose turn it is to use the model: one at a time, and who only prepares gives way to whoever waits."""

from __future__ import annotations

import threading
from collections.abc import Callable

from engine.running_process import POLL_SECONDS


class Turn:
    """One turn. Safe from any thread; whoever has taken it releases it."""

    def __init__(self) -> None:
        self._taken = threading.Lock()
        self._waiting = 0
        self._guard = threading.Lock()

    @property
    def is_wanted(self) -> bool:
        """Whether somebody waits for it."""
        return self._waiting > 0

    def take(self, is_cancelled: Callable[[], bool]) -> bool:
        """Wait for it; whether it was given before that was cancelled."""
        with self._guard:
            self._waiting += 1
        try:
            while not self._taken.acquire(timeout=POLL_SECONDS):
                if is_cancelled():
                    return False
            return True
        finally:
            with self._guard:
                self._waiting -= 1

    def take_if_free(self) -> bool:
        """Take it where nobody has it or waits for it; whether it was taken."""
        return not self.is_wanted and self._taken.acquire(blocking=False)

    def release(self) -> None:
        """Let the next one have it."""
        self._taken.release()
