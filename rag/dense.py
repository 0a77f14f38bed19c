"""Dense search: the embedder that answers and the one that is to come, each with its index, in step with library.db."""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from rag.embed import Embedder
from rag.embedders import DEFAULT, Embedders
from rag.errors import LibraryProblem, PhialError, Problem, error_of, problem_of
from rag.followed_index import FollowedIndex
from rag.stores.coming_records import ComingVectors
from rag.stores.history import History
from rag.stores.vector_records import Vector, VectorRecords, Vectors
from rag.stores.vectors import BATCH, drop_other_indexes

COMPARED = 1_000
"""Passages of a scope up to which the question is held against each: a filtered search of the index takes longer."""

_log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class Coming:
    """An embedder that is to answer as soon as every passage has a vector by it, which ``records`` hold till then."""

    path: str
    embedder: Embedder
    records: ComingVectors
    index: FollowedIndex


def _problem_with(path: str, error: PhialError) -> Problem:
    """Why the embedder at ``path`` can't be used; of Phial's own, what is wrong with it."""
    if path == DEFAULT:
        return problem_of(error)
    parameters: dict[str, str | int | float] = {"embedder": Path(path).name, "path": path}
    return Problem(LibraryProblem.EMBEDDER_AWAY.value, parameters, error.kind.value)


def nearest_of(vector: Vector, ids: Sequence[int], vectors: Vectors, limit: int) -> list[tuple[int, float]]:
    """The ``limit`` of ``ids`` whose ``vectors`` are nearest to ``vector``, best first, with their cosine."""
    if not ids:
        return []
    cosines = vectors @ vector
    best = sorted(range(len(ids)), key=lambda place: (-cosines[place], ids[place]))[:limit]
    return [(ids[place], float(cosines[place])) for place in best]


class Dense:
    """Search by meaning. Safe from any thread."""

    def __init__(self, home: Path, vectors: VectorRecords, history: History) -> None:
        """Take the embedders of the library in ``home`` as they were left, without loading one."""
        self._home = home
        self._vectors = vectors
        self.embedders = Embedders(home, history)
        self.needs_check = True
        """Whether something happened to an index since it was last checked that can have harmed it."""
        self._opening = threading.Lock()
        # Who changes an index, or which embedder answers, holds the first; who searches, or puts another embedder in
        # the place of the one that answers, the second: a question is never held against vectors of another embedder.
        self._keeping = threading.RLock()
        self._answering = threading.RLock()
        self._preparing: threading.Thread | None = None
        self.problem: Problem | None = None
        """Why nothing is found by meaning."""
        self.choice_problem: Problem | None = None
        """Why the embedder that was chosen does not answer, and will not."""
        self.embedder: Embedder | None = None
        self.coming: Coming | None = None
        """The embedder that is to answer next, and what is made by it."""
        self._index = FollowedIndex(home, self.embedders.answering, vectors)
        self._decide()
        self._forget_what_was_given_up()

    @property
    def is_ready(self) -> bool:
        """Whether a search answers without loading anything first."""
        return self._index.is_open and self.embedder is not None and self.embedder.is_loaded

    @property
    def is_free(self) -> bool:
        """Whether a search answers at once: nothing is to be loaded, and no batch of passages is being embedded."""
        return self.is_ready and self.embedder is not None and not self.embedder.is_busy

    @property
    def notice(self) -> Problem | None:
        """What a person may want to know of the embedders: that one is coming, or why the chosen one is not."""
        coming, embedder = self.coming, self.embedder
        if coming is None or embedder is None or self.choice_problem is not None:
            return self.choice_problem
        done, passages = coming.records.progress()
        parameters: dict[str, str | int | float] = {
            "embedder": coming.embedder.name, "former": embedder.name, "done": done, "passages": passages,
        }  # fmt: skip
        return Problem(LibraryProblem.EMBEDDER_CHANGING.value, parameters)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text by the embedder that Phial brings along, whichever answers.

        So passages stay the same when the embedder changes. Where it is missing, as many as they can be.
        """
        try:
            return self.embedders.at(DEFAULT).count_tokens(texts)
        except PhialError:
            # Passages are still cut and found by their words; four characters make a token or less.
            return [len(text) // 4 + 1 for text in texts]

    def choose(self, named: str) -> None:
        """Let the embedder with this id, or at this path, answer: at once, or when every passage has its vector.

        It is tried out first. Raises PhialError: EMBEDDER_UNKNOWN, or why it can't be used.
        """
        found = self.embedders.find(named)
        if found.problem is not None:
            raise found.problem
        self.embedders.at(found.path).embed(["?"], is_question=True)
        with self._keeping, self._answering:
            self.embedders.remember(dataclasses.replace(self.embedders.choice, chosen=found.path))
            self.problem = self.choice_problem = None
            self._decide()

    def prepare(self) -> None:
        """Load what a search needs: seconds. Raises PhialError NO_EMBEDDER, EMBEDDER_FAILED."""
        embedder = self.embedder
        if embedder is None:
            with self._keeping, self._answering:
                self._decide()
            embedder = self.embedder
        if embedder is None:
            raise error_of(self.problem or Problem(LibraryProblem.NO_EMBEDDER.value))
        embedder.load()
        self._index.open()
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
        with self._answering:
            vector = self._vector_of(question)
            scope = None if sha256s is None else self._vectors.vectors_of(sha256s, COMPARED)
            if scope is not None:
                return nearest_of(vector, *scope, limit)
            found = self._index.nearest(vector[None], limit, sha256s)[0]
            embedded = self._vectors.embedded([identity for identity, _ in found])
        return [(identity, cosine) for identity, cosine in found if identity in embedded]

    def vector_of(self, question: str) -> Vector:
        """The vector of ``question``, to be held against others. Raises PhialError NO_EMBEDDER, EMBEDDER_FAILED."""
        self.prepare()
        with self._answering:
            return self._vector_of(question)

    def follow(self) -> None:
        """Bring the indexes up to what library.db says: take what is new, forget what is gone.

        Raises PhialError DISK_FULL, or UNEXPECTED where an index fails otherwise.
        """
        with self._keeping:
            while ids := self._vectors.to_forget(BATCH):
                self.needs_check = True
                for index in self._indexes():
                    index.forget(ids)
                self._vectors.was_forgotten(ids)
            for index in self._indexes():
                index.take()

    def check(self) -> bool:
        """Whether the index that answers holds what it should (see FollowedIndex.check)."""
        with self._keeping:
            return self._index.check()

    def mend(self) -> None:
        """Check the indexes and rebuild from library.db those that are not sound. Nothing is embedded again.

        Raises PhialError DISK_FULL, or UNEXPECTED where an index fails otherwise.
        """
        self.needs_check = False
        try:
            with self._keeping:
                for index in self._indexes():
                    if not index.check():
                        _log.warning("a vector index is rebuilt from library.db")
                        index.clear()
            self.follow()
        except PhialError:
            self.needs_check = True
            raise

    def keep(self, embedder: Embedder, keys: Mapping[int, str], vectors: Mapping[str, Vectors]) -> None:
        """Keep vectors that ``embedder`` made (see VectorRecords.keep), unless it is of no more use meanwhile."""
        with self._keeping:
            if embedder is self.embedder:
                self._vectors.keep(keys, vectors)
            elif self.coming is not None and embedder is self.coming.embedder:
                self.coming.records.keep(keys, vectors)

    def take_over(self, coming: Coming) -> bool:
        """Let ``coming`` answer from now on; say whether it does: not while a passage lacks a vector by it."""
        with self._keeping:
            self.follow()
            with self._answering:
                if self.coming is not coming or not coming.records.take_over(coming.embedder.version):
                    return False
                former, self._index = self._index, coming.index
                self._index.records = self._vectors
                self.embedder, self.coming = coming.embedder, None
                self.embedders.let_go(self.embedders.choice.answers)
                self.embedders.let_answer(coming.path, coming.embedder.version)
            former.close()
            self._drop_other_indexes()
            self.needs_check = True
        return True

    def close(self) -> None:
        """Let go of the indexes and the embedders."""
        for index in self._indexes():
            index.close()
        self.embedders.close()

    def end_processes(self) -> None:
        """End the embedders' processes: this one is about to end."""
        self.embedders.close()

    def _decide(self) -> None:
        """Who answers and who is coming, by what was chosen, by whose vectors are here, and by what can be used."""
        choice, answering = self.embedders.choice, self.embedders.answering
        former = self._usable(choice.answers, answering)
        if self.coming is not None and self.coming.path != choice.chosen:
            self._leave(self.coming)
        try:
            chosen = self.embedders.at(choice.chosen)
        except PhialError as error:
            self.embedder, self.coming = former, None
            self.choice_problem = _problem_with(choice.chosen, error)
            self.problem = self.choice_problem if former is None else None
            return
        if chosen.version == answering:
            self.embedder = chosen
            if choice.answers != choice.chosen:
                self.embedders.let_answer(choice.chosen, chosen.version)
        elif former is None or not self._vectors.has_any():
            # Whoever made the vectors that are here can't be asked anything any more, or there are none.
            self._vectors.embed_anew()
            self.embedders.let_answer(choice.chosen, chosen.version)
            self.embedder = chosen
            self._index.close()
            self._index = FollowedIndex(self._home, chosen.version, self._vectors)
        elif self.coming is None:
            self.embedder = former
            self._vectors.coming.begin(chosen.version)
            index = FollowedIndex(self._home, chosen.version, self._vectors.coming)
            self.coming = Coming(choice.chosen, chosen, self._vectors.coming, index)

    def _vector_of(self, question: str) -> Vector:
        if self.embedder is None:
            raise error_of(self.problem or Problem(LibraryProblem.NO_EMBEDDER.value))
        vector: Vector = self.embedder.embed([question], is_urgent=True, is_question=True)[0]
        return vector

    def _forget_what_was_given_up(self) -> None:
        """What was made for an embedder that is not to come any more is kept no longer than the library is open."""
        if self.coming is None and self.choice_problem is None:
            self._vectors.coming.give_up()
        self._drop_other_indexes()

    def _leave(self, coming: Coming) -> None:
        """Another was chosen meanwhile: the vectors that were made are kept for a change of mind, the index is not."""
        self.coming = None
        coming.index.close()
        coming.records.index_anew()
        self._drop_other_indexes()
        self.embedders.let_go(coming.path)

    def _usable(self, path: str, version: str) -> Embedder | None:
        """The embedder at ``path`` where it is still the one of this version."""
        try:
            embedder = self.embedders.at(path)
        except PhialError:
            return None
        return embedder if embedder.version == version else None

    def _indexes(self) -> tuple[FollowedIndex, ...]:
        return (self._index,) if self.coming is None else (self._index, self.coming.index)

    def _drop_other_indexes(self) -> None:
        coming = [] if self.coming is None else [self.coming.embedder.version]
        drop_other_indexes(self._home, [self.embedders.answering, *coming])

    def _prepare_quietly(self) -> None:
        try:
            self.prepare()
        except PhialError as error:
            _log.warning("%s", error)
            self.problem = problem_of(error)
