"""Reading scanned pages by OCR, from one warm parser process."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from pathlib import Path

from engine.frames import Message
from rag.errors import LibraryProblem, PhialError
from rag.extract.messages import Failed, PageRead, RecognizePage
from rag.extract.parser_process import ParserFailure
from rag.extract.parsers import error_of
from rag.extract.process_limits import USUAL_LIMITS, Limits
from rag.extract.warm_process import IDLE_SECONDS, WarmProcess
from rag.pages import PageText

MOST_TRIES = 2
"""How often a page that ends the process is tried."""
MOST_THREADS = 4
"""More make a page little faster: most of its lines are short."""

OCR_LIMITS = dataclasses.replace(USUAL_LIMITS, page_seconds=180.0)
"""A page of small print takes seconds on a fast processor, and this one runs behind everything else."""


class PageRecognizer:
    """Reads pages by OCR, in a process that is kept while pages wait and ended when idle. Thread-safe."""

    def __init__(self, limits: Limits = OCR_LIMITS, idle_seconds: float = IDLE_SECONDS) -> None:
        self._process = WarmProcess(limits, idle_seconds)
        self._threads = max(1, min((os.cpu_count() or 1) - 1, MOST_THREADS))

    def recognize(
        self, path: Path, format_name: str, page: int, password: str, is_cancelled: Callable[[], bool]
    ) -> PageText | None:
        """The page (from 1) of the PDF or image at ``path`` as OCR reads it; None when it was cancelled.

        A page on which the process dies, hangs or takes too much memory is tried once more in a fresh one. Raises
        PhialError: OCR_FAILED where that fails too; PAGE_MISSING, PAGE_FAILED, PATH_MISSING, PATH_UNREADABLE,
        PDF_BROKEN, PDF_ENCRYPTED, IMAGE_BROKEN, IMAGE_TOO_LARGE.
        """
        request = RecognizePage(str(path.absolute()), format_name, page, self._threads, password)
        with self._process.taken(is_cancelled) as is_mine:
            message = self._ask(request, is_cancelled) if is_mine else None
        if isinstance(message, Failed):
            raise error_of(message.problem)
        return message.page() if isinstance(message, PageRead) else None

    def _ask(self, request: RecognizePage, is_cancelled: Callable[[], bool]) -> Message | None:
        tries = 0
        while True:
            try:
                return self._process.ask(request, is_cancelled)
            except ParserFailure as failure:
                tries += 1
                if tries >= MOST_TRIES:
                    problem = failure.problem(request.path, request.page)
                    details = " ".join(part for part in (problem.kind, problem.details) if part)
                    raise PhialError(
                        LibraryProblem.OCR_FAILED, details, path=request.path, page=request.page
                    ) from failure

    def close(self) -> None:
        """End the process. The recognizer can still be used: it starts another."""
        self._process.close()
