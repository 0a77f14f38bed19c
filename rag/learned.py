"""Numbers that were measured on this machine, kept in the library for each model and kind of machine.

A library that is carried to another machine measures anew there.
"""

from __future__ import annotations

import math
import platform

from engine.hardware import suggested_threads
from rag.stores.history import History

_NEW_SHARE = 0.5
"""How much the newest measurement counts against all before it: a machine that was busy once is not slow for good."""


class Learned:
    """Positive numbers, each by what it measures and the model it is of. Safe from any thread."""

    def __init__(self, history: History) -> None:
        """``history`` keeps them."""
        self._history = history

    def known(self, what: str, model: str = "") -> float:
        """What was measured; 0 where nothing was."""
        try:
            number = float(self._history.setting(machine_key(what, model)))
        except ValueError:
            return 0.0
        return number if math.isfinite(number) and number > 0.0 else 0.0

    def note(self, what: str, number: float, model: str = "") -> None:
        """Learn from a measurement; one that is not above 0 says nothing."""
        if not math.isfinite(number) or number <= 0.0:
            return
        known = self.known(what, model)
        if known:
            number = _NEW_SHARE * number + (1 - _NEW_SHARE) * known
        self._history.set_setting(machine_key(what, model), f"{number:.6g}")


def machine_key(what: str, model: str = "") -> str:
    """The setting that keeps ``what`` was measured here of ``model``."""
    return f"{what} {platform.machine()} {suggested_threads()} {model}".rstrip()
