"""A question in its conversation: as it was asked, as it is understood, and what was said before it."""

from __future__ import annotations

import dataclasses

from rag.followup import understood
from rag.overlap import content_stems
from rag.prompt import Exchange
from rag.protocol import Answer, Scope
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


def asked_in(
    history: History,
    conversation: int,
    question: str,
    scope: Scope,
    language: str,
    left_out: frozenset[str] = frozenset(),
) -> Asked:
    """``question`` as one of ``conversation`` (0: a new one).

    Nothing that was said before is read again that rests on a document in ``left_out`` (by SHA-256). Raises PhialError
    CONVERSATION_GONE.
    """
    last = history.last_answer(conversation) if conversation else None
    last = resting_elsewhere(last, left_out) if last else None
    completed = understood(question, last) if last else ""
    earlier = None
    if last is not None and completed and not last.refused and last.sentences:
        earlier = Exchange(last.understood or last.question, last.sentences[0].text)
    return Asked(question, scope, language, completed, earlier)


def resting_elsewhere(answer: Answer, left_out: frozenset[str]) -> Answer:
    """What of ``answer`` rests on no document in ``left_out`` (by SHA-256).

    A sentence that cites nothing may rest on any passage that was found for the answer.
    """
    found = {passage.sha256 for passage in answer.passages} | {citation.sha256 for citation in answer.citations}
    if left_out.isdisjoint(found):
        return answer
    elsewhere = {citation.number for citation in answer.citations if citation.sha256 not in left_out}
    kept = tuple(one for one in answer.sentences if one.citations and elsewhere.issuperset(one.citations))
    return dataclasses.replace(answer, sentences=kept, text=" ".join(sentence.text for sentence in kept))
