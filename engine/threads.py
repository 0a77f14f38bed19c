"""How many threads write: all of the fast cores, or fewer where that is faster, as is learned while writing.

A token of an answer is little work, cut into a thousand pieces at whose ends all threads wait for each other. Where
the pieces are small (a small model), or the memory is the bound before the cores are, fewer threads can be faster; how
many that are depends on the model and the machine. A prompt is much work, for which all are taken. Decision 0154.
"""

from __future__ import annotations

import statistics

TRIED = 6
"""Tokens that are written with each number of threads that is tried."""

TOKENS_ANEW = 1_000
"""Tokens after which it is tried anew: a machine has other work at other times."""


def courteous(threads: int) -> int:
    """The threads to take where something else is at work too: one core less, where that isn't half of all."""
    return threads - 1 if threads > 2 else threads


class WritingThreads:
    """The threads for one token after the other: the best so far, now and then half and twice as many, up to all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._best = most
        self._written = 0
        self._trial: dict[int, list[float]] = {}
        self._begin_trial()

    def next(self, most: int) -> int:
        """With how many threads, of ``most`` that may be taken now, the next token is to be written."""
        wanted = min(self._trial, key=lambda threads: len(self._trial[threads])) if self._trial else self._best
        return min(most, wanted)

    def learn(self, threads: int, seconds: float) -> None:
        """A token took so long with so many ``threads``."""
        self._written += 1
        if threads in self._trial:
            self._trial[threads].append(seconds)
            if all(len(tried) >= TRIED for tried in self._trial.values()):
                self._end_trial()
        elif self._written >= TOKENS_ANEW:
            self._begin_trial()

    def _begin_trial(self) -> None:
        self._written = 0
        numbers = {self._best, max(1, self._best // 2), min(self._most, 2 * self._best)}
        self._trial = {threads: [] for threads in sorted(numbers, reverse=True)} if len(numbers) > 1 else {}

    def _end_trial(self) -> None:
        best = min(self._trial, key=lambda threads: statistics.median(self._trial[threads]))
        is_other, self._best, self._trial = best != self._best, best, {}
        if is_other:
            self._begin_trial()
