"""What is under way in a conversation: the worker's words go to its turn, and the next waits until it has ended."""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from desktop.operations import Operation
from desktop.panes.heard import Heard
from desktop.widgets.journey import Journey
from desktop.widgets.scope import ChosenScope
from desktop.worker_client import WorkerClient
from rag.errors import LibraryProblem, Problem
from rag.protocol import Answered, KeepTurn, Kept, Reply, Turn


@dataclasses.dataclass(frozen=True)
class _Ended:
    """What has ended and is in no history: for whom it was shown to nobody, its turn is all there is of it."""

    turn: Journey
    request: int
    not_kept: Problem | None = None


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
        self._heard = Heard()
        self._answering: Journey | None = None
        self._waiting: list[tuple[Journey, ChosenScope]] = []
        self._keeping: tuple[Journey, Turn] | None = None
        self._ended: list[_Ended] = []

    @property
    def is_answering(self) -> bool:
        """Whether an answer is being written, as far as the person can see."""
        return self._answering is not None or bool(self._waiting)

    @property
    def awaited(self) -> Operation | None:
        """What the worker is asked to do for the conversation."""
        return self._asking

    def asked(self, request: int) -> bool:
        """Whether the request with this number was the last for a turn, or one whose end nobody has seen."""
        return request == self._request or any(ended.request == request for ended in self._ended)

    @property
    def journeys(self) -> tuple[Journey, ...]:
        """The turns that no history holds, in their order: what has ended and was not seen, and what is under way.

        Among the first is what failed, what could not be kept, and what was stopped before it was asked.
        """
        now = self._keeping[0] if self._keeping else self._sent
        waiting = (turn for turn, _ in self._waiting)
        return (*(ended.turn for ended in self._ended), *(() if now is None else (now,)), *waiting)

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
            self._waiting.append((turn, self._scope()))  # the worker needs a moment more for those before
        self.changed.emit()

    def stop(self, kind: type[Journey] = Journey) -> None:
        """Stop what is asked, or waits, of ``kind``: on the screen at once, in the worker as soon as it can."""
        for turn in [turn for turn, _ in self._waiting if isinstance(turn, kind)]:
            turn.stop()
            self._ended.append(_Ended(turn, 0))
        self._waiting = [waiting for waiting in self._waiting if not isinstance(waiting[0], kind)]
        if isinstance(self._answering, kind) and self._asking is not None:
            self._answering.stop()
            self._answering = None
            self._asking.cancel()
        self.changed.emit()

    def give_up(self) -> None:
        """Wait for nothing any more: the conversation is erased."""
        operation, self._asking = self._asking, None
        self._sent = self._answering = self._keeping = None
        self._waiting, self._ended = [], []
        self._sent_at = math.inf
        if operation is not None:
            operation.cancel()
        self.changed.emit()

    def forget_seen(self) -> None:
        """The conversation was shown until now: what has ended in it was seen."""
        self._ended.clear()

    def take_over(self, other: Asking, retold: Mapping[Journey, Journey]) -> None:
        """Go on where ``other`` is, which is to go: nothing is asked twice. ``retold``: each turn in its new form."""
        self.conversation = other.conversation
        self._sent_at = other._sent_at
        operation, sent = other._asking, other._sent
        if operation is not None and sent is not None and sent in retold:
            fresh = retold[sent]
            fresh.begin()
            for reply in other._heard.replies():
                fresh.take(reply)
            self._heard = other._heard
            self._follow(operation, fresh)
            if other._answering is None:  # it was stopped, and its end is still to come
                fresh.stop()
                self._answering = None
        elif operation is not None and operation.is_running and other._keeping and other._keeping[0] in retold:
            self._wait_until_kept(operation, retold[other._keeping[0]], other._keeping[1], tries=1)
        self._waiting = [(retold[turn], scope) for turn, scope in other._waiting if turn in retold]
        for turn, _ in self._waiting:
            turn.begin()
        self._ended = [
            dataclasses.replace(ended, turn=retold[ended.turn]) for ended in other._ended if ended.turn in retold
        ]
        for ended in self._ended:
            if ended.not_kept is not None:
                ended.turn.say_not_kept(ended.not_kept)
            elif ended.turn.outcome is None:
                ended.turn.begin()
                ended.turn.stop()
        self._request = other._request
        other._asking = other._answering = other._keeping = None
        other._waiting, other._ended = [], []
        self.changed.emit()

    def _send(self, turn: Journey, scope: ChosenScope) -> None:
        kind, fields = turn.request(scope, self.conversation)
        self._heard = Heard()
        self._sent_at = time.time()
        self._follow(self._client.run(kind, **fields), turn)

    def _follow(self, operation: Operation, turn: Journey) -> None:
        self._asking, self._sent, self._answering = operation, turn, turn
        self._request = operation.request.id
        operation.received.connect(lambda reply: self._take(operation, turn, reply))
        operation.succeeded.connect(lambda reply: self._finish(operation, turn, reply))
        operation.failed.connect(lambda problem: self._fail(turn, problem))
        operation.cancelled.connect(lambda: self._show_stopped(turn))
        operation.ended.connect(lambda: self._end(operation))

    def _take(self, operation: Operation, turn: Journey, reply: Reply) -> None:
        if operation is not self._asking:
            return  # it was given up
        self._heard.add(reply)
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

    def _show_stopped(self, turn: Journey) -> None:
        """It was ended elsewhere."""
        if turn is self._answering:
            turn.stop()

    def _end(self, operation: Operation) -> None:
        if operation is not self._asking:
            return
        turn = self._sent
        self._asking = self._sent = self._answering = self._keeping = None
        self._heard = Heard()
        sent_at, self._sent_at = self._sent_at, math.inf
        if turn is not None and not isinstance(turn.outcome, Answered) and (kept := turn.kept()) is not None:
            self._sent_at = sent_at
            self._keep(turn, kept)  # an answer the worker keeps by itself
        else:
            if turn is not None and isinstance(turn.outcome, Problem):
                self._ended.append(_Ended(turn, operation.request.id))
            if self._waiting:
                self._send(*self._waiting.pop(0))
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
            self._ended.append(_Ended(self._keeping[0], self._request, problem))

    def _note_conversation(self, operation: Operation, reply: Reply) -> None:
        if operation is self._asking and isinstance(reply, Answered | Kept):
            self.conversation = reply.conversation
            self.placed.emit(self._request, reply.conversation)
