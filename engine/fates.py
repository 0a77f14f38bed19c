"""What became of the processes that opened a model's file: one that ends them is left alone (decision 0144)."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterator
from pathlib import Path

from engine.catalogue import InstalledModel
from engine.endings import crashed
from engine.errors import EngineProblem, PhialError
from engine.model_notes import model_notes, note_death, note_life, state_of
from engine.running import Finished, Piece


class Fates:
    """Notes in the data folder ``home`` (in none: nowhere) which files crash llama.cpp. Safe from any thread."""

    def __init__(self, home: Path | None) -> None:
        self._home = home
        self._alive: set[tuple[Path, tuple[int, int] | None]] = set()

    @contextlib.contextmanager
    def watched(self, model: InstalledModel) -> Iterator[None]:
        """A crash of the process with ``model`` in here speaks against its file, unless that has written before.

        Raises PhialError: MODEL_UNUSABLE in the place of the MODEL_PROCESS_DIED that was once too often.
        """
        try:
            yield
        except PhialError as error:
            is_crash = error.kind is EngineProblem.MODEL_PROCESS_DIED and crashed(int(error.parameters["exit_status"]))
            if not is_crash or self._home is None or (model.path, state_of(model.path)) in self._alive:
                raise
            with contextlib.suppress(OSError):  # where nothing can be written, nothing is remembered
                note_death(self._home, model.path)
            if model_notes(self._home).is_deadly(model.path):
                raise PhialError(EngineProblem.MODEL_UNUSABLE, error.details, path=str(model.path)) from error
            raise

    def heard(self, model: InstalledModel, answer: Iterator[Piece | Finished]) -> Iterator[Piece | Finished]:
        """``answer`` as it comes; its first word speaks for the file of ``model``."""
        try:
            with self.watched(model):
                for event in answer:
                    self._lives(model.path)
                    yield event
        finally:
            if isinstance(answer, Generator):
                answer.close()  # whoever lets go stops the answer

    def _lives(self, path: Path) -> None:
        alive = path, state_of(path)
        if alive not in self._alive:
            self._alive.add(alive)
            if self._home is not None:
                with contextlib.suppress(OSError):
                    note_life(self._home, path)
