"""One library, open: its stores, its threads, its processes; how they are put together, and how they end."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock

from engine.room import Room
from rag.collecting import Collecting
from rag.courtesy import Courtesy
from rag.dense import Dense
from rag.discovering import Discovering
from rag.feed import Feed
from rag.finding import Finder
from rag.getting import Getting
from rag.holding import hold
from rag.holdings import Holdings
from rag.offering import Offering
from rag.restoring import complete
from rag.scoping import Scoper
from rag.searching import Searcher
from rag.settings import Settings
from rag.shown_embedders import ShownEmbedders
from rag.stores.collection_records import CollectionRecords
from rag.stores.connection_records import ConnectionRecords
from rag.stores.database import Database
from rag.stores.finding_records import FindingRecords
from rag.stores.history import History
from rag.stores.records import Records
from rag.stores.scope_records import ScopeRecords
from rag.stores.summary_records import SummaryRecords
from rag.stores.vector_records import VectorRecords
from rag.summary.materials import Materials
from rag.updating import Updating
from rag.writing import Writing


class OpenLibrary:
    """Holds the parts; what is done with them is the façade's, which is built on this (rag.library.Library)."""

    def __init__(self, home: Path, lock: FileLock) -> None:
        """Open what ``open`` has locked."""
        self.home = home
        self.feed = Feed()
        self._lock = lock
        self._courtesy = Courtesy()
        self._database = Database(home)
        self._records = Records(self._database)
        self._vectors = VectorRecords(self._database)
        self.history = History(self._database)
        self.settings = Settings(home, self.history)
        room = Room()
        self._dense = Dense(home, self._vectors, self.history, room)
        self._dense.tell = self.feed.publish
        self._holdings = Holdings(
            home,
            self._database,
            self._records,
            self._vectors,
            self.history,
            self._dense,
            self.feed,
            self._courtesy,
            lambda owners: self._writing.prompter.forget(owners),  # noqa: PLW0108 - it is made below
        )
        self.folders = self._holdings.folders
        self.leafing = self._holdings.leafing
        self.embedders = ShownEmbedders(self._dense, self._records, self._holdings.indexer.wake_embedding)
        interest = self._holdings.interest
        scopes = ScopeRecords(self._database)
        self.collections = Collecting(CollectionRecords(self._database), scopes, self._records, self.feed)
        self._scoper = Scoper(self._records, scopes, self.collections, interest.note)
        self._searcher = Searcher(self._records, self._dense, interest.note)
        self._writing = Writing(
            home,
            self._records,
            self.history,
            self.settings,
            self.feed,
            self._courtesy,
            self._scoper,
            self._searcher,
            (Scoper(self._records, scopes, self.collections), Searcher(self._records, self._dense)),
            scopes,
            Materials(self._records, self._holdings.health.report, interest.note),
            SummaryRecords(self._database),
            lambda: interest.keys,
            room,
        )
        self.models, self.speeds, self.estimator = self._writing.models, self._writing.speeds, self._writing.estimator
        self.discovering = Discovering(home, self._courtesy, self.models, self.feed)
        self.connections = ConnectionRecords(self._database)
        self.getting = Getting(home, self.history, self.connections, self.feed, self.models, self.settings)
        self.updating = Updating(home, self.connections)
        self.offering = Offering(home, self.models, self.speeds, self.getting.downloads)
        self._finder = Finder(self._records, FindingRecords(self._database), self._scoper, self._dense, self._courtesy)

    @classmethod
    def open(cls, home: Path) -> Self:
        """Open the library in ``home``, made where there is none; one that was restored takes its place before.

        Raises PhialError: LIBRARY_HELD, LIBRARY_NEWER, LIBRARY_NOT_MIGRATED, LIBRARY_DAMAGED, LIBRARY_UNWRITABLE,
        DISK_FULL.
        """
        lock = hold(home)
        try:
            complete(home)
            return cls(home, lock)
        except BaseException:
            lock.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the threads and processes, close the stores, give the library free."""
        self.discovering.close()
        self.getting.close()
        self._holdings.close()
        self._writing.close()
        self._dense.close()
        self._database.close()
        self._lock.release()

    def errors_named(self) -> AbstractContextManager[None]:
        """A context in which a failure of library.db, also while it is only read, is a PhialError."""
        return self._database.errors_named()

    def end_processes(self) -> None:
        """End the model, the painter and the OCR at once: this process is about to end, and with it every thread."""
        self._writing.host.close()
        self._holdings.end_processes()
        self._dense.end_processes()
