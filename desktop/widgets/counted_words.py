"""Words with a number in them that more than one place says, in the plural form of the language."""

from __future__ import annotations

from PySide6.QtCore import QObject

MOST_SECONDS, MOST_MINUTES = 60, 90
"""Beyond so many, the next larger unit is said."""


class CountedWords(QObject):
    """A QObject, as only ``tr`` knows plural forms."""

    def time_left(self, seconds: float) -> str:
        """How long something still takes."""
        if seconds < MOST_SECONDS:
            return self.tr("%Ln s left", "", max(1, round(seconds)))
        if seconds < MOST_MINUTES * 60:
            return self.tr("%Ln min left", "", round(seconds / 60))
        return self.tr("%Ln h left", "", round(seconds / 3600))

    def documents(self, count: int) -> str:
        """How many documents."""
        return self.tr("%Ln document(s)", "", count)

    def cores(self, count: int) -> str:
        """How many cores a processor has."""
        return self.tr("%Ln core(s)", "", count)

    def pages_unread(self, count: int) -> str:
        """How many pages nobody has read yet."""
        return self.tr("%Ln page(s) not read yet", "", count)
