"""The change of the embedder: which one answers, which is to answer next, and the step from the one to the other.

While the vectors of the next one are made, those of the former answer. library.db holds both (the table ``coming``),
each has an index of its own, and the step is one transaction: killed at any instant, either is whole.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Mapping
from pathlib import Path

from engine.room import Room
from rag.embed import Embedder
from rag.embedders import DEFAULT, Embedders
from rag.errors import LibraryProblem, PhialError, Problem, problem_of
from rag.followed_index import FollowedIndex
from rag.stores.coming_records import ComingVectors
from rag.stores.history import History
from rag.stores.vector_records import VectorRecords, Vectors
from rag.stores.vectors import drop_other_indexes


@dataclasses.dataclass(frozen=True)
class Coming:
    """An embedder that is to answer as soon as every passage has a vector by it, which ``records`` hold till then."""

    path: str
    embedder: Embedder
    records: ComingVectors
    index: FollowedIndex


class EmbedderChange:
    """Who answers and who is to come. Safe from any thread."""

    def __init__(self, home: Path, vectors: VectorRecords, history: History, room: Room | None = None) -> None:
        """Take the embedders of the library in ``home`` as they were left, without loading one."""
        self._home = home
        self._vectors = vectors
        self.embedders = Embedders(home, history, room)
        # Who changes an index, or which embedder answers, holds the first; who searches, or puts another embedder in
        # the place of the one that answers, the second: a question is never held against vectors of another embedder.
        # Where both are held, the first is taken first.
        self.keeping = threading.RLock()
        self.answering = threading.RLock()
        self.embedder: Embedder | None = None
        self.index = FollowedIndex(home, self.embedders.answering, vectors)
        """The index of the embedder that answers."""
        self.coming: Coming | None = None
        self.problem: Problem | None = None
        """Why no embedder answers."""
        self.choice_problem: Problem | None = None
        """Why the embedder that was chosen does not answer, and will not."""
        self.decide()
        self._drop_what_was_left()

    @property
    def indexes(self) -> tuple[FollowedIndex, ...]:
        """All that follow library.db."""
        return (self.index,) if self.coming is None else (self.index, self.coming.index)

    def notices(self) -> tuple[Problem, ...]:
        """What a person may want to know: that another embedder is coming, or why the chosen one is not."""
        coming, embedder = self.coming, self.embedder
        if self.choice_problem is not None:
            return () if self.problem is not None else (self.choice_problem,)
        if coming is None or embedder is None:
            return ()
        done, passages = coming.records.progress()
        parameters: dict[str, str | int | float] = {
            "embedder": coming.embedder.name, "former": embedder.name, "done": done, "passages": passages,
        }  # fmt: skip
        return (Problem(LibraryProblem.EMBEDDER_CHANGING.value, parameters),)

    def choose(self, named: str) -> None:
        """Let the embedder with this id, or at this path, answer: at once, or when every passage has its vector.

        It is tried out first. Raises PhialError: EMBEDDER_UNKNOWN, or why it can't be used.
        """
        found = self.embedders.find(named)
        if found.problem is not None:
            raise found.problem
        self.embedders.at(found.path).embed(["?"], is_question=True)
        with self.keeping, self.answering:
            self.embedders.remember(chosen=found.path)
            self.choice_problem = None
            self.decide()

    def decide(self) -> None:
        """Who answers and who is coming, by what was chosen, by whose vectors are here, and by what can be used."""
        with self.keeping, self.answering:
            choice, answering = self.embedders.choice, self.embedders.answering
            former = self._usable(choice.answers, answering)
            if self.coming is not None and self.coming.path != choice.chosen:
                self._leave(self.coming)
            try:
                chosen = self.embedders.at(choice.chosen)
            except PhialError as error:
                self.embedder = former
                self.choice_problem = _problem_with(choice.chosen, error)
                self.problem = self.choice_problem if former is None else None
                return
            self.problem = None
            if chosen.version == answering:
                self.embedder = chosen
                if choice.answers != choice.chosen:
                    self.embedders.let_answer(choice.chosen, chosen.version)
            elif former is not None and self._vectors.has_any():
                self.embedder = former
                self.coming = self.coming or self._begun(choice.chosen, chosen)
            else:
                # Whoever made the vectors that are here can't be asked anything any more, or there are none.
                if self.coming is not None:
                    self.coming.index.close()
                    self.coming = None
                self._vectors.embed_anew(chosen.version)
                self.embedders.let_answer(choice.chosen, chosen.version)
                self.index.close()
                self.embedder, self.index = chosen, FollowedIndex(self._home, chosen.version, self._vectors)

    def keep(self, embedder: Embedder, keys: Mapping[int, str], vectors: Mapping[str, Vectors]) -> None:
        """Keep vectors that ``embedder`` made (see VectorRecords.keep), unless it is of no more use meanwhile."""
        with self.keeping:
            if embedder is self.embedder:
                self._vectors.keep(keys, vectors)
            elif self.coming is not None and embedder is self.coming.embedder:
                self.coming.records.keep(keys, vectors)

    def note(self, coming: Coming, problem: Problem | None) -> None:
        """Keep why ``coming`` can't embed, or that it does, unless it has been left meanwhile."""
        with self.keeping:
            if self.coming is coming:
                self.choice_problem = problem

    def take_over(self, coming: Coming) -> bool:
        """Let ``coming`` answer from now on; say whether it does: not while a passage lacks a vector by it."""
        with self.keeping:
            coming.index.take()
            with self.answering:
                if self.coming is not coming or not coming.records.take_over(coming.embedder.version):
                    return False
                former, self.index = self.index, coming.index
                self.index.records = self._vectors
                self.embedder, self.coming, self.problem = coming.embedder, None, None
                self.embedders.let_go(self.embedders.choice.answers)
                self.embedders.let_answer(coming.path, coming.embedder.version)
            former.close()
            self._drop_other_indexes()
        return True

    def close(self) -> None:
        """Let go of the indexes and the embedders."""
        for index in self.indexes:
            index.close()
        self.embedders.close()

    def _drop_what_was_left(self) -> None:
        """What was made for an embedder that is not to come any more is kept while the library is open, no longer."""
        if self.coming is None and self.choice_problem is None:
            self._vectors.coming.give_up()
        self._drop_other_indexes()

    def _begun(self, path: str, embedder: Embedder) -> Coming:
        self._vectors.coming.begin(embedder.version)
        index = FollowedIndex(self._home, embedder.version, self._vectors.coming)
        return Coming(path, embedder, self._vectors.coming, index)

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

    def _drop_other_indexes(self) -> None:
        coming = [] if self.coming is None else [self.coming.embedder.version]
        drop_other_indexes(self._home, [self.embedders.answering, *coming])


def _problem_with(path: str, error: PhialError) -> Problem:
    """Why the embedder at ``path`` can't be used; of Phial's own, what is wrong with it."""
    if path == DEFAULT:
        return problem_of(error)
    parameters: dict[str, str | int | float] = {"embedder": Path(path).name, "path": path}
    return Problem(LibraryProblem.EMBEDDER_AWAY.value, parameters, error.kind.value)
