"""Files that the worker is given: until each is settled, and once more where it died with them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.operations import Operation
from desktop.worker_client import WorkerClient
from rag.errors import LibraryProblem, Problem
from rag.protocol import Index

MOST_GIVEN = 3
"""How many workers are given the same files: one after another may die of them."""


class Giving(QObject):
    """``indexed`` carries the Indexed of files that were given, ``failed`` a Problem."""

    indexed = Signal(object)
    failed = Signal(object)

    def __init__(self, client: WorkerClient, parent: QObject) -> None:
        super().__init__(parent)
        self._client = client
        self._giving: dict[Operation, tuple[tuple[str, ...], int]] = {}
        self._given: list[tuple[tuple[str, ...], int]] = []

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The requests to take files in that have not ended yet."""
        return tuple(self._giving)

    def give(self, paths: tuple[str, ...], times: int = MOST_GIVEN) -> Operation:
        """Have the files at ``paths`` taken in, by so many workers at most."""
        operation = self._client.run(Index, paths=paths)
        self._hear(operation, paths, times)
        return operation

    def give_again(self) -> None:
        """Another worker is there: give it what the one before it may not have taken down."""
        given, self._given = self._given, []
        for paths, times in given:
            self.give(paths, times)

    def forget(self) -> None:
        """Another library is here, for which nothing was given."""
        self._given.clear()

    def take_over(self, other: Giving) -> None:
        """See through what ``other`` gave, which is to go."""
        for operation, (paths, times) in other._giving.items():
            self._hear(operation, paths, times)
        self._given += other._given

    def _hear(self, operation: Operation, paths: tuple[str, ...], times: int) -> None:
        self._giving[operation] = (paths, times)
        operation.succeeded.connect(self.indexed)
        operation.failed.connect(lambda problem: self._keep_given(paths, times - 1, problem))
        operation.ended.connect(lambda: self._giving.pop(operation))
        operation.failed.connect(self.failed)

    def _keep_given(self, paths: tuple[str, ...], times: int, problem: Problem) -> None:
        """A worker that dies may not have taken down all that it was given: the next one is given it again."""
        if problem.kind == LibraryProblem.WORKER_DIED and times > 0:
            self._given.append((paths, times))
