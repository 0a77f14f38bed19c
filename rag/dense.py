"""Dense search: passages by their meaning, with the embedder that answers and its index, in step with library.db."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.room import Room
from rag.embed import Embedder
from rag.embedder_change import EmbedderChange
from rag.embedders import DEFAULT
from rag.errors import LibraryProblem, PhialError, Problem, error_of, problem_of
from rag.protocol import EmbedderProgress, IndexRebuilding
from rag.stores.history import History
from rag.stores.vector_records import Vector, VectorRecords, Vectors
from rag.stores.vectors import BATCH

COMPARED = 1_000
"""Passages of a scope up to which the question is held against each: a filtered search of the index takes longer."""

_log = logging.getLogger(__name__)


def nearest_of(vector: Vector, ids: Sequence[int], vectors: Vectors, limit: int) -> list[tuple[int, float]]:
    """The ``limit`` of ``ids`` whose ``vectors`` are nearest to ``vector``, best first, with their cosine."""
    if not ids:
        return []
    cosines = vectors @ vector
    best = sorted(range(len(ids)), key=lambda place: (-cosines[place], ids[place]))[:limit]
    return [(ids[place], float(cosines[place])) for place in best]


class Dense:
    """Search by meaning. Safe from any thread."""

    def __init__(self, home: Path, vectors: VectorRecords, history: History, room: Room | None = None) -> None:
        """Take the embedders of the library in ``home`` as they were left, without loading one."""
        self._vectors = vectors
        self.change = EmbedderChange(home, vectors, history, room)
        """Which embedder answers, and which is to come."""
        self.needs_check = True
        """Whether something happened to an index since it was last checked that can have harmed it."""
        self.tell: Callable[[EmbedderProgress | IndexRebuilding], None] = lambda _news: None
        """Who wants to hear how far a change of the embedder, or the rebuilding of an index, is."""
        self._opening = threading.Lock()
        self._preparing: threading.Thread | None = None
        self._failure: Problem | None = None

    @property
    def embedder(self) -> Embedder | None:
        """The embedder that answers."""
        return self.change.embedder

    @property
    def problem(self) -> Problem | None:
        """Why nothing is found by meaning."""
        return self._failure or self.change.problem

    @property
    def is_ready(self) -> bool:
        """Whether a search answers without loading anything first."""
        return self.change.index.is_open and self.embedder is not None and self.embedder.is_loaded

    @property
    def is_free(self) -> bool:
        """Whether a search answers at once: nothing is to be loaded, and no batch of passages is being embedded."""
        return self.is_ready and self.embedder is not None and not self.embedder.is_busy

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text by the embedder that Phial brings along, whichever answers.

        So passages stay the same when the embedder changes. Where it is missing, as many as they can be.
        """
        try:
            return self.change.embedders.at(DEFAULT).count_tokens(texts)
        except PhialError:
            # Passages are still cut and found by their words; four characters make a token or less.
            return [len(text) // 4 + 1 for text in texts]

    def prepare(self) -> None:
        """Load what a search needs: seconds. Raises PhialError NO_EMBEDDER, EMBEDDER_FAILED."""
        embedder = self.embedder
        if embedder is None:
            self.change.decide()
            embedder = self._there()
        embedder.load()
        self.change.index.open()
        self._failure = None

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
        with self.change.answering:
            vector = self._embedded(question)
            scope = None if sha256s is None else self._vectors.vectors_of(sha256s, COMPARED)
            if scope is not None:
                return nearest_of(vector, *scope, limit)
            found = self.change.index.nearest(vector[None], limit, sha256s)[0]
            embedded = self._vectors.embedded([identity for identity, _ in found])
        return [(identity, cosine) for identity, cosine in found if identity in embedded]

    def vector_of(self, question: str) -> Vector:
        """The vector of ``question``, to be held against others. Raises PhialError NO_EMBEDDER, EMBEDDER_FAILED."""
        self.prepare()
        with self.change.answering:
            return self._embedded(question)

    def follow(self) -> None:
        """Bring the indexes up to what library.db says: take what is new, forget what is gone.

        Raises PhialError DISK_FULL, or UNEXPECTED where an index fails otherwise.
        """
        with self.change.keeping:
            while ids := self._vectors.to_forget(BATCH):
                self.needs_check = True
                for index in self.change.indexes:
                    index.forget(ids)
                self._vectors.was_forgotten(ids)
            for index in self.change.indexes:
                index.take()

    def check(self) -> bool:
        """Whether the index that answers holds what it should (see FollowedIndex.check)."""
        with self.change.keeping:
            return self.change.index.check()

    def mend(self) -> None:
        """Check the indexes and rebuild from library.db those that are not sound. Nothing is embedded again.

        Raises PhialError DISK_FULL, or UNEXPECTED where an index fails otherwise.
        """
        self.needs_check = False
        try:
            with self.change.keeping:
                for index in self.change.indexes:
                    if not index.check():
                        _log.warning("a vector index is rebuilt from library.db")
                        index.build_anew(lambda taken, of_all: self.tell(IndexRebuilding(0, taken, of_all)))
            self.follow()
        except PhialError:
            self.needs_check = True
            raise

    def close(self) -> None:
        """Let go of the indexes and the embedders."""
        self.change.close()

    def end_processes(self) -> None:
        """End the embedders' processes: this one is about to end."""
        self.change.embedders.close()

    def _there(self) -> Embedder:
        """The embedder that answers. Raises PhialError where none does."""
        if self.embedder is None:
            raise error_of(self.change.problem or Problem(LibraryProblem.NO_EMBEDDER.value))
        return self.embedder

    def _embedded(self, question: str) -> Vector:
        vector: Vector = self._there().embed([question], is_urgent=True, is_question=True)[0]
        return vector

    def _prepare_quietly(self) -> None:
        try:
            self.prepare()
        except PhialError as error:
            _log.warning("%s", error)
            self._failure = problem_of(error)
