"""The host of the model process: starts it when a model is wanted, watches it, ends it when it is idle.

A process that dies is an ordinary event: the caller gets MODEL_PROCESS_DIED, the next call starts it anew.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from engine.catalogue import InstalledModel
from engine.errors import EngineProblem, PhialError
from engine.fates import Fates
from engine.kv_folder import forget_on_disk
from engine.messages import CONVERSATION, ChatMessage, CountPrompt, CountTexts, Generation
from engine.pressure import Pressure, sample
from engine.room import Room
from engine.running import Finished, Piece
from engine.running_process import NEVER, Cancelled
from engine.slot import ModelSlot
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
        self._wishes = wishes
        self._on_state = on_state or (lambda _state, _model: None)
        self._turn = Turn()  # of who writes, or puts another model in its place
        self._counting = 0
        self._counts = threading.Lock()
        self._room = room or Room()
        self._slot = ModelSlot(log_folder, wishes, self._on_state, self._fates, self._room, self)
        self._room.enter(self)
        self._watching = threading.Thread(target=self._watch, name="model idle", daemon=True)
        self._watching.start()

    @property
    def context(self) -> int:
        """Tokens of the loaded context, also while it sleeps; 0 before the first ``load``."""
        return self._slot.context

    @property
    def model(self) -> InstalledModel | None:
        """The model that was loaded last, also while it sleeps."""
        return self._slot.model

    @property
    def sleeps_for(self) -> str:
        """Why the process was ended last: ``idle``, ``pressure`` (other programs needed the memory), or ""."""
        return self._slot.sleeps_for

    @property
    def memory(self) -> int:
        """Resident bytes of the model process, 0 when there is none."""
        return self._slot.memory

    def load(self, model: InstalledModel, context: int | None = None, is_cancelled: Callable[[], bool] = NEVER) -> bool:
        """Have ``model`` loaded with ``context`` tokens (by default those wished for), in place of any other.

        Waits for an answer that is being written. Says whether it is loaded: not where it was cancelled meanwhile.
        Raises PhialError: why the model can't be used, MEMORY_TOO_SMALL, MODEL_ARCHITECTURE, MODEL_DAMAGED,
        MODEL_PROCESS_DIED, MODEL_PROCESS_SILENT.
        """
        if model.problem is not None or model.header is None:
            raise model.problem or PhialError(EngineProblem.MODEL_DAMAGED, path=str(model.path))
        wanted = self._slot.context_for(model, model.header, context or self._wishes().context)
        if self._slot.is_loaded(model, wanted):
            return True
        if not self._turn.take(is_cancelled):
            return False
        try:
            with self._slot.door:
                if not self._slot.is_loaded(model, wanted):
                    self._slot.start(model, wanted, is_cancelled)
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
            running = self._slot.wake(is_cancelled)
            self._on_state("writing", running.model)
            spares_core = self._wishes().spares_core
            try:
                yield from self._fates.heard(
                    running.model, running.write(generation, is_cancelled, spares_core=spares_core)
                )
            finally:
                self._slot.touch()
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
            running = self._slot.wake(gives_way)
            try:
                with self._fates.watched(running.model):
                    return running.prepare(messages, gives_way)
            finally:
                if running.was_ended:
                    self._on_state("asleep", running.model)
        except Cancelled:
            return False
        finally:
            self._slot.touch()
            self._turn.release()

    def held(self, messages: Sequence[ChatMessage]) -> tuple[bool, ...]:
        """Which blocks of ``messages``, in their order, need not be read: none while the model sleeps."""
        if (running := self._slot.awake) is not None:
            with contextlib.suppress(PhialError):
                return running.held(messages)
        return tuple(False for message in messages for _ in message.blocks)

    def forget(self, owners: Sequence[str]) -> None:
        """Forget the blocks of these owners, in memory and on disk, and what has been read. Raises OSError."""
        if (running := self._slot.awake) is not None:
            with contextlib.suppress(PhialError):  # where it dies, its memory is gone too
                running.forget(owners)
        if folder := self._wishes().kv.folder:
            forget_on_disk(Path(folder), [*owners, CONVERSATION])

    def give_way(self) -> None:
        """End the process, where nobody uses it, because another needs its memory."""
        if not self._turn.take_if_free():
            return
        try:
            if self._slot.door.acquire(blocking=False):
                try:
                    if self._counting == 0:
                        self._slot.save(CLOSE_SAVING_SECONDS)
                        self._slot.end("pressure")
                finally:
                    self._slot.door.release()
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the process, and stay without one."""
        self._room.leave(self)
        self._slot.is_closed.set()
        deadline = time.monotonic() + CLOSE_SECONDS
        if self._turn.take(lambda: time.monotonic() > deadline):
            try:
                self._slot.save(CLOSE_SAVING_SECONDS)
            finally:
                self._turn.release()
        # Who starts a process may be trying the kernels, which can take long: it finds that nobody wants it any more.
        has_door = self._slot.door.acquire(timeout=CLOSE_SECONDS)
        try:
            self._slot.end()
        finally:
            if has_door:
                self._slot.door.release()
        self._watching.join(LONGEST_WATCH_SECONDS)  # or it would ask for wishes that nobody can tell any more

    def _count(self, request: Callable[[int], CountTexts | CountPrompt]) -> list[int]:
        while True:
            with self._slot.door:
                try:
                    running = self._slot.wake(NEVER)
                except Cancelled as error:  # it has been closed
                    raise PhialError(EngineProblem.NO_MODEL) from error
                with self._counts:
                    self._counting += 1
            try:
                with self._fates.watched(running.model):
                    return running.count(request)
            except PhialError as error:
                was_replaced = error.kind is EngineProblem.MODEL_PROCESS_DIED and running.was_ended
                if not was_replaced or self._slot.is_closed.is_set():
                    raise
                # Another model was put in its place meanwhile: ask that one.
            finally:
                self._slot.touch()
                with self._counts:
                    self._counting -= 1

    def _watch(self) -> None:
        pressure = Pressure()
        while not self._slot.is_closed.wait(min(self._wishes().idle_seconds / 4, WATCH_SECONDS)):
            is_short = pressure.is_high(sample(time.monotonic()))
            if not (self._slot.is_idle or is_short) or not self._turn.take_if_free():
                continue  # who writes is never disturbed
            try:
                with self._slot.door:
                    if self._counting == 0 and (self._slot.is_idle or is_short):
                        self._slot.save(CLOSE_SAVING_SECONDS if is_short else IDLE_SAVING_SECONDS)
                        self._slot.end("pressure" if is_short else "idle")
            finally:
                self._turn.release()
