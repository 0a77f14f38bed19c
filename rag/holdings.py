"""The documents of a library, and all that reads them: taken in, read, recognised, watched, mended, forgotten."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rag.analysing import Analysing
from rag.chunk import CHUNKER_VERSION
from rag.courtesy import Courtesy
from rag.dense import Dense
from rag.errors import Problem
from rag.extract import EXTRACTOR_VERSION, PagePainter, ParserPool
from rag.feed import Feed
from rag.forgetting import Forgetter
from rag.health import HealthReporter
from rag.indexing import Indexer
from rag.intake import IndexEvent, Intake
from rag.leafing import Leafing
from rag.ocr_pace import OcrPace
from rag.passwords import Passwords
from rag.protocol import DocumentChanged, Page, Removed, Span
from rag.recognizing import Recognizing
from rag.retrying import Retrier
from rag.showing import PageShower
from rag.stores.database import Database
from rag.stores.folder_records import FolderRecords
from rag.stores.health_records import HealthRecords
from rag.stores.history import History
from rag.stores.records import Records
from rag.stores.vector_records import VectorRecords
from rag.unlocking import Unlocker
from rag.watching import Watching


class Holdings:
    """What a library holds, and the threads and processes that read it. Safe from any thread."""

    def __init__(
        self,
        home: Path,
        database: Database,
        records: Records,
        vectors: VectorRecords,
        history: History,
        dense: Dense,
        feed: Feed,
        courtesy: Courtesy,
        forget_reading: Callable[[Sequence[str]], None],
    ) -> None:
        """``forget_reading`` has the model forget what it has read of documents that are forgotten."""
        self._records = records
        self._feed = feed
        self._courtesy = courtesy
        self._passwords = Passwords(history)
        self._parsers = ParserPool()
        self._unlocker = Unlocker(records, self._passwords, self._parsers)
        ocr_pace = OcrPace(records)
        self.indexer = Indexer(records, vectors, dense, feed, courtesy, ocr_pace, self._unlocker)
        self.interest = self.indexer.interest
        self._recognizing = Recognizing(
            records,
            self.indexer.count_tokens,
            self._passwords.of,
            feed,
            courtesy,
            self.indexer.progress,
            self.indexer.wake_embedding,
            ocr_pace,
            lambda: self.indexer.left_alone,
        )
        folders = FolderRecords(database)
        self._intake = Intake(home, records, folders, self._passwords, feed, self.indexer)
        self._retrier = Retrier(records, self.indexer)
        self._forgetter = Forgetter(
            database,
            records,
            folders,
            self._passwords,
            vectors,
            history,
            dense,
            feed,
            self.indexer,
            forget_reading,
        )
        self.folders = Watching(home, folders, records, feed, self._forgetter, self.indexer)
        self._analysing = Analysing(records, courtesy)
        self.health = HealthReporter(records, HealthRecords(database))
        self._painter = PagePainter()
        self._shower = PageShower(records, self._painter, self._passwords.of)
        self.leafing = Leafing(records, self._painter, self._passwords.of)

    def start(self) -> None:
        """Go on with whatever the last run left undone, in the background; redo what an upgrade has outdated."""
        read_again, cut_again = self._records.outdated(EXTRACTOR_VERSION, CHUNKER_VERSION)
        self._records.wait_again(read_again)
        self._records.wait_again(cut_again, keeps_pages=True)
        self.indexer.start()
        self._recognizing.start()
        self._analysing.start()
        self.folders.start()

    def close(self) -> None:
        """End the threads and processes."""
        self.folders.close()
        self._analysing.close()
        self._recognizing.close()
        self.indexer.close()
        self._parsers.close()
        self._painter.close()

    def end_processes(self) -> None:
        """End the painter, the OCR and the parsers at once."""
        self._painter.close()
        self._recognizing.end_process()
        self._parsers.close()

    def take(
        self,
        paths: Sequence[str],
        resume: Callable[[], None],
        is_cancelled: Callable[[], bool],
        passwords: Sequence[str],
    ) -> Iterator[IndexEvent]:
        """Take files and folders in (see Intake.take)."""
        self.interest.note(str(Path(path).absolute()) for path in paths)
        return self._intake.take(paths, resume, is_cancelled, passwords)

    def pause(self, paused: bool) -> None:
        """Hold indexing, or let it go on."""
        self._courtesy.pause(paused)
        self._feed.publish(self.indexer.progress())

    def retry(self, keys: Sequence[str]) -> None:
        """Read these documents again (see Retrier.retry)."""
        self._retrier.retry(keys)
        self._tell_of(keys)

    def unlock(self, key: str, password: str, is_cancelled: Callable[[], bool]) -> bool:
        """Open a document with a password, and read it (see Unlocker.unlock)."""
        is_kept = self._unlocker.unlock(key, password, is_cancelled)
        self._tell_of([key])
        return is_kept

    def forget(self, targets: Sequence[str]) -> Removed:
        """Forget documents (see Forgetter.forget)."""
        return self._forgetter.forget(targets)

    def forget_unread(self, keys: Sequence[str]) -> Removed:
        """Forget documents that nothing was read of (see Forgetter.forget_unread)."""
        return self._forgetter.forget_unread(keys)

    def leave_scans(self, keys: Sequence[str]) -> None:
        """Leave the scanned pages of documents unread (see Recognizing.leave)."""
        self._recognizing.leave(keys)

    def read_scans(self, keys: Sequence[str]) -> None:
        """Read the scanned pages of documents after all (see Recognizing.read_after_all)."""
        self._recognizing.read_after_all(keys)

    @contextlib.contextmanager
    def withheld(self, keys: Sequence[str]) -> Iterator[None]:
        """Inside, none of the documents with these keys is read; what was being read of them goes on afterwards."""
        try:
            with self.indexer.without([*self._records.names_of(keys)]):
                self._feed.wake()  # OCR waits for files that are to be read: of these it does not
                yield
        finally:
            self._feed.wake()

    def show_page(
        self, sha256: str, page: int, scale: float, marks: Sequence[Span], is_cancelled: Callable[[], bool]
    ) -> Page | None:
        """A page as it is to be shown (see PageShower.show)."""
        self.interest.note([sha256])
        return self._shower.show(sha256, page, scale, marks, is_cancelled)

    def troubles(self) -> tuple[Problem | None, ...]:
        """What keeps documents from being read or embedded."""
        return self.indexer.trouble, self.indexer.cannot_embed

    def notices(self) -> tuple[Problem, ...]:
        """What is worth knowing of passwords and followed folders."""
        return (*self._passwords.notices(), *self.folders.notices())

    def _tell_of(self, keys: Sequence[str]) -> None:
        for document in self._records.documents(keys):
            self._feed.publish(DocumentChanged(0, document))
