"""The way to what was asked before what is shown: some turns at a time, each between two turns of the event loop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.widgets.buttons import QuietButton
from desktop.widgets.journey import Journey
from rag.protocol import Turn

MOST_TURNS = 6
"""Turns that are shown at once, and with each wish for more: more than a person sees without scrolling far.

Each is forty widgets and most of a megabyte; a window lays them out anew when it gets wider, dresses them anew when it
gets darker, and makes them anew, beside those that are there, in another language.
"""


def outgrown(shown: Sequence[Journey], most: int) -> list[Turn]:
    """Of the turns that are shown, oldest first: those that need no longer be, where they are more than ``most``.

    What came to nothing that is kept can't be told anew: it stays, and with it all that came after.
    """
    away: list[Turn] = []
    for turn in shown[: max(0, len(shown) - most)]:
        kept = turn.kept()
        if kept is None:
            break
        away.append(kept)
    return away


class EarlierTurns(QuietButton):
    """Holds the turns that are in no widget. ``told`` carries a Turn, to stand above all others.

    ``began`` and ``ended``: several are told, one by one, from the last to the first.
    """

    told = Signal(object)
    began = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._held: list[Turn] = []
        self._wanted = 0
        self._telling = QTimer(self, interval=0)
        self._telling.timeout.connect(self._tell)
        self.clicked.connect(self._begin)
        self.hide()

    @property
    def held(self) -> tuple[Turn, ...]:
        """What is not shown, oldest first."""
        return tuple(self._held)

    def tell(self, turns: Iterable[Turn]) -> None:
        """Tell the last of ``turns`` (oldest first), and hold the others."""
        self._held = list(turns)
        self._begin()

    def hold(self, turns: Iterable[Turn]) -> None:
        """Hold ``turns`` too, which come after those that are held."""
        self._held += turns
        self._show_count()

    def clear(self) -> None:
        """Hold none."""
        self._held.clear()
        self._end()

    def _begin(self) -> None:
        self._wanted = min(MOST_TURNS, len(self._held))
        if self._wanted:
            self.began.emit()
            self._telling.start()

    def _tell(self) -> None:
        if self._wanted:
            self._wanted -= 1
            self.told.emit(self._held.pop())
        else:
            self._end()

    def _end(self) -> None:
        self._telling.stop()
        self._wanted = 0
        self._show_count()
        self.ended.emit()

    def _show_count(self) -> None:
        if not self._telling.isActive():
            self.setText(self.tr("Show %Ln earlier question(s)", "", min(MOST_TURNS, len(self._held))))
            self.setVisible(bool(self._held))
