"""Pictures of pages for the reader pane, from one warm parser process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.frames import Message
from rag.errors import LibraryProblem
from rag.extract.messages import Failed, ListOutline, OutlineListed, Painted, PaintPage
from rag.extract.parser_process import ParserFailure
from rag.extract.parsers import error_of
from rag.extract.process_limits import USUAL_LIMITS, Limits
from rag.extract.warm_process import IDLE_SECONDS, WarmProcess
from rag.pages import Picture


class PagePainter:
    """Paints pages of PDFs and images, in a process that is kept while pages are being turned. Thread-safe."""

    def __init__(self, limits: Limits = USUAL_LIMITS, idle_seconds: float = IDLE_SECONDS) -> None:
        self._limits = limits
        self._process = WarmProcess(limits, idle_seconds)

    def paint(
        self, path: Path, page: int, scale: float, is_cancelled: Callable[[], bool], format_name: str, password: str
    ) -> Picture | None:
        """The page (from 1) of the PDF or image at ``path`` at ``scale`` pixels a point; None when it was cancelled.

        A scale that gives more than ``Limits.picture_pixels`` is lessened: the picture's own size tells.

        Raises PhialError: PAGE_MISSING, PAGE_FAILED, PATH_MISSING, PATH_UNREADABLE, PDF_BROKEN, PDF_ENCRYPTED,
        PDF_WITHOUT_PAGES, IMAGE_BROKEN, IMAGE_TOO_LARGE, PARSER_DIED, PARSER_TIMED_OUT, PARSER_OUT_OF_MEMORY.
        """
        request = PaintPage(str(path.absolute()), format_name, page, scale, self._limits.picture_pixels, password)
        message = self._answer(request, path, page, is_cancelled)
        if isinstance(message, Painted):
            return Picture(message.png, message.width, message.height, message.pages)
        return None

    def outline(
        self, path: Path, most: int, is_cancelled: Callable[[], bool], format_name: str, password: str
    ) -> tuple[tuple[str, int, int], ...]:
        """Title, level and page of the ``most`` first entries of the document's own outline; none when cancelled.

        Raises PhialError as ``paint`` does.
        """
        message = self._answer(ListOutline(str(path.absolute()), format_name, most, password), path, 1, is_cancelled)
        return message.entries if isinstance(message, OutlineListed) else ()

    def _answer(self, request: Message, path: Path, page: int, is_cancelled: Callable[[], bool]) -> Message | None:
        """What the process says to ``request``; None when it was cancelled. Raises PhialError."""
        with self._process.taken(is_cancelled) as is_mine:
            if not is_mine:
                return None
            try:
                message = self._ask(request, is_cancelled)
            except ParserFailure as failure:
                raise error_of(failure.problem(str(path), page)) from failure
        if isinstance(message, Failed):
            raise error_of(message.problem)
        return message

    def close(self) -> None:
        """End the process. The painter can still be used: it starts another."""
        self._process.close()

    def _ask(self, request: Message, is_cancelled: Callable[[], bool]) -> Message | None:
        was_warm = self._process.is_warm
        try:
            return self._process.ask(request, is_cancelled)
        except ParserFailure as failure:
            # A process that died between two pages says nothing against this page.
            if not was_warm or failure.kind is not LibraryProblem.PARSER_DIED:
                raise
            return self._process.ask(request, is_cancelled)
