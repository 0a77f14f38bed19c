"""The embedders as the person sees them: which there are, which answers, and the change from one to another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from rag.dense import Dense
from rag.embedders import FoundEmbedder
from rag.errors import error_of, problem_of
from rag.known_embedders import known_embedders
from rag.protocol import EmbedderProgress, Embedders, InstalledEmbedder, OfferedEmbedder
from rag.stores.records import Records

POLL_SECONDS = 0.2
"""How often a change that somebody waits for is looked at."""


class Changing:
    """The embedders of one library. Safe from any thread."""

    def __init__(self, dense: Dense, records: Records, wake_embedding: Callable[[], None]) -> None:
        """``wake_embedding`` is called where passages are to be embedded."""
        self._dense = dense
        self._records = records
        self._wake_embedding = wake_embedding

    def listed(self) -> Embedders:
        """Every embedder on this machine, then those that Phial knows beside them."""
        rows = tuple(map(self._row, self._dense.embedders.listed()))
        here = {row.name for row in rows}
        return Embedders(
            0,
            rows,
            tuple(
                OfferedEmbedder(known.name, known.languages, known.repository, known.file, known.sha256)
                for known in known_embedders()
                if known.name not in here
            ),
        )

    def add(self, path: str) -> Embedders:
        """Use the folder or the file at ``path``. Raises PhialError (see Embedders.add of rag.embedders)."""
        self._dense.embedders.add(path)
        return self.listed()

    def choose(
        self, embedder: str, cancelled: threading.Event, *, waits: bool
    ) -> Iterator[EmbedderProgress | Embedders]:
        """Change over to ``embedder`` (an id or a path); where it ``waits``, tell how far it is until it answers.

        Cancelled, it ends without the last word; the change goes on. Raises PhialError: see Dense.choose; why the
        embedder does not come on, where somebody waits for it.
        """
        self._dense.choose(embedder)
        self._wake_embedding()
        told = None
        while waits and (coming := self._dense.coming) is not None and not cancelled.is_set():
            if self._dense.choice_problem is not None:
                raise error_of(self._dense.choice_problem)
            done = coming.records.progress()
            if done != told:
                told = done
                yield EmbedderProgress(0, coming.embedder.name, *done)
            cancelled.wait(POLL_SECONDS)
        if not cancelled.is_set():
            yield self.listed()

    def _row(self, found: FoundEmbedder) -> InstalledEmbedder:
        dense, choice = self._dense, self._dense.embedders.choice
        coming = dense.coming
        _, passages, embedded, _ = self._records.totals()
        is_chosen, is_answering = found.path == choice.chosen, found.path == choice.answers
        if not is_answering:
            embedded = 0 if coming is None or coming.path != found.path else coming.records.progress()[0]
        problem = None if found.problem is None else problem_of(found.problem)
        if is_answering:
            problem = problem or dense.problem
        elif is_chosen:
            problem = problem or dense.choice_problem
        return InstalledEmbedder(
            embedder=found.id, name=found.name, path=found.place, kind=found.kind, languages=found.languages,
            dimensions=found.dimensions, is_chosen=is_chosen, is_answering=is_answering and dense.embedder is not None,
            passages_embedded=embedded, passages=passages, problem=problem,
        )  # fmt: skip
