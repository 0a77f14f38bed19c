"""When memory is short: for some seconds little is left, or other programs' pages are being written to the disk."""

from __future__ import annotations

import collections
import dataclasses
import warnings

import psutil

SHORT_SECONDS = 10.0
"""So long it must last: a program that starts takes memory for a moment, and gives it back."""

_LEAST_SHARE, _LEAST_BYTES, _MOST_BYTES = 0.05, 256 * 2**20, 2**30
_SWAPPED_BYTES = 64 * 2**20
_AMPLE_SHARE = 0.25  # with so much left nobody waits for memory, whatever is swapped


@dataclasses.dataclass(frozen=True)
class Sample:
    """The memory at a time ``at`` (seconds): bytes in all, available, and ever written out to swap."""

    at: float
    total: int
    available: int
    swapped_out: int


def sample(at: float) -> Sample:
    """The memory of this machine now. Windows doesn't tell what was swapped: 0."""
    state = psutil.virtual_memory()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a container hides the figures
        swapped_out = int(psutil.swap_memory().sout)
    return Sample(at, state.total, state.available, swapped_out)


class Pressure:
    """Says from samples, taken every few seconds, whether memory is short."""

    def __init__(self) -> None:
        self._samples: collections.deque[Sample] = collections.deque()

    def is_high(self, now: Sample) -> bool:
        """Whether memory has been short for SHORT_SECONDS, ``now`` being the newest sample."""
        self._samples.append(now)
        while len(self._samples) > 1 and self._samples[1].at <= now.at - SHORT_SECONDS:
            self._samples.popleft()
        first = self._samples[0]
        if first.at > now.at - SHORT_SECONDS:
            return False  # not watched for long enough
        is_swapping = now.swapped_out - first.swapped_out >= _SWAPPED_BYTES
        return all(_is_short(each) for each in self._samples) or (
            is_swapping and now.available < _AMPLE_SHARE * now.total
        )


def _is_short(state: Sample) -> bool:
    return state.available < max(_LEAST_BYTES, min(_MOST_BYTES, _LEAST_SHARE * state.total))
