"""What was found in a note, placed in the note as it is rendered: a few hits between other events, however many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.widgets.note_places import NotePart
from rag.protocol import Span

_AT_ONCE = 20
"""Hits that are placed between two events: some ten milliseconds of work."""

_MOST = 500
"""Hits that are marked at once in one note; Qt lays out each mark anew whenever it paints."""


class NoteHits(QObject):
    """``changed``: more of them are placed, or none any more."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spans: tuple[Span, ...] = ()
        self._hit: Span | None = None
        self._waiting: list[tuple[NotePart, Span]] = []
        self._placed: dict[Span, Span] = {}
        self._placing = QTimer(self, interval=0)
        self._placing.timeout.connect(self._place_some)

    @property
    def places(self) -> tuple[list[Span], list[Span]]:
        """Where hits are shown, in UTF-16 units: all but the one that is gone to, and that one."""
        hit = self._placed.get(self._hit) if self._hit is not None else None
        others = [place for span, place in self._placed.items() if span != self._hit]
        return others[:_MOST], [] if hit is None else [hit]

    def forget(self) -> None:
        """Another note is shown."""
        self._waiting, self._placed = [], {}
        self._spans, self._hit = (), None
        self._placing.stop()

    def show(self, spans: Sequence[Span], hit: Span | None) -> None:
        """These spans of the note's source were found; ``hit`` is gone to."""
        self._hit = hit
        if tuple(spans) != self._spans:
            self._spans = tuple(spans)
            self._waiting, self._placed = [], {}
        self.changed.emit()

    def look(self, parts: Sequence[NotePart]) -> None:
        """These parts of the note are rendered."""
        for part in parts:
            end = part.first + len(part.source)
            self._waiting += [
                (part, span) for span in self._spans if part.first <= span[0] < end and span not in self._placed
            ]
        if self._waiting:
            self._placing.start()

    def _place_some(self) -> None:
        now, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        for part, span in now:
            place = part.hit_of(span)
            if place is not None:
                self._placed[span] = place
        if not self._waiting:
            self._placing.stop()
        self.changed.emit()
