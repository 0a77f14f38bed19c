"""Cycles of objects are collected in the window's thread alone.

Python looks for them in whatever thread happens to make an object. Windows and widgets are often parts of such cycles,
and Qt may take them down only in the thread that shows them: a collection in the thread that hears the worker would
end the program. So the collector itself is switched off, and asked where the window's thread is about to have nothing
to do.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence

from PySide6.QtCore import QAbstractEventDispatcher, QObject

from desktop.memory import give_small_pieces_back


def generation_due(counts: Sequence[int], thresholds: Sequence[int]) -> int:
    """The oldest generation that is to be collected, -1 for none, as Python's own collector would decide."""
    exceeded = [generation for generation, count in enumerate(counts) if count > thresholds[generation]]
    return exceeded[-1] if exceeded[:1] == [0] else -1


OLDEST = 2
"""The generation of all there is."""


class GarbageCollector(QObject):
    """From its making to ``end``, garbage is collected in this thread and in no other."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._dispatcher = QAbstractEventDispatcher.instance()
        gc.disable()
        self._dispatcher.aboutToBlock.connect(self._collect)

    def settle(self) -> None:
        """What is there now is there to stay: collect once, also what was to stay before, and don't look again."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        give_small_pieces_back()

    def end(self) -> None:
        """Let Python collect by itself again."""
        self._dispatcher.aboutToBlock.disconnect(self._collect)
        gc.unfreeze()
        gc.enable()

    def _collect(self) -> None:
        due = generation_due(gc.get_count(), self._thresholds)
        if due >= 0:
            gc.collect(due)
        if due == OLDEST:
            give_small_pieces_back()
