"""The middle pane: questions, the passages that were found, the answers written under them, and their history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.operations import Operation
from desktop.panes.anticipating import Anticipating
from desktop.panes.asking import Asking
from desktop.panes.earlier_turns import EarlierTurns, outgrown
from desktop.panes.journeys import journey_of, nothing_to_sum_up
from desktop.panes.saving import SavingNotice
from desktop.theme import Theme
from desktop.widgets.column import centred
from desktop.widgets.composer import Composer
from desktop.widgets.conversation_head import ConversationHead
from desktop.widgets.find_view import FindView
from desktop.widgets.following_scroll import FollowingScroll
from desktop.widgets.greeting import Greeting
from desktop.widgets.history import HistoryView
from desktop.widgets.journey import Journey
from desktop.widgets.scope import ChosenScope
from desktop.widgets.trouble import TroubleCard
from desktop.widgets.turn import TurnView
from desktop.worker_client import WorkerClient
from rag.protocol import Answered, Citation, Conversation, Document, OpenConversation, Passage


class ConversationPane(QWidget):
    """``citation_opened``: a Citation or Passage, and the tuple of all of its answer; ``status_changed``: a line.

    ``scope_changed`` carries the ChosenScope that is left when the person takes something out of the composer.
    ``every_document`` is asked what is to be summed up where nothing is chosen.
    """

    citation_opened = Signal(object, object)
    status_changed = Signal(str)
    scope_changed = Signal(object)

    def __init__(self, theme: Theme, client: WorkerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._client = client
        self._turns: list[Journey] = []
        self._cited: Journey | None = None
        self._opening: Operation | None = None
        self.every_document: Callable[[], tuple[Document, ...]] = tuple
        self.setAccessibleName(self.tr("Conversation"))
        self._head = ConversationHead(theme)
        self._head.begun.connect(self.new_conversation)
        self._head.history_wanted.connect(self._turn_history)
        self._head.save_wanted.connect(self.save)
        self._composer = Composer(theme)
        self._composer.asked.connect(self._carry_out)
        self._composer.stopped.connect(self.stop)
        self._composer.scope_changed.connect(self.scope_changed)
        self._asking = Asking(client, lambda: self._composer.scope, self)
        self._asking.changed.connect(self._show_state)
        self._anticipating = Anticipating(client, lambda: self._composer.scope)
        self._composer.expected.connect(self._expect)
        self._history = HistoryView(theme, client)
        self._history.opened.connect(self.open_conversation)
        self._history.closed.connect(self._leave_history)
        self._history.renamed.connect(self._rename)
        self._history.deleted.connect(self._forget)
        self._saving = SavingNotice(theme, client)
        self._history.save_wanted.connect(self._saving.save)
        self._saving.closed.connect(self._focus_again)
        self._trouble = TroubleCard(theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._make_conversation(theme))
        self._pages.addWidget(centred(self._history, theme))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.space(2.5))
        layout.setSpacing(0)
        layout.addWidget(centred(self._head, theme))
        layout.addWidget(self._pages, 1)
        layout.addWidget(centred(self._make_foot(theme), theme))
        self._show_emptiness()

    # --- what others ask of it --------------------------------------------------------------------------------------

    @property
    def turns(self) -> tuple[Journey, ...]:
        """What is shown, oldest first."""
        return tuple(self._turns)

    @property
    def answers(self) -> tuple[TurnView, ...]:
        """Those of ``turns`` that are questions and their answers."""
        return tuple(turn for turn in self._turns if isinstance(turn, TurnView))

    @property
    def composer(self) -> Composer:
        """Where questions are written."""
        return self._composer

    @property
    def is_answering(self) -> bool:
        """Whether an answer is being written, as far as the person can see."""
        return self._asking.is_answering

    @property
    def conversation(self) -> int:
        """The number of the conversation that is shown; 0 while nothing was answered in it."""
        return self._asking.conversation

    def set_scope(self, scope: ChosenScope) -> None:
        """Limit the next questions to ``scope``."""
        self._composer.set_scope(scope)

    def focus_composer(self) -> None:
        """Let the person write."""
        self._leave_history()
        self._composer.focus()

    def ask(self, question: str) -> None:
        """Ask ``question`` in this conversation."""
        self._begin(TurnView(self._theme, question))

    def mark_cited(self, item: Citation | Passage | None) -> None:
        """Mark the passage that the reader shows, of the answer that it was opened from; None marks none."""
        for turn in self._turns:
            turn.mark_open(item if turn is self._cited else None)

    def stop(self) -> None:
        """Stop the answer under way: on the screen at once, in the worker as soon as it can."""
        self._asking.stop()

    def new_conversation(self) -> None:
        """Begin anew; an answer under way is stopped and kept in its own conversation."""
        self._clear(0)
        self._head.set_title("")
        self._show_emptiness()
        self.focus_composer()

    def open_conversation(self, conversation: int) -> None:
        """Show an earlier conversation and go on with it."""
        if self._opening is not None:
            self._opening.cancel()
        self._clear(conversation)
        self._leave_history()
        self._greeting.hide()
        self._opening = self._client.run(OpenConversation, conversation=conversation)
        self._opening.succeeded.connect(self._show_conversation)
        self._opening.failed.connect(self._trouble.show_problem)

    def take_over(self, other: ConversationPane) -> None:
        """Show what ``other`` shows, which is to go: in the language of now, and what was under way begun again."""
        under_way = other._asking.waited_for
        conversation = other.conversation
        other._asking.go_on_in(0)
        if conversation and not other.turns:
            self.open_conversation(conversation)  # it was about to be shown
        else:
            self._clear(conversation)
            self._head.set_title(other._head.title if conversation else "")
        self._earlier.hold(other._earlier.held)
        for turn in other.turns:
            fresh = turn.retold()
            self._add(fresh)
            if turn is under_way:
                self._asking.ask(fresh)
        self._composer.take_over(other._composer)
        self._scroll.go_to_end()

    def save(self) -> None:
        """Let the person save what is shown as a file; where nothing was answered yet, there is nothing to save."""
        if self._asking.conversation:
            self._saving.save(self._asking.conversation)

    def show_history(self) -> None:
        """Show the conversations so far, with the keyboard in their search."""
        self._saving.put_away()
        self._pages.setCurrentIndex(1)
        self._head.show_place(is_history=True)
        self._composer.hide()
        self._history.refresh()
        self._history.focus()

    # --- the worker speaks ------------------------------------------------------------------------------------------

    def _show_conversation(self, reply: Conversation) -> None:
        if self._opening is not self.sender():
            return
        self._head.set_title(reply.title)
        self._earlier.tell(Answered(reply.id, kept.answer, reply.conversation, kept.turn) for kept in reply.turns)
        self._scroll.go_to_end()
        self._composer.focus()

    def _tell_earlier(self, answered: Answered) -> None:
        """Show what was answered above all others."""
        turn = TurnView(self._theme, answered.answer.question)
        turn.outcome = answered
        turn.show_answer(answered.answer)
        self._follow_turn(turn)
        self._turns.insert(0, turn)
        self._column.insertWidget(self._column.indexOf(self._earlier) + 1, turn)

    def _put_away_earliest(self) -> None:
        """Have the first turns of a long conversation in no widget, as if it had been opened now."""
        away = outgrown([turn.outcome for turn in self._turns])
        for turn in self._turns[: len(away)]:
            turn.hide()
            turn.deleteLater()
        del self._turns[: len(away)]
        self._earlier.hold(away)

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
        self._put_away_earliest()
        self._add(turn)
        self._asking.ask(turn)
        # A list is read from its top, the strongest first; what is written, as it is written.
        self._scroll.go_to_end(turn if isinstance(turn, FindView) else None)

    def _add(self, turn: Journey) -> None:
        if not self._asking.conversation and (not self._turns or isinstance(turn, TurnView)):
            self._head.set_title(turn.title)  # a summary belongs to no conversation: a question after it begins one
        self._greeting.hide()
        self._trouble.hide()
        self._follow_turn(turn)
        self._turns.append(turn)
        self._column.insertWidget(self._column.count() - 1, turn)

    def _follow_turn(self, turn: Journey) -> None:
        turn.opened.connect(lambda item, items: self._open(turn, item, items))
        turn.asked_again.connect(lambda: self._ask_again(turn))

    def _ask_again(self, turn: Journey) -> None:
        if not self.is_answering:
            self._begin(turn.anew())

    def _open(self, turn: Journey, item: Citation | Passage, items: tuple[Citation | Passage, ...]) -> None:
        self._cited = turn
        self.mark_cited(item)
        self.citation_opened.emit(item, items)

    def _clear(self, conversation: int) -> None:
        self._asking.go_on_in(conversation)
        self._head.set_kept(conversation != 0)
        self._saving.hide()
        self._trouble.hide()
        for turn in self._turns:
            turn.hide()
            turn.deleteLater()
        self._turns.clear()
        self._earlier.clear()

    def _show_emptiness(self) -> None:
        self._greeting.setVisible(not self._turns)

    def _show_state(self) -> None:
        self._composer.set_answering(self.is_answering)
        self._head.set_kept(self._asking.conversation != 0)
        turn = self._asking.turn or (self._turns[-1] if self._turns else None)
        self.status_changed.emit("" if turn is None else turn.status)

    def _turn_history(self) -> None:
        if self._pages.currentIndex() == 1:
            self._leave_history()
        else:
            self.show_history()

    def _leave_history(self) -> None:
        if self._pages.currentIndex() == 1:
            self._pages.setCurrentIndex(0)
            self._head.show_place(is_history=False)
            self._composer.show()
            self._composer.focus()

    def _focus_again(self) -> None:
        (self._history if self._pages.currentIndex() == 1 else self._composer).focus()

    def _rename(self, conversation: int, title: str) -> None:
        if conversation == self._asking.conversation:
            self._head.set_title(title)

    def _forget(self, conversation: int) -> None:
        if conversation == self._asking.conversation:
            self._clear(0)
            self._head.set_title("")
            self._show_emptiness()

    # --- keys ------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Claim Escape while there is something to stop or to leave, before any shortcut of the window gets it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._escapes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops the answer, or leaves the history."""
        if not self._escapes(event):
            super().keyPressEvent(event)
        elif self._pages.currentIndex() == 1:
            self._leave_history()
        else:
            self.stop()

    def _escapes(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and (self.is_answering or self._pages.currentIndex() == 1)

    # --- parts ------------------------------------------------------------------------------------------------------

    def _make_foot(self, theme: Theme) -> QWidget:
        foot = QWidget()
        layout = QVBoxLayout(foot)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1))
        layout.addWidget(self._saving)
        layout.addWidget(self._composer)
        return foot

    def _make_conversation(self, theme: Theme) -> QWidget:
        self._greeting = Greeting(theme)
        self._earlier = EarlierTurns()
        self._earlier.told.connect(self._tell_earlier)
        column = QWidget()
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, theme.space(1), 0, 0)
        self._column.setSpacing(theme.space(2))
        self._column.addWidget(self._trouble)
        self._column.addWidget(self._greeting)
        self._column.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch()
        self._scroll = FollowingScroll()
        self._earlier.began.connect(lambda: self._scroll.set_growing_above(True))
        self._earlier.ended.connect(lambda: self._scroll.set_growing_above(False))
        self._scroll.setWidget(centred(column, theme, self._scroll))
        self._scroll.setAccessibleName(self.tr("Questions and answers"))
        return self._scroll
