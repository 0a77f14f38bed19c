"""What the person is likely to ask about: the documents that they gave, opened, asked in or were shown last."""

from __future__ import annotations

import threading
from collections.abc import Iterable

MOST = 16
"""Documents that are remembered; who names more than these at once (a folder, say) prefers none of them."""


class Interest:
    """The last documents of interest, by key (SHA-256, or path). They are read and embedded before all others."""

    def __init__(self) -> None:
        self._keys: dict[str, None] = {}
        self._lock = threading.Lock()

    def note(self, keys: Iterable[str]) -> None:
        """The person showed interest in these documents."""
        named = list(dict.fromkeys(keys))
        if len(named) > MOST:
            return
        with self._lock:
            kept = [key for key in self._keys if key not in named]
            self._keys = dict.fromkeys([*named, *kept][:MOST])

    @property
    def keys(self) -> tuple[str, ...]:
        """The documents, the last first."""
        with self._lock:
            return tuple(self._keys)
