"""Embedding, in the background: passages get their vectors, and the vector index follows.

Reading goes first: while a file waits for a reader, only what the person asks about is embedded, so that everything is
found by its words before anything is found by its meaning.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from rag.courtesy import EMBEDDING_NICENESS, Courtesy, lower_priority
from rag.dense import Dense
from rag.embed import Embedder, text_to_embed
from rag.errors import PhialError, Problem, problem_of
from rag.interest import Interest
from rag.protocol import EmbedderProgress
from rag.stores.vector_records import VectorRecords, Vectors
from rag.tally import Tally

PASSAGES_A_BATCH = 64
"""Passages embedded and committed at a time: a kill loses no more."""

RETRY_SECONDS = 30.0
"""How long an embedder that failed while it was coming rests before it is tried again."""

_log = logging.getLogger(__name__)


class Embedding:
    """What one thread does: embed, follow, check."""

    def __init__(
        self,
        vectors: VectorRecords,
        dense: Dense,
        courtesy: Courtesy,
        interest: Interest,
        tally: Tally,
        has_files_waiting: Callable[[], bool],
        on_embedded: Callable[[Sequence[str]], None],
    ) -> None:
        """``has_files_waiting``: whether a file waits that nobody reads yet; ``on_embedded`` is given the documents.

        None of them: there is nothing more to embed for now.
        """
        self._vectors = vectors
        self._dense = dense
        self._change = dense.change
        self._courtesy = courtesy
        self._interest = interest
        self._tally = tally
        self._has_files_waiting = has_files_waiting
        self._on_embedded = on_embedded
        self._is_checked = False
        self._bell = threading.Event()
        # Vectors that no passage has: of an edited document, or of a run that was killed.
        self.has_leftovers = True
        self.problem: Problem | None = None
        """Why passages stay without vectors, where the embedder can't be had."""
        self.is_behind = False
        """Whether library.db holds vectors that the index is about to take: ready, and not found by their meaning."""

    def wake(self) -> None:
        """There may be passages to embed."""
        self._bell.set()

    def run(self, closing: threading.Event, on_failure: Callable[[Exception], None]) -> None:
        """Embed whatever waits, whenever it is woken, until the library closes."""
        lower_priority(EMBEDDING_NICENESS)
        while not closing.is_set():
            # What failed of an embedder that is coming is tried again by itself: nobody else rings for it.
            has_failed = self._change.coming is not None and self._change.choice_problem is not None
            self._bell.wait(RETRY_SECONDS if has_failed else None)
            self._bell.clear()
            try:
                self._work(closing)
            except Exception as error:
                on_failure(error)

    def _work(self, closing: threading.Event) -> None:
        if not self._is_checked:
            self._dense.mend()
            self._is_checked = True
        failure: PhialError | None = None
        try:
            if self._embed_all(closing):
                self._on_embedded(())
        except PhialError as error:
            # The embedder that is to answer next may do what this one can't.
            failure = error
        self._dense.follow()
        if not self._has_files_waiting():
            self._embed_coming(closing)
        if failure is not None:
            raise failure
        if self._has_files_waiting():
            return
        if self._dense.needs_check:
            self._dense.mend()
        if self.has_leftovers:
            self.has_leftovers = False
            self._vectors.drop_unused()

    def _embed_all(self, closing: threading.Event) -> bool:
        """Embed until nothing waits; say whether there was anything."""
        has_embedded = False
        while True:
            self._courtesy.wait(closing.is_set)
            if closing.is_set() or not self._embed_batch():
                return has_embedded
            has_embedded = True

    def _embed_batch(self) -> bool:
        """Embed the next passages; say whether there were any."""
        rows = self._vectors.passages_to_embed(PASSAGES_A_BATCH, self._interest.keys)
        if not rows and not self._has_files_waiting():
            rows = self._vectors.passages_to_embed(PASSAGES_A_BATCH)
        if not rows:
            return False
        embedder = self._dense.embedder
        if embedder is None:
            self.problem = self._dense.problem
            return False
        begun = time.monotonic()
        made = self._vectors_of(rows, embedder)
        self._tally.embedded(len(rows), time.monotonic() - begun)
        self.is_behind = True
        try:
            self._change.keep(embedder, *made)
            self.problem = None
            self._dense.follow()
        finally:
            self.is_behind = False
        self._on_embedded(tuple(dict.fromkeys(row[1] for row in rows)))
        return True

    def _embed_coming(self, closing: threading.Event) -> None:
        """Embed by the embedder that is to answer next, until it does or there is something that goes before it."""
        coming = self._change.coming
        last = 0
        while coming is not None:
            self._courtesy.wait(closing.is_set)
            if closing.is_set() or self._bell.is_set():
                return
            rows = coming.records.passages_to_embed(PASSAGES_A_BATCH, last)
            if rows:
                try:
                    made = self._vectors_of(rows, coming.embedder)
                except PhialError as error:
                    _log.warning("the embedder that is to come: %s", error)
                    self._change.note(coming, problem_of(error))
                    return
                self._change.note(coming, None)
                self._change.keep(coming.embedder, *made)
                with self._change.keeping:
                    if self._change.coming is coming:  # else it has been told that it was given up
                        self._dense.tell(EmbedderProgress(0, coming.embedder.name, *coming.records.progress()))
                self._dense.follow()
                last = rows[-1][0]
            elif last:
                last = 0  # once more from the beginning: a vector may have gone with another passage
            elif self._change.take_over(coming):
                self._dense.needs_check = True
                self.has_leftovers = True
                _, passages = coming.records.progress()
                self._dense.tell(EmbedderProgress(0, coming.embedder.name, passages, passages))
                self._on_embedded(())
            coming = self._change.coming

    def _vectors_of(
        self, rows: Sequence[tuple[int, str, str, str, str]], embedder: Embedder
    ) -> tuple[dict[int, str], dict[str, Vectors]]:
        """The keys of the passages' vectors by ``embedder``, and the vectors that are not here yet by their keys."""
        texts = {identity: text_to_embed(title, section, text) for identity, _, title, section, text in rows}
        keys = {identity: embedder.key(text) for identity, text in texts.items()}
        known = self._vectors.known(list(keys.values()))
        new = {keys[identity]: text for identity, text in texts.items() if keys[identity] not in known}
        return keys, dict(zip(new, embedder.embed(list(new.values())), strict=True))
