"""A thing that is looked for in every document: what each says, as it comes, and how far all were looked at."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.announce import announce, warn
from desktop.widgets.answer_foot import AnswerFoot
from desktop.widgets.bubble import QuestionBubble
from desktop.widgets.buttons import QuietButton
from desktop.widgets.copying import copy_answer
from desktop.widgets.detail_words import DetailWords
from desktop.widgets.direction import isolated
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.find_words import FindWords, as_answer
from desktop.widgets.journey import Journey
from desktop.widgets.labels import make_label
from desktop.widgets.quick_row import QuickRow
from desktop.widgets.scope import ChosenScope
from desktop.widgets.stage import StageLine, stage_words
from desktop.widgets.summary_words import SummaryWords, without_marks
from desktop.widgets.trouble import TroubleCard
from rag.errors import Problem
from rag.protocol import (
    Citation,
    DocumentFinding,
    FindAll,
    FindProgress,
    FoundAll,
    FoundIn,
    Passage,
    Reply,
    Request,
    Stage,
    Turn,
    shortened,
)

MOST_ROWS = 3
"""Passages of a document that are shown."""

MOST_CARDS = 20
"""Documents that are shown at once, and then with each wish for more: a window must not wait for hundreds."""


class FindView(Journey):
    """Shows each document in which it was found, then those in which it wasn't, and those that could not be read."""

    def __init__(self, theme: Theme, question: str, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self._theme = theme
        self._is_stopped = False
        self._findings: list[DocumentFinding] = []
        self._most = MOST_CARDS
        self._cards: dict[str, QFrame] = {}
        self._rows: list[QuickRow] = []
        self._passages: tuple[Passage, ...] = ()
        self._stage = StageLine(theme)
        self._found = QVBoxLayout()
        self._found.setSpacing(theme.space(1))
        self._rest = QuietButton("")
        self._rest.clicked.connect(self._show_more)
        self._rest.hide()
        self._outcome = make_label(is_shown=False)
        self._others = make_label("muted", is_shown=False)
        self._more = QuietButton("")
        self._more.clicked.connect(self._toggle)
        self._more.hide()
        self._trouble = TroubleCard(theme, self.tr("Look again"))
        self._trouble.again.connect(self.asked_again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.space(2))
        layout.setSpacing(theme.space(1.5))
        layout.addWidget(QuestionBubble(theme, self.title))
        layout.addWidget(self._outcome)
        layout.addLayout(self._found)
        layout.addWidget(self._rest, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self._stage)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self._others)
        self._foot = AnswerFoot(theme, self.tr("Look again"))
        self._foot.copy_wanted.connect(self._copy)
        self._foot.save_wanted.connect(self._save)
        self._foot.again_wanted.connect(self.asked_again)
        layout.addWidget(self._foot)
        layout.addWidget(self._trouble)

    @classmethod
    def of(cls, theme: Theme, question: str, found: FoundAll) -> FindView:
        """What was found earlier, as it was."""
        view = cls(theme, question)
        view.finish(found)
        return view

    @property
    def title(self) -> str:
        """What was looked for."""
        return self._title(isolated)

    def kept(self) -> Turn | None:
        """What was found, or that it was in no document."""
        if not isinstance(self.outcome, FoundAll):
            return None
        kept = shortened(self.outcome)
        answer = without_marks(as_answer(kept, FindWords().outcome(kept)))
        return Turn(
            0, self.asked, dataclasses.replace(answer, question=self._title(str)), found=kept, words=self.question
        )

    def say_not_kept(self, problem: Problem) -> None:
        """Below what was found."""
        self._outcome.setText(f"{self._outcome.text()}\n{SummaryWords().not_kept(problem)}")

    def _title(self, set_off: Callable[[str], str]) -> str:
        return self.tr("Find all: {what}").format(what=set_off(self.question))

    @property
    def rows(self) -> tuple[QuickRow, ...]:
        """The passages that are shown."""
        return tuple(self._rows)

    @property
    def status(self) -> str:
        """What is waited for, or what was found."""
        return self._stage.text or self._outcome.text()

    def anew(self) -> FindView:
        """The same, once more."""
        return FindView(self._theme, self.question)

    def request(self, scope: ChosenScope, conversation: int) -> tuple[type[Request], dict[str, Any]]:  # noqa: ARG002
        """Look for it in ``scope``, whatever was said before."""
        return FindAll, {"question": self.question, "scope": scope.limits, "language": QLocale().name()[:2]}

    def begin(self) -> None:
        """It is on its way."""
        self._stage.begin(self.tr("Looking at every document…"))

    def take(self, reply: Reply) -> None:
        """Show how far it is, and what was found."""
        if self._is_stopped:
            return
        if isinstance(reply, Stage):
            self._stage.begin(stage_words(reply))
        elif isinstance(reply, FindProgress):
            self._stage.begin(FindWords().progress(reply))
        elif isinstance(reply, FoundIn):
            if all(reply.finding.sha256 != known.sha256 for known in self._findings):
                self._findings.append(reply.finding)
            self._show_findings()

    def finish(self, reply: Reply) -> None:
        """Show all of it, the strongest first."""
        if not isinstance(reply, FoundAll):
            return
        self._stage.end()
        self._trouble.hide()
        self._findings = list(reply.findings)
        self._show_findings()
        self.outcome = reply
        self._outcome.setText(FindWords().outcome(reply))
        self._outcome.show()
        self._show_others(reply)
        self._foot.describe(lambda: DetailWords().of_find(reply))
        self._foot.offer(copy=bool(reply.findings), sources=False, save=bool(reply.findings))
        announce(self, self._outcome.text())

    def stop(self) -> None:
        """What was found stays."""
        self._is_stopped = True
        self._stage.end()
        self._outcome.setText(self.tr("Stopped."))
        self._outcome.show()

    def show_trouble(self, problem: Problem) -> None:
        """Say what went wrong; what was found stays."""
        self._stage.end()
        self._trouble.show_problem(problem)
        warn(self, self._trouble.accessibleName())

    def mark_open(self, item: Citation | Passage | None) -> None:
        """Mark the passage that the reader shows."""
        for row in self._rows:
            row.set_current(item is not None and row.passage == item)

    # --- what is said -----------------------------------------------------------------------------------------------

    def _show_others(self, found: FoundAll) -> None:
        lines = FindWords().others(found)
        self._others.setText("\n".join(lines))
        self._others.hide()
        count = len(found.nothing) + len(found.unread)
        self._more.setText(self.tr("%Ln other document(s)", "", count))
        self._more.setVisible(bool(lines))

    def _copy(self, with_sources: bool) -> None:
        if isinstance(self.outcome, FoundAll):
            copy_answer(as_answer(self.outcome), self, with_sources=with_sources)

    def _save(self) -> None:
        if isinstance(self.outcome, FoundAll):
            self.save_wanted.emit(without_marks(as_answer(self.outcome)), self.title)

    def _toggle(self) -> None:
        self._others.setVisible(self._others.isHidden())

    # --- what was found ---------------------------------------------------------------------------------------------

    def _show_findings(self) -> None:
        """Have a card for each of the first findings, in their order, and a way to the others."""
        shown = self._findings[: self._most]
        names = [finding.sha256 for finding in shown]
        if names != list(self._cards):
            for gone in [name for name in self._cards if name not in names]:
                card = self._cards.pop(gone)
                self._found.removeWidget(card)
                card.hide()
                card.deleteLater()
            self._cards = {one.sha256: self._cards.get(one.sha256) or self._make_card(one) for one in shown}
            for place, card in enumerate(self._cards.values()):
                if self._found.indexOf(card) != place:
                    self._found.removeWidget(card)
                    self._found.insertWidget(place, card)
            self._number()
        left = len(self._findings) - len(shown)
        self._rest.setText(self.tr("Show %Ln more document(s)", "", min(left, MOST_CARDS)))
        self._rest.setVisible(left > 0)

    def _show_more(self) -> None:
        first = self._most
        self._most += MOST_CARDS
        self._show_findings()
        for row in [row for card in list(self._cards.values())[first:] for row in card.findChildren(QuickRow)][:1]:
            row.setFocus(Qt.FocusReason.OtherFocusReason)  # where the new ones begin

    def _make_card(self, finding: DocumentFinding) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        card.setAccessibleName(finding.document)
        title = ElidedLabel(finding.document, Qt.TextElideMode.ElideMiddle)
        title.setProperty("role", "title")
        title.setContentsMargins(self._theme.space(2.5), 0, self._theme.space(2.5), 0)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(1, self._theme.space(1), 1, self._theme.space(1))
        layout.setSpacing(0)
        layout.addWidget(title)
        for passage in finding.passages[:MOST_ROWS]:
            row = QuickRow(self._theme, takes_focus=True, names_document=False)
            row.show_passage(passage)
            row.clicked.connect(lambda _=False, row=row: self._open(row))
            layout.addWidget(row)
        return card

    def _number(self) -> None:
        """Count the passages through, in the order in which they stand."""
        self._rows = [row for card in self._cards.values() for row in card.findChildren(QuickRow)]
        for number, row in enumerate(self._rows, start=1):
            if row.passage is not None and row.passage.number != number:
                row.show_passage(dataclasses.replace(row.passage, number=number))
        self._passages = tuple(_there(row.passage for row in self._rows))

    def _open(self, row: QuickRow) -> None:
        if row.passage is not None:
            self.opened.emit(row.passage, self._passages)


def _there(passages: Iterable[Passage | None]) -> Iterable[Passage]:
    return (passage for passage in passages if passage is not None)
