"""The question under way: what the worker says of it goes to its turn, and the next one waits until it has ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from desktop.operations import Operation
from desktop.widgets.journey import Journey
from desktop.widgets.scope import ChosenScope
from desktop.worker_client import WorkerClient
from rag.errors import LibraryProblem, Problem
from rag.protocol import Answered, KeepTurn, Kept, Reply, Turn


class Asking(QObject):
    """Asks in one conversation at a time. ``changed``: what is shown of it is not as it was.

    ``scope`` gives what a question is limited to, when it is sent.
    """

    changed = Signal()

    def __init__(self, client: WorkerClient, scope: Callable[[], ChosenScope], parent: QObject) -> None:
        super().__init__(parent)
        self._client = client
        self._scope = scope
        self.conversation = 0
        self._asking: Operation | None = None
        self._sent: Journey | None = None
        self._heard: list[Reply] = []
        self._answering: Journey | None = None
        self._waiting: Journey | None = None
        self._keeping: tuple[Journey, Turn] | None = None

    @property
    def is_answering(self) -> bool:
        """Whether an answer is being written, as far as the person can see."""
        return self._answering is not None or self._waiting is not None

    @property
    def awaited(self) -> Operation | None:
        """What the worker is asked to do for the conversation."""
        return self._asking

    @property
    def turn(self) -> Journey | None:
        """The turn that is being answered."""
        return self._answering

    def ask(self, turn: Journey) -> None:
        """Ask the question of ``turn``."""
        turn.begin()
        if self._asking is None:
            self._send(turn)
        else:
            self._waiting = turn  # the one before was stopped on the screen; its worker needs a moment more
        self.changed.emit()

    def stop(self) -> None:
        """Stop the answer under way: on the screen at once, in the worker as soon as it can."""
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        if self._answering is not None and self._asking is not None:
            self._answering.stop()
            self._answering = None
            self._asking.cancel()
        self.changed.emit()

    def go_on_in(self, conversation: int) -> None:
        """Ask in another conversation from now on; an answer under way is stopped, and kept in its own."""
        self.stop()
        self._asking = None
        self.conversation = conversation

    def take_over(self, other: Asking, retold: Mapping[Journey, Journey]) -> None:
        """Go on where ``other`` is, which is to go: nothing is asked twice. ``retold``: each turn in its new form."""
        self.conversation = other.conversation
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
        if other._waiting is not None and other._waiting in retold:
            self._waiting = retold[other._waiting]
            self._waiting.begin()
        other._asking = other._answering = other._waiting = other._keeping = None
        self.changed.emit()

    def _send(self, turn: Journey) -> None:
        kind, fields = turn.request(self._scope(), self.conversation)
        self._heard = []
        self._follow(self._client.run(kind, **fields), turn)

    def _follow(self, operation: Operation, turn: Journey) -> None:
        self._asking, self._sent, self._answering = operation, turn, turn
        operation.received.connect(lambda reply: self._take(operation, turn, reply))
        operation.succeeded.connect(lambda reply: self._finish(operation, turn, reply))
        operation.failed.connect(lambda problem: self._fail(turn, problem))
        operation.ended.connect(lambda: self._end(operation))

    def _take(self, operation: Operation, turn: Journey, reply: Reply) -> None:
        if operation is not self._asking:
            return  # it concerns a conversation that is no longer shown
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
        if turn is not None and not isinstance(turn.outcome, Answered) and (kept := turn.kept()) is not None:
            self._keep(turn, kept)  # an answer the worker keeps by itself
        elif self._waiting is not None:
            turn, self._waiting = self._waiting, None
            self._send(turn)
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

    def _note_conversation(self, operation: Operation, reply: Reply) -> None:
        if operation is self._asking and isinstance(reply, Answered | Kept):
            self.conversation = reply.conversation
