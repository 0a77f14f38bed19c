"""Asking, the second journey: evidence, then a model's words as they come, then the answer with its citations."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.catalogue import InstalledModel, chosen_model, find_model
from engine.host import Finished, Generation, ModelHost, Piece
from rag.courtesy import Courtesy
from rag.errors import LANGUAGES, system_language, text
from rag.ground import Grounding, answers, ground, quote_nearest
from rag.language import language_of
from rag.prompt import PART_END, Prompt, PromptOptions, build_prompt
from rag.protocol import EVERYWHERE, Answer, Answered, Evidence, Scope, Sentence, Stage, Timings, Token
from rag.repetition import repeats, said_once
from rag.scoping import Scoper
from rag.searching import Findings, Searcher, checked_question
from rag.stores.history import History

PASSAGES = 6
"""Passages shown as evidence and offered to the prompt."""

ENOUGH_SUPPORT = 0.45
"""Below this, the passages hold no answer and the model isn't asked."""

AskEvent = Evidence | Stage | Token | Answered


@dataclasses.dataclass
class _Writing:
    """What the model has written so far, and what it cost."""

    begun: float
    first_token_s: float = 0.0
    text: str = ""
    prompt_tokens: int = 0
    answer_tokens: int = 0
    was_stopped: bool = False


class Asker:
    """Answers questions, one model at a time."""

    def __init__(
        self, home: Path, scoper: Scoper, searcher: Searcher, history: History, host: ModelHost, courtesy: Courtesy
    ) -> None:
        self._home = home
        self._scoper = scoper
        self._searcher = searcher
        self._history = history
        self._host = host
        self._courtesy = courtesy

    def ask(
        self,
        question: str,
        scope: Scope = EVERYWHERE,
        model: str = "",
        conversation: int = 0,
        is_cancelled: Callable[[], bool] = lambda: False,
        language: str = "",
    ) -> Iterator[AskEvent]:
        """Answer ``question`` from the documents in ``scope`` (all: empty), and keep the answer in ``conversation``.

        Ends without an answer when it is cancelled before the first word; after it, with what was written. Raises
        PhialError QUESTION_*, LIBRARY_EMPTY, SCOPE_EMPTY, NO_MODEL, MODEL_*, MEMORY_TOO_SMALL, CONVERSATION_GONE.
        """
        question = checked_question(question)
        writing = _Writing(begun=time.perf_counter())
        findings: Findings | None = None
        evidence_s = 0.0
        with self._courtesy.answering():
            for event in self._searcher.look_up(question, PASSAGES, self._scoper.documents_in(scope), is_cancelled):
                if isinstance(event, Findings):
                    findings = event
                    continue
                if isinstance(event, Evidence) and evidence_s == 0.0:
                    evidence_s = event.seconds
                yield event
            if findings is None or is_cancelled():
                return
            installed = find_model(self._home, model) if model else chosen_model(self._home)
            prompt = None
            if findings.support >= ENOUGH_SUPPORT and findings.passages:
                yield Stage(0, "model", installed.name)
                if not self._host.load(installed, is_cancelled=is_cancelled):
                    return
                prompt = self._prompt(question, findings)
                yield Stage(0, "prompt", installed.name, self._host.count_prompt_tokens(prompt.messages))
                yield from self._write(prompt, writing, is_cancelled)
                if writing.was_stopped and not writing.text.strip():
                    return
        answer = self._answer(question, findings, prompt, writing, installed, evidence_s, language)
        yield Answered(0, answer, *self._history.add_turn(conversation, answer))

    def _prompt(self, question: str, findings: Findings) -> Prompt:
        return build_prompt(question, findings.passages, self._host.count_tokens, self._host.context)

    def _write(self, prompt: Prompt, writing: _Writing, is_cancelled: Callable[[], bool]) -> Iterator[Token]:
        generation = Generation(prompt.messages, max_tokens=PromptOptions().answer, stop=(PART_END,))
        for event in self._host.generate(generation, lambda: is_cancelled() or repeats(writing.text)):
            if isinstance(event, Piece):
                if not writing.first_token_s:
                    writing.first_token_s = time.perf_counter() - writing.begun
                writing.text += event.text
                yield Token(0, event.text)
            elif isinstance(event, Finished):
                writing.prompt_tokens, writing.answer_tokens = event.prompt_tokens, event.answer_tokens
                writing.was_stopped = event.reason == "stopped" and is_cancelled()

    def _answer(
        self,
        question: str,
        findings: Findings,
        prompt: Prompt | None,
        writing: _Writing,
        installed: InstalledModel,
        evidence_s: float,
        language: str,
    ) -> Answer:
        grounding, refused, is_quoted = Grounding((), ()), prompt is None, False
        if prompt is not None:
            grounding = ground(said_once(writing.text), findings.passages)
            if not answers(question, grounding, findings.passages) and not writing.was_stopped:
                # Words that no passage supports are worth less than the document's own.
                grounding, is_quoted = quote_nearest(question, findings.passages), True
                refused = not grounding.sentences
        if refused:
            spoken = language_of(question)
            sentence = text("ask_refused", spoken if spoken in LANGUAGES else language or system_language())
            grounding = Grounding((Sentence(sentence, supported=False),), ())
        return Answer(
            question=question,
            text=" ".join(sentence.text for sentence in grounding.sentences),
            refused=refused,
            support=findings.support,
            sentences=grounding.sentences,
            citations=grounding.citations,
            passages=findings.passages,
            model=installed.name,
            is_stand_in=installed.is_stand_in,
            is_quoted=is_quoted and not refused,
            was_stopped=writing.was_stopped,
            timings=Timings(
                evidence_s=round(evidence_s, 3),
                first_token_s=round(writing.first_token_s, 3),
                total_s=round(time.perf_counter() - writing.begun, 3),
                prompt_tokens=writing.prompt_tokens,
                answer_tokens=writing.answer_tokens,
            ),
        )
