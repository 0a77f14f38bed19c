"""How long the GUI thread stays away from its event loop: the longest turn, and where it was meanwhile.

A turn is what happens between two moments at which the event dispatcher is about to wait or has woken: all that a
person's next key has to wait for. Judged is the processor time that the GUI thread itself spent in it
(``time.thread_time``): on a machine that others use too, a wall clock would judge them. The wall's time is kept beside.
"""

from __future__ import annotations

import dataclasses
import gc
import sys
import threading
import time
from collections import Counter
from types import CodeType, TracebackType
from typing import Self

from PySide6.QtCore import QAbstractEventDispatcher, Qt

LIMIT = 0.050
"""Seconds of a turn: beyond, a person feels that the window waits."""

SAMPLE = 0.005
"""Seconds between two looks at what the GUI thread does."""

SUSPICIOUS = 0.020
"""Seconds after which a turn is looked at."""

MOST_SAMPLES = 200
SHOWN_FRAMES = 12


@dataclasses.dataclass(frozen=True)
class Turn:
    """Seconds of processor and wall that a turn took; ``places`` is where it was found, most often first."""

    processor: float = 0.0
    wall: float = 0.0
    places: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        figures = f"{self.processor * 1000:.1f} ms of processor, {self.wall * 1000:.1f} ms by the wall"
        looks = sum(times for _, times in self.places)
        seen = [f"seen {times} of {looks} times:\n{place}" for place, times in self.places[:3]]
        return "\n".join((figures, *seen))


class Watchdog:
    """Watches the thread it is entered in (``with``), which is that of the event loop."""

    def __init__(self) -> None:
        self.longest = Turn()
        self.turns = 0
        self._thread = 0
        self._begun = (0.0, 0.0)
        self._looks: Counter[str] = Counter()
        self._has_ended = threading.Event()
        self._looking = threading.Thread(target=self._look, name="watchdog", daemon=True)

    def __enter__(self) -> Self:
        # What other tests left in memory is none of the window: it would pay for the search of it for garbage.
        gc.collect()
        gc.freeze()
        self._thread = threading.get_ident()
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        for moment in (dispatcher.aboutToBlock, dispatcher.awake):
            moment.connect(self._turn, Qt.ConnectionType.DirectConnection)
        self._begun = (time.thread_time(), time.perf_counter())
        self._looking.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self._turn()
        self._has_ended.set()
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        for moment in (dispatcher.aboutToBlock, dispatcher.awake):
            moment.disconnect(self._turn)
        self._looking.join()
        gc.unfreeze()

    def begin_anew(self) -> Turn:
        """Forget the turns so far, and give the longest of them."""
        longest, self.longest = self.longest, Turn()
        return longest

    def _turn(self) -> None:
        now = (time.thread_time(), time.perf_counter())
        processor, wall = now[0] - self._begun[0], now[1] - self._begun[1]
        self.turns += 1
        if processor > self.longest.processor:
            self.longest = Turn(processor, wall, tuple(self._looks.most_common()))
        self._looks = Counter()
        self._begun = now

    def _spent(self, begun: tuple[float, float]) -> float:
        """Seconds that the turn has taken so far: of processor where one thread may ask for that of another."""
        if sys.platform == "linux":
            return time.clock_gettime(time.pthread_getcpuclockid(self._thread)) - begun[0]
        return time.perf_counter() - begun[1]

    def _look(self) -> None:
        """In a thread of its own: note where the watched one is, once its turn takes long."""
        while not self._has_ended.wait(SAMPLE):
            turn, looks = self._begun, self._looks
            if self._spent(turn) < SUSPICIOUS or looks.total() >= MOST_SAMPLES:
                continue
            place = _place_of(self._thread)
            if place and turn is self._begun:
                looks["\n".join(f"  {code.co_filename}:{line} in {code.co_qualname}" for code, line in place)] += 1


def _place_of(thread: int) -> list[tuple[CodeType, int]]:
    """Where ``thread`` is, innermost first: read quickly, because a frame that is held keeps what it holds alive.

    A painter, for one, must be gone when its paintEvent returns.
    """
    frame = sys._current_frames().get(thread)
    found: list[tuple[CodeType, int]] = []
    while frame is not None and len(found) < SHOWN_FRAMES:
        found.append((frame.f_code, frame.f_lineno))
        frame = frame.f_back
    return found
