"""The host of the model process: starts it when a model is wanted, watches it, ends it when it is idle.

A process that dies is an ordinary event: the caller gets MODEL_PROCESS_DIED, the next call starts it anew.
"""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from engine import hardware
from engine.catalogue import InstalledModel
from engine.errors import EngineProblem, PhialError
from engine.messages import ChatMessage, CountPrompt, CountTexts, Generation
from engine.phi import safe_context
from engine.running import Finished, Piece, RunningModel
from engine.running_process import NEVER, POLL_SECONDS, Cancelled

__all__ = ["ChatMessage", "Finished", "Generation", "ModelHost", "Piece", "Wishes"]


@dataclasses.dataclass(frozen=True)
class Wishes:
    """What a person wants of the model's process.

    It is ended ``idle_seconds`` after the last call; ``context`` is in tokens, None: what is safe for the model.
    """

    idle_seconds: float = 300.0
    context: int | None = None


class ModelHost:
    """One model process at most, one answer at a time; safe from any thread.

    ``on_state`` hears, from whatever thread it happens in, that the model is ``asleep``, ``loading``, ``awake``,
    ``writing`` or has ``died``. ``wishes`` is asked again and again: what a person wants may change.
    """

    def __init__(
        self,
        *,
        log_folder: Path,
        wishes: Callable[[], Wishes] = Wishes,
        on_state: Callable[[str, InstalledModel | None], None] | None = None,
    ) -> None:
        self._log_folder = log_folder
        self._wishes = wishes
        self._on_state = on_state or (lambda _state, _model: None)
        # Who writes, or puts another model in its place, has the turn; who starts or ends the process holds the door.
        self._turn = threading.Lock()
        self._door = threading.RLock()
        self._running: RunningModel | None = None
        self._model: InstalledModel | None = None
        self._context = 0
        self._counting = 0
        self._counts = threading.Lock()
        self._last_used = time.monotonic()
        self._is_closed = threading.Event()
        threading.Thread(target=self._watch, name="model idle", daemon=True).start()

    @property
    def context(self) -> int:
        """Tokens of the loaded context, also while it sleeps; 0 before the first ``load``."""
        return self._context

    @property
    def model(self) -> InstalledModel | None:
        """The model that was loaded last, also while it sleeps."""
        return self._model

    @property
    def memory(self) -> int:
        """Resident bytes of the model process, 0 when there is none."""
        running = self._running
        return running.memory if running else 0

    def load(self, model: InstalledModel, context: int | None = None, is_cancelled: Callable[[], bool] = NEVER) -> bool:
        """Have ``model`` loaded with ``context`` tokens (by default those wished for), in place of any other.

        Waits for an answer that is being written. Says whether it is loaded: not where it was cancelled meanwhile.
        Raises PhialError: why the model can't be used, MEMORY_TOO_SMALL, MODEL_ARCHITECTURE, MODEL_DAMAGED,
        MODEL_PROCESS_DIED, MODEL_PROCESS_SILENT.
        """
        if model.problem is not None or model.header is None:
            raise model.problem or PhialError(EngineProblem.MODEL_DAMAGED, path=str(model.path))
        safe = safe_context(model.header, model.path)
        wanted = min(context or self._wishes().context or safe, model.header.context_length or safe)
        if self._is_loaded(model, wanted):
            return True
        while not self._turn.acquire(timeout=POLL_SECONDS):
            if is_cancelled():
                return False
        try:
            with self._door:
                if not self._is_loaded(model, wanted):
                    self._start(model, wanted, is_cancelled)
        except Cancelled:
            return False
        finally:
            self._turn.release()
        return True

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each of ``texts`` has for the loaded model, as content of a prompt. Raises PhialError."""
        return self._count(lambda number: CountTexts(number, tuple(texts)))

    def count_prompt_tokens(self, messages: Sequence[ChatMessage]) -> int:
        """How many tokens the whole prompt for ``messages`` has. Raises PhialError."""
        return self._count(lambda number: CountPrompt(number, tuple(messages)))[0]

    def generate(self, generation: Generation, is_cancelled: Callable[[], bool]) -> Iterator[Piece | Finished]:
        """Write an answer with the loaded model: its pieces, then one Finished.

        ``is_cancelled`` is asked at least every 20 ms; an answer that was cancelled, waiting or being written, still
        ends with Finished ("stopped"). Raises PhialError: PROMPT_TOO_LONG (prompt and ``max_tokens`` together exceed
        the context), and all that ``load`` raises, as a process that is gone is started again.
        """
        while not self._turn.acquire(timeout=POLL_SECONDS):
            if is_cancelled():
                yield Finished("stopped")
                return
        try:
            running = self._awake(is_cancelled)
            self._on_state("writing", running.model)
            try:
                yield from running.write(generation, is_cancelled)
            finally:
                self._last_used = time.monotonic()
                if running.is_alive:
                    self._on_state("awake", running.model)
                elif running.was_ended:
                    self._on_state("asleep", running.model)
        except Cancelled:
            yield Finished("stopped")
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the process, and stay without one."""
        self._is_closed.set()
        with self._door:
            self._end()

    def _is_loaded(self, model: InstalledModel, context: int) -> bool:
        running = self._running
        return (
            running is not None
            and running.is_alive
            and (running.model.path, running.context) == (model.path, context)
            and self._model is running.model  # it has been loaded, not only begun
        )

    def _awake(self, is_cancelled: Callable[[], bool]) -> RunningModel:
        """The process with the model that was loaded last, started where there is none."""
        while not self._door.acquire(timeout=POLL_SECONDS):
            if is_cancelled():
                raise Cancelled
        try:
            self._last_used = time.monotonic()
            if self._running is not None and self._running.is_alive:
                return self._running
            if self._model is None:
                raise PhialError(EngineProblem.NO_MODEL)
            return self._start(self._model, self._context, is_cancelled)
        finally:
            self._door.release()

    def _start(self, model: InstalledModel, context: int, is_cancelled: Callable[[], bool]) -> RunningModel:
        self._check_memory(model, context)
        self._end()
        self._on_state("loading", model)
        running = self._running = RunningModel(model, context, self._log_folder, self._lost)
        try:
            running.load(is_cancelled)
        except BaseException:
            if running.is_alive:
                self._end()
            raise
        self._model, self._context, self._last_used = model, context, time.monotonic()
        self._on_state("awake", model)
        return running

    def _check_memory(self, model: InstalledModel, context: int) -> None:
        assert model.header is not None  # noqa: S101 - load() has seen to it
        needed = hardware.memory_needed(model.header, context)
        free = hardware.memory().available + self.memory  # what it takes now will be free by then
        if needed > free:
            raise PhialError(EngineProblem.MEMORY_TOO_SMALL, model=model.name, needed=needed, free=free)

    def _count(self, request: Callable[[int], CountTexts | CountPrompt]) -> list[int]:
        while True:
            with self._door:
                running = self._awake(NEVER)
                with self._counts:
                    self._counting += 1
            try:
                return running.count(request)
            except PhialError as error:
                was_replaced = error.kind is EngineProblem.MODEL_PROCESS_DIED and running.was_ended
                if not was_replaced or self._is_closed.is_set():
                    raise
                # Another model was put in its place meanwhile: ask that one.
            finally:
                self._last_used = time.monotonic()
                with self._counts:
                    self._counting -= 1

    def _lost(self, running: RunningModel) -> None:
        if self._running is running:
            self._on_state("died", running.model)

    def _end(self) -> None:
        running, self._running = self._running, None
        if running is not None and running.is_alive:
            running.end()
            self._on_state("asleep", running.model)

    @property
    def _is_idle(self) -> bool:
        return time.monotonic() - self._last_used >= self._wishes().idle_seconds

    def _watch(self) -> None:
        while not self._is_closed.wait(min(self._wishes().idle_seconds / 4, 5.0)):
            if not self._is_idle or not self._turn.acquire(blocking=False):
                continue
            try:
                with self._door:
                    if not self._counting and self._is_idle:
                        self._end()
            finally:
                self._turn.release()
