"""A question in its conversation: as it was asked, as it is understood, and what was said before it."""

from __future__ import annotations

import dataclasses

from rag.followup import understood
from rag.overlap import content_stems
from rag.prompt import Exchange
from rag.protocol import Scope
from rag.stores.history import History


@dataclasses.dataclass(frozen=True)
class Asked:
    """A question, in its conversation."""

    question: str
    scope: Scope
    language: str
    understood: str = ""
    earlier: Exchange | None = None

    @property
    def whole(self) -> str:
        """The question that is looked up and that the model reads."""
        return self.understood or self.question

    @property
    def particular(self) -> str:
        """What a quote has to be near to: not to the question before, where that only stands beside this one."""
        is_beside = self.understood.startswith(self.question) and bool(content_stems(self.question))
        return self.question if is_beside else self.whole


def asked_in(history: History, conversation: int, question: str, scope: Scope, language: str) -> Asked:
    """``question`` as one of ``conversation`` (0: a new one). Raises PhialError CONVERSATION_GONE."""
    last = history.last_answer(conversation) if conversation else None
    completed = understood(question, last) if last else ""
    earlier = None
    if last is not None and completed and not last.refused and last.sentences:
        earlier = Exchange(last.understood or last.question, last.sentences[0].text)
    return Asked(question, scope, language, completed, earlier)
