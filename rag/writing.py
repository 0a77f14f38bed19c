"""All that a model writes for: answers, what is read ahead of them, summaries; and the model's process itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from engine.catalogue import InstalledModel
from engine.host import ModelHost
from engine.kv_folder import size_on_disk
from engine.kv_store import KvBudget
from engine.paths import kv_states, logs
from engine.room import Room
from engine.wishes import Wishes
from rag.ahead import ReadingAhead
from rag.anticipating import Anticipator
from rag.asking import Asker, AskEvent
from rag.courtesy import Courtesy
from rag.errors import size_words
from rag.estimating import Estimator
from rag.feed import Feed
from rag.first_word import FirstWord
from rag.models import Models
from rag.prompting import Prompter
from rag.protocol import Scope, Summarise
from rag.scoping import Scoper
from rag.searching import Searcher
from rag.settings import Settings
from rag.speeds import Speeds
from rag.stores.history import History
from rag.stores.records import Records
from rag.stores.scope_records import ScopeRecords
from rag.stores.summary_records import SummaryRecords
from rag.summarise import Summariser, SummaryEvent
from rag.summary.materials import Materials


class Writing:
    """The model's process, and who has it write. Safe from any thread."""

    def __init__(
        self,
        home: Path,
        records: Records,
        history: History,
        settings: Settings,
        feed: Feed,
        courtesy: Courtesy,
        scoper: Scoper,
        searcher: Searcher,
        silent: tuple[Scoper, Searcher],
        scopes: ScopeRecords,
        materials: Materials,
        summaries: SummaryRecords,
        of_interest: Callable[[], Sequence[str]],
        room: Room,
    ) -> None:
        """``silent`` search as the others do, and note nowhere what was looked at.

        ``of_interest`` gives the keys of the documents that were used last; ``room`` is shared with the embedder.
        """
        self._home = home
        self._settings = settings
        self._records = records
        self._courtesy = courtesy
        self._feed = feed
        self.host = ModelHost(log_folder=logs(home), wishes=self._wishes, on_state=self._announce, home=home, room=room)
        self.speeds = Speeds(history)
        self.models = Models(home, lambda: self.host.memory, self.speeds, lambda: self.host.sleeps_for)
        self.prompter = Prompter(self.host, records, history, settings)
        self._ahead = ReadingAhead(records, self.host, self.prompter, settings, courtesy, of_interest)
        self.asker = Asker(home, scoper, searcher, history, self.host, courtesy, self.prompter, self._ahead.answered)
        self._anticipator = Anticipator(home, *silent, history, self.host, self.prompter, courtesy, settings)
        self._summariser = Summariser(home, materials, summaries, searcher, self.host, courtesy)
        first_word = FirstWord(history, settings)
        self.estimator = Estimator(silent[0], scopes, self.models, self.speeds, first_word, history)

    def start(self) -> None:
        """Begin to read ahead while nothing else is to be done."""
        self._ahead.start()

    def close(self) -> None:
        """End the threads, and the model's process."""
        self._ahead.close()
        self.host.close()

    def ask(
        self,
        question: str,
        scope: Scope,
        model: str,
        conversation: int,
        is_cancelled: Callable[[], bool],
        language: str,
        without: Sequence[str],
    ) -> Iterator[AskEvent]:
        """Answer a question (see Asker.ask)."""
        events = self.asker.ask(question, scope, model, conversation, is_cancelled, language, without)
        return self.estimator.noting_answer(self.models.named(model), events)

    def anticipate(
        self,
        question: str,
        scope: Scope,
        conversation: int,
        is_cancelled: Callable[[], bool],
        without: Sequence[str],
    ) -> None:
        """Be ready for a question that may be asked (see Anticipator.anticipate)."""
        self._anticipator.anticipate(question, scope, conversation, is_cancelled, without)

    def summarise(self, request: Summarise, is_cancelled: Callable[[], bool]) -> Iterator[SummaryEvent]:
        """Sum documents up (see Summariser.summarise)."""
        events = self._summariser.summarise(request, is_cancelled)
        return self.estimator.noting_summary(request, self.models.named(request.model), events)

    def kept_states(self, language: str) -> str:
        """What the model has read takes of the disk, and may take of it: “12 MB / 2 GB”."""
        budget = self._wishes().kv
        taken = size_on_disk(Path(budget.folder))
        return f"{size_words(taken, language)} / {size_words(budget.disk, language)}"

    def _wishes(self) -> Wishes:
        now = self._settings.current()
        states = KvBudget(str(kv_states(self._home)), now.kv_memory_bytes, now.kv_disk_bytes)
        return Wishes(now.model_idle_s, now.context, states, spares_core=self._is_indexing())

    def _is_indexing(self) -> bool:
        """Whether documents are being read or recognized, and don't wait for an answer."""
        if self._courtesy.is_answering or self._courtesy.is_paused:
            return False
        return self._records.count_waiting() > 0 or self._records.next_waiting_page() is not None

    def _announce(self, state: str, model: InstalledModel | None) -> None:
        self._feed.publish(self.models.note(state, model))
