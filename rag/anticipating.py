"""While a question is being typed: what it would find is looked up, and the model begins to read it.

When the question comes as expected, what it needs is in the KV cache already. When it comes otherwise, or never,
nothing is left of it but what any question about the same passages would have left there. Decision 0162.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.catalogue import chosen_model
from engine.host import ModelHost
from rag.ahead import may_read_ahead
from rag.asked import asked_in
from rag.asking import PASSAGES
from rag.courtesy import Courtesy
from rag.errors import PhialError
from rag.prompting import Prompter
from rag.protocol import Scope
from rag.scoping import Scoper
from rag.searching import Findings, Searcher, checked_question
from rag.settings import Settings
from rag.stores.history import History


class Anticipator:
    """Anticipates questions."""

    def __init__(
        self,
        home: Path,
        scoper: Scoper,
        searcher: Searcher,
        history: History,
        host: ModelHost,
        prompter: Prompter,
        courtesy: Courtesy,
        settings: Settings,
    ) -> None:
        """``scoper`` and ``searcher`` are to note no interest in what is found: it was not asked."""
        self._home = home
        self._scoper = scoper
        self._searcher = searcher
        self._history = history
        self._host = host
        self._prompter = prompter
        self._courtesy = courtesy
        self._settings = settings

    def anticipate(
        self,
        question: str,
        scope: Scope,
        conversation: int,
        is_cancelled: Callable[[], bool],
        without: Sequence[str] = (),
    ) -> None:
        """Have there what ``question`` would need: the model, and what it would read (see Asker.ask).

        What goes wrong is said when the question is asked.
        """
        if not may_read_ahead(self._settings):
            return
        with contextlib.suppress(PhialError), self._courtesy.answering():
            left_out = self._scoper.left_out(without)
            asked = asked_in(self._history, conversation, checked_question(question), scope, "", left_out)
            scoped = self._scoper.documents_in(scope, left_out)
            findings: Findings | None = None
            for event in self._searcher.look_up(asked.whole, PASSAGES, scoped, is_cancelled):
                findings = event if isinstance(event, Findings) else findings
            if findings is None or not self._prompter.style.tries(findings) or is_cancelled():
                return
            installed = chosen_model(self._home)
            if self._host.load(installed, is_cancelled=is_cancelled):
                self._prompter.read(asked, findings, installed, is_cancelled)
