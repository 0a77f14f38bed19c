"""Documents that are summed up: how far each is read, the words as they come, the summary with its places."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.announce import announce, warn
from desktop.widgets.answer import AnswerText
from desktop.widgets.answer_foot import AnswerFoot, with_remarks
from desktop.widgets.bubble import QuestionBubble
from desktop.widgets.copying import copy_answer
from desktop.widgets.counted_words import CountedWords
from desktop.widgets.detail_words import DetailWords
from desktop.widgets.direction import isolated
from desktop.widgets.journey import Journey
from desktop.widgets.labels import make_label
from desktop.widgets.scope import ChosenScope
from desktop.widgets.stage import StageLine, stage_words
from desktop.widgets.summary_words import SummaryWords, without_marks
from desktop.widgets.trouble import TroubleCard, sentences_of
from rag.errors import Problem, about_the_file
from rag.protocol import (
    Answer,
    Citation,
    Reply,
    Request,
    Sentence,
    Stage,
    Summarise,
    Summarised,
    Summary,
    SummaryLength,
    SummaryMode,
    SummaryProgress,
    Token,
    Turn,
    summary_as_answer,
)


@dataclasses.dataclass(frozen=True)
class SummaryWish:
    """What a summary is to be; ``language`` "" is the documents' own."""

    mode: SummaryMode = SummaryMode.THOROUGH
    length: SummaryLength = SummaryLength.PARAGRAPH
    language: str = ""
    compares: bool = False


class Named(Protocol):
    """A document by what is needed of it to sum it up."""

    @property
    def key(self) -> str:
        """What names it for good in a list."""

    @property
    def name(self) -> str:
        """What the person knows it by."""


@dataclasses.dataclass(frozen=True)
class SummedUp:
    """A document that was summed up."""

    key: str
    name: str


class SummaryView(Journey):
    """Sums ``documents`` up; ``focus`` are the person's words for what alone is wanted, or ""."""

    def __init__(
        self,
        theme: Theme,
        documents: Sequence[Named],
        focus: str,
        wish: SummaryWish,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(focus, parent)
        self._theme = theme
        self._documents = tuple(documents)
        self._wish = wish
        self._answer: Answer | None = None
        self._is_stopped = False
        self._stage = StageLine(theme)
        self._text = AnswerText(theme)
        self._text.setAccessibleName(self.tr("Summary"))
        self._text.citation_chosen.connect(self._open)
        self._text.hide()
        self._notes = make_label("muted", is_shown=False)
        self._trouble = TroubleCard(theme, self.tr("Sum up again"))
        self._trouble.again.connect(self.asked_again)
        self._foot = self._make_foot(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.space(2))
        layout.setSpacing(theme.space(1.5))
        layout.addWidget(QuestionBubble(theme, self.title))
        layout.addWidget(self._text)
        layout.addWidget(self._stage)
        layout.addLayout(with_remarks(self._foot, self._notes, theme))
        layout.addWidget(self._trouble)

    @classmethod
    def of(cls, theme: Theme, summary: Summary) -> SummaryView:
        """One that was made earlier, as it was."""
        documents = [SummedUp(one.sha256 or one.path, one.document) for one in summary.documents]
        wish = SummaryWish(summary.mode, summary.length, summary.output_language, compares=_compares(summary))
        view = cls(theme, documents, summary.focus, wish)
        view.outcome = Summarised(0, summary)
        view.finish(view.outcome)
        return view

    @property
    def title(self) -> str:
        """What is summed up, and what alone is wanted of it."""
        return self._title(isolated)

    def kept(self) -> Turn | None:
        """The summary; None where it was stopped before there was anything of it."""
        if not isinstance(self.outcome, Summarised) or self._answer is None or not self._answer.text:
            return None
        answer = dataclasses.replace(without_marks(self._answer), question=self._title(str))
        return Turn(0, self.asked, answer, self.outcome.summary, words=self.question)

    def say_not_kept(self, problem: Problem) -> None:
        """Below what was looked at."""
        said = (self._notes.text(), SummaryWords().not_kept(problem))
        self._notes.setText("\n".join(filter(None, said)))
        self._notes.show()

    def _title(self, set_off: Callable[[str], str]) -> str:
        count = len(self._documents)
        what = self._documents[0].name if count == 1 else CountedWords().documents(count)
        said = self.tr("Compare {what}") if self._wish.compares else self.tr("Summarise {what}")
        return ": ".join(filter(None, (said.format(what=set_off(what)), self.question)))

    @property
    def answer(self) -> Answer | None:
        """The summary as it is shown, once it is there."""
        return self._answer

    @property
    def status(self) -> str:
        """What is waited for, or the figures of the summary."""
        return self._stage.text or self._foot.status

    def anew(self) -> SummaryView:
        """The same, once more."""
        return SummaryView(self._theme, self._documents, self.question, self._wish)

    def request(self, scope: ChosenScope, conversation: int) -> tuple[type[Request], dict[str, Any]]:  # noqa: ARG002
        """Sum its own documents up, whatever is chosen by now and was said before."""
        return Summarise, {
            "documents": tuple(document.key for document in self._documents),
            "mode": self._wish.mode,
            "length": self._wish.length,
            "output_language": self._wish.language,
            "focus": self.question,
            "compares": self._wish.compares,
            "model": self.model,
        }

    def begin(self) -> None:
        """It is on its way."""
        self._stage.begin(self.tr("Looking at the documents…"))

    def take(self, reply: Reply) -> None:
        """Show how far it is, and the next words."""
        if self._is_stopped:
            return
        if isinstance(reply, Stage):
            self._stage.begin(stage_words(reply))
        elif isinstance(reply, SummaryProgress):
            self._stage.begin(self._progress(reply))
        elif isinstance(reply, Token):
            self._text.show()
            self._text.add_token(reply.text)

    def finish(self, reply: Reply) -> None:
        """Show the summary."""
        if not isinstance(reply, Summarised):
            return
        summary, words = reply.summary, SummaryWords()
        self._answer = summary_as_answer(summary)
        if _compares(summary) and not summary.rows and not summary.was_stopped:
            said = words.not_compared()
            self._answer = dataclasses.replace(self._answer, text=said, sentences=(Sentence(said, supported=True),))
        self._stage.end()
        self._text.end_stream()
        self._trouble.hide()
        self._text.setVisible(bool(self._answer.text))
        self._text.show_answer(self._answer)
        notes = words.coverage(summary)
        problems = [about_the_file(one.problem) for one in summary.documents if one.problem is not None]
        notes += [str(sentences_of(problem)) for problem in problems]
        if summary.was_stopped:
            notes.insert(0, self.tr("Stopped. What was read is kept: the same goes on from there."))
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))
        self._foot.show_status(words.figures(summary))
        self._foot.describe(lambda: DetailWords().of_summary(summary))
        self._foot.offer(copy=True, sources=bool(self._answer.citations), models=bool(summary.model))
        announce(self, self.tr("The summary is there."))

    def stop(self) -> None:
        """What was written stays until the worker has ended it."""
        self._is_stopped = True
        self._stage.end()
        self._text.end_stream()
        self._notes.setText(self.tr("Stopped. What was read is kept: the same goes on from there."))
        self._notes.show()

    def show_trouble(self, problem: Problem) -> None:
        """Say what went wrong; what was written stays."""
        self._stage.end()
        self._text.end_stream()
        self._trouble.show_problem(problem)
        warn(self, self._trouble.accessibleName())

    def _progress(self, progress: SummaryProgress) -> str:
        locale = QLocale()
        said = {
            "choosing": self.tr("Choosing the sentences that carry it"),
            "reading": self.tr("Reading {document}").format(document=isolated(progress.document)),
            "joining": self.tr("Putting it together"),
            "comparing": self.tr("Comparing"),
            "translating": self.tr("Translating"),
        }.get(progress.stage, self.tr("Working"))
        parts = [said]
        if progress.parts > 1:
            # The part that is read now: "part 0" is one that nobody has seen.
            done = locale.toString(min(progress.done + 1, progress.parts))
            parts_words = locale.toString(progress.parts)
            parts.append(self.tr("part {done} of {parts}").format(done=done, parts=parts_words))
        if progress.seconds_left >= 0:
            parts.append(CountedWords().time_left(progress.seconds_left))
        return " · ".join(parts)

    def _open(self, citation: Citation) -> None:
        if self._answer is not None:
            self.opened.emit(citation, self._answer.citations)

    def _copy(self, with_sources: bool) -> None:
        if self._answer is not None:
            copy_answer(self._answer, self, with_sources=with_sources)

    def _save(self) -> None:
        if self._answer is not None:
            self.save_wanted.emit(without_marks(self._answer), self.title)

    def _make_foot(self, theme: Theme) -> AnswerFoot:
        foot = AnswerFoot(theme, self.tr("Sum up again"))
        foot.copy_wanted.connect(self._copy)
        foot.save_wanted.connect(self._save)
        foot.again_wanted.connect(self.asked_again)
        foot.models_wanted.connect(self.models_wanted)
        return foot


def _compares(summary: Summary) -> bool:
    """Whether it is a comparison; of one that was kept before that was written down, its rows tell."""
    return summary.compares or bool(summary.rows)
