"""Reading one file into the library: hash, pages in batches, passages. Killed anywhere, it goes on from there."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from rag.chunk import CHUNKER_VERSION
from rag.cutting import CountTokens, cut_document
from rag.errors import LibraryProblem, PhialError, Problem, problem_of
from rag.extract import (
    EXTRACTOR_VERSION,
    Cancelled,
    DocumentInfo,
    PageText,
    accepted_format,
    hash_file,
    status_of,
)
from rag.protocol import DocumentState
from rag.stores.database import RowGone
from rag.stores.records import Records, WaitingFile, display_name

PAGES_A_BATCH = 32
SECONDS_A_BATCH = 0.5
"""What was read is committed after this many pages or seconds, whichever is first: a kill loses no more."""

_OF_THE_PATH = frozenset(
    {
        LibraryProblem.PATH_MISSING,
        LibraryProblem.PATH_UNREADABLE,
        LibraryProblem.PATH_PROTECTED,
        LibraryProblem.PATH_NOT_ANSWERING,
    }
)
"""Reasons that say nothing of the document itself."""

Read = Callable[[WaitingFile, str, Callable[[], bool], int], Iterator[DocumentInfo | PageText]]
"""Reads a file, whose SHA-256 is given, from a page (from 1) on (see Unlocker.read)."""

_log = logging.getLogger(__name__)


class Interrupted(Exception):
    """Reading was stopped; what was committed stays, the file still waits."""


class FileReader:
    """Takes files, one at a time, from their path to passages in library.db."""

    def __init__(
        self,
        records: Records,
        count_tokens: CountTokens,
        on_change: Callable[[str, str], None],
        pause_point: Callable[[], None],
        alone: Callable[[str], AbstractContextManager[None]],
        read: Read,
    ) -> None:
        """``on_change(key, former key)`` is told of every change; ``pause_point`` is called between two batches.

        ``alone(sha256)`` keeps every other reader from the document meanwhile; ``read`` gives what stands in it.
        """
        self._records = records
        self._count_tokens = count_tokens
        self._on_change = on_change
        self._pause_point = pause_point
        self._alone = alone
        self._read_items = read

    def read(self, file: WaitingFile, is_stopped: Callable[[], bool]) -> None:
        """Read ``file`` to its end, whatever comes of it: its outcome is in library.db.

        Raises Interrupted when it is stopped, PhialError DISK_FULL, LIBRARY_UNWRITABLE or LIBRARY_DAMAGED: those are
        failures of the library, and the file still waits.
        """
        sha256 = ""
        try:
            path = Path(file.path)
            accepted_format(path, is_stopped)
            found, status = hash_file(path, is_stopped)
            _check_unchanged(file, status)
            sha256 = found
            with self._alone(sha256):
                state = self._begin(file, sha256)
                self._forget_former_paths(file.path, sha256)
                self._on_change(sha256, file.path)
                if state in {DocumentState.READING, DocumentState.QUEUED}:
                    self._read_document(file, sha256, is_stopped)
                self._records.settle_file(file.path)
        except PhialError as error:
            if error.kind in {
                LibraryProblem.DISK_FULL,
                LibraryProblem.LIBRARY_UNWRITABLE,
                LibraryProblem.LIBRARY_DAMAGED,
            }:
                raise
            self._fail(file, sha256, problem_of(self._cause(error, file, sha256)))
        except Cancelled as error:
            raise Interrupted from error
        except RowGone as error:  # the document was removed while it was read
            raise Interrupted from error
        except Interrupted:
            raise
        except Exception as error:
            _log.exception("a file could not be read")
            self._fail(file, sha256, problem_of(error))
        self._on_change(sha256 or file.path, "")

    def _cause(self, error: PhialError, file: WaitingFile, sha256: str) -> PhialError:
        """Why the file can't be read: what is said of one that has changed, or gone, is not true of its content."""
        if sha256:
            try:
                _check_unchanged(file, status_of(Path(file.path), lambda: False))
            except PhialError as cause:
                return cause
        return error

    def _begin(self, file: WaitingFile, sha256: str) -> DocumentState:
        """Tie the file to its document; one that failed only because its file was not to be had is read on."""
        state = self._records.begin_document(file, sha256, (EXTRACTOR_VERSION, CHUNKER_VERSION))
        if state.is_settled:
            # Pages that OCR could not read because the file was not to be had can be read from here.
            self._records.recognize_again([sha256])
        if state is DocumentState.FAILED:
            for document in self._records.documents([sha256]):
                if document.reason is not None and document.reason.kind in _OF_THE_PATH:
                    self._records.set_state(sha256, DocumentState.READING)
                    return DocumentState.READING
        return state

    def _read_document(self, file: WaitingFile, sha256: str, is_stopped: Callable[[], bool]) -> None:
        done = self._records.pages_read(sha256)
        batch: list[PageText] = []
        begun = time.monotonic()
        info: DocumentInfo | None = None
        for item in self._read_items(file, sha256, is_stopped, done + 1):
            if isinstance(item, DocumentInfo):
                info = item
                self._records.describe_document(sha256, item.format, item.pages, item.dated)
                continue
            batch.append(item)
            if len(batch) >= PAGES_A_BATCH or time.monotonic() - begun > SECONDS_A_BATCH:
                self._keep(sha256, batch)
                batch, begun = [], time.monotonic()
                self._pause_point()
        if is_stopped():
            raise Interrupted
        self._keep(sha256, batch)
        _check_unchanged(file, status_of(Path(file.path), is_stopped))
        if info is not None and self._records.pages_read(sha256) < info.pages:
            raise PhialError(LibraryProblem.PARSER_DIED, path=file.path, page=self._records.pages_read(sha256) + 1)

        def count_tokens(texts: Sequence[str]) -> list[int]:
            if is_stopped():  # most of cutting a long document is this; nothing of it is written before its end
                raise Interrupted
            return self._count_tokens(texts)

        cut_document(self._records, count_tokens, sha256, display_name(file.path), file.path)

    def _keep(self, sha256: str, batch: list[PageText]) -> None:
        if batch:
            self._records.add_pages(sha256, batch)
            self._on_change(sha256, "")

    def _fail(self, file: WaitingFile, sha256: str, problem: Problem) -> None:
        if not sha256:
            self._records.fail_file(file.path, problem)
            self._fail_unread(file.sha256, problem)
            return
        if problem.kind == LibraryProblem.FILE_CHANGED:
            # Its pages may be those of two contents: none of them is kept under the sum of the first.
            self._records.disown(file.path, sha256, problem)
            self._on_change(file.path, sha256)
            return
        encrypted = problem.kind == LibraryProblem.PDF_ENCRYPTED
        self._records.set_state(sha256, DocumentState.NEEDS_PASSWORD if encrypted else DocumentState.FAILED, problem)
        self._records.settle_file(file.path)

    def _forget_former_paths(self, path: str, sha256: str) -> None:
        """A file that was moved or renamed is one document, at its new path and by its new name."""
        gone = [known for known in self._records.paths_here(sha256) if known != path and not os.path.lexists(known)]
        for known in gone:
            self._records.forget_path(known)
        if gone:
            self._records.rename_document(sha256, display_name(path))

    def _fail_unread(self, sha256: str, problem: Problem) -> None:
        """The document that the file was is to be read again, and can't be: it would wait for ever.

        Unless another of its files waits: whether it can be read is for that one to say.
        """
        if self._records.is_waiting(sha256):
            return
        for document in self._records.documents([sha256] if sha256 else []):
            if document.state in {DocumentState.QUEUED, DocumentState.READING}:
                self._records.set_state(sha256, DocumentState.FAILED, problem)
                self._on_change(sha256, "")


def _check_unchanged(file: WaitingFile, status: os.stat_result) -> None:
    if (status.st_size, status.st_mtime_ns) != (file.size, file.modified_ns):
        raise PhialError(LibraryProblem.FILE_CHANGED, path=file.path)
