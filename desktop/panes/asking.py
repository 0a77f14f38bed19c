"""What is under way in a conversation: the worker's words go to its turn, and the next waits until it has ended."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from desktop.operations import Operation
from desktop.widgets.journey import Journey
from desktop.widgets.scope import ChosenScope
from desktop.worker_client import WorkerClient
from rag.errors import LibraryProblem, Problem
from rag.protocol import Answered, KeepTurn, Kept, Reply, Turn


class Asking(QObject):
    """Asks in one conversation, one thing after the other, whether that is shown or not.

    ``changed``: it does not stand as it did. ``placed`` carries the number of a request, and that of the conversation
    in which what came of it is kept. ``scope`` gives what a question is limited to, when it is asked.
    """

    changed = Signal()
    placed = Signal(int, int)

    def __init__(
        self, client: WorkerClient, scope: Callable[[], ChosenScope], parent: QObject, conversation: int = 0
    ) -> None:
        """``conversation`` is the number of the one that is asked in; 0 begins one."""
        super().__init__(parent)
        self._client = client
        self._scope = scope
        self.conversation = conversation
        self._asking: Operation | None = None
        self._request = 0
        self._sent: Journey | None = None
        self._sent_at = math.inf
        self._heard: list[Reply] = []
        self._answering: Journey | None = None
        self._waiting: tuple[Journey, ChosenScope] | None = None
        self._keeping: tuple[Journey, Turn] | None = None
        self._not_kept: tuple[Journey, Problem] | None = None

    @property
    def is_answering(self) -> bool:
        """Whether an answer is being written, as far as the person can see."""
        return self._answering is not None or self._waiting is not None

    @property
    def is_under_way(self) -> bool:
        """Whether something is asked, waits to be asked, or is being kept."""
        return self._asking is not None or self._waiting is not None

    @property
    def awaited(self) -> Operation | None:
        """What the worker is asked to do for the conversation."""
        return self._asking

    @property
    def request(self) -> int:
        """The number of the request that was made last for a turn; 0 before there was one."""
        return self._request

    @property
    def journeys(self) -> tuple[Journey, ...]:
        """The turns that the history does not hold, in their order: those under way, and one that could not be kept."""
        lost = self._not_kept[0] if self._not_kept else None
        now = self._keeping[0] if self._keeping else self._sent
        waiting = self._waiting[0] if self._waiting else None
        return tuple(turn for turn in (lost, now, waiting) if turn is not None)

    @property
    def sent_at(self) -> float:
        """Since when (Unix time) what the history holds may be what is under way here; infinite where nothing is."""
        return self._sent_at

    @property
    def turn(self) -> Journey | None:
        """The turn that is being answered."""
        return self._answering

    def ask(self, turn: Journey) -> None:
        """Ask the question of ``turn``."""
        turn.begin()
        if self._asking is None:
            self._send(turn, self._scope())
        else:
            self._waiting = turn, self._scope()  # the worker needs a moment more for the one before
        self.changed.emit()

    def stop(self) -> None:
        """Stop the answer under way: on the screen at once, in the worker as soon as it can."""
        if self._waiting is not None:
            self._waiting[0].stop()
            self._waiting = None
        if self._answering is not None and self._asking is not None:
            self._answering.stop()
            self._answering = None
            self._asking.cancel()
        self.changed.emit()

    def give_up(self) -> None:
        """Wait for nothing any more: the conversation is erased."""
        operation, self._asking = self._asking, None
        self._sent = self._answering = self._waiting = self._keeping = self._not_kept = None
        self._sent_at = math.inf
        if operation is not None:
            operation.cancel()
        self.changed.emit()

    def take_over(self, other: Asking, retold: Mapping[Journey, Journey]) -> None:
        """Go on where ``other`` is, which is to go: nothing is asked twice. ``retold``: each turn in its new form."""
        self.conversation = other.conversation
        self._sent_at = other._sent_at
        operation, sent = other._asking, other._sent
        if operation is not None and sent is not None and sent in retold:
            fresh = retold[sent]
            fresh.begin()
            for reply in other._heard:
                fresh.take(reply)
            self._heard = other._heard
            self._follow(operation, fresh)
            if other._answering is None:  # it was stopped, and its end is still to come
                fresh.stop()
                self._answering = None
        elif operation is not None and operation.is_running and other._keeping and other._keeping[0] in retold:
            self._wait_until_kept(operation, retold[other._keeping[0]], other._keeping[1], tries=1)
        if other._waiting is not None and other._waiting[0] in retold:
            self._waiting = retold[other._waiting[0]], other._waiting[1]
            self._waiting[0].begin()
        if other._not_kept is not None and other._not_kept[0] in retold:
            self._not_kept = retold[other._not_kept[0]], other._not_kept[1]
            self._not_kept[0].say_not_kept(self._not_kept[1])
        self._request = other._request
        other._asking = other._answering = other._waiting = other._keeping = other._not_kept = None
        self.changed.emit()

    def _send(self, turn: Journey, scope: ChosenScope) -> None:
        kind, fields = turn.request(scope, self.conversation)
        self._heard = []
        self._sent_at = time.time()
        self._follow(self._client.run(kind, **fields), turn)

    def _follow(self, operation: Operation, turn: Journey) -> None:
        self._asking, self._sent, self._answering = operation, turn, turn
        self._request = operation.request.id
        operation.received.connect(lambda reply: self._take(operation, turn, reply))
        operation.succeeded.connect(lambda reply: self._finish(operation, turn, reply))
        operation.failed.connect(lambda problem: self._fail(turn, problem))
        operation.ended.connect(lambda: self._end(operation))

    def _take(self, operation: Operation, turn: Journey, reply: Reply) -> None:
        if operation is not self._asking:
            return  # it was given up
        self._heard.append(reply)
        turn.take(reply)
        self.changed.emit()

    def _finish(self, operation: Operation, turn: Journey, reply: Reply) -> None:
        if operation is not self._asking:
            return
        self._note_conversation(operation, reply)
        turn.outcome = reply
        turn.finish(reply)

    def _fail(self, turn: Journey, problem: Problem) -> None:
        if turn is self._answering:
            turn.outcome = problem
            turn.show_trouble(problem)

    def _end(self, operation: Operation) -> None:
        if operation is not self._asking:
            return
        turn = self._sent
        self._asking = self._sent = self._answering = self._keeping = None
        self._heard = []
        sent_at, self._sent_at = self._sent_at, math.inf
        if turn is not None and not isinstance(turn.outcome, Answered) and (kept := turn.kept()) is not None:
            self._sent_at = sent_at
            self._keep(turn, kept)  # an answer the worker keeps by itself
        elif self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self._send(*waiting)
        self.changed.emit()

    def _keep(self, turn: Journey, kept: Turn, tries: int = 2) -> None:
        """Have the history hold what is no answer; a question waits until it is known in which conversation."""
        operation = self._client.run(
            KeepTurn,
            conversation=self.conversation,
            answer=kept.answer,
            summary=kept.summary,
            found=kept.found,
            words=kept.words,
        )
        self._wait_until_kept(operation, turn, kept, tries - 1)

    def _wait_until_kept(self, operation: Operation, turn: Journey, kept: Turn, tries: int) -> None:
        self._asking, self._keeping = operation, (turn, kept)
        operation.failed.connect(lambda problem: self._keep_again(operation, problem, tries))
        operation.succeeded.connect(lambda reply: self._note_conversation(operation, reply))
        operation.ended.connect(lambda: self._end(operation))

    def _keep_again(self, operation: Operation, problem: Problem, tries: int) -> None:
        """The next worker may keep it, and another conversation where this one was deleted; else say so."""
        if operation is not self._asking or self._keeping is None:
            return
        if problem.kind == LibraryProblem.CONVERSATION_GONE:
            self.conversation = 0
        if tries and problem.kind in {LibraryProblem.CONVERSATION_GONE, LibraryProblem.WORKER_DIED}:
            self._keep(*self._keeping, tries)
        else:
            self._keeping[0].say_not_kept(problem)
            self._not_kept = self._keeping[0], problem

    def _note_conversation(self, operation: Operation, reply: Reply) -> None:
        if operation is self._asking and isinstance(reply, Answered | Kept):
            self.conversation = reply.conversation
            self.placed.emit(self._request, reply.conversation)
