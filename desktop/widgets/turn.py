"""One question of a conversation and everything that comes of it: evidence, the stream, the grounded answer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.announce import announce
from desktop.widgets.answer import AnswerText
from desktop.widgets.bubble import QuestionBubble
from desktop.widgets.buttons import QuietButton
from desktop.widgets.evidence import EvidenceStrip
from desktop.widgets.journey import Journey
from desktop.widgets.labels import make_label
from desktop.widgets.scope import ChosenScope
from desktop.widgets.sources import as_html, as_plain_text, nearest_of
from desktop.widgets.stage import StageLine, stage_words
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
)

_QUIET_PADDING = 7
"""Pixels by which the text of a quiet button stands in, so that a line below can stand in as far."""


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
        self._trouble.again.connect(self._ask_again)
        self._foot = self._make_foot(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.space(2))
        layout.setSpacing(theme.space(1.5))
        layout.addWidget(QuestionBubble(theme, question))
        for part in (self._evidence, self._refusal, self._text, self._stage, self._foot, self._notes, self._trouble):
            layout.addWidget(part)

    @property
    def answer(self) -> Answer | None:
        """The finished answer, once it is there."""
        return self._answer

    @property
    def status(self) -> str:
        """What is waited for, or the figures of the finished answer."""
        return self._stage.text or self._status.text()

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
            announce(self, self.tr("%n passage(s) found", "", len(evidence.passages)))

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
        self._foot.setVisible(True)
        self._copy.setVisible(False)
        self._copy_sources.setVisible(False)

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
        self._show_notes(*self._remarks(answer))
        self._status.setText(self._figures(answer))
        self._arrange_foot()
        self._copy.setVisible(not answer.refused)
        self._copy_sources.setVisible(not answer.refused and bool(answer.citations))
        self._foot.show()
        if answer.problem is not None:
            self._trouble.show_problem(answer.problem)
            announce(self, self._trouble.accessibleName())

    def show_trouble(self, problem: Problem) -> None:
        """Say what went wrong; what was written and found stays."""
        self._stage.end()
        self._text.end_stream()
        self._notes.hide()
        self._foot.hide()
        self._trouble.show_problem(problem)
        announce(self, self._trouble.accessibleName())

    def mark_open(self, item: Citation | Passage | None) -> None:
        """Mark the card of the passage that the reader shows."""
        self._evidence.mark_open(0 if item is None else item.passage if isinstance(item, Citation) else item.number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the status line a row of its own where there is little room."""
        super().resizeEvent(event)
        self._arrange_foot()

    def _arrange_foot(self) -> None:
        needed = self._actions.sizeHint().width() + self._status.fontMetrics().horizontalAdvance(self._status.text())
        has_room = needed + self._rows.spacing() < self.width()
        side = Qt.AlignmentFlag.AlignRight if has_room else Qt.AlignmentFlag.AlignLeft
        self._status.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._status.setIndent(0 if has_room else _QUIET_PADDING)
        self._rows.setDirection(QBoxLayout.Direction.LeftToRight if has_room else QBoxLayout.Direction.TopToBottom)

    # --- parts ------------------------------------------------------------------------------------------------------

    def _make_foot(self, theme: Theme) -> QWidget:
        self._copy = QuietButton(self.tr("Copy"))
        self._copy.setToolTip(self.tr("Copy the answer"))
        self._copy.clicked.connect(lambda: self._copy_answer(with_sources=False))
        self._copy_sources = QuietButton(self.tr("Copy with sources"))
        self._copy_sources.setToolTip(self.tr("Copy the answer with the quotes that support it"))
        self._copy_sources.clicked.connect(lambda: self._copy_answer(with_sources=True))
        again = QuietButton(self.tr("Ask again"))
        again.clicked.connect(self._ask_again)
        self._status = make_label("small")
        self._status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        foot = QWidget()
        self._actions = actions = QHBoxLayout()
        actions.setSpacing(theme.space(0.5))
        for button in (self._copy, self._copy_sources, again):
            actions.addWidget(button)
        actions.addStretch()
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, foot)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.space(0.5))
        self._rows.addLayout(actions)
        self._rows.addWidget(self._status, 1)
        foot.hide()
        return foot

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
        unsupported = sum(not sentence.supported for sentence in answer.sentences)
        if unsupported and not answer.refused:
            remarks.append(self.tr("%n sentence(s) without support in the passages, marked.", "", unsupported))
        return remarks

    def _show_notes(self, *remarks: str) -> None:
        self._notes.setText("\n".join(remarks))
        self._notes.setVisible(bool(remarks))
        announce(self, " ".join(remarks))

    def _figures(self, answer: Answer) -> str:
        timings, locale = answer.timings, QLocale()
        figures = [self.tr("%n passage(s)", "", len(answer.passages))]
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

    def _ask_again(self) -> None:
        self.asked_again.emit()

    def _copy_answer(self, *, with_sources: bool) -> None:
        if self._answer is None:
            return
        copied = QMimeData()
        copied.setText(as_plain_text(self._answer, with_sources=with_sources))
        copied.setHtml(as_html(self._answer, with_sources=with_sources))
        QGuiApplication.clipboard().setMimeData(copied)
        announce(self, self.tr("Copied"))
