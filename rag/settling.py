"""Waiting until what changed has come to rest: files that are still being written, and moves seen from one end only."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterable, Sequence

from rag.scan import FoundFile, PassedOver
from rag.stores.folder_records import KnownFile


@dataclasses.dataclass(frozen=True)
class _Gone:
    size: int
    since: float


class Settling:
    """Files that were seen changed or missing, and since when. Times are those of ``clock``, in seconds."""

    def __init__(self, quiet_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """A file is at rest when its size and time of change have stayed for ``quiet_seconds``."""
        self._quiet = quiet_seconds
        self._clock = clock
        self._changed: dict[str, tuple[FoundFile, float]] = {}
        self._missing: dict[str, _Gone] = {}

    def note(self, changed: Iterable[FoundFile], missing: Iterable[KnownFile]) -> None:
        """These were seen now."""
        now = self._clock()
        for file in changed:
            self._missing.pop(file.path, None)
            if self._changed.get(file.path, (None,))[0] != file:
                self._changed[file.path] = (file, now)
        for gone in missing:
            self._changed.pop(gone.path, None)
            self._missing.setdefault(gone.path, _Gone(gone.size, now))

    def due(self, waiting_sizes: frozenset[int]) -> tuple[tuple[FoundFile, ...], tuple[str, ...]]:
        """The files to look at once more, and the paths that have been missing for long enough to be forgotten.

        One is not forgotten while a file of its size is still to be read: that may be itself, under another name, and
        keeps all that was made of it (see FileReader).
        """
        now = self._clock()
        quiet = tuple(file for file, since in self._changed.values() if now - since >= self._quiet)
        sizes = waiting_sizes | {file.size for file, _ in self._changed.values()}
        gone = tuple(
            path
            for path, missing in self._missing.items()
            if now - missing.since >= 2 * self._quiet and missing.size not in sizes
        )
        for path in gone:
            del self._missing[path]
        return quiet, gone

    def settled(self, quiet: Sequence[FoundFile], looks: Sequence[FoundFile | PassedOver]) -> tuple[FoundFile, ...]:
        """Which of ``quiet`` are still as they were, now that they were looked at; the others wait on, or are gone."""
        now = self._clock()
        settled: list[FoundFile] = []
        for file, seen in zip(quiet, looks, strict=True):
            if seen == file:
                settled.append(file)
            if seen == file or isinstance(seen, PassedOver):
                self._changed.pop(file.path, None)
            else:
                self._changed[file.path] = (seen, now)
        return tuple(settled)

    def clear(self) -> None:
        """Forget what was seen: the folder is gone, and will be looked at as a whole."""
        self._changed.clear()
        self._missing.clear()

    def next_due(self, otherwise: float) -> float:
        """In how many seconds, at most, something will be due; ``otherwise`` where nothing is awaited."""
        return min(otherwise, self._quiet / 2) if self._changed or self._missing else otherwise
