"""Indexing, the first journey: files that wait are read by two threads and embedded by another, in the background.

What is to be done stands in library.db, so there is nothing else to keep: whoever opens the library next goes on.
"""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence

from rag.courtesy import Courtesy, lower_priority
from rag.dense import Dense
from rag.embedding import Embedding
from rag.errors import EngineProblem, LibraryProblem, PhialError, Problem, problem_of
from rag.feed import Feed
from rag.interest import Interest
from rag.ocr_pace import OcrPace
from rag.protocol import DocumentChanged, DocumentGone, Progress
from rag.reading import FileReader, Interrupted
from rag.stores.records import Records
from rag.stores.vector_records import VectorRecords
from rag.tally import Tally
from rag.unlocking import Unlocker

READERS = 2
"""Files read at a time: while one is hashed, cut or committed, the parser of the other goes on."""

SECONDS_A_PROGRESS = 0.5
"""Progress is told at most so often: it counts rows, which takes the longer the larger the library is."""

RETRY_SECONDS = 5.0
"""How long indexing rests after the library itself failed (a full disk) before it tries again."""

_FORGETTING_SECONDS = 0.2
"""How long a file waits before it is looked at again whose document is being forgotten."""

_log = logging.getLogger(__name__)


class Indexer:
    """The threads, and what they are at."""

    def __init__(
        self,
        records: Records,
        vectors: VectorRecords,
        dense: Dense,
        feed: Feed,
        courtesy: Courtesy,
        ocr_pace: OcrPace,
        unlocker: Unlocker,
    ) -> None:
        self._records = records
        self._dense = dense
        self._feed = feed
        self._courtesy = courtesy
        self._ocr_pace = ocr_pace
        self._unlocker = unlocker
        self._closing = threading.Event()
        self._bells = [threading.Event() for _ in range(READERS)]
        self._in_hand: set[str] = set()
        self._dropped: Counter[str] = Counter()  # how many want each of them not to be read just now
        self._idle = threading.Condition()
        self._tally = Tally()
        self._last_file = self._last_progress = 0.0
        self.interest = Interest()
        """What is read and embedded before everything else."""
        self._embedding = Embedding(
            vectors, dense, courtesy, self.interest, self._tally, self._has_files_waiting, self._announce_embedded
        )
        self._threads: list[threading.Thread] = []
        self.trouble: Problem | None = None
        """Why indexing rests, where the library itself can't be written."""

    @property
    def cannot_embed(self) -> Problem | None:
        """Why passages stay without vectors, where the embedder can't be had."""
        return self._embedding.problem

    @property
    def is_behind(self) -> bool:
        """Whether what is ready by library.db may not be found by its meaning for another moment."""
        return self._embedding.is_behind

    def start(self) -> None:
        """Start the threads, once: they mend the vector index, then go on where the last run ended."""
        if not self._threads:
            for bell in self._bells:
                self._threads.append(threading.Thread(target=self._read, args=(bell,), name="reading", daemon=True))
            arguments = (self._closing, self._rest)
            self._threads.append(
                threading.Thread(target=self._embedding.run, args=arguments, name="embedding", daemon=True)
            )
            for thread in self._threads:
                thread.start()
        self.wake()

    def wake(self) -> None:
        """There is something new to do."""
        self.trouble = self._embedding.problem = None
        self._ring()

    def _ring(self) -> None:
        for bell in self._bells:
            bell.set()
        self._embedding.wake()

    def wake_embedding(self) -> None:
        """There are new passages."""
        self._embedding.wake()

    @property
    def left_alone(self) -> frozenset[str]:
        """What is not to be read just now: paths and SHA-256 sums."""
        with self._idle:
            return frozenset(self._dropped)

    @contextlib.contextmanager
    def without(self, keys: Sequence[str]) -> Iterator[None]:
        """Stop reading these documents; inside, none of them is being read.

        By all their names (see FileRecords.names_of): a file in hand is stopped by its path, and by its SHA-256 no
        other file becomes that document.
        """
        with self._idle:
            self._dropped.update(keys)
            self._idle.wait_for(lambda: self._in_hand.isdisjoint(self._dropped), timeout=10)
        try:
            yield
        finally:
            with self._idle:
                self._dropped -= Counter(keys)
                self._idle.notify_all()
            self._ring()

    def note_forgotten(self, files: int) -> None:
        """So many files that waited are not to be read any more: they count neither as done nor as left."""
        self._tally.forgotten(files)
        self._publish_progress(is_due=files > 0)

    def progress(self) -> Progress:
        """How far indexing is."""
        pages, passages, embedded, _ = self._records.totals()
        documents = self._records.count_documents()
        progress = self._tally.progress(self._records.count_waiting(), documents, pages, passages, embedded)
        return self._ocr_pace.added_to(dataclasses.replace(progress, is_paused=self._courtesy.is_paused))

    def close(self) -> None:
        """End the threads; each stops at its next batch."""
        self._closing.set()
        self._ring()
        for thread in self._threads:
            thread.join(timeout=10)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text (see Dense.count_tokens)."""
        return self._dense.count_tokens(texts)

    # --- reading ------------------------------------------------------------------------------------------------

    def _read(self, bell: threading.Event) -> None:
        lower_priority()
        reader = FileReader(
            self._records, self.count_tokens, self._announce, self._pause_point, self._alone, self._unlocker.read
        )
        while not self._closing.is_set():
            bell.wait()
            bell.clear()
            try:
                self._read_all(reader)
                self._drop_orphans()
            except Exception as error:
                self._rest(error)
            self._embedding.wake()

    def _read_all(self, reader: FileReader) -> None:
        is_more = True
        while is_more:
            self._courtesy.wait(self._closing.is_set)
            is_more = not self._closing.is_set() and self._read_one(reader)

    def _read_one(self, reader: FileReader) -> bool:
        """Read the file that is next; say whether there was one."""
        with self._idle:
            file = self._records.next_file(self.interest.keys, self._in_hand | self._dropped.keys())
            if file is None:
                return False
            self._in_hand.add(file.path)
            if len(self._in_hand) == 1:
                self._last_file = time.monotonic()
        try:
            reader.read(file, lambda: self._closing.is_set() or file.path in self._dropped)
        except Interrupted:
            pass
        finally:
            with self._idle:
                self._in_hand.discard(file.path)
                self._last_file, begun = time.monotonic(), self._last_file
                self._tally.read(self._last_file - begun)
                self._idle.notify_all()
        self.trouble = None
        self._embedding.wake()
        self._publish_progress(is_due=not self._has_files_waiting())
        return True

    @contextlib.contextmanager
    def _alone(self, sha256: str) -> Iterator[None]:
        """Two files that hold the same are one document, which is read by one thread at a time.

        Raises Interrupted where the document is being forgotten: another file of it is looked at again after that.
        """
        with self._idle:
            self._idle.wait_for(lambda: sha256 not in self._in_hand)
            if sha256 in self._dropped:
                self._idle.wait(_FORGETTING_SECONDS)
                raise Interrupted
            self._in_hand.add(sha256)
        try:
            yield
        finally:
            with self._idle:
                self._in_hand.discard(sha256)
                self._idle.notify_all()

    def _pause_point(self) -> None:
        self._publish_progress()
        self._courtesy.wait(lambda: self._closing.is_set() or not self._in_hand.isdisjoint(self._dropped))

    def _has_files_waiting(self) -> bool:
        """Whether a file waits that no thread has in hand."""
        with self._idle:
            return self._records.next_file((), self._in_hand | self._dropped.keys()) is not None

    def _drop_orphans(self) -> None:
        """Documents whose file was edited go when what it holds now is answerable; their vectors when it is ready."""
        with self._idle:
            if self._in_hand or self._records.count_waiting():
                return
            orphans = self._records.orphans()
            self._records.remove_documents(orphans)
        for key in orphans:
            self._embedding.has_leftovers = True
            self._unlocker.passwords.forget(key)
            self._feed.publish(DocumentGone(0, key))

    # --- telling ------------------------------------------------------------------------------------------------

    def _announce(self, key: str, was: str) -> None:
        for document in self._records.documents([key]):
            self._feed.publish(DocumentChanged(0, document, was if was != key else ""))

    def _announce_embedded(self, keys: Sequence[str]) -> None:
        self.trouble = None
        for key in keys:
            self._announce(key, "")
        self._publish_progress(is_due=not keys)

    def _publish_progress(self, *, is_due: bool = False) -> None:
        now = time.monotonic()
        if is_due or now - self._last_progress >= SECONDS_A_PROGRESS:
            self._last_progress = now
            self._feed.publish(self.progress())

    def _rest(self, error: Exception) -> None:
        """The library itself failed: say so, wait, and try again; nothing that waits is lost."""
        if isinstance(error, PhialError):
            _log.warning("indexing rests: %s", error)
        else:
            _log.exception("indexing rests")
        is_embedders = isinstance(error, PhialError) and (
            error.kind is LibraryProblem.EMBEDDER_FAILED or isinstance(error.kind, EngineProblem)
        )
        if is_embedders:
            self._embedding.problem = problem_of(error)
        else:
            self.trouble = problem_of(error)
        self._feed.publish(self.progress())
        if not self._closing.wait(RETRY_SECONDS):
            self._ring()
