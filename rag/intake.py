"""Intake: paths that were given become files that wait, and are followed until each of them is settled."""

from __future__ import annotations

import dataclasses
import queue
import time
from collections.abc import Callable, Iterator, Sequence

from rag.errors import LibraryProblem, Problem, error_of
from rag.feed import Feed
from rag.indexing import Indexer
from rag.protocol import DocumentChanged, DocumentGone, DocumentState, Indexed, IndexedFile, Progress
from rag.scan import PassedOver, scan
from rag.stores.records import Records

IndexEvent = DocumentChanged | Progress | Indexed

_POLL = 0.25
"""Seconds after which the files are looked at though nothing was heard of them."""


class Intake:
    """Takes paths in. The reading itself is the indexer's, in the background."""

    def __init__(self, records: Records, feed: Feed, indexer: Indexer) -> None:
        self._records = records
        self._feed = feed
        self._indexer = indexer

    def take(
        self, paths: Sequence[str], start: Callable[[], None], is_cancelled: Callable[[], bool]
    ) -> Iterator[IndexEvent]:
        """Let the files at ``paths`` wait, ``start`` the reading, and tell of them until each is settled.

        Ends with Indexed: every file that was met, once. Where it was cancelled, or passages can't be embedded, some
        are not settled by then. Raises PhialError where the library itself can't be written.
        """
        begun = time.monotonic()
        with self._feed.follow() as events:
            files = self._note(paths, is_cancelled)
            start()
            pending = {path for path, file in files.items() if file is None}
            self._settle(files, pending)
            while pending and not is_cancelled():
                if self._indexer.trouble is not None:
                    raise error_of(self._indexer.trouble)
                try:
                    event = events.get(timeout=_POLL)
                except queue.Empty:
                    self._settle(files, pending)
                    if self._indexer.cannot_embed is not None:
                        self._settle_without_vectors(files, pending, self._indexer.cannot_embed)
                    continue
                if isinstance(event, DocumentChanged) and (mine := pending.intersection(event.document.paths)):
                    yield event
                    self._settle(files, mine)
                    pending = {path for path in pending if files[path] is None}
                elif isinstance(event, Progress):
                    yield event
                elif isinstance(event, DocumentGone):
                    pending = {path for path in pending if self._records.paths_within(path)}
        standing = self._standing({path for path, file in files.items() if file is None})
        met = tuple(file or standing[path] for path, file in files.items())
        yield Indexed(0, met, round(time.monotonic() - begun, 3))

    def _note(self, paths: Sequence[str], is_cancelled: Callable[[], bool]) -> dict[str, IndexedFile | None]:
        """Every file that ``paths`` stand for; None for one that is to be read or was read before."""
        files: dict[str, IndexedFile | None] = {}
        for found in scan(paths):
            if isinstance(found, PassedOver):
                files[found.path] = IndexedFile(found.path, "", DocumentState.FAILED, 0, 0, found.reason)
                continue
            files[found.path] = None
            if self._records.note_file(found.path, found.size, found.modified_ns, retries=True):
                for document in self._records.documents([found.path]):
                    self._feed.publish(DocumentChanged(0, document))
            if is_cancelled():
                break
        return files

    def _settle(self, files: dict[str, IndexedFile | None], paths: set[str]) -> None:
        """Fill in what came of those of ``paths`` that are settled, and take them out of ``paths``."""
        for path in tuple(paths):
            outcome = self._records.outcome(path)
            if outcome is not None:
                files[path] = IndexedFile(path, *outcome)
                paths.discard(path)

    def _settle_without_vectors(self, files: dict[str, IndexedFile | None], paths: set[str], reason: Problem) -> None:
        """Fill in those of ``paths`` that are found by their words, and will be by no more for the given ``reason``."""
        for path, file in self._standing(paths).items():
            if file.state is DocumentState.ANSWERABLE:
                files[path] = dataclasses.replace(file, reason=reason)
                paths.discard(path)

    def _standing(self, paths: set[str]) -> dict[str, IndexedFile]:
        """Where files stand that are not settled, or were forgotten meanwhile."""
        gone = {path: Problem(LibraryProblem.PATH_NOT_IN_LIBRARY.value, {"path": path}) for path in paths}
        standing = {path: IndexedFile(path, "", DocumentState.FAILED, 0, 0, gone[path]) for path in paths}
        for document in self._records.documents() if paths else ():
            # A document that is settled, with a path that is not: what that file holds now is still to be read.
            is_old = document.state.is_settled
            state = DocumentState.QUEUED if is_old else document.state
            sha256, pages, passages = ("", 0, 0) if is_old else (document.sha256, document.pages, document.passages)
            for path in paths.intersection(document.paths):
                standing[path] = IndexedFile(path, sha256, state, pages, passages, None)
        return standing
