"""When the first word comes: how many tokens of passages this machine reads, with this model, in the time there is.

Reading the prompt is what a person waits for on a laptop's processor. How fast it goes is measured while answering, and
kept for each model and kind of machine (rag.speeds). Decision 0072.
"""

from __future__ import annotations

from engine.catalogue import InstalledModel
from engine.host import Finished
from rag.settings import Settings
from rag.speeds import Speeds
from rag.stores.history import History

FEWEST, MOST = 120, 240
"""Tokens of passages: fewer seldom hold an answer, more seldom add to it (benchmarks/prompts.py)."""


class FirstWord:
    """Knows how fast prompts are read, and how much of the documents one may hold."""

    def __init__(self, history: History, settings: Settings) -> None:
        """``history`` keeps what was measured; ``settings`` say within what time the first word is to come."""
        self._speeds = Speeds(history)
        self._settings = settings

    def is_known(self, model: InstalledModel) -> bool:
        """Whether it was ever measured how fast ``model`` reads here."""
        return self._speeds.reading(model) > 0.0

    def note(self, model: InstalledModel, finished: Finished) -> None:
        """Learn from an answer."""
        self._speeds.note(model, finished)

    def passages(self, model: InstalledModel, other: int) -> int:
        """The tokens that a prompt's passages may have beside ``other`` tokens that are read with them."""
        left = self._speeds.reading(model) * self._settings.current().first_word_s - other
        return max(FEWEST, min(MOST, round(left)))
