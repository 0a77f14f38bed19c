"""From what a question found to what the model reads: whole passages that are held already, chosen sentences of others.

Whole passages are taken from the KV cache where the person lets them be (decision 0160); the sentences are as many as
can be read in the time that there is for the first word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from engine.catalogue import InstalledModel
from engine.host import ChatMessage, Finished, Generation, ModelHost
from engine.messages import Block
from rag.answer_style import AnswerStyle
from rag.asked import Asked
from rag.blocks import CONTEXT_SHARE, MOST, Blocked, blocked, fitting, read_ahead, with_blocks
from rag.errors import LibraryProblem, PhialError
from rag.first_word import FirstWord
from rag.prompt import TEMPLATE_ALLOWANCE, Prompt, build_prompt
from rag.searching import Findings
from rag.settings import Settings
from rag.stores.history import History
from rag.stores.records import Records


class Prompter:
    """Makes the prompts of questions, for the model that is loaded."""

    def __init__(self, host: ModelHost, records: Records, history: History, settings: Settings) -> None:
        self._host = host
        self._records = records
        self._settings = settings
        self._first_word = FirstWord(history, settings)

    def prompt(
        self, asked: Asked, findings: Findings, installed: InstalledModel, is_cancelled: Callable[[], bool]
    ) -> Prompt:
        """The prompt for a question that found something. Raises PhialError MODEL_*."""
        self._measure(installed, is_cancelled)
        count, context = self._host.count_tokens, self._host.context
        budget = self._first_word.passages(installed, count([asked.whole])[0] + TEMPLATE_ALLOWANCE)
        whole = self._held(findings)
        held = {one.passage.number for one in whole}
        others = [passage for passage in findings.passages if passage.number not in held]
        return with_blocks(asked.whole, whole, others, count, context, self.style.options(budget), asked.earlier)

    def read(
        self, asked: Asked, findings: Findings, installed: InstalledModel, is_cancelled: Callable[[], bool]
    ) -> None:
        """Have the model read what it would read if the question were asked now. Raises PhialError MODEL_*."""
        if self._settings.current().reuses_passages:
            self._host.prepare(self.ahead(self._blocks(findings)), is_cancelled)
        else:
            self._host.prepare(self.prompt(asked, findings, installed, is_cancelled).messages, is_cancelled)
        self.forget_gone(passage.sha256 for passage in findings.passages)

    @property
    def style(self) -> AnswerStyle:
        """How answers are to be, as the person has it now."""
        return self._settings.current().answers

    def ahead(self, blocks: Sequence[Block]) -> tuple[ChatMessage, ...]:
        """The messages whose reading has ``blocks`` there for any question that is asked now."""
        return read_ahead(blocks, self.style.options(0).instruction)

    def note(self, installed: InstalledModel, prompt: Prompt, finished: Finished) -> None:
        """Learn how fast ``prompt`` was read; not where blocks were fetched: that takes time and reads nothing."""
        if not any(message.blocks for message in prompt.messages):
            self._first_word.note(installed, finished)

    def forget(self, documents: Sequence[str] = ()) -> None:
        """Forget what the model has read of these ``documents`` (SHA-256 sums), and of any conversation.

        Raises PhialError LIBRARY_UNWRITABLE where the disk keeps it.
        """
        try:
            self._host.forget(documents)
        except OSError as error:
            path = error.filename or ""
            raise PhialError(LibraryProblem.LIBRARY_UNWRITABLE, details=str(error.strerror), path=path) from error

    def forget_gone(self, documents: Iterable[str]) -> None:
        """Forget what was read of those of ``documents`` that are gone meanwhile. Raises what ``forget`` raises."""
        if gone := [sha256 for sha256 in dict.fromkeys(documents) if not self._records.documents([sha256])]:
            self.forget(gone)

    def _blocks(self, findings: Findings) -> tuple[Block, ...]:
        """The blocks of what was found, best first: as many as a prompt may hold."""
        offered = blocked(findings.passages, findings.parts)
        blocks = [block for one in offered for block in one.blocks]
        tokens = dict(zip(blocks, self._host.count_tokens([block.text for block in blocks]), strict=True))
        return tuple(block for one in fitting(offered, tokens, self._most()) for block in one.blocks)

    def _held(self, findings: Findings) -> list[Blocked]:
        """The passages that need not be read."""
        if not self._settings.current().reuses_passages:
            return []
        offered = blocked(findings.passages, findings.parts)
        blocks = tuple(dict.fromkeys(block for one in offered for block in one.blocks))
        there = [block for block, is_held in zip(blocks, self._host.held(self.ahead(blocks)), strict=True) if is_held]
        tokens = dict(zip(there, self._host.count_tokens([block.text for block in there]), strict=True))
        return fitting(offered, tokens, self._most())

    def _most(self) -> int:
        return min(MOST, self._host.context // CONTEXT_SHARE)

    def _measure(self, installed: InstalledModel, is_cancelled: Callable[[], bool]) -> None:
        """Measure how fast the model reads, where nobody has."""
        if self._first_word.is_known(installed):
            return
        # The part that every prompt begins with is read first, by itself: its time is the measure, and nothing is lost,
        # as it stays in the KV cache.
        stable = build_prompt("", (), self._host.count_tokens, self._host.context, self.style.options(0))
        for event in self._host.generate(Generation(stable.messages, max_tokens=1), is_cancelled):
            if isinstance(event, Finished):
                self._first_word.note(installed, event)
