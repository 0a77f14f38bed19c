"""How long something will take, in the words beside the button that begins it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.widgets.counted_words import MOST_MINUTES, MOST_SECONDS, CountedWords
from rag.protocol import Estimated

_EXACT = 20
"""Seconds up to which each counts; beyond, an estimate that says more than every fifth claims to know too much."""


class EstimateWords(QObject):
    """A QObject, as only ``tr`` knows plural forms."""

    def of(self, estimated: Estimated) -> str:
        """“about 12 s here”, “about 2 min for 14 documents”; "" where nothing can be said."""
        if estimated.total_s < 0:
            return ""
        about = self.about(estimated.total_s)
        if not estimated.documents:
            return self.tr("{time} here").format(time=about)
        documents = CountedWords().documents(estimated.documents)
        return self.tr("{time} for {documents}").format(time=about, documents=documents)

    def about(self, seconds: float) -> str:
        """“about 12 s”, “about 3 min”, “about 2 h”."""
        if seconds < _EXACT:
            return self.tr("about %Ln s", "", max(1, round(seconds)))
        if (fives := 5 * round(seconds / 5)) < MOST_SECONDS:
            return self.tr("about %Ln s", "", fives)
        if seconds < MOST_MINUTES * 60:
            return self.tr("about %Ln min", "", max(1, round(seconds / 60)))
        return self.tr("about %Ln h", "", round(seconds / 3600))

    def basis(self, estimated: Estimated) -> str:
        """What the words rest on, for those who point at them; "" where nothing is said."""
        if estimated.total_s < 0:
            return ""
        said = [
            self.tr("By how long it took on this computer so far.")
            if estimated.is_measured
            else self.tr("By what this computer can do; once it was done here, by how long that took.")
        ]
        if 0 <= estimated.first_word_s < estimated.total_s and not estimated.documents:
            said.insert(0, self.tr("First word: {time}.").format(time=self.about(estimated.first_word_s)))
        return " ".join(said)
