"""How fast each model reads and writes on this machine: measured while it answers, before that estimated.

What was measured is kept for each model and kind of machine: a library that is carried to another measures anew.
"""

from __future__ import annotations

import contextlib
import json

from engine.catalogue import InstalledModel
from engine.errors import PhialError
from engine.frames import FrameError, from_plain, plain
from engine.host import Finished
from engine.pace import Pace, Work, measured_pace
from rag.learned import Learned, machine_key
from rag.protocol import Speed
from rag.stores.history import History

FEWEST_READ = 24
"""Tokens from which on a prompt's time says how fast the next one is read."""

FEWEST_WRITTEN = 8
"""Tokens from which on an answer's time says how fast the next one is written."""

_READING, _WRITING, _PACE = "reading_speed", "writing_speed", "machine_pace"


class Speeds:
    """Knows how fast models are here. Safe from any thread."""

    def __init__(self, history: History) -> None:
        """``history`` keeps what was measured."""
        self._history = history
        self._learned = Learned(history)

    def note(self, model: InstalledModel, finished: Finished) -> None:
        """Learn from an answer; what was in the KV cache already took no time."""
        if finished.reason != "stopped":  # how much of the prompt was read by then, nobody says
            read = finished.prompt_tokens - finished.cached_tokens
            self._learn(_READING, model, read, finished.prefill_s, FEWEST_READ)
        self._learn(_WRITING, model, finished.answer_tokens, finished.decode_s, FEWEST_WRITTEN)

    def reading(self, model: InstalledModel) -> float:
        """Tokens of a prompt that ``model`` reads a second; 0 where it was never measured."""
        return self._learned.known(_READING, model.id)

    def of(self, model: InstalledModel) -> Speed | None:
        """How fast ``model`` is, estimated until both were measured; None where its header doesn't say its shape."""
        reading, writing = self.reading(model), self._learned.known(_WRITING, model.id)
        if reading and writing:
            return Speed(reading, writing, is_measured=True)
        work = Work.of(model.header) if model.header else None
        return self.estimated(work) if work else None

    def estimated(self, work: Work) -> Speed:
        """How fast a model will be that has so much to do for a token."""
        pace = self.pace()
        return Speed(round(pace.prefill(work), 2), round(pace.decode(work), 2), is_measured=False)

    def pace(self) -> Pace:
        """What this machine reaches: measured the first time, which takes about 0.3 s."""
        try:
            return from_plain(Pace, json.loads(self._history.setting(machine_key(_PACE))))
        except (ValueError, FrameError):
            pace = measured_pace()
            with contextlib.suppress(PhialError):  # on a full disk: the next worker measures it again
                self._history.set_setting(machine_key(_PACE), json.dumps(plain(pace)))
            return pace

    def _learn(self, what: str, model: InstalledModel, tokens: int, seconds: float, fewest: int) -> None:
        if tokens >= fewest and seconds > 0.0:
            self._learned.note(what, tokens / seconds, model.id)
