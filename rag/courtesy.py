"""A courteous guest: indexing gives way while an answer is being written, and to whatever else the person runs."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator

import psutil

NICENESS = 10
"""How far below normal priority the indexing threads run, where a system has priorities for threads."""

EMBEDDING_NICENESS = 15
"""Embedding gives way to reading too: a document is found by its words long before it is found by its meaning."""


class Courtesy:
    """Says when indexing may go on: not while it is paused, not while an answer is being written."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._answers = 0
        self.is_paused = False

    def pause(self, paused: bool) -> None:
        """Hold indexing, or let it go on."""
        with self._condition:
            self.is_paused = paused
            self._condition.notify_all()

    @contextlib.contextmanager
    def answering(self) -> Iterator[None]:
        """While an answer is being written."""
        with self._condition:
            self._answers += 1
        try:
            yield
        finally:
            with self._condition:
                self._answers -= 1
                self._condition.notify_all()

    @property
    def is_answering(self) -> bool:
        """Whether an answer is being written."""
        return self._answers > 0

    def let_answers_first(self, is_cancelled: Callable[[], bool]) -> None:
        """Between two parts of a long summary: wait until no answer is being written, or it is cancelled."""
        with self._condition:
            while self._answers and not is_cancelled():
                self._condition.wait(0.2)

    def wait(self, is_closing: Callable[[], bool]) -> None:
        """Between two batches: wait until indexing may go on, or the library closes."""
        with self._condition:
            while (self.is_paused or self._answers) and not is_closing():
                self._condition.wait(0.2)


def lower_priority(niceness: int = NICENESS) -> None:
    """Let the calling thread, and those that it starts, run behind the person's own programs."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        with contextlib.suppress(OSError):
            # Whoever started Phial may have put it further behind: it stays there.
            os.setpriority(os.PRIO_PROCESS, thread, max(niceness, os.getpriority(os.PRIO_PROCESS, thread)))


def computing_threads() -> int:
    """How many threads compute vectors: as many as there are cores, half as many on a battery."""
    cores = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    battery = None
    with contextlib.suppress(AttributeError, OSError, RuntimeError):  # where there is no way to tell
        battery = psutil.sensors_battery()
    is_on_battery = battery is not None and battery.power_plugged is False
    return max(1, cores // 2) if is_on_battery else cores
