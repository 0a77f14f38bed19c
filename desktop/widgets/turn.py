"""One question of a conversation and everything that comes of it: evidence, the stream, the grounded answer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.announce import announce, warn
from desktop.widgets.answer import AnswerText
from desktop.widgets.answer_foot import AnswerFoot, with_remarks
from desktop.widgets.bubble import QuestionBubble
from desktop.widgets.buttons import QuietButton
from desktop.widgets.copying import copy_answer
from desktop.widgets.detail_words import DetailWords
from desktop.widgets.evidence import EvidenceStrip
from desktop.widgets.journey import Journey
from desktop.widgets.labels import make_label
from desktop.widgets.scope import ChosenScope
from desktop.widgets.sources import nearest_of
from desktop.widgets.stage import StageLine, stage_words
from desktop.widgets.support_legend import SupportLegend
from desktop.widgets.trouble import TroubleCard
from rag.errors import Problem
from rag.protocol import (
    Answer,
    Answered,
    Ask,
    Citation,
    Evidence,
    Passage,
    Reply,
    Request,
    Stage,
    Token,
    Turn,
)


class TurnView(Journey):
    """Shows a question that is answered: evidence, the stream, the grounded answer.

    After ``stop`` nothing that still streams in is shown: only the grounded answer may replace what stands there.
    """

    def __init__(self, theme: Theme, question: str, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self._theme = theme
        self._answer: Answer | None = None
        self._is_stopped = False
        self._evidence = EvidenceStrip(theme)
        self._evidence.opened.connect(self.opened)
        self._stage = StageLine(theme)
        self._text = AnswerText(theme)
        self._text.citation_chosen.connect(self._open_citation)
        self._text.hide()
        self._refusal = make_label(is_shown=False)
        self._notes = make_label("muted", is_shown=False)
        self._trouble = TroubleCard(theme, self.tr("Ask again"))
        self._trouble.again.connect(self.asked_again)
        self._legend = SupportLegend(theme)
        self._get_model = QuietButton(self.tr("Get a model…"))
        self._get_model.clicked.connect(self.model_missed)
        self._get_model.hide()
        self._foot = AnswerFoot(theme, self.tr("Ask again"))
        self._foot.copy_wanted.connect(self._copy)
        self._foot.save_wanted.connect(self._save)
        self._foot.again_wanted.connect(self.asked_again)
        self._foot.models_wanted.connect(self.models_wanted)
        self._foot.opened.connect(self.opened)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.space(2))
        layout.setSpacing(theme.space(1.5))
        bubble = QuestionBubble(theme, question, can_edit=True)
        bubble.edit_wanted.connect(lambda: self.edit_wanted.emit(self.question))
        layout.addWidget(bubble)
        for part in (self._evidence, self._refusal, self._text, self._stage, self._legend):
            layout.addWidget(part)
        layout.addLayout(with_remarks(self._foot, self._notes, theme))
        layout.addWidget(self._get_model, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self._trouble)

    @classmethod
    def of(cls, theme: Theme, kept: Turn) -> TurnView:
        """What was answered earlier, as it was."""
        view = cls(theme, kept.answer.question)
        view.outcome = Answered(0, kept.answer, 0, kept.turn)
        view.show_answer(kept.answer)
        return view

    @property
    def answer(self) -> Answer | None:
        """The finished answer, once it is there."""
        return self._answer

    @property
    def status(self) -> str:
        """What is waited for, or the figures of the finished answer."""
        return self._stage.text or self._foot.status

    def anew(self) -> TurnView:
        """The same question."""
        return TurnView(self._theme, self.question)

    def request(self, scope: ChosenScope, conversation: int) -> tuple[type[Request], dict[str, Any]]:
        """Ask it, in its conversation."""
        language = QLocale().name()[:2]
        return Ask, {
            "question": self.question,
            "scope": scope.limits,
            "conversation": conversation,
            "language": language,
            "model": self.model,
        }

    def take(self, reply: Reply) -> None:
        """Show the passages, what is waited for, the next words."""
        if isinstance(reply, Evidence):
            self.show_evidence(reply)
        elif isinstance(reply, Stage):
            self.show_stage(reply)
        elif isinstance(reply, Token):
            self.add_token(reply.text)

    def finish(self, reply: Reply) -> None:
        """Show the answer."""
        if isinstance(reply, Answered):
            self.show_answer(reply.answer)

    def kept(self) -> Turn | None:
        """The question and its answer."""
        if isinstance(self.outcome, Answered):
            return Turn(self.outcome.turn, self.asked, self.outcome.answer)
        return None

    def begin(self) -> None:
        """The question is on its way."""
        self._stage.begin(self.tr("Looking for passages…"))

    def show_evidence(self, evidence: Evidence) -> None:
        """Show the passages; a second time they are refined."""
        if self._is_stopped:
            return
        is_first = not self._evidence.cards
        self._evidence.show_passages(evidence.passages)
        if is_first:
            announce(self, self.tr("%Ln passage(s) found", "", len(evidence.passages)))

    def show_stage(self, stage: Stage) -> None:
        """Say what the answer waits for."""
        if self._is_stopped:
            return
        text = stage_words(stage)
        self._stage.begin(text)
        announce(self, text)

    def add_token(self, text: str) -> None:
        """Append what the model wrote."""
        if self._is_stopped:
            return
        self._stage.end()
        self._text.show()
        self._text.add_token(text)

    def stop(self) -> None:
        """Show at once that it is stopped, whatever the worker still has to do."""
        self._is_stopped = True
        self._stage.end()
        self._text.end_stream()
        self._show_notes(self.tr("Stopped."))
        self._foot.offer(copy=False, sources=False, save=False)

    def show_answer(self, answer: Answer) -> None:
        """Replace the stream by the grounded answer."""
        self._answer = answer
        self._is_stopped = self._is_stopped or answer.was_stopped
        self._stage.end()
        self._text.end_stream()
        self._trouble.hide()
        if answer.passages:
            self._evidence.show_passages(answer.passages)
        shown = nearest_of(answer) if answer.refused else answer
        self._text.setVisible(bool(shown.text))
        self._text.show_answer(shown)
        if answer.refused:
            self._text.setAccessibleName(self.tr("Nearest sentences"))
        self._show_refusal(answer)
        self._legend.show_count(0 if answer.refused else _unsupported(answer))
        self._show_notes(*self._remarks(answer))
        self._get_model.setVisible(answer.is_quoted and not answer.model)
        self._foot.show_status(self._figures(answer))
        self._foot.describe(lambda: DetailWords().of_answer(answer), answer.passages)
        is_answer = not answer.refused
        self._foot.offer(copy=is_answer, sources=is_answer and bool(answer.citations), models=bool(answer.model))
        if answer.problem is not None:
            self._trouble.show_problem(answer.problem)
            warn(self, self._trouble.accessibleName())

    def show_trouble(self, problem: Problem) -> None:
        """Say what went wrong; what was written and found stays."""
        self._stage.end()
        self._text.end_stream()
        self._notes.hide()
        self._foot.hide()
        self._trouble.show_problem(problem)
        warn(self, self._trouble.accessibleName())

    def mark_open(self, item: Citation | Passage | None) -> None:
        """Mark the card of the passage that the reader shows."""
        self._evidence.mark_open(0 if item is None else item.passage if isinstance(item, Citation) else item.number)

    # --- what is said -----------------------------------------------------------------------------------------------

    def _show_refusal(self, answer: Answer) -> None:
        said = [self.tr("Your documents don’t seem to hold an answer to this question.")]
        if answer.nearest:
            said.append(self.tr("These sentences are nearest to it:"))
        elif answer.passages:
            said.append(self.tr("The nearest passages are above."))
        self._refusal.setText(" ".join(said))
        self._refusal.setVisible(answer.refused)
        if answer.refused:
            announce(self, self._refusal.text())

    def _remarks(self, answer: Answer) -> list[str]:
        remarks: list[str] = []
        if answer.understood:
            remarks.append(self.tr("Understood as: {question}").format(question=answer.understood))
        if answer.was_stopped and answer.problem is None:
            remarks.append(self.tr("Stopped."))
        if answer.is_quoted:
            remarks.append(
                self.tr("The model’s own words found no support: this is the nearest sentence instead.")
                if answer.model
                else self.tr("No model is installed: this is the nearest sentence of your documents.")
            )
        return remarks

    def _show_notes(self, *remarks: str) -> None:
        self._notes.setText("\n".join(remarks))
        self._notes.setVisible(bool(remarks))
        announce(self, " ".join(filter(None, (self._legend.words, *remarks))))

    def _figures(self, answer: Answer) -> str:
        timings, locale = answer.timings, QLocale()
        figures = [self.tr("%Ln passage(s)", "", len(answer.passages))]
        if timings.answer_tokens:
            first = locale.toString(timings.first_token_s, "f", 1)
            figures.append(self.tr("first word {seconds} s").format(seconds=first))
            writing = timings.total_s - timings.first_token_s
            if writing > 0:
                speed = locale.toString(round(timings.answer_tokens / writing))
                figures.append(self.tr("{speed} tokens/s").format(speed=speed))
        if answer.model and timings.answer_tokens:
            name = self.tr("{model}, a stand-in") if answer.is_stand_in else "{model}"
            figures.append(name.format(model=answer.model))
        return " · ".join(figures)

    def _open_citation(self, citation: Citation) -> None:
        if self._answer is not None:
            self.opened.emit(citation, self._answer.nearest if self._answer.refused else self._answer.citations)

    def _copy(self, with_sources: bool) -> None:
        if self._answer is not None:
            copy_answer(self._answer, self, with_sources=with_sources)

    def _save(self) -> None:
        if self._answer is not None:
            self.save_wanted.emit(self._answer, self.question)


def _unsupported(answer: Answer) -> int:
    return sum(not sentence.supported for sentence in answer.sentences)
