"""Intake: paths that were given become files that wait, and are followed until each of them is settled."""

from __future__ import annotations

import dataclasses
import os
import queue
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rag.errors import LibraryProblem, Problem, error_of
from rag.feed import Feed
from rag.indexing import Indexer
from rag.passwords import Passwords
from rag.protocol import DocumentChanged, DocumentGone, DocumentState, Indexed, IndexedFile, Progress
from rag.scan import PassedOver, scan_patiently
from rag.stores.file_records import Given
from rag.stores.folder_records import FolderRecords
from rag.stores.records import Records

IndexEvent = DocumentChanged | Progress | Indexed

_POLL = 0.25
"""Seconds after which the files are looked at though nothing was heard of them."""


class Intake:
    """Takes paths in. The reading itself is the indexer's, in the background."""

    def __init__(
        self,
        home: Path,
        records: Records,
        folders: FolderRecords,
        passwords: Passwords,
        feed: Feed,
        indexer: Indexer,
    ) -> None:
        """``home`` is the data folder, in which nobody's documents lie."""
        self._home = str(home.absolute())
        self._records = records
        self._folders = folders
        self._passwords = passwords
        self._feed = feed
        self._indexer = indexer

    def take(
        self,
        paths: Sequence[str],
        start: Callable[[], None],
        is_cancelled: Callable[[], bool],
        passwords: Sequence[str] = (),
    ) -> Iterator[IndexEvent]:
        """Let the files at ``paths`` wait, ``start`` the reading, and tell of them until each is settled.

        ``passwords`` are tried on whatever asks for one; that none of them opens it is the reason it is then told with.

        Ends with Indexed: every file that was met, once. Where it was cancelled, or passages can't be embedded, some
        are not settled by then. Raises PhialError where the library itself can't be written.
        """
        begun = time.monotonic()
        with self._feed.follow() as events:
            self._passwords.offer(passwords)
            files = self._note(paths, is_cancelled)
            if passwords:
                self._try_again(tuple(files))
            start()
            pending = {path for path, file in files.items() if file is None}
            late = self._settle(files, pending)
            while pending and not is_cancelled():
                if self._indexer.trouble is not None:
                    raise error_of(self._indexer.trouble)
                try:
                    event = events.get(timeout=_POLL)
                except queue.Empty:
                    late = self._settle(files, pending)
                    if self._indexer.cannot_embed is not None:
                        self._settle_without_vectors(files, pending, self._indexer.cannot_embed)
                    continue
                if isinstance(event, DocumentChanged) and (mine := pending.intersection(event.document.paths)):
                    yield event
                    late |= self._settle_of(files, pending, mine)
                elif isinstance(event, Progress):
                    yield event
                    # Nothing more is told of these, and while others are told of it is never quiet.
                    late = self._settle_of(files, pending, pending & late)
                elif isinstance(event, DocumentGone):
                    pending &= self._records.known_paths()
        standing = self._standing({path for path, file in files.items() if file is None})
        met = tuple(file or standing[path] for path, file in files.items())
        if passwords:
            met = tuple(map(_with_wrong_passwords, met))
        yield Indexed(0, met, round(time.monotonic() - begun, 3))

    def _note(self, paths: Sequence[str], is_cancelled: Callable[[], bool]) -> dict[str, IndexedFile | None]:
        """Every file that ``paths`` stand for; None for one that is to be read or was read before."""
        files: dict[str, IndexedFile | None] = {}
        named: list[str] = []
        followed = self._folders.folders()
        is_followed = all(os.path.abspath(os.path.expanduser(path)) in followed for path in paths)  # noqa: PTH100, PTH111
        for found in scan_patiently(paths, is_cancelled, [self._home]):
            if isinstance(found, PassedOver):
                files[found.path] = IndexedFile(found.path, "", DocumentState.FAILED, 0, 0, found.reason)
                continue
            files[found.path] = None
            given = Given.BY_FOLLOWING if is_followed else Given.IN_A_FOLDER
            given = Given.BY_ITSELF if found.is_named else given
            if self._records.note_file(found.path, found.size, found.modified_ns, retries=True, given=given):
                for document in self._records.documents([found.path]):
                    self._feed.publish(DocumentChanged(0, document))
            if found.is_named:
                named.append(found.path)
            if is_cancelled():
                break
        self._read_after_all(named)
        return files

    def _read_after_all(self, paths: Sequence[str]) -> None:
        """Let the scanned pages wait again that were left unread of documents that a person names."""
        sha256s = [sha256 for sha256 in self._folders.documents_of(paths) if sha256]
        again = self._records.recognize_again(sha256s, (LibraryProblem.SCAN_LEFT_UNREAD,))
        for document in self._records.documents(again):
            self._feed.publish(DocumentChanged(0, document))

    def _try_again(self, paths: Sequence[str]) -> None:
        """Let those of ``paths`` wait once more whose documents wait for a password."""
        for sha256, state, *_ in filter(None, map(self._records.outcome, paths)):
            if state is DocumentState.NEEDS_PASSWORD:
                self._records.wait_again([sha256])

    def _settle_of(self, files: dict[str, IndexedFile | None], pending: set[str], some: set[str]) -> set[str]:
        """As ``_settle``, with ``some`` of those that are ``pending``."""
        pending -= some
        late = self._settle(files, some)
        pending |= some
        return late

    def _settle(self, files: dict[str, IndexedFile | None], paths: set[str]) -> set[str]:
        """Fill in what came of those of ``paths`` that are settled, and take them out of ``paths``.

        Gives those that would be settled if the vector index had them.
        """
        late: set[str] = set()
        for path in tuple(paths):
            outcome = self._records.outcome(path)
            if outcome is None:
                continue
            # Asked in this order: what was ready before the index had it is looked at again when it has.
            if outcome[1] is DocumentState.READY and self._indexer.is_behind:
                late.add(path)
                continue
            files[path] = IndexedFile(path, *outcome)
            paths.discard(path)
        return late

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


def _with_wrong_passwords(file: IndexedFile) -> IndexedFile:
    if file.state is not DocumentState.NEEDS_PASSWORD:
        return file
    return dataclasses.replace(file, reason=Problem(LibraryProblem.PASSWORD_WRONG.value, {"path": file.path}))
