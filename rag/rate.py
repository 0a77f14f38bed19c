"""How fast something has come on lately."""

from __future__ import annotations

from collections import deque

LATELY_SECONDS = 5.0


class Rate:
    """The speed over the last few seconds, of what is told as a growing sum."""

    def __init__(self) -> None:
        self._told: deque[tuple[float, int]] = deque()

    def at(self, now: float, done: int) -> float:
        """The speed (a second) when at ``now`` (seconds, never backwards) so much is ``done``; 0 at the beginning.

        Where less is done than before, it was begun anew, and so is the measuring.
        """
        if self._told and done < self._told[-1][1]:
            self._told.clear()
        while len(self._told) > 1 and self._told[1][0] <= now - LATELY_SECONDS:
            self._told.popleft()
        self._told.append((now, done))
        then, before = self._told[0]
        return (done - before) / (now - then) if now > then else 0.0
