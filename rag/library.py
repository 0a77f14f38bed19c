"""The façade: one library, open. The worker, the terminal's batch calls and the benchmarks use this and nothing below.

with Library.open(home) as library:
    for event in library.index([path]): ...        # progress, resumable
    passages = library.search("question", limit=8)
    for event in library.ask("question"): ...      # evidence first, then tokens, then the grounded answer
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager

from rag.asking import AskEvent
from rag.backing_up import back_up
from rag.finding import FindEvent
from rag.intake import IndexEvent
from rag.open_library import OpenLibrary
from rag.protocol import (
    EVERYWHERE,
    BackUp,
    Document,
    DocumentHealth,
    Evidence,
    ExportFormat,
    LibraryStatus,
    ModelState,
    Page,
    Passage,
    Progress,
    Removed,
    Reply,
    Restore,
    Scope,
    Span,
    Stage,
    Summarise,
    Turn,
)
from rag.restoring import restore
from rag.searching import Findings, checked_question
from rag.standing import library_status
from rag.summarise import SummaryEvent
from rag.told import told


def _never() -> bool:
    return False


class Library(OpenLibrary):
    """A library: its stores, its indexing threads, its model. One process has it open at a time.

    Safe from any thread. Every failure that a person can meet is a PhialError.
    """

    # --- indexing -----------------------------------------------------------------------------------------------

    def resume(self) -> None:
        """Go on with whatever the last run left undone, in the background; redo what an upgrade has outdated."""
        self._holdings.start()
        self._writing.start()
        self.discovering.start()
        self.getting.start()

    def index(
        self, paths: Sequence[str], is_cancelled: Callable[[], bool] = _never, passwords: Sequence[str] = ()
    ) -> Iterator[IndexEvent]:
        """Take files and folders in; tell what happens to them until each is settled, then end with ``Indexed``.

        ``passwords`` are tried on whatever asks for one. When it is cancelled the report ends with what is settled by
        then; what was queued stays queued. Raises PhialError DISK_FULL, LIBRARY_UNWRITABLE where the library itself
        can't be written.
        """
        return self._holdings.take(paths, self.resume, is_cancelled, passwords)

    def pause(self, paused: bool) -> None:
        """Hold indexing, or let it go on."""
        self._holdings.pause(paused)

    def retry(self, keys: Sequence[str]) -> None:
        """Read these documents again, from their files as they are now; of a scan only what OCR could not read."""
        self._holdings.retry(keys)
        self.resume()

    def unlock(self, key: str, password: str, is_cancelled: Callable[[], bool] = _never) -> bool:
        """Open a document with a password, and read it; say whether the keyring keeps that (see Unlocker.unlock)."""
        is_kept = self._holdings.unlock(key, password, is_cancelled)
        self.resume()
        return is_kept

    def health(self, keys: Sequence[str] = ()) -> tuple[DocumentHealth, ...]:
        """What came of every page of the documents with these keys, of all where none is given."""
        return self._holdings.health.report(keys)

    def documents(self) -> tuple[Document, ...]:
        """Every document, and every file that is to become one, oldest first."""
        return self._records.documents()

    def progress(self) -> Progress:
        """How far indexing is."""
        return self._holdings.indexer.progress()

    def remove(self, targets: Sequence[str]) -> Removed:
        """Forget documents, by path (file or folder), key or SHA-256. The files stay. See Forgetter.forget."""
        return self._holdings.forget(targets)

    def forget_unread(self, keys: Sequence[str]) -> Removed:
        """Forget those of the documents with these keys that nothing was read of yet. The files stay."""
        return self._holdings.forget_unread(keys)

    def leave_scans(self, keys: Sequence[str]) -> None:
        """Read those pages of these documents no more that wait for OCR; ``read_scans`` has them read after all."""
        self._holdings.leave_scans(keys)

    def read_scans(self, keys: Sequence[str]) -> None:
        """Read those pages of these documents after all that were left unread; nothing else of them is touched."""
        self._holdings.read_scans(keys)

    def withheld(self, keys: Sequence[str]) -> AbstractContextManager[None]:
        """A context in which none of the documents with these keys is read."""
        return self._holdings.withheld(keys)

    # --- searching and asking ---------------------------------------------------------------------------------

    def search(
        self, question: str, limit: int = 8, scope: Scope = EVERYWHERE, without: Sequence[str] = ()
    ) -> tuple[Passage, ...]:
        """The passages nearest to ``question``, best first, by words and by meaning, in the ``scope`` but ``without``.

        Raises PhialError QUESTION_*, LIBRARY_EMPTY, SCOPE_EMPTY.
        """
        passages: tuple[Passage, ...] = ()
        for event in self.look_up(question, limit, scope, without=without):
            if isinstance(event, Evidence):
                passages = event.passages
        return passages

    def look_up(
        self,
        question: str,
        limit: int = 8,
        scope: Scope = EVERYWHERE,
        is_cancelled: Callable[[], bool] = _never,
        without: Sequence[str] = (),
    ) -> Iterator[Evidence | Stage]:
        """``search`` as it comes: what the words find at once, then what words and meaning find together."""
        sha256s = self._scoper.documents_in(scope, without)
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
        without: Sequence[str] = (),
    ) -> Iterator[AskEvent]:
        """Answer a question: evidence, tokens, the grounded answer (see Asker.ask)."""
        return self._writing.ask(question, scope, model, conversation, is_cancelled, language, without)

    def anticipate(
        self,
        question: str,
        scope: Scope = EVERYWHERE,
        conversation: int = 0,
        is_cancelled: Callable[[], bool] = _never,
        without: Sequence[str] = (),
    ) -> None:
        """Be ready for a question that may be asked (see Anticipator.anticipate)."""
        self._writing.anticipate(question, scope, conversation, is_cancelled, without)

    def delete_conversation(self, conversation: int) -> None:
        """Erase a conversation, and what the model keeps of the last one."""
        self.history.delete(conversation)
        self._writing.prompter.forget()

    def summarise(self, request: Summarise, is_cancelled: Callable[[], bool] = _never) -> Iterator[SummaryEvent]:
        """Sum documents up: progress, words, the grounded summary (see Summariser.summarise)."""
        return self._writing.summarise(request, is_cancelled)

    def find_all(
        self,
        question: str,
        scope: Scope = EVERYWHERE,
        language: str = "",
        is_cancelled: Callable[[], bool] = _never,
        without: Sequence[str] = (),
    ) -> Iterator[FindEvent]:
        """Look at every document for what ``question`` seeks (see Finder.find_all)."""
        return self.estimator.noting_find(self._finder.find_all(question, scope, language, is_cancelled, without))

    def show_page(
        self, sha256: str, page: int, scale: float, marks: Sequence[Span], is_cancelled: Callable[[], bool] = _never
    ) -> Page | None:
        """A page as it is to be shown (see PageShower.show); None when it was cancelled."""
        return self._holdings.show_page(sha256, page, scale, marks, is_cancelled)

    def export(self, title: str, turns: Sequence[Turn], export_format: ExportFormat, language: str) -> bytes:
        """Questions and answers as a file (see rag.export). Raises PhialError PDF_LACKS_LETTERS."""
        from rag.export import export  # it names places as the terminal does, which is nothing that every worker needs

        return export(title, turns, export_format, language)

    # --- as one file ----------------------------------------------------------------------------------------------

    def back_up(self, wanted: BackUp, cancelled: threading.Event) -> Iterator[Reply]:
        """Keep all of it as one file (see rag.backing_up)."""
        return told(lambda tell, is_cancelled: back_up(self.home, wanted, tell, is_cancelled), cancelled)

    def restore(self, wanted: Restore, cancelled: threading.Event) -> Iterator[Reply]:
        """Prepare another library to take the place of this one when it is opened next (see rag.restoring)."""
        return told(lambda tell, is_cancelled: restore(self.home, wanted, tell, is_cancelled), cancelled)

    # --- how it stands ------------------------------------------------------------------------------------------

    def status(self) -> LibraryStatus:
        """How the library stands."""
        return library_status(
            self.home,
            self._records,
            self.connections,
            self.models.chosen(),
            embedder="" if self._dense.embedder is None else self._dense.embedder.name,
            model_sleeps_for=self.models.state().reason,
            is_paused=self._courtesy.is_paused,
            troubles=(*self._holdings.troubles(), self._dense.problem),
            notices=(*self._dense.change.notices(), *self._holdings.notices()),
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
