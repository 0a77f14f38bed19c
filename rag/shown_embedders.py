"""The embedders as the person sees them: which there are, which answers, and the change from one to another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from engine.known_embedders import known_embedders
from rag.dense import Dense
from rag.embedders import FoundEmbedder
from rag.errors import error_of, problem_of
from rag.protocol import EmbedderProgress, Embedders, InstalledEmbedder, OfferedEmbedder
from rag.stores.records import Records

POLL_SECONDS = 0.2
"""How often a change that somebody waits for is looked at."""


class ShownEmbedders:
    """The embedders of one library. Safe from any thread."""

    def __init__(self, dense: Dense, records: Records, wake_embedding: Callable[[], None]) -> None:
        """``wake_embedding`` is called where passages are to be embedded."""
        self._dense = dense
        self._change = dense.change
        self._records = records
        self._wake_embedding = wake_embedding

    def listed(self) -> Embedders:
        """Every embedder on this machine, then those that Phial knows beside them."""
        rows = tuple(map(self._row, self._change.embedders.listed()))
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

    def progress(self) -> EmbedderProgress | None:
        """How far the change to another embedder is; None where there is none."""
        coming = self._change.coming
        return None if coming is None else EmbedderProgress(0, coming.embedder.name, *coming.records.progress())

    def add(self, path: str) -> Embedders:
        """Use the folder or the file at ``path``. Raises PhialError (see Embedders.add of rag.embedders)."""
        self._change.embedders.add(path)
        return self.listed()

    def choose(
        self, embedder: str, cancelled: threading.Event, *, waits: bool
    ) -> Iterator[EmbedderProgress | Embedders]:
        """Change over to ``embedder`` (an id or a path); where it ``waits``, tell how far it is until it answers.

        Cancelled, it ends without the last word; the change goes on. Raises PhialError: see EmbedderChange.choose; why
        the embedder does not come on, where somebody waits for it.
        """
        with self._change.keeping:
            former = self._change.coming
            self._change.choose(embedder)
            if former is not None and former is not self._change.coming:
                done = former.records.progress()
                self._dense.tell(EmbedderProgress(0, former.embedder.name, *done, is_given_up=True))
        self._wake_embedding()
        told = None
        while waits and (coming := self._change.coming) is not None and not cancelled.is_set():
            if self._change.choice_problem is not None:
                raise error_of(self._change.choice_problem)
            done = coming.records.progress()
            if done != told:
                told = done
                yield EmbedderProgress(0, coming.embedder.name, *done)
            cancelled.wait(POLL_SECONDS)
        if not cancelled.is_set():
            yield self.listed()

    def _row(self, found: FoundEmbedder) -> InstalledEmbedder:
        choice, coming = self._change.embedders.choice, self._change.coming
        _, passages, embedded, _ = self._records.totals()
        is_chosen, is_answering = found.path == choice.chosen, found.path == choice.answers
        if not is_answering:
            embedded = 0 if coming is None or coming.path != found.path else coming.records.progress()[0]
        problem = None if found.problem is None else problem_of(found.problem)
        if is_answering:
            problem = problem or self._dense.problem
            is_answering = self._change.embedder is not None
        elif is_chosen:
            problem = problem or self._change.choice_problem
        return InstalledEmbedder(
            embedder=found.id, name=found.name, path=found.place, kind=found.kind, languages=found.languages,
            dimensions=found.dimensions, is_chosen=is_chosen, is_answering=is_answering,
            passages_embedded=embedded, passages=passages, problem=problem,
        )  # fmt: skip
