"""When the first word comes: how many tokens of passages this machine reads, with this model, in the time there is.

Reading the prompt is what a person waits for on a laptop's processor. How fast it goes is measured while answering, and
kept for each model and kind of machine. Decision 0072.
"""

from __future__ import annotations

import math
import platform

from engine.catalogue import InstalledModel
from engine.hardware import suggested_threads
from engine.host import Finished
from rag.settings import Settings
from rag.stores.history import History

FEWEST, MOST = 120, 240
"""Tokens of passages: fewer seldom hold an answer, more seldom add to it (benchmarks/prompts.py)."""

FEWEST_MEASURED = 24
"""Tokens from which on a prompt's time says how fast the next one is read."""

_NEW_SHARE = 0.5
"""How much the newest measurement counts against all before it: a machine that was busy once is not slow for good."""


class FirstWord:
    """Knows how fast prompts are read, and how much of the documents one may hold."""

    def __init__(self, history: History, settings: Settings) -> None:
        """``history`` keeps what was measured; ``settings`` say within what time the first word is to come."""
        self._history = history
        self._settings = settings

    def is_known(self, model: InstalledModel) -> bool:
        """Whether it was ever measured how fast ``model`` reads here."""
        return self._speed(model) > 0.0

    def note(self, model: InstalledModel, finished: Finished) -> None:
        """Learn from a prompt that was read; what was in the KV cache already took no time."""
        read = finished.prompt_tokens - finished.cached_tokens
        if read < FEWEST_MEASURED or finished.prefill_s <= 0.0 or finished.reason == "stopped":
            return
        speed, known = read / finished.prefill_s, self._speed(model)
        if known:
            speed = _NEW_SHARE * speed + (1 - _NEW_SHARE) * known
        self._history.set_setting(_key(model), f"{speed:.2f}")

    def passages(self, model: InstalledModel, other: int) -> int:
        """The tokens that a prompt's passages may have beside ``other`` tokens that are read with them."""
        left = self._speed(model) * self._settings.current().first_word_s - other
        return max(FEWEST, min(MOST, round(left)))

    def _speed(self, model: InstalledModel) -> float:
        """Tokens a second; 0 where it was never measured."""
        return _number(self._history.setting(_key(model)))


def _key(model: InstalledModel) -> str:
    """What the speed depends on: a library that is carried to a machine of another kind measures anew."""
    return f"reading_speed {platform.machine()} {suggested_threads()} {model.id}"


def _number(text: str) -> float:
    """A positive number that was written down, 0 where it is none."""
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if math.isfinite(number) and number > 0.0 else 0.0
