"""Counting what indexing has done: its pace, and the time that is left."""

from __future__ import annotations

import math

from rag.protocol import Progress

HALF_LIFE = 60.0
"""Seconds of work after which what was measured counts half: the estimate follows the machine, and does not jump."""


class Pace:
    """How many a second, over the last minutes of work."""

    def __init__(self) -> None:
        self._done = 0.0
        self._seconds = 0.0

    def note(self, done: int, seconds: float) -> None:
        """So many took so many ``seconds``."""
        fading = math.exp2(-seconds / HALF_LIFE)
        self._done = self._done * fading + done
        self._seconds = self._seconds * fading + seconds

    @property
    def a_second(self) -> float:
        """The pace; 0 where nothing was measured."""
        return self._done / self._seconds if self._seconds > 0.0 else 0.0


class Tally:
    """What a run has done, for progress and the time that is left. Written by the threads that index, read from any."""

    def __init__(self) -> None:
        self._most_waiting = 0
        self._files = Pace()
        self._passages = Pace()

    def read(self, seconds: float) -> None:
        """A file took so many ``seconds`` from one file's end to the next one's."""
        self._files.note(1, seconds)

    def embedded(self, passages: int, seconds: float) -> None:
        """So many passages took so many ``seconds``."""
        self._passages.note(passages, seconds)

    def forgotten(self, files: int) -> None:
        """So many files wait no more that were not read."""
        self._most_waiting = max(0, self._most_waiting - files)

    def progress(self, waiting: int, documents: int, pages: int, passages: int, embedded: int) -> Progress:
        """How far indexing is: files ``waiting`` to be read, and what the library holds in all."""
        self._most_waiting = max(self._most_waiting, waiting)
        done, of_all = self._most_waiting - waiting, self._most_waiting
        left = passages - embedded
        if waiting == 0 and left == 0:
            self._most_waiting = 0
        seconds = 0.0
        is_known = True
        if waiting:
            # Files that are still to be read hold, for all that is known, as many passages as those that were.
            left += round(waiting * passages / max(documents, 1))
            is_known = self._files.a_second > 0.0
            seconds += waiting / self._files.a_second if is_known else 0.0
        if left:
            is_known = is_known and self._passages.a_second > 0.0
            seconds += left / self._passages.a_second if is_known else 0.0
        seconds_left = round(seconds, 1) if is_known and (waiting or left) else -1.0
        return Progress(0, done, of_all, pages, embedded, passages, seconds_left)
