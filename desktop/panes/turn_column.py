"""The questions of a conversation and what came of them, one below the other; the greeting where there is none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.panes.earlier_turns import MOST_TURNS, EarlierTurns, outgrown
from desktop.theme import Theme
from desktop.widgets.column import centred
from desktop.widgets.find_view import FindView
from desktop.widgets.following_scroll import FollowingScroll
from desktop.widgets.greeting import Greeting
from desktop.widgets.journey import Journey
from desktop.widgets.summary_view import SummaryView
from desktop.widgets.trouble import TroubleCard
from desktop.widgets.turn import TurnView
from rag.protocol import Citation, Conversation, Passage, Turn

_AT_ONCE = 8
"""Pixels within which a question counts as the one at the top."""


class TurnColumn(FollowingScroll):
    """Holds Journeys, oldest first. Those before the last ones of a long conversation wait in no widget."""

    def __init__(self, theme: Theme, follow: Callable[[Journey], None], parent: QWidget | None = None) -> None:
        """``follow`` is given each Journey that is shown, before it is."""
        super().__init__(parent)
        self._theme = theme
        self._follow_turn = follow
        self._turns: list[Journey] = []
        self._cited: Journey | None = None
        self.greeting = Greeting(theme)
        self.trouble = TroubleCard(theme)
        self._earlier = EarlierTurns()
        self._earlier.told.connect(self._tell_earlier)
        self._earlier.began.connect(lambda: self.set_growing_above(True))
        self._earlier.ended.connect(lambda: self.set_growing_above(False))
        column = QWidget()
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, theme.space(1), 0, 0)
        self._column.setSpacing(theme.space(2))
        self._column.addWidget(self.trouble)
        self._column.addWidget(self.greeting)
        self._column.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch()
        self.setWidget(centred(column, theme, self))
        self.setAccessibleName(self.tr("Questions and answers"))

    @property
    def turns(self) -> tuple[Journey, ...]:
        """What is shown, oldest first."""
        return tuple(self._turns)

    def add(self, turn: Journey) -> None:
        """Show ``turn`` below all others."""
        self._follow_turn(turn)
        self.add_again(turn)

    def add_again(self, turn: Journey) -> None:
        """Show ``turn``, which was out of sight, below all others."""
        self.greeting.hide()
        self.trouble.hide()
        self._turns.append(turn)
        self._column.insertWidget(self._column.count() - 1, turn)
        turn.show()

    def hold_aside(self, turn: Journey) -> None:
        """Have ``turn`` out of sight, for another time."""
        self._follow_turn(turn)
        turn.setParent(self.widget())
        turn.hide()

    def show_conversation(self, conversation: Conversation) -> None:
        """Show the turns of an earlier conversation, the last ones first."""
        self._earlier.tell(conversation.turns)
        self.go_to_end()

    def take_over_earlier(self, other: TurnColumn) -> None:
        """Hold what ``other`` holds beside what it shows."""
        self._earlier.hold(other._earlier.held)

    def take_over_cited(self, other: TurnColumn, retold: Mapping[Journey, Journey]) -> None:
        """Know from which turn the reader was opened; ``retold`` has each turn of ``other`` in its new form."""
        self._cited = None if other._cited is None else retold.get(other._cited)

    def clear(self, but: Collection[Journey] = ()) -> None:
        """Show none; those in ``but`` are needed yet, out of sight."""
        self.trouble.hide()
        for turn in self._turns:
            turn.hide()
            self._column.removeWidget(turn)
            if turn not in but:
                turn.deleteLater()
        self._turns.clear()
        self._cited = None
        self._earlier.clear()

    def put_away_earliest(self, most: int = 2 * MOST_TURNS) -> None:
        """Have the first turns of a conversation of more than ``most`` in no widget, as if it had been opened now."""
        away = outgrown(self._turns, most)
        for turn in self._turns[: len(away)]:
            turn.hide()
            turn.deleteLater()
        del self._turns[: len(away)]
        if away:
            self._earlier.hold(away)

    def cite(self, turn: Journey, item: Citation | Passage) -> None:
        """``item`` of ``turn`` is what the reader shows."""
        self._cited = turn
        self.mark_cited(item)

    def mark_cited(self, item: Citation | Passage | None) -> None:
        """Mark the passage that the reader shows, of the answer that it was opened from; None marks none."""
        for turn in self._turns:
            turn.mark_open(item if turn is self._cited else None)

    def step(self, by: int) -> None:
        """Bring the question ``by`` places on to the top, counted from the one that is there."""
        body = self.widget()
        if not self._turns or body is None:
            return
        tops = [turn.mapTo(body, QPoint()).y() for turn in self._turns]
        here = self.verticalScrollBar().value()
        if by > 0:
            later = [top for top in tops if top > here + _AT_ONCE]
            wanted = later[0] if later else self.verticalScrollBar().maximum()
        else:
            before = [top for top in tops if top < here - _AT_ONCE]
            wanted = before[-1] if before else 0
        self.verticalScrollBar().setValue(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the greeting where the eye is."""
        super().resizeEvent(event)
        self.greeting.stand_in(self.height())

    def _tell_earlier(self, kept: Turn) -> None:
        """Show what was kept above all others."""
        turn = self._told(kept)
        turn.asked = kept.asked
        self._follow_turn(turn)
        self._turns.insert(0, turn)
        self._column.insertWidget(self._column.indexOf(self._earlier) + 1, turn)

    def _told(self, kept: Turn) -> Journey:
        if kept.summary is not None:
            return SummaryView.of(self._theme, kept.summary)
        if kept.found is not None:
            return FindView.of(self._theme, kept.words, kept.found)
        return TurnView.of(self._theme, kept)
