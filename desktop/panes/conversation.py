"""The middle pane: questions, the passages that were found, the answers written under them, and their history."""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.operations import Operation
from desktop.panes.anticipating import Anticipating
from desktop.panes.asking import Asking
from desktop.panes.asking_again import AskingAgain
from desktop.panes.conversation_frame import ConversationFrame
from desktop.panes.earlier_turns import MOST_TURNS
from desktop.panes.estimating import Estimating
from desktop.panes.going_on import GoingOn
from desktop.panes.journeys import journey_of, nothing_to_sum_up
from desktop.panes.turn_column import TurnColumn
from desktop.theme import Theme
from desktop.widgets.find_view import FindView
from desktop.widgets.journey import Journey
from desktop.widgets.scope import ChosenScope
from desktop.widgets.summary_view import SummaryView
from desktop.widgets.turn import TurnView
from desktop.worker_client import WorkerClient
from rag.protocol import Citation, Conversation, Conversations, Document, ListConversations, OpenConversation, Passage


class ConversationPane(ConversationFrame):
    """``citation_opened``: a Citation or Passage, and the tuple of all of its answer; ``status_changed``: a line.

    ``scope_changed`` carries the ChosenScope that is left when the person takes something out of the composer.
    ``models_wanted``: another model, or the first. ``every_document`` is asked what is to be summed up where nothing is
    chosen.
    """

    citation_opened = Signal(object, object)
    status_changed = Signal(str)
    scope_changed = Signal(object)
    models_wanted = Signal()

    def __init__(self, theme: Theme, client: WorkerClient, parent: QWidget | None = None) -> None:
        super().__init__(theme, client, parent)
        self._theme = theme
        self._client = client
        self._opening: Operation | None = None
        self.every_document: Callable[[], tuple[Document, ...]] = tuple
        self._head.begun.connect(self.new_conversation)
        self._head.save_wanted.connect(self.save)
        self._composer.asked.connect(self._carry_out)
        self._composer.stopped.connect(self.stop)
        self._composer.scope_changed.connect(self.scope_changed)
        self._going_on = GoingOn(self)
        self._asking = self._make_asking()
        self._asking.changed.connect(self._show_state)
        self._since = math.inf
        self.estimating = Estimating(client, self._composer)
        self._again = AskingAgain(client, self)
        self._again.chosen.connect(self._ask_again)
        self._again.models_wanted.connect(self.models_wanted)
        self._anticipating = Anticipating(client, lambda: self._composer.scope)
        self._composer.expected.connect(self._expect)
        self._history.opened.connect(self.open_conversation)
        self._history.renamed.connect(self._rename)
        self._history.deleted.connect(self._forget)
        self._column = TurnColumn(theme, self._follow_turn)
        self._column.greeting.resumed.connect(self.open_conversation)
        self._add_pages(self._column, theme)
        client.connected.connect(self._show_emptiness)
        self._show_emptiness()

    # --- what others ask of it --------------------------------------------------------------------------------------

    @property
    def turns(self) -> tuple[Journey, ...]:
        """What is shown, oldest first."""
        return self._column.turns

    @property
    def answers(self) -> tuple[TurnView, ...]:
        """Those of ``turns`` that are questions and their answers."""
        return tuple(turn for turn in self.turns if isinstance(turn, TurnView))

    @property
    def is_answering(self) -> bool:
        """Whether an answer is being written, as far as the person can see."""
        return self._asking.is_answering

    @property
    def awaited(self) -> tuple[Operation, ...]:
        """What the worker is asked to do for it, and for conversations that are not shown."""
        every = (asking.awaited for asking in (self._asking, *self._going_on.askings))
        return tuple(operation for operation in every if operation is not None)

    @property
    def conversation(self) -> int:
        """The number of the conversation that is shown; 0 while nothing was answered in it."""
        return self._asking.conversation

    def set_scope(self, scope: ChosenScope) -> None:
        """Limit the next questions to ``scope``."""
        self._composer.set_scope(scope)

    def write(self, words: str) -> None:
        """Have ``words`` in the question that is being written."""
        self.focus_composer()
        self._composer.insert(words)

    def summarise(self, documents: tuple[Document, ...]) -> None:
        """Sum ``documents`` up in this conversation."""
        self._begin(SummaryView(self._theme, documents, "", self._composer.modes.wish))

    def find_all(self, words: str) -> None:
        """Look for ``words`` in every document, in this conversation."""
        self._begin(FindView(self._theme, words))

    def ask(self, question: str) -> None:
        """Ask ``question`` in this conversation."""
        self._begin(TurnView(self._theme, question))

    def mark_cited(self, item: Citation | Passage | None) -> None:
        """Mark the passage that the reader shows, of the answer that it was opened from; None marks none."""
        self._column.mark_cited(item)

    def step(self, by: int) -> None:
        """Show the question ``by`` places on."""
        self._leave_history()
        self._column.step(by)

    def stop(self) -> None:
        """Stop the answer under way: on the screen at once, in the worker as soon as it can."""
        self._asking.stop()

    def new_conversation(self) -> None:
        """Begin anew, within the same scope; what is under way goes on, and is kept in its own conversation."""
        self._leave()
        self._show(self._make_asking())
        self._head.set_title("")
        self._show_emptiness()
        self.focus_composer()

    def open_conversation(self, conversation: int) -> None:
        """Show an earlier conversation and go on with it, and with what is under way in it."""
        self._leave()
        there = self._going_on.asking_in(conversation)
        self._show(self._make_asking(conversation) if there is None else self._going_on.give_back(there))
        self._leave_history()
        self._fetch()

    def show_outcome(self, request: int) -> None:
        """Show the conversation in which what comes of the ``request`` with this number stands, or will."""
        self._leave_history()
        there, place = self._going_on.asking_for(request), self._going_on.place_of(request)
        if there is not None and not there.conversation:
            self._leave()
            self._show(self._going_on.give_back(there))
            self._head.set_title(there.journeys[0].title)
        elif there is not None:
            self.open_conversation(there.conversation)
        elif place and place != self.conversation:
            self.open_conversation(place)

    def take_over(self, other: ConversationPane) -> None:
        """Show what ``other`` shows, which is to go: in the language of now, and what is under way goes on in it."""
        conversation = other.conversation
        self._leave()
        self._show(self._make_asking(conversation))
        self._head.set_title(other._head.title if conversation else "")
        other._column.put_away_earliest(MOST_TURNS)  # for a moment there are both
        self._column.take_over_earlier(other._column)
        retold = {turn: turn.retold() for turn in other.turns}
        for fresh in retold.values():
            self._add(fresh)
        self._asking.take_over(other._asking, retold)
        self._going_on.take_over(other._going_on, self._make_asking, self._column.hold_aside)
        self._column.take_over_cited(other._column, retold)
        if other._opening is not None and other._opening.is_running:
            self._since = other._since
            self._fetch()  # it was about to be shown
        self._composer.take_over(other._composer)
        self._column.go_to_end()
        self._history.take_over(other._history)
        if other.shows_history:
            self.show_history()

    def save(self) -> None:
        """Let the person save what is shown as a file; where nothing was answered yet, there is nothing to save."""
        if self._asking.conversation:
            self._saving.save(self._asking.conversation)

    # --- the worker speaks ------------------------------------------------------------------------------------------

    def _fetch(self) -> None:
        """Have what the history holds of the conversation."""
        self._column.greeting.hide()
        self._opening = self._client.run(OpenConversation, conversation=self._asking.conversation)
        self._opening.succeeded.connect(self._show_conversation)
        self._opening.failed.connect(self._column.trouble.show_problem)

    def _show_conversation(self, reply: Conversation) -> None:
        if self._opening is not self.sender():
            return
        self._head.set_title(reply.title)
        # What is under way may have been kept since it was asked what there is: it stands below already.
        told = tuple(turn for turn in reply.turns if turn.asked < self._since)
        self._column.show_conversation(dataclasses.replace(reply, turns=told))
        self._composer.focus()

    def _show_last(self, reply: Conversations) -> None:
        self._column.greeting.show_last(next(iter(reply.conversations), None))

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _expect(self, question: str) -> None:
        # While an answer is written the model has no time for another.
        self._anticipating.expect("" if self.is_answering else question, self._asking.conversation)

    def _carry_out(self, words: str) -> None:
        """Do with what was written what the composer is for."""
        turn = journey_of(words, self._composer, self.every_document, self._theme)
        if turn is None:
            self._composer.say(nothing_to_sum_up(self._composer.scope))
        else:
            self._begin(turn)

    def _begin(self, turn: Journey) -> None:
        self._leave_history()
        if isinstance(turn, TurnView):
            self._going_on.stop_answers()
        self._column.put_away_earliest()
        self._add(turn)
        turn.asked = time.time()
        self._asking.ask(turn)
        # A list is read from its top, the strongest first; what is written, as it is written.
        self._column.go_to_end(turn if isinstance(turn, FindView) else None)

    def _add(self, turn: Journey) -> None:
        if not self._asking.conversation and not self.turns:
            self._head.set_title(turn.title)
        self._column.add(turn)

    def _follow_turn(self, turn: Journey) -> None:
        turn.opened.connect(lambda item, items: self._open(turn, item, items))
        self._again.follow(turn)
        turn.edit_wanted.connect(self._composer.edit_question)
        turn.save_wanted.connect(lambda answer, title: self._saving.save_answer(answer, title, turn.asked))
        turn.model_missed.connect(self.models_wanted)

    def _ask_again(self, turn: Journey, model: str) -> None:
        if not self.is_answering:
            fresh = turn.anew()
            fresh.model = model
            self._begin(fresh)

    def _open(self, turn: Journey, item: Citation | Passage, items: tuple[Citation | Passage, ...]) -> None:
        self._column.cite(turn, item)
        self.citation_opened.emit(item, items)

    def _make_asking(self, conversation: int = 0) -> Asking:
        asking = Asking(self._client, lambda: self._composer.scope, self, conversation)
        asking.placed.connect(self._going_on.note_place)
        return asking

    def _leave(self) -> None:
        """The conversation is to be shown no longer; what is under way in it goes on out of sight."""
        if self._opening is not None:
            self._opening.cancel()  # else it would come into the one that is shown from now on
            self._opening = None
        self._saving.hide()
        self._asking.changed.disconnect(self._show_state)
        self._asking.forget_seen()
        self._column.clear(but=self._asking.journeys)
        self._going_on.take(self._asking)

    def _show(self, asking: Asking) -> None:
        """Have the conversation of ``asking`` in the place of the one that was left, with what is under way in it."""
        self._asking, self._since = asking, asking.sent_at
        asking.changed.connect(self._show_state)
        for turn in asking.journeys:
            self._column.add_again(turn)
        self._show_state()

    def _show_emptiness(self) -> None:
        """Greet where nothing is shown, with the way back to what was asked last."""
        is_empty = not self.turns
        self._column.greeting.setVisible(is_empty)
        if is_empty and self._client.is_connected:
            self._client.run(ListConversations).succeeded.connect(self._show_last)

    def _show_state(self) -> None:
        self._composer.set_answering(self.is_answering)
        if not self.is_answering:
            self.estimating.refresh()  # it was learned from
        self._head.set_kept(self._asking.conversation != 0)
        turn = self._asking.turn or next(reversed(self.turns), None)
        self.status_changed.emit("" if turn is None else turn.status)

    def _rename(self, conversation: int, title: str) -> None:
        if conversation == self._asking.conversation:
            self._head.set_title(title)

    def _forget(self, conversation: int) -> None:
        self._going_on.forget(conversation)
        if conversation == self._asking.conversation:
            self._asking.give_up()
            self._leave()
            self._show(self._make_asking())
            self._head.set_title("")
            self._show_emptiness()
