"""The models as the person sees them: what is here, what each needs of this machine, which answers, what it does."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.catalogue import (
    InstalledModel,
    add_model,
    choose_model,
    chosen_model,
    find_model,
    installed_models,
    judgement_of,
)
from engine.errors import PhialError
from engine.phi import recognise
from rag.errors import LibraryProblem, problem_of
from rag.protocol import Model, ModelState
from rag.speeds import Speeds

ABSENT, ASLEEP = "absent", "asleep"


class Models:
    """The models on this machine, for one library."""

    def __init__(
        self, home: Path, resident_memory: Callable[[], int], speeds: Speeds, sleeps_for: Callable[[], str]
    ) -> None:
        """``resident_memory`` gives the bytes that the model process holds; ``sleeps_for`` why it was ended last."""
        self._home = home
        self._speeds = speeds
        self._resident_memory = resident_memory
        self._sleeps_for = sleeps_for
        self._running: tuple[str, InstalledModel | None] = (ASLEEP, None)

    def listed(self) -> tuple[Model, ...]:
        """Every model, with what it needs and how it stands to this machine."""
        chosen = self.chosen()
        return tuple(self._model(model, is_chosen=chosen is not None and model.id == chosen.id)
                     for model in installed_models(self._home))  # fmt: skip

    def chosen(self) -> InstalledModel | None:
        """The model that answers, or None where there is none that can."""
        return self.named("")

    def named(self, model: str) -> InstalledModel | None:
        """The model that ``model`` names (an id or a path; "": the chosen one), or None where there is none such."""
        try:
            return find_model(self._home, model) if model else chosen_model(self._home)
        except PhialError:
            return None

    def choose(self, model: str) -> None:
        """Answer with ``model`` (an id or a path) from now on. Raises PhialError MODEL_*, LIBRARY_UNWRITABLE."""
        with self._writing():
            choose_model(self._home, model)

    def add(self, path: str) -> None:
        """Use the GGUF file at ``path`` where it lies. Raises PhialError MODEL_*, LIBRARY_UNWRITABLE."""
        with self._writing():
            add_model(self._home, Path(path))

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise PhialError(
                LibraryProblem.LIBRARY_UNWRITABLE, details=str(error.strerror), path=str(self._home)
            ) from error

    def note(self, state: str, model: InstalledModel | None) -> ModelState:
        """The model process has come to ``state``: keep it, and give it as it is told."""
        self._running = (state, model)
        return self.state()

    def state(self) -> ModelState:
        """What the model that runs, or would run, is doing."""
        state, model = self._running
        model = model or self.chosen()
        if model is None:
            return ModelState(0, "", "", ABSENT, 0, is_stand_in=False)
        reason = self._sleeps_for() if state == ASLEEP else ""
        return ModelState(0, model.id, model.name, state, self._resident_memory(), model.is_stand_in, reason)

    def _model(self, model: InstalledModel, *, is_chosen: bool) -> Model:
        header = model.header
        listed = Model(
            model=model.id, name=model.name, path=str(model.path), architecture=header.architecture if header else "",
            quantization=header.quantization if header else "", bytes=header.file_bytes if header else 0,
            memory_needed=0, context=0, fit="", is_stand_in=model.is_stand_in, is_chosen=is_chosen,
            problem=None if model.problem is None else problem_of(model.problem),
            source=model.source, is_verified=model.is_verified,
        )  # fmt: skip
        if header is None or model.problem is not None:
            return listed  # nobody can say how what can't be used would fit
        judgement = judgement_of(header, model.path)
        phi = recognise(header, model.path)
        return dataclasses.replace(
            listed, memory_needed=judgement.needed, context=judgement.context, fit=judgement.fit.value,
            phi=phi.id if phi else "", speed=self._speeds.of(model),
        )  # fmt: skip
