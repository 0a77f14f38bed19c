"""Turns at something that only one thread can use at a time: whoever a person waits for goes first."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator


class Turns:
    """A lock with two kinds of callers: the urgent ones pass those that are not."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._urgent = 0
        self.is_taken = False

    @contextlib.contextmanager
    def taken(self, *, is_urgent: bool) -> Iterator[None]:
        """Wait for a turn, and have it."""
        with self._condition:
            self._urgent += is_urgent
            self._condition.wait_for(lambda: not self.is_taken and (is_urgent or not self._urgent))
            self._urgent -= is_urgent
            self.is_taken = True
        try:
            yield
        finally:
            with self._condition:
                self.is_taken = False
                self._condition.notify_all()
