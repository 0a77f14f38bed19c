"""Dense search: the embedder and the vector index, opened when they are first needed, kept in step with library.db."""

from __future__ import annotations

import contextlib
import logging
import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from rag.embed import Embedder, find_embedder
from rag.errors import LibraryProblem, PhialError, Problem, problem_of
from rag.stores.history import History
from rag.stores.vector_records import Vector, VectorRecords, Vectors
from rag.stores.vectors import BATCH, VectorIndex

SAMPLE = 5_000
"""Vectors that must find themselves before the index is trusted: all of most libraries, seconds in the background."""

COMPARED = 1_000
"""Passages of a scope up to which the question is held against each: a filtered search of the index takes longer."""

_PART = 100

_SAME = 0.9999
"""Cosine from which on two vectors are the same one (two passages may hold the same text)."""

ROOM = 64 * 2**20
"""Bytes free on the disk below which a vector index that can't be used is taken to lack them."""

_log = logging.getLogger(__name__)


def nearest_of(vector: Vector, ids: Sequence[int], vectors: Vectors, limit: int) -> list[tuple[int, float]]:
    """The ``limit`` of ``ids`` whose ``vectors`` are nearest to ``vector``, best first, with their cosine."""
    if not ids:
        return []
    cosines = vectors @ vector
    best = sorted(range(len(ids)), key=lambda place: (-cosines[place], ids[place]))[:limit]
    return [(ids[place], float(cosines[place])) for place in best]


def _finds_itself(own: int, found: Sequence[tuple[int, float]]) -> bool:
    return any(identity == own or cosine >= _SAME for identity, cosine in found)


class Dense:
    """Search by meaning. Safe from any thread."""

    def __init__(self, home: Path, vectors: VectorRecords, history: History) -> None:
        self._home = home
        self._vectors = vectors
        self._history = history
        self.needs_check = True
        """Whether something happened to the index since it was last checked that can have harmed it."""
        self._index: VectorIndex | None = None
        self._opening = threading.Lock()
        self._following = threading.Lock()
        self._preparing: threading.Thread | None = None
        self.problem: Problem | None = None
        self.embedder: Embedder | None = None
        try:
            self.embedder = Embedder(find_embedder())
        except PhialError as error:
            self.problem = problem_of(error)

    @property
    def is_ready(self) -> bool:
        """Whether a search answers without loading anything first."""
        return self._index is not None and self.embedder is not None and self.embedder.is_loaded

    @property
    def is_free(self) -> bool:
        """Whether a search answers at once: nothing is to be loaded, and no batch of passages is being embedded."""
        return self.is_ready and self.embedder is not None and not self.embedder.is_busy

    def adopt_embedder(self) -> None:
        """Where the library was embedded by another embedder, let every passage wait for a vector of this one."""
        if self.embedder is None:
            return
        if self._history.setting("embedder") != self.embedder.version:
            self._vectors.embed_anew()
            if (self._home / "chroma").exists():
                self._opened().clear()
            self._vectors.index_anew()
            self._history.set_setting("embedder", self.embedder.version)

    def prepare(self) -> None:
        """Load what a search needs: seconds. Raises PhialError NO_EMBEDDER, EMBEDDER_FAILED."""
        if self.embedder is None:
            self.embedder = Embedder(find_embedder())
        self.embedder.load()
        with self._used():
            self.problem = None

    def start_preparing(self) -> None:
        """Prepare in the background, once; a failure is kept in ``problem``."""
        with self._opening:
            if self.is_ready or (self._preparing is not None and self._preparing.is_alive()):
                return
            self._preparing = threading.Thread(target=self._prepare_quietly, name="prepare", daemon=True)
            self._preparing.start()

    def wait_until_ready(self, seconds: float) -> bool:
        """Wait for what ``start_preparing`` began; say whether it has ended, well or not."""
        preparing = self._preparing
        if preparing is not None:
            preparing.join(seconds)
            return not preparing.is_alive()
        return True

    def nearest(self, question: str, limit: int, sha256s: Sequence[str] | None) -> list[tuple[int, float]]:
        """The passages nearest to ``question`` with their cosine in [-1, 1], best first.

        Only those that library.db says are embedded. Raises PhialError NO_EMBEDDER, EMBEDDER_FAILED; DISK_FULL or
        UNEXPECTED where the index can't be used.
        """
        self.prepare()
        assert self.embedder is not None  # noqa: S101 - prepare raised otherwise
        vector = self.embedder.embed([question], is_urgent=True)
        scope = None if sha256s is None else self._vectors.vectors_of(sha256s, COMPARED)
        if scope is not None:
            return nearest_of(vector[0], *scope, limit)
        with self._used() as index:
            found = index.nearest(vector, limit, sha256s)[0]
        embedded = self._vectors.embedded([identity for identity, _ in found])
        return [(identity, cosine) for identity, cosine in found if identity in embedded]

    def follow(self) -> None:
        """Bring the index up to what library.db says: take what is new, forget what is gone.

        Raises PhialError DISK_FULL, or UNEXPECTED where the index fails otherwise.
        """
        with self._following:
            while ids := self._vectors.to_forget(BATCH):
                self.needs_check = True
                with self._used() as index:
                    index.forget(ids)
                self._vectors.was_forgotten(ids)
            while True:
                ids, sha256s, vectors = self._vectors.to_index(BATCH)
                if not ids:
                    return
                with self._used() as index:
                    index.add(ids, sha256s, vectors)
                self._vectors.was_indexed(ids)

    def check(self) -> bool:
        """Whether the index holds what it should: as many vectors, and each finds itself (of very many, a sample).

        Counts alone prove nothing: an index killed while it wrote can stay wedged while its counts look right (Chroma's
        issue 7678), and one from which vectors were deleted can no longer reach some of those that are left.
        """
        with self._following:
            expected = self._vectors.count_indexed()
            if expected == 0:
                return True
            try:
                if self._opened().count() < expected:
                    return False
                ids, vectors = self._vectors.indexed_sample(SAMPLE)
                # In parts: a question that comes meanwhile waits for one of them at most.
                return all(
                    _finds_itself(own, row)
                    for begin in range(0, len(ids), _PART)
                    for own, row in zip(
                        ids[begin : begin + _PART],
                        self._opened().nearest(vectors[begin : begin + _PART], 5),
                        strict=True,
                    )
                )
            except Exception:
                _log.warning("the vector index can't be read", exc_info=True)
                return False

    def mend(self) -> None:
        """Check the index and rebuild it from library.db where it is not sound. Nothing is embedded again.

        Raises PhialError DISK_FULL, or UNEXPECTED where the index fails otherwise.
        """
        self.needs_check = False
        try:
            if not self.check():
                _log.warning("the vector index is rebuilt from library.db")
                with self._following:
                    with self._used() as index:
                        index.clear()
                    self._vectors.index_anew()
            self.follow()
        except PhialError:
            self.needs_check = True
            raise

    def close(self) -> None:
        """Let go of the index."""
        if self._index is not None:
            self._index.close()

    def _opened(self) -> VectorIndex:
        with self._opening:
            if self._index is None:
                self._index = VectorIndex(self._home)
            return self._index

    @contextlib.contextmanager
    def _used(self) -> Iterator[VectorIndex]:
        """The index, to be opened anew after whatever it raises; what that is to a person, raised as PhialError."""
        try:
            yield self._opened()
        except Exception as error:
            with self._opening:
                index, self._index = self._index, None
            if index is not None:
                with contextlib.suppress(Exception):  # it failed already
                    index.close()
            is_full = shutil.disk_usage(self._home).free < ROOM
            kind = LibraryProblem.DISK_FULL if is_full else LibraryProblem.UNEXPECTED
            details = f"the vector index: {type(error).__name__}"
            raise PhialError(kind, details=details, path=str(self._home)) from error

    def _prepare_quietly(self) -> None:
        try:
            self.prepare()
        except PhialError as error:
            _log.warning("%s", error)
            self.problem = problem_of(error)
