"""Parser processes that read one document well may read the next: starting one costs more than reading a note."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

from rag.extract.parser_process import ParserProcess
from rag.extract.process_limits import USUAL_LIMITS, Limits

MOST_DOCUMENTS = 25
"""Documents a process, so that what one of them did to it is not there for long."""
MOST_MEMORY = 400 * 2**20
"""Bytes resident with which a process reads no further document."""
MOST_IDLE = 2
IDLE_SECONDS = 10.0


class ParserPool:
    """Hands out parser processes, fresh ones where none is idle. Thread-safe."""

    def __init__(
        self, limits: Limits = USUAL_LIMITS, idle_seconds: float = IDLE_SECONDS, most_idle: int = MOST_IDLE
    ) -> None:
        self.limits = limits
        self._most_idle = most_idle
        self._idle_seconds = idle_seconds
        self._lock = threading.Lock()
        self._idle: list[tuple[ParserProcess, float]] = []
        self._timer: threading.Timer | None = None
        self._is_closed = False

    @contextlib.contextmanager
    def taken(self, *, fresh: bool) -> Iterator[ParserProcess]:
        """A process for one document; a ``fresh`` one for a page that another could not read. Raises ParserFailure.

        It is ended unless ``ParserProcess.is_done`` was set inside: the document was read to its end, without a word
        of failure, and nothing of it is left to be said.
        """
        parser = self._idle_one() if not fresh else None
        parser = parser or ParserProcess(self.limits)
        parser.is_done = False
        try:
            yield parser
        finally:
            parser.documents += 1
            if not (parser.is_done and self._keep(parser)):
                parser.end()

    def close(self) -> None:
        """End the processes that are idle, and from now on every other after its document."""
        with self._lock:
            self._is_closed = True
            self._end_idle(older_than=0.0)

    def _idle_one(self) -> ParserProcess | None:
        with self._lock:
            while self._idle:
                parser, _ = self._idle.pop()
                if parser.is_running:
                    return parser
                parser.end()
        return None

    def _keep(self, parser: ParserProcess) -> bool:
        if parser.documents >= MOST_DOCUMENTS or parser.memory() > MOST_MEMORY:
            return False
        parser.clear_scratch()
        with self._lock:
            if self._is_closed or len(self._idle) >= self._most_idle:
                return False
            self._idle.append((parser, time.monotonic()))
            self._watch_idleness()
            return True

    def _watch_idleness(self) -> None:
        if self._timer is None:
            self._timer = threading.Timer(self._idle_seconds, self._look)
            self._timer.daemon = True
            self._timer.start()

    def _look(self) -> None:
        with self._lock:
            self._timer = None
            self._end_idle(older_than=self._idle_seconds)
            if self._idle:
                self._watch_idleness()

    def _end_idle(self, older_than: float) -> None:
        now = time.monotonic()
        kept = [(parser, since) for parser, since in self._idle if now - since < older_than]
        for parser, since in self._idle:
            if now - since >= older_than:
                parser.end()
        self._idle = kept
        if not kept and self._timer is not None:
            self._timer.cancel()
            self._timer = None
