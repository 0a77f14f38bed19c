"""The façade: one library, open. The worker, the terminal's batch calls and the benchmarks use this and nothing below.

with Library.open(home) as library:
    for event in library.index([path]): ...        # progress, resumable
    passages = library.search("question", limit=8)
    for event in library.ask("question"): ...      # evidence first, then tokens, then the grounded answer
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock

from engine.room import Room
from rag.analysing import Analysing
from rag.asking import AskEvent
from rag.chunk import CHUNKER_VERSION
from rag.collecting import Collecting
from rag.courtesy import Courtesy
from rag.dense import Dense
from rag.discovering import Discovering
from rag.extract import EXTRACTOR_VERSION, ParserPool
from rag.feed import Feed
from rag.finding import Finder, FindEvent
from rag.forgetting import Forgetter
from rag.getting import Getting
from rag.health import HealthReporter
from rag.holding import hold
from rag.indexing import Indexer
from rag.intake import IndexEvent, Intake
from rag.ocr_pace import OcrPace
from rag.offering import Offering
from rag.passwords import Passwords
from rag.protocol import (
    EVERYWHERE,
    Document,
    DocumentChanged,
    DocumentHealth,
    Evidence,
    ExportFormat,
    LibraryStatus,
    ModelState,
    Page,
    Passage,
    Progress,
    Removed,
    Scope,
    Span,
    Stage,
    Summarise,
)  # fmt: skip
from rag.recognizing import Recognizing
from rag.retrying import Retrier
from rag.scoping import Scoper
from rag.searching import Findings, Searcher, checked_question
from rag.settings import Settings
from rag.showing import PageShower
from rag.shown_embedders import ShownEmbedders
from rag.standing import library_status
from rag.stores.collection_records import CollectionRecords
from rag.stores.connection_records import ConnectionRecords
from rag.stores.database import Database
from rag.stores.finding_records import FindingRecords
from rag.stores.folder_records import FolderRecords
from rag.stores.health_records import HealthRecords
from rag.stores.history import History
from rag.stores.records import Records
from rag.stores.scope_records import ScopeRecords
from rag.stores.summary_records import SummaryRecords
from rag.stores.vector_records import VectorRecords
from rag.summarise import SummaryEvent
from rag.summary.materials import Materials
from rag.unlocking import Unlocker
from rag.watching import Watching
from rag.writing import Writing


def _never() -> bool:
    return False


class Library:
    """A library: its stores, its indexing threads, its model. One process has it open at a time.

    Safe from any thread. Every failure that a person can meet is a PhialError.
    """

    def __init__(self, home: Path, lock: FileLock) -> None:
        """Open what ``Library.open`` has locked."""
        self.home = home
        self.feed = Feed()
        self._lock = lock
        self._courtesy = Courtesy()
        self._database = Database(home)
        self._records = Records(self._database)
        self._vectors = VectorRecords(self._database)
        self.history = History(self._database)
        self.settings = Settings(home, self.history)
        passwords = Passwords(self.history)
        self._parsers = ParserPool()
        self._unlocker = Unlocker(self._records, passwords, self._parsers)
        room = Room()
        self._dense = Dense(home, self._vectors, self.history, room)
        ocr_pace = OcrPace(self._records)
        self._indexer = Indexer(
            self._records, self._vectors, self._dense, self.feed, self._courtesy, ocr_pace, self._unlocker
        )
        self.embedders = ShownEmbedders(self._dense, self._records, self._indexer.wake_embedding)
        self._recognizing = Recognizing(
            self._records,
            self._indexer.count_tokens,
            passwords.of,
            self.feed,
            self._courtesy,
            self._indexer.progress,
            self._indexer.wake_embedding,
            ocr_pace,
        )
        self._health = HealthReporter(self._records, HealthRecords(self._database))
        interest = self._indexer.interest
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
            Materials(self._records, self._health.report, interest.note),
            SummaryRecords(self._database),
            lambda: interest.keys,
            room,
        )
        self.models, self.speeds = self._writing.models, self._writing.speeds
        folders = FolderRecords(self._database)
        self._intake = Intake(home, self._records, folders, passwords, self.feed, self._indexer)
        self._retrier = Retrier(self._records, self._indexer)
        self._forgetter = Forgetter(
            self._database,
            self._records,
            folders,
            passwords,
            self._vectors,
            self.history,
            self._dense,
            self.feed,
            self._indexer,
            self._writing.prompter.forget,
        )
        self.folders = Watching(home, folders, self._records, self.feed, self._forgetter, self._indexer)
        self._analysing = Analysing(self._records, self._courtesy)
        self.discovering = Discovering(home, self._courtesy, self.models, self.feed)
        self._connections = ConnectionRecords(self._database)
        self.getting = Getting(home, self.history, self._connections, self.feed, self.models, self.settings)
        self.offering = Offering(home, self.models, self.speeds, self.getting.downloads)
        self._finder = Finder(self._records, FindingRecords(self._database), self._scoper, self._dense, self._courtesy)
        self._shower = PageShower(self._records, passwords.of)

    @classmethod
    def open(cls, home: Path) -> Library:
        """Open the library in ``home``, made where there is none.

        Raises PhialError: LIBRARY_HELD, LIBRARY_NEWER, LIBRARY_DAMAGED, LIBRARY_UNWRITABLE, DISK_FULL.
        """
        lock = hold(home)
        try:
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
        self.folders.close()
        self.discovering.close()
        self.getting.close()
        self._analysing.close()
        self._recognizing.close()
        self._indexer.close()
        self._parsers.close()
        self._shower.close()
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
        self._shower.close()
        self._recognizing.end_process()
        self._dense.end_processes()
        self._parsers.close()

    # --- indexing -----------------------------------------------------------------------------------------------

    def resume(self) -> None:
        """Go on with whatever the last run left undone, in the background; redo what an upgrade has outdated."""
        read_again, cut_again = self._records.outdated(EXTRACTOR_VERSION, CHUNKER_VERSION)
        self._records.wait_again(read_again)
        self._records.wait_again(cut_again, keeps_pages=True)
        self._indexer.start()
        self._recognizing.start()
        self._analysing.start()
        self._writing.start()
        self.discovering.start()
        self.getting.start()
        self.folders.start()

    def index(
        self, paths: Sequence[str], is_cancelled: Callable[[], bool] = _never, passwords: Sequence[str] = ()
    ) -> Iterator[IndexEvent]:
        """Take files and folders in; tell what happens to them until each is settled, then end with ``Indexed``.

        ``passwords`` are tried on whatever asks for one. When it is cancelled the report ends with what is settled by
        then; what was queued stays queued. Raises PhialError DISK_FULL, LIBRARY_UNWRITABLE where the library itself
        can't be written.
        """
        self._indexer.interest.note(str(Path(path).absolute()) for path in paths)
        return self._intake.take(paths, self.resume, is_cancelled, passwords)

    def pause(self, paused: bool) -> None:
        """Hold indexing, or let it go on."""
        self._courtesy.pause(paused)
        self.feed.publish(self._indexer.progress())

    def retry(self, keys: Sequence[str]) -> None:
        """Read these documents again, from their files as they are now; of a scan only what OCR could not read."""
        self._retrier.retry(keys)
        self._go_on_with(keys)

    def unlock(self, key: str, password: str, is_cancelled: Callable[[], bool] = _never) -> bool:
        """Open a document with a password, and read it; say whether the keyring keeps that (see Unlocker.unlock)."""
        is_kept = self._unlocker.unlock(key, password, is_cancelled)
        self._go_on_with([key])
        return is_kept

    def health(self, keys: Sequence[str] = ()) -> tuple[DocumentHealth, ...]:
        """What came of every page of the documents with these keys, of all where none is given."""
        return self._health.report(keys)

    def documents(self) -> tuple[Document, ...]:
        """Every document, and every file that is to become one, oldest first."""
        return self._records.documents()

    def progress(self) -> Progress:
        """How far indexing is."""
        return self._indexer.progress()

    def remove(self, targets: Sequence[str]) -> Removed:
        """Forget documents, by path (file or folder), key or SHA-256. The files stay. See Forgetter.forget."""
        return self._forgetter.forget(targets)

    # --- searching and asking ---------------------------------------------------------------------------------

    def search(self, question: str, limit: int = 8, scope: Scope = EVERYWHERE) -> tuple[Passage, ...]:
        """The passages nearest to ``question``, best first, by words and by meaning.

        Raises PhialError QUESTION_*, LIBRARY_EMPTY, SCOPE_EMPTY.
        """
        passages: tuple[Passage, ...] = ()
        for event in self.look_up(question, limit, scope):
            if isinstance(event, Evidence):
                passages = event.passages
        return passages

    def look_up(
        self, question: str, limit: int = 8, scope: Scope = EVERYWHERE, is_cancelled: Callable[[], bool] = _never
    ) -> Iterator[Evidence | Stage]:
        """``search`` as it comes: what the words find at once, then what words and meaning find together."""
        sha256s = self._scoper.documents_in(scope)
        for event in self._searcher.look_up(checked_question(question), limit, sha256s, is_cancelled):
            if not isinstance(event, Findings):
                yield event

    def ask(
        self,
        question: str,
        scope: Scope = EVERYWHERE,
        model: str = "",
        conversation: int = 0,
        is_cancelled: Callable[[], bool] = _never,
        language: str = "",
    ) -> Iterator[AskEvent]:
        """Answer a question: evidence, tokens, the grounded answer (see Asker.ask)."""
        return self._writing.ask(question, scope, model, conversation, is_cancelled, language)

    def anticipate(
        self,
        question: str,
        scope: Scope = EVERYWHERE,
        conversation: int = 0,
        is_cancelled: Callable[[], bool] = _never,
    ) -> None:
        """Be ready for a question that may be asked (see Anticipator.anticipate)."""
        self._writing.anticipate(question, scope, conversation, is_cancelled)

    def delete_conversation(self, conversation: int) -> None:
        """Erase a conversation, and what the model keeps of the last one."""
        self.history.delete(conversation)
        self._writing.prompter.forget()

    def summarise(self, request: Summarise, is_cancelled: Callable[[], bool] = _never) -> Iterator[SummaryEvent]:
        """Sum documents up: progress, words, the grounded summary (see Summariser.summarise)."""
        return self._writing.summarise(request, is_cancelled)

    def find_all(
        self, question: str, scope: Scope = EVERYWHERE, language: str = "", is_cancelled: Callable[[], bool] = _never
    ) -> Iterator[FindEvent]:
        """Look at every document for what ``question`` seeks (see Finder.find_all)."""
        return self._finder.find_all(question, scope, language, is_cancelled)

    def show_page(
        self, sha256: str, page: int, scale: float, marks: Sequence[Span], is_cancelled: Callable[[], bool] = _never
    ) -> Page | None:
        """A page as it is to be shown (see PageShower.show); None when it was cancelled."""
        self._indexer.interest.note([sha256])
        return self._shower.show(sha256, page, scale, marks, is_cancelled)

    def export_conversation(self, conversation: int, export_format: ExportFormat, language: str) -> bytes:
        """A conversation as a file (see rag.export). Raises PhialError CONVERSATION_GONE."""
        from rag.export import export  # it names places as the terminal does, which is nothing that every worker needs

        return export(*self.history.conversation(conversation), export_format, language)

    # --- how it stands ------------------------------------------------------------------------------------------

    def status(self) -> LibraryStatus:
        """How the library stands."""
        return library_status(
            self.home,
            self._records,
            self._connections,
            self.models.chosen(),
            embedder="" if self._dense.embedder is None else self._dense.embedder.name,
            model_sleeps_for=self.models.state().reason,
            is_paused=self._courtesy.is_paused,
            troubles=(self._indexer.trouble, self._indexer.cannot_embed, self._dense.problem),
            notices=(
                *self._dense.change.notices(),
                *self._unlocker.passwords.notices(),
                *self.folders.notices(),
            ),
        )

    def kept_states(self, language: str) -> str:
        """What the model has read takes of the disk, and may take of it: “12 MB / 2 GB”."""
        return self._writing.kept_states(language)

    def mend(self) -> None:
        """Check the vector index, and rebuild it where it isn't sound: what happens in the background, waited for."""
        self._dense.mend()

    def is_vector_index_sound(self) -> bool:
        """Whether the vector index holds what library.db says, and its vectors find themselves."""
        return self._dense.check()

    def model_state(self) -> ModelState:
        """What the model is doing."""
        return self.models.state()

    def _go_on_with(self, keys: Sequence[str]) -> None:
        for document in self._records.documents(keys):
            self.feed.publish(DocumentChanged(0, document))
        self.resume()
