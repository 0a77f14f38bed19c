"""The host of the model process: starts it when a model is wanted, watches it, ends it when it is idle.

A process that dies is an ordinary event: the caller gets MODEL_PROCESS_DIED, the next call starts it anew.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from engine import hardware
from engine.catalogue import InstalledModel
from engine.errors import EngineProblem, PhialError
from engine.fates import Fates
from engine.gguf_header import GgufHeader
from engine.kv_folder import forget_on_disk
from engine.messages import CONVERSATION, ChatMessage, CountPrompt, CountTexts, Generation
from engine.phi import safe_context
from engine.pressure import Pressure, sample
from engine.room import Room, must_quantize, was_too_small
from engine.running import Finished, Piece, RunningModel
from engine.running_process import NEVER, POLL_SECONDS, Cancelled
from engine.turn import Turn
from engine.wishes import Wishes

__all__ = ["ChatMessage", "Finished", "Generation", "ModelHost", "Piece", "Wishes"]


IDLE_SAVING_SECONDS, CLOSE_SAVING_SECONDS = 10.0, 0.7
"""How long the process may write down what it has read before it is ended."""

CLOSE_SECONDS = 0.3
"""How long who closes the host waits for whoever uses the model to stop, or starts its process."""

WATCH_SECONDS, LONGEST_WATCH_SECONDS = 5.0, 15.0
"""How often it is looked whether the process is to go, and how long that may take."""


class ModelHost:
    """One model process at most, one answer at a time; safe from any thread.

    ``on_state`` hears, from whatever thread it happens in, that the model is ``asleep``, ``loading``, ``awake``,
    ``writing`` or has ``died``. ``wishes`` is asked again and again: what a person wants may change.
    In the data folder ``home`` it is kept which files crash llama.cpp. Other processes in the ``room`` end for it where
    memory is short and they are idle, as it does for them.
    """

    def __init__(
        self,
        *,
        log_folder: Path,
        wishes: Callable[[], Wishes] = Wishes,
        on_state: Callable[[str, InstalledModel | None], None] | None = None,
        home: Path | None = None,
        room: Room | None = None,
    ) -> None:
        self._fates = Fates(home)
        self._log_folder = log_folder
        self._wishes = wishes
        self._on_state = on_state or (lambda _state, _model: None)
        # Who writes, or puts another model in its place, has the turn; who starts or ends the process holds the door.
        self._turn = Turn()
        self._door = threading.RLock()
        self._running: RunningModel | None = None
        self._model: InstalledModel | None = None
        self._context = 0
        self._sleeps_for = ""
        self._fitting = 0  # the context that was chosen last for want of memory, or as it was safe
        self._counting = 0
        self._counts = threading.Lock()
        self._last_used = time.monotonic()
        self._is_closed = threading.Event()
        self._room = room or Room()
        self._room.enter(self)
        self._watching = threading.Thread(target=self._watch, name="model idle", daemon=True)
        self._watching.start()

    @property
    def context(self) -> int:
        """Tokens of the loaded context, also while it sleeps; 0 before the first ``load``."""
        return self._context

    @property
    def model(self) -> InstalledModel | None:
        """The model that was loaded last, also while it sleeps."""
        return self._model

    @property
    def sleeps_for(self) -> str:
        """Why the process was ended last: ``idle``, ``pressure`` (other programs needed the memory), or ""."""
        return self._sleeps_for

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
        wanted = self._context_for(model, model.header, context or self._wishes().context)
        if self._is_loaded(model, wanted):
            return True
        if not self._turn.take(is_cancelled):
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
        if not self._turn.take(is_cancelled):
            yield Finished("stopped")
            return
        try:
            running = self._awake(is_cancelled)
            self._on_state("writing", running.model)
            spares_core = self._wishes().spares_core
            try:
                yield from self._fates.heard(
                    running.model, running.write(generation, is_cancelled, spares_core=spares_core)
                )
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

    def prepare(self, messages: Sequence[ChatMessage], is_cancelled: Callable[[], bool]) -> bool:
        """Have the blocks of ``messages``, and what stands before them, read and kept, to write nothing yet.

        Messages without blocks are read whole, to be gone on from until others are read.
        Says whether they are: not where it was cancelled, or gave way to somebody who loads or writes. Raises
        PhialError: all that ``load`` raises.
        """
        if not self._turn.take_if_free():
            return False

        def gives_way() -> bool:
            return self._turn.is_wanted or is_cancelled()

        try:
            running = self._awake(gives_way)
            try:
                with self._fates.watched(running.model):
                    return running.prepare(messages, gives_way)
            finally:
                if running.was_ended:
                    self._on_state("asleep", running.model)
        except Cancelled:
            return False
        finally:
            self._last_used = time.monotonic()
            self._turn.release()

    def held(self, messages: Sequence[ChatMessage]) -> tuple[bool, ...]:
        """Which blocks of ``messages``, in their order, need not be read: none while the model sleeps."""
        running = self._running
        if running is not None and running.is_alive:
            with contextlib.suppress(PhialError):
                return running.held(messages)
        return tuple(False for message in messages for _ in message.blocks)

    def forget(self, owners: Sequence[str]) -> None:
        """Forget the blocks of these owners, in memory and on disk, and what has been read. Raises OSError."""
        running = self._running
        if running is not None and running.is_alive:
            with contextlib.suppress(PhialError):  # where it dies, its memory is gone too
                running.forget(owners)
        if folder := self._wishes().kv.folder:
            forget_on_disk(Path(folder), [*owners, CONVERSATION])

    def give_way(self) -> None:
        """End the process, where nobody uses it, because another needs its memory."""
        if not self._turn.take_if_free():
            return
        try:
            if self._door.acquire(blocking=False):
                try:
                    if self._counting == 0:
                        self._save(CLOSE_SAVING_SECONDS)
                        self._end("pressure")
                finally:
                    self._door.release()
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the process, and stay without one."""
        self._room.leave(self)
        self._is_closed.set()
        deadline = time.monotonic() + CLOSE_SECONDS
        if self._turn.take(lambda: time.monotonic() > deadline):
            try:
                self._save(CLOSE_SAVING_SECONDS)
            finally:
                self._turn.release()
        # Who starts a process may be trying the kernels, which can take long: it finds that nobody wants it any more.
        has_door = self._door.acquire(timeout=CLOSE_SECONDS)
        try:
            self._end()
        finally:
            if has_door:
                self._door.release()
        self._watching.join(LONGEST_WATCH_SECONDS)  # or it would ask for wishes that nobody can tell any more

    def _context_for(self, model: InstalledModel, header: GgufHeader, asked: int | None) -> int:
        """The tokens to load ``model`` with: those ``asked`` for, else what is safe, or less where memory is short."""
        safe = safe_context(header, model.path)
        if asked:
            return min(asked, header.context_length or safe)
        if not self._is_loaded(model, self._fitting):  # else it would be loaded again whenever a little more is free
            needed = partial(hardware.memory_needed, header)
            free = self._room.make(needed(safe), self._memory_free, self)
            self._fitting, _ = hardware.fitting_cache(needed, hardware.quantized_memory(header), safe, free)
        return self._fitting

    def _save(self, seconds: float) -> None:
        """Have the process write down what it has read. Only for who has the turn."""
        running = self._running
        if running is not None and running.is_alive and self._model is running.model:
            running.save(seconds)

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
        def is_over() -> bool:
            return self._is_closed.is_set() or is_cancelled()

        if self._is_closed.is_set():
            raise Cancelled
        assert model.header is not None  # noqa: S101 - a model that can be used has one
        free = self._room.make(hardware.memory_needed(model.header, context), self._memory_free, self)
        quantizes = must_quantize(model, context, free)
        self._end()
        self._on_state("loading", model)
        running = self._running = RunningModel(model, context, self._log_folder, self._lost, quantizes=quantizes)
        try:
            with self._fates.watched(model):
                running.load(is_over, self._wishes().kv)
        except BaseException as error:
            if running.is_alive:
                self._end()
            smaller = max(hardware.SMALLEST_CONTEXT, context // 2)
            if was_too_small(error) and smaller < context:
                self._fitting = smaller
                return self._start(model, smaller, is_cancelled)
            raise
        self._model, self._context, self._last_used = model, context, time.monotonic()
        self._on_state("awake", model)
        return running

    def _memory_free(self) -> int:
        """Bytes for a process to come: what this one takes will be free by then; what our others have mapped is not."""
        running = self._running
        others = hardware.mapped_by_children(apart_from=running.process_id if running else 0)
        return max(0, hardware.memory().available + self.memory - others)

    def _count(self, request: Callable[[int], CountTexts | CountPrompt]) -> list[int]:
        while True:
            with self._door:
                try:
                    running = self._awake(NEVER)
                except Cancelled as error:  # it has been closed
                    raise PhialError(EngineProblem.NO_MODEL) from error
                with self._counts:
                    self._counting += 1
            try:
                with self._fates.watched(running.model):
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

    def _end(self, reason: str = "") -> None:
        running, self._running = self._running, None
        if running is not None and running.is_alive:
            self._sleeps_for = reason
            running.end()
            self._on_state("asleep", running.model)

    @property
    def _is_idle(self) -> bool:
        return time.monotonic() - self._last_used >= self._wishes().idle_seconds

    def _watch(self) -> None:
        pressure = Pressure()
        while not self._is_closed.wait(min(self._wishes().idle_seconds / 4, WATCH_SECONDS)):
            is_short = pressure.is_high(sample(time.monotonic()))
            if not (self._is_idle or is_short) or not self._turn.take_if_free():
                continue  # who writes is never disturbed
            try:
                with self._door:
                    if self._counting == 0 and (self._is_idle or is_short):
                        self._save(CLOSE_SAVING_SECONDS if is_short else IDLE_SAVING_SECONDS)
                        self._end("pressure" if is_short else "idle")
            finally:
                self._turn.release()
