"""What was just taken away and can be brought back: it is carried out when its time is over, or another follows."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

SECONDS = 10.0
"""How long something can be brought back, while nobody holds it."""


@dataclasses.dataclass(frozen=True)
class _Pending:
    words: str
    carry_out: Callable[[], None]
    take_back: Callable[[], None]


class Undo(QObject):
    """One thing at a time. ``changed``: there is something to bring back, or there is no more.

    ``refused``: nothing can be taken away for now.
    """

    changed = Signal()
    refused = Signal()

    def __init__(self, parent: QObject | None = None, is_closed: Callable[[], bool] = lambda: False) -> None:
        """While it ``is_closed`` nothing is to be offered."""
        super().__init__(parent)
        self._is_closed = is_closed
        self._pending: _Pending | None = None
        self._time = QTimer(self, singleShot=True, interval=round(SECONDS * 1000))
        self._time.timeout.connect(self.settle)

    @property
    def words(self) -> str:
        """What can be brought back, in a sentence; "" where nothing can."""
        return "" if self._pending is None else self._pending.words

    def refuses(self) -> bool:
        """Whether nothing can be taken away now; that is told."""
        is_closed = self._is_closed()
        if is_closed:
            self.refused.emit()
        return is_closed

    def offer(self, words: str, carry_out: Callable[[], None], take_back: Callable[[], None]) -> None:
        """Wait with ``carry_out``; ``take_back`` makes as if nothing had been. What waited before is carried out."""
        self.settle()
        self._pending = _Pending(words, carry_out, take_back)
        self._time.start()
        self.changed.emit()

    def hold(self, is_held: bool) -> None:
        """Let no time pass while the person is about to decide; begin anew afterwards."""
        if is_held:
            self._time.stop()
        elif self._pending is not None:
            self._time.start()

    def take_back(self) -> None:
        """Bring it back."""
        pending = self._end()
        if pending is not None:
            pending.take_back()

    def settle(self) -> None:
        """Carry it out now."""
        pending = self._end()
        if pending is not None:
            pending.carry_out()

    def drop(self) -> None:
        """Neither carry it out nor bring it back: what it was taken from is no longer here."""
        self._end()

    def _end(self) -> _Pending | None:
        pending, self._pending = self._pending, None
        self._time.stop()
        if pending is not None:
            self.changed.emit()
        return pending
