"""Indexing, the first journey: files that wait are read by one thread and embedded by another, in the background.

What is to be done stands in library.db, so there is nothing else to keep: whoever opens the library next goes on.
"""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import threading
import time
from collections.abc import Iterator, Sequence

from rag.courtesy import Courtesy, lower_priority
from rag.dense import Dense
from rag.embed import text_to_embed
from rag.errors import LibraryProblem, PhialError, Problem, problem_of
from rag.feed import Feed
from rag.protocol import DocumentChanged, DocumentGone, Progress
from rag.reading import FileReader, Interrupted
from rag.stores.records import Records
from rag.stores.vector_records import VectorRecords

PASSAGES_A_BATCH = 64
"""Passages embedded and committed at a time: a kill loses no more."""

RETRY_SECONDS = 5.0
"""How long indexing rests after the library itself failed (a full disk) before it tries again."""

_log = logging.getLogger(__name__)


class Indexer:
    """The two threads, and what they are at."""

    def __init__(self, records: Records, vectors: VectorRecords, dense: Dense, feed: Feed, courtesy: Courtesy) -> None:
        self._records = records
        self._vectors = vectors
        self._dense = dense
        self._feed = feed
        self._courtesy = courtesy
        self._closing = threading.Event()
        self._has_files = threading.Event()
        self._has_passages = threading.Event()
        self._current = ""
        self._dropped: set[str] = set()
        # Vectors that no passage has: of an edited document, or of a run that was killed.
        self._has_leftovers = True
        self._idle = threading.Condition()
        self._tally = _Tally()
        self._threads: list[threading.Thread] = []
        self.trouble: Problem | None = None
        """Why indexing rests, where the library itself can't be written."""
        self.cannot_embed: Problem | None = None
        """Why passages stay without vectors, where the embedder can't be had."""

    def start(self) -> None:
        """Start the threads, once: they mend the vector index, then go on where the last run ended."""
        if not self._threads:
            for work in (self._read, self._embed):
                thread = threading.Thread(target=work, name=f"index{work.__name__}", daemon=True)
                self._threads.append(thread)
                thread.start()
        self.wake()

    def wake(self) -> None:
        """There is something new to do."""
        self.trouble = self.cannot_embed = None
        self._has_files.set()
        self._has_passages.set()

    @contextlib.contextmanager
    def without(self, keys: Sequence[str]) -> Iterator[None]:
        """Stop reading these documents (paths and SHA-256 sums); inside, none of them is being read."""
        with self._idle:
            self._dropped.update(keys)
            self._idle.wait_for(lambda: self._current not in self._dropped, timeout=10)
        try:
            yield
        finally:
            with self._idle:
                self._dropped.difference_update(keys)
            self._has_files.set()

    def progress(self) -> Progress:
        """How far indexing is."""
        pages, passages, embedded, _ = self._records.totals()
        progress = self._tally.progress(self._records.count_waiting(), passages, embedded)
        return dataclasses.replace(progress, pages_done=pages, is_paused=self._courtesy.is_paused)

    def close(self) -> None:
        """End the threads; each stops at its next batch."""
        self._closing.set()
        self.wake()
        for thread in self._threads:
            thread.join(timeout=10)

    # --- reading ------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        lower_priority()
        reader = FileReader(self._records, self._count_tokens, self._announce, self._pause_point)
        while not self._closing.is_set():
            self._has_files.wait()
            self._has_files.clear()
            try:
                while not self._closing.is_set() and self._records.count_waiting():
                    self._courtesy.wait(self._closing.is_set)
                    if not self._read_one(reader):
                        break
                self._drop_orphans()
            except Exception as error:
                self._rest(error)
            self._has_passages.set()

    def _read_one(self, reader: FileReader) -> bool:
        """Read the file that has waited longest; say whether the next can follow at once."""
        self._tally.reading(self._records.count_waiting())
        with self._idle:
            file = self._records.next_file()
            if file is None or file.path in self._dropped:
                return file is None
            self._current = file.path
        try:
            reader.read(file, lambda: self._closing.is_set() or self._current in self._dropped)
        except Interrupted:
            pass
        finally:
            with self._idle:
                self._current = ""
                self._idle.notify_all()
        self.trouble = None
        self._has_passages.set()
        self._feed.publish(self.progress())
        return True

    def _pause_point(self) -> None:
        self._feed.publish(self.progress())
        self._courtesy.wait(lambda: self._closing.is_set() or self._current in self._dropped)

    def _count_tokens(self, texts: Sequence[str]) -> list[int]:
        if self._dense.embedder is None:
            # Without an embedder passages are still cut and found by their words; four characters make a token or less.
            return [len(text) // 4 + 1 for text in texts]
        return self._dense.embedder.count_tokens(texts)

    def _drop_orphans(self) -> None:
        """Documents whose file was edited go when what it holds now is answerable; their vectors when it is ready."""
        orphans = self._records.orphans()
        if orphans:
            self._records.remove_documents(orphans)
            self._has_leftovers = True
            for key in orphans:
                self._feed.publish(DocumentGone(0, key))

    # --- embedding ----------------------------------------------------------------------------------------------

    def _embed(self) -> None:
        lower_priority()
        is_checked = False
        while not self._closing.is_set():
            self._has_passages.wait()
            self._has_passages.clear()
            try:
                if not is_checked:
                    self._dense.mend()
                    is_checked = True
                while not self._closing.is_set() and self._embed_batch():
                    self._courtesy.wait(self._closing.is_set)
                self._dense.follow()
                if self._dense.needs_check and not self._records.count_waiting():
                    self._dense.mend()
                if self._has_leftovers and not self._records.count_waiting():
                    self._has_leftovers = False
                    self._vectors.drop_unused()
            except Exception as error:
                self._rest(error)

    def _embed_batch(self) -> bool:
        """Embed the next passages; say whether there were any."""
        rows = self._vectors.passages_to_embed(PASSAGES_A_BATCH)
        if not rows:
            return False
        if self._dense.embedder is None:
            self.cannot_embed = self._dense.problem
            return False
        embedder = self._dense.embedder
        texts = {identity: text_to_embed(title, section, text) for identity, _, title, section, text in rows}
        keys = {identity: embedder.key(text) for identity, text in texts.items()}
        known = self._vectors.known(list(keys.values()))
        new = {keys[identity]: text for identity, text in texts.items() if keys[identity] not in known}
        begun = time.monotonic()
        computed = embedder.embed(list(new.values()))
        self._tally.embedded(len(rows), time.monotonic() - begun)
        self._vectors.keep(keys, dict(zip(new, computed, strict=True)))
        self.trouble = self.cannot_embed = None
        self._dense.follow()
        for sha256 in dict.fromkeys(row[1] for row in rows):
            self._announce(sha256, "")
        self._feed.publish(self.progress())
        return True

    # --- both ---------------------------------------------------------------------------------------------------

    def _announce(self, key: str, was: str) -> None:
        for document in self._records.documents([key]):
            self._feed.publish(DocumentChanged(0, document, was if was != key else ""))

    def _rest(self, error: Exception) -> None:
        """The library itself failed: say so, wait, and try again; nothing that waits is lost."""
        if isinstance(error, PhialError):
            _log.warning("indexing rests: %s", error)
        else:
            _log.exception("indexing rests")
        if isinstance(error, PhialError) and error.kind is LibraryProblem.EMBEDDER_FAILED:
            self.cannot_embed = problem_of(error)
        else:
            self.trouble = problem_of(error)
        self._feed.publish(self.progress())
        if not self._closing.wait(RETRY_SECONDS):
            self._has_files.set()
            self._has_passages.set()


class _Tally:
    """Counts what a run has done, for progress and the time that is left."""

    def __init__(self) -> None:
        self._most_waiting = 0
        self._rate = 0.0  # passages a second, smoothed

    def reading(self, waiting: int) -> None:
        self._most_waiting = max(self._most_waiting, waiting)

    def embedded(self, passages: int, seconds: float) -> None:
        rate = passages / max(seconds, 1e-3)
        self._rate = rate if self._rate == 0.0 else 0.7 * self._rate + 0.3 * rate

    def progress(self, waiting: int, passages: int, embedded: int) -> Progress:
        self._most_waiting = max(self._most_waiting, waiting)
        done = self._most_waiting - waiting
        left = passages - embedded
        if waiting == 0 and left == 0:
            self._most_waiting = 0
        seconds_left = -1.0
        if self._rate > 0.0 and (left or waiting):
            # Files that are still to be read hold, for all that is known, as many passages as those that were.
            expected = left + (waiting * (passages / max(done, 1)) if waiting and done else 0.0)
            seconds_left = round(expected / self._rate, 1)
        return Progress(0, done, done + waiting, 0, embedded, passages, seconds_left)
