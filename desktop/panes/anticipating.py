"""What is being typed is told to the worker, so that it is ready when the question comes."""

from __future__ import annotations

from collections.abc import Callable

from desktop.operations import Operation
from desktop.widgets.scope import ChosenScope
from desktop.worker_client import WorkerClient
from rag.protocol import LONGEST_QUESTION, Anticipate


class Anticipating:
    """One question at a time: a new one takes the place of the one before."""

    def __init__(self, client: WorkerClient, scope: Callable[[], ChosenScope]) -> None:
        """``scope`` gives what a question is limited to."""
        self._client = client
        self._scope = scope
        self._operation: Operation | None = None

    def expect(self, question: str, conversation: int) -> None:
        """``question`` may be asked next, in ``conversation``; "": none that one could name."""
        if self._operation is not None:
            self._operation.cancel()
            self._operation = None
        if question and len(question) <= LONGEST_QUESTION and self._client.is_connected:
            scope = self._scope().limits
            self._operation = self._client.run(Anticipate, question=question, scope=scope, conversation=conversation)
