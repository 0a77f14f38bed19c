"""Asking, the second journey: evidence, then a model's words as they come, then the answer with its citations."""

from __future__ import annotations

import contextlib
import dataclasses
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from engine.catalogue import InstalledModel, chosen_model, find_model
from engine.errors import PROCESS_LOST
from engine.host import Generation, ModelHost, Piece
from rag.answer_style import AnswerStyle
from rag.asked import Asked, asked_in
from rag.courtesy import Courtesy
from rag.emphasis import without_emphasis
from rag.errors import (
    LANGUAGES,
    EngineProblem,
    PhialError,
    Problem,
    problem_of,
    system_language,
    text,
)
from rag.forgeries import Stream
from rag.ground import Grounding, answers, ground, quote_nearest, without_headings
from rag.language import language_of
from rag.prompt import PART_END, Prompt
from rag.prompting import Prompter
from rag.protocol import (
    EVERYWHERE,
    Answer,
    Answered,
    Citation,
    Evidence,
    Passage,
    Scope,
    Sentence,
    Stage,
    Timings,
    Token,
)  # fmt: skip
from rag.repetition import repeats, said_once
from rag.scoping import Scoper
from rag.searching import Findings, Searcher, checked_question
from rag.stores.history import History

PASSAGES = 6
"""Passages shown as evidence and offered to the prompt."""

NEAREST = 3
"""Passages of which the nearest sentence is shown where there is no answer."""

AskEvent = Evidence | Stage | Token | Answered


@dataclasses.dataclass
class _Writing:
    """What the model has written so far, and what it cost."""

    begun: float
    evidence_s: float = 0.0
    first_token_s: float = 0.0
    text: str = ""
    prompt_tokens: int = 0
    cached_tokens: int = 0
    answer_tokens: int = 0
    was_stopped: bool = False
    problem: Problem | None = None


class Asker:
    """Answers questions, one model at a time."""

    def __init__(
        self,
        home: Path,
        scoper: Scoper,
        searcher: Searcher,
        history: History,
        host: ModelHost,
        courtesy: Courtesy,
        prompter: Prompter,
        on_answered: Callable[[Findings], None],
    ) -> None:
        """``on_answered`` is told what a question found, once it has been answered from it."""
        self._home = home
        self._scoper = scoper
        self._searcher = searcher
        self._history = history
        self._host = host
        self._courtesy = courtesy
        self._prompter = prompter
        self._on_answered = on_answered

    def ask(
        self,
        question: str,
        scope: Scope = EVERYWHERE,
        model: str = "",
        conversation: int = 0,
        is_cancelled: Callable[[], bool] = lambda: False,
        language: str = "",
        without: Sequence[str] = (),
    ) -> Iterator[AskEvent]:
        """Answer ``question`` from the documents in ``scope`` (all: empty), and keep the answer in ``conversation``.

        Documents that ``without`` names are not looked at, nor what an earlier answer took from them.
        Where the documents hold no answer, no model is asked; where no model is there, they are quoted. Ends without an
        answer when it is cancelled before the first word; after it, with what was written. Raises PhialError
        QUESTION_*, LIBRARY_EMPTY, SCOPE_EMPTY, MODEL_*, MEMORY_TOO_SMALL, CONVERSATION_GONE.
        """
        left_out = self._scoper.left_out(without)
        asked = asked_in(self._history, conversation, checked_question(question), scope, language, left_out)
        writing = _Writing(begun=time.perf_counter())
        findings: Findings | None = None
        # A name that is spelled wrongly is said at once, whether or not a model will be needed.
        named = find_model(self._home, model) if model else None
        with self._courtesy.answering():
            scoped = self._scoper.documents_in(scope, left_out)
            for event in self._searcher.look_up(asked.whole, PASSAGES, scoped, is_cancelled):
                if isinstance(event, Findings):
                    findings = event
                    continue
                if isinstance(event, Evidence) and writing.evidence_s == 0.0:
                    writing.evidence_s = event.seconds
                yield event
            if findings is None or is_cancelled():
                return
            style = self._prompter.style
            holds_answer = style.tries(findings)
            installed = (named or self._model()) if holds_answer else None
            if installed is not None:
                yield Stage(0, "model", installed.name)
                if not self._host.load(installed, is_cancelled=is_cancelled):
                    return
                prompt = self._prompter.prompt(asked, findings, installed, is_cancelled)
                yield Stage(0, "prompt", installed.name, self._host.count_prompt_tokens(prompt.messages))
                with _kept(writing):
                    yield from self._write(prompt, installed, writing, is_cancelled)
                if writing.was_stopped and not writing.text.strip():
                    return
        if installed is not None:
            self._prompter.forget_gone(passage.sha256 for passage in findings.passages)
            self._on_answered(findings)
        answer = _answer(asked, findings, holds_answer, installed, writing, style)
        yield Answered(0, answer, *self._history.add_turn(conversation, answer))

    def _model(self) -> InstalledModel | None:
        """The model that answers; None where none is installed. Raises PhialError MODEL_*."""
        try:
            return chosen_model(self._home)
        except PhialError as error:
            if error.kind is EngineProblem.NO_MODEL:
                return None
            raise

    def _write(
        self, prompt: Prompt, installed: InstalledModel, writing: _Writing, is_cancelled: Callable[[], bool]
    ) -> Iterator[Token]:
        generation = Generation(prompt.messages, max_tokens=prompt.answer, stop=(PART_END,))
        stream = Stream()
        for event in self._host.generate(generation, lambda: is_cancelled() or repeats(writing.text)):
            if isinstance(event, Piece):
                if not writing.first_token_s:
                    writing.first_token_s = time.perf_counter() - writing.begun
                writing.text += event.text
                shown = stream.feed(event.text)
            else:
                writing.prompt_tokens, writing.answer_tokens = event.prompt_tokens, event.answer_tokens
                writing.cached_tokens = event.cached_tokens
                writing.was_stopped = event.reason == "stopped" and is_cancelled()
                self._prompter.note(installed, prompt, event)
                shown = stream.finish()
            if shown:
                yield Token(0, shown)


@contextlib.contextmanager
def _kept(writing: _Writing) -> Iterator[None]:
    """What was written before the model's process was lost is an answer that was stopped; else PhialError is raised."""
    try:
        yield
    except PhialError as error:
        if error.kind not in PROCESS_LOST or not writing.text.strip():
            raise
        writing.was_stopped, writing.problem = True, problem_of(error)


def _answer(
    asked: Asked, findings: Findings, holds_answer: bool, installed: InstalledModel | None, writing: _Writing,
    style: AnswerStyle,
) -> Answer:  # fmt: skip
    grounding, is_quoted = Grounding((), ()), False
    if holds_answer:
        written = without_emphasis(said_once(writing.text))
        grounded = ground(written, findings.passages)
        told = without_headings(grounded, findings.passages)
        grounding = style.kept(told if told.sentences else grounded)
        if not answers(asked.whole, grounding, findings.passages) and not writing.was_stopped:
            # Words that no passage supports are worth less than the document's own; so is having none.
            grounding, is_quoted = quote_nearest(asked.particular, findings.passages), True
    refused = not holds_answer or (is_quoted and not grounding.sentences)
    if refused:
        spoken = style.language or language_of(asked.question)
        sentence = text("ask_refused", spoken if spoken in LANGUAGES else asked.language or system_language())
        grounding = Grounding((Sentence(sentence, supported=False),), ())
    return Answer(
        question=asked.question,
        text=" ".join(sentence.text for sentence in grounding.sentences),
        refused=refused,
        support=findings.support,
        sentences=grounding.sentences,
        citations=grounding.citations,
        passages=findings.passages,
        model=installed.name if installed else "",
        is_stand_in=installed is not None and installed.is_stand_in,
        is_quoted=is_quoted and not refused,
        was_stopped=writing.was_stopped,
        problem=writing.problem,
        understood=asked.understood,
        nearest=_nearest(asked.particular, findings.passages) if refused else (),
        scope=asked.scope,
        timings=Timings(
            evidence_s=round(writing.evidence_s, 3),
            first_token_s=round(writing.first_token_s, 3),
            total_s=round(time.perf_counter() - writing.begun, 3),
            prompt_tokens=writing.prompt_tokens,
            answer_tokens=writing.answer_tokens,
            cached_tokens=writing.cached_tokens,
        ),
    )


def _nearest(question: str, passages: Sequence[Passage]) -> tuple[Citation, ...]:
    """Of each of the best passages the sentence nearest to ``question``: what there is, though it is no answer."""
    quotes = [citation for held in passages[:NEAREST] for citation in quote_nearest(question, [held]).citations]
    return tuple(dataclasses.replace(citation, number=number) for number, citation in enumerate(quotes, start=1))
