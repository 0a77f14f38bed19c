"""Pictures of pages for the reader pane, from one warm parser process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from engine.frames import Message
from rag.errors import LibraryProblem
from rag.extract.messages import Failed, Painted, PaintPage
from rag.extract.parser_process import TICK_SECONDS, ParserFailure, ParserProcess
from rag.extract.parsers import error_of
from rag.extract.process_limits import USUAL_LIMITS, Limits
from rag.pages import Picture

IDLE_SECONDS = 30.0


class PagePainter:
    """Paints pages of PDFs in a process that is kept while pages are being turned, and ended when idle. Thread-safe."""

    def __init__(self, limits: Limits = USUAL_LIMITS, idle_seconds: float = IDLE_SECONDS) -> None:
        self._limits = limits
        self._idle_seconds = idle_seconds
        self._lock = threading.Lock()
        self._parser: ParserProcess | None = None
        self._last_use = 0.0
        self._timer: threading.Timer | None = None

    def paint(
        self, path: Path, page: int, scale: float, is_cancelled: Callable[[], bool], format_name: str, password: str
    ) -> Picture | None:
        """The page (from 1) of the PDF or image at ``path`` at ``scale`` pixels a point; None when it was cancelled.

        A scale that gives more than ``Limits.picture_pixels`` is lessened: the picture's own size tells.

        Raises PhialError: PAGE_MISSING, PAGE_FAILED, PATH_MISSING, PATH_UNREADABLE, PDF_BROKEN, PDF_ENCRYPTED,
        PDF_WITHOUT_PAGES, PARSER_DIED, PARSER_TIMED_OUT, PARSER_OUT_OF_MEMORY.
        """
        while not self._lock.acquire(timeout=TICK_SECONDS):
            if is_cancelled():
                return None
        try:
            request = PaintPage(str(path.absolute()), format_name, page, scale, self._limits.picture_pixels, password)
            message = self._ask(request, is_cancelled)
        except ParserFailure as failure:
            raise error_of(failure.problem(str(path), page)) from failure
        finally:
            self._last_use = time.monotonic()
            self._watch_idleness()
            self._lock.release()
        if isinstance(message, Failed):
            raise error_of(message.problem)
        if isinstance(message, Painted):
            return Picture(message.png, message.width, message.height, message.pages)
        return None

    def close(self) -> None:
        """End the process. The painter can still be used: it starts another."""
        with self._lock:
            self._end()

    def _ask(self, request: PaintPage, is_cancelled: Callable[[], bool]) -> Message | None:
        was_warm = self._parser is not None
        try:
            return self._ask_once(request, is_cancelled)
        except ParserFailure as failure:
            # A process that died between two pages says nothing against this page.
            if not was_warm or failure.kind is not LibraryProblem.PARSER_DIED:
                raise
            return self._ask_once(request, is_cancelled)

    def _ask_once(self, request: PaintPage, is_cancelled: Callable[[], bool]) -> Message | None:
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
            if message is None:  # failed, or cancelled: it would still send a picture that nobody waits for
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
