"""A parser process that is kept while one thing after another is asked of it, and ended when it is idle."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

from engine.frames import Message
from rag.extract.parser_process import TICK_SECONDS, ParserProcess
from rag.extract.process_limits import Limits

IDLE_SECONDS = 30.0


class WarmProcess:
    """At most one process at a time, for one thread at a time."""

    def __init__(self, limits: Limits, idle_seconds: float = IDLE_SECONDS) -> None:
        self._limits = limits
        self._idle_seconds = idle_seconds
        self._lock = threading.Lock()
        self._parser: ParserProcess | None = None
        self._last_use = 0.0
        self._timer: threading.Timer | None = None

    @property
    def is_warm(self) -> bool:
        """Whether there is a process that has answered before."""
        return self._parser is not None

    @contextlib.contextmanager
    def taken(self, is_cancelled: Callable[[], bool]) -> Iterator[bool]:
        """Have it for this thread alone; false where the wait for it was cancelled."""
        while not self._lock.acquire(timeout=TICK_SECONDS):
            if is_cancelled():
                yield False
                return
        try:
            yield True
        finally:
            self._last_use = time.monotonic()
            self._watch_idleness()
            self._lock.release()

    def ask(self, request: Message, is_cancelled: Callable[[], bool]) -> Message | None:
        """What the process says to ``request``, while it is taken; None when it was cancelled. Raises ParserFailure.

        A process that fails, or is to be cancelled, is ended: it would still say what nobody waits for.
        """
        message = None
        seconds = self._limits.page_seconds
        try:
            if self._parser is None:
                self._parser = ParserProcess(self._limits)
                seconds += self._limits.opening_seconds
            self._parser.send(request)
            message = self._parser.receive(seconds, is_cancelled)
            return message
        finally:
            if message is None:
                self._end()

    def close(self) -> None:
        """End the process. Another is started when something is asked again."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._parser is not None:
            self._parser.end()
            self._parser = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _watch_idleness(self) -> None:
        if self._parser is None or self._timer is not None:
            return
        self._timer = threading.Timer(self._idle_seconds, self._end_when_idle)
        self._timer.daemon = True
        self._timer.start()

    def _end_when_idle(self) -> None:
        with self._lock:
            self._timer = None
            if time.monotonic() - self._last_use >= self._idle_seconds:
                self._end()
            else:
                self._watch_idleness()
