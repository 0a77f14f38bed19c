"""A vector index that follows library.db: it takes what is new, forgets what is gone, is checked, and is built anew."""

from __future__ import annotations

import contextlib
import logging
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rag.errors import LibraryProblem, PhialError
from rag.stores.indexed_vectors import IndexedVectors, Vectors
from rag.stores.vectors import BATCH, VectorIndex

SAMPLE = 5_000
"""Vectors that must find themselves before the index is trusted: all of most libraries, seconds in the background."""

ROOM = 64 * 2**20
"""Bytes free on the disk below which a vector index that can't be used is taken to lack them."""

_PART = 100

_SAME = 0.9999
"""Cosine from which on two vectors are the same one (two passages may hold the same text)."""

_log = logging.getLogger(__name__)


class FollowedIndex:
    """The index for one embedder. Its calls raise PhialError DISK_FULL, or UNEXPECTED where the index fails otherwise.

    It is opened when it is first used; searching is free from any thread, the rest is one thread's at a time.
    """

    def __init__(self, home: Path, embedder: str, records: IndexedVectors) -> None:
        """The index in ``home`` for the ``embedder`` of this version, whose vectors are in ``records``."""
        self._home = home
        self._embedder = embedder
        self.records = records
        self._index: VectorIndex | None = None
        self._opening = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether it answers without being opened first."""
        return self._index is not None

    def open(self) -> None:
        """Have it open."""
        with self._used():
            pass

    def nearest(
        self, vectors: Vectors, limit: int, sha256s: Sequence[str] | None = None
    ) -> list[list[tuple[int, float]]]:
        """For each vector the nearest passages, best first, with their cosine in [-1, 1]."""
        with self._used() as index:
            return index.nearest(vectors, limit, sha256s)

    def forget(self, ids: Sequence[int]) -> None:
        """Drop the vectors of these passages."""
        with self._used() as index:
            index.forget(ids)

    def take(self, on_taken: Callable[[int], None] = lambda _count: None) -> None:
        """Take what library.db has and the index has not; ``on_taken`` hears of how many, after each batch."""
        taken = 0
        while True:
            ids, sha256s, vectors = self.records.to_index(BATCH)
            if not ids:
                return
            with self._used() as index:
                index.add(ids, sha256s, vectors)
            self.records.was_indexed(ids)
            taken += len(ids)
            on_taken(taken)

    def check(self) -> bool:
        """Whether it holds what it should: as many vectors, and each finds itself (of very many, a sample).

        Counts alone prove nothing: an index killed while it wrote can stay wedged while its counts look right (Chroma's
        issue 7678), and one from which vectors were deleted can no longer reach some of those that are left.
        """
        expected = self.records.count_indexed()
        if expected == 0:
            return True
        try:
            if self.opened().count() < expected:
                return False
            ids, vectors = self.records.indexed_sample(SAMPLE)
            # In parts: a question that comes meanwhile waits for one of them at most.
            return all(
                any(identity == own or cosine >= _SAME for identity, cosine in row)
                for begin in range(0, len(ids), _PART)
                for own, row in zip(
                    ids[begin : begin + _PART], self.opened().nearest(vectors[begin : begin + _PART], 5), strict=True
                )
            )
        except Exception:
            _log.warning("the vector index can't be read", exc_info=True)
            return False

    def build_anew(self, on_taken: Callable[[int, int], None]) -> None:
        """Throw everything away and take all again; nothing is embedded for it.

        ``on_taken`` hears how many passages of how many, at the end that it is all of them.
        """
        expected = self.records.count_indexed()
        on_taken(0, expected)
        try:
            with self._used() as index:
                index.clear()
            self.records.index_anew()
            # What came meanwhile is taken too: the last is not the end until it is.
            self.take(lambda taken: on_taken(min(taken, max(0, expected - 1)), expected))
        finally:
            on_taken(expected, expected)

    def close(self) -> None:
        """Let go of it."""
        with self._opening:
            index, self._index = self._index, None
        if index is not None:
            with contextlib.suppress(Exception):  # one that failed already may fail at this too
                index.close()

    def opened(self) -> VectorIndex:
        """The index itself."""
        with self._opening:
            if self._index is None:
                self._index = VectorIndex(self._home, self._embedder)
            return self._index

    @contextlib.contextmanager
    def _used(self) -> Iterator[VectorIndex]:
        """The index, to be opened anew after whatever it raises; what that is to a person, raised as PhialError."""
        try:
            yield self.opened()
        except Exception as error:
            self.close()
            is_full = shutil.disk_usage(self._home).free < ROOM
            kind = LibraryProblem.DISK_FULL if is_full else LibraryProblem.UNEXPECTED
            details = f"the vector index: {type(error).__name__}"
            raise PhialError(kind, details=details, path=str(self._home)) from error
