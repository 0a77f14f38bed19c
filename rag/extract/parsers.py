"""Reading a document page by page through parser processes: what one of them can't read costs that page, no more."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.frames import Message
from rag.errors import LibraryProblem, PhialError, Problem
from rag.extract.formats import detect_format, file_size
from rag.extract.limits import MOST_BYTES
from rag.extract.messages import Failed, Finished, Opened, PageRead, ReadDocument
from rag.extract.parser_pool import ParserPool
from rag.extract.parser_process import ParserFailure, ParserProcess
from rag.extract.patience import Cancelled, patiently
from rag.extract.process_limits import USUAL_LIMITS, Limits
from rag.pages import DocumentInfo, PageText

MOST_TRIES = 2
"""How often a page that ends its parser is tried."""


def read_document(
    path: Path,
    is_cancelled: Callable[[], bool],
    limits: Limits = USUAL_LIMITS,
    first_page: int = 1,
    password: str = "",
    pool: ParserPool | None = None,
) -> Iterator[DocumentInfo | PageText]:
    """What the document at ``path`` is, then its pages from ``first_page`` (from 1) on, in order, as they are read.

    A page on which the parser dies, hangs or takes too much memory is tried again in a fresh process, at last without
    looking at other pages for its sake; then it comes with its ``problem``, and reading goes on behind it. The stream
    ends early, without a word, when ``is_cancelled`` says so; closing the iterator ends the parser. Processes come from
    the ``pool`` where one is given, which is held to limits of its own.

    Raises PhialError: what ``accepted_format`` and the format's reader raise; DOCUMENT_TOO_LONG; PARSER_DIED,
    PARSER_TIMED_OUT, PARSER_OUT_OF_MEMORY where the document can't even be opened, or takes longer in all than it may.
    """
    path = path.absolute()
    try:
        format_name = accepted_format(path, is_cancelled, limits)
    except Cancelled:
        return iter(())
    return _Reading(
        path, format_name, is_cancelled, pool or ParserPool(limits, most_idle=0), first_page, password
    ).items()


def accepted_format(path: Path, is_cancelled: Callable[[], bool], limits: Limits = USUAL_LIMITS) -> str:
    """The format of the file at ``path``, of which there is not more than may be read.

    Raises Cancelled; PhialError: what ``detect_format`` raises, FILE_TOO_LARGE, PATH_NOT_ANSWERING.
    """
    format_name, size = patiently(lambda _: (detect_format(path), file_size(path)), path, is_cancelled)
    limit = min(MOST_BYTES[format_name], limits.file_bytes)
    if size > limit:
        raise PhialError(LibraryProblem.FILE_TOO_LARGE, path=str(path), bytes=size, limit=limit)
    return format_name


def error_of(problem: Problem) -> PhialError:
    """A problem that a parser process reported, to be raised."""
    return PhialError(LibraryProblem(problem.kind), problem.details, **problem.parameters)


class _Reading:
    """The state of reading one document: which page is next, how often it was tried, how long all of it has taken."""

    def __init__(
        self,
        path: Path,
        format_name: str,
        is_cancelled: Callable[[], bool],
        pool: ParserPool,
        first_page: int,
        password: str,
    ) -> None:
        self._path = path
        self._format = format_name
        self._password = password
        self._is_cancelled = is_cancelled
        self._pool = pool
        self._info: DocumentInfo | None = None
        self._next_page = first_page
        self._tries = 0
        self._is_alone = False
        self._seconds_left = pool.limits.document_seconds
        self._is_finished = False

    def items(self) -> Iterator[DocumentInfo | PageText]:
        while not self._is_finished:
            try:
                yield from self._read_on()
            except ParserFailure as failure:
                problem = failure.problem(str(self._path), self._next_page)
                self._tries += 1
                most = MOST_TRIES if self._is_alone else MOST_TRIES + 1
                if self._seconds_left <= 0 or (self._info is None and self._tries >= most):
                    raise error_of(problem) from failure
                if self._tries >= most:
                    yield PageText(self._next_page, "", "", (), 0.0, 0.0, (), problem, has_pictures=False)
                    self._advance()

    def _read_on(self) -> Iterator[DocumentInfo | PageText]:
        """Read from the next page on; after a failure in a fresh process."""
        with self._pool.taken(fresh=self._tries > 0) as parser:
            # Twice in vain: was it the page itself, or one that was looked at for its sake?
            is_alone = self._is_alone or self._tries == MOST_TRIES
            parser.send(ReadDocument(str(self._path), self._format, self._next_page, self._password, is_alone))
            seconds = self._pool.limits.opening_seconds
            message: Message | None = None
            while not self._is_finished:
                message = self._receive(parser, seconds)
                seconds = self._pool.limits.page_seconds
                if message is None or isinstance(message, Finished):
                    self._is_finished = True
                elif isinstance(message, Opened) and self._info is None:
                    self._info = DocumentInfo(message.format, message.title, message.pages, message.dated)
                    yield self._info
                elif isinstance(message, PageRead) and message.number == self._next_page:
                    page = message.page()
                    self._is_alone = is_alone
                    self._advance()
                    yield page
                elif isinstance(message, Failed):
                    raise error_of(message.problem)
                elif not isinstance(message, Opened):
                    raise ParserFailure(LibraryProblem.PARSER_DIED, details=f"unexpected {message.type}")
            if message is not None and not isinstance(message, Finished):
                message = self._receive(parser, seconds)
            parser.is_done = isinstance(message, Finished)

    def _receive(self, parser: ParserProcess, seconds: float) -> Message | None:
        if self._is_cancelled():
            return None
        started = time.monotonic()
        try:
            return parser.receive(min(seconds, max(0.0, self._seconds_left)), self._is_cancelled)
        finally:
            self._seconds_left -= time.monotonic() - started

    def _advance(self) -> None:
        self._next_page += 1
        self._tries = 0
        self._is_finished = self._info is not None and self._next_page > self._info.pages
