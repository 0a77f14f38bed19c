"""The feed of what happens in a library, for whoever follows it: each follower has a queue of its own.

A follower waits for what comes, and for nothing else: a look now and then whether it is to end would wake the processor
all day. Who ends it wakes it.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Iterator

from rag.protocol import (
    Collections,
    DocumentChanged,
    DocumentGone,
    DownloadChanged,
    EmbedderProgress,
    Folders,
    IndexRebuilding,
    Models,
    ModelState,
    Progress,
)

Event = (
    DocumentChanged
    | DocumentGone
    | DownloadChanged
    | EmbedderProgress
    | IndexRebuilding
    | Progress
    | Models
    | ModelState
    | Folders
    | Collections
)
"""What is published carries the id 0; the worker gives it the id of each request that follows."""


class Feed:
    """Publishes events to every follower. Safe from any thread; publishing never waits."""

    def __init__(self) -> None:
        self._followers: list[queue.SimpleQueue[Event | None]] = []
        self._lock = threading.Lock()

    def publish(self, event: Event) -> None:
        """Give ``event`` to every follower."""
        with self._lock:
            for follower in self._followers:
                follower.put(event)

    def wake(self) -> None:
        """Have every follower look whether it is to end: each gets None."""
        with self._lock:
            for follower in self._followers:
                follower.put(None)

    @contextlib.contextmanager
    def follow(self) -> Iterator[queue.SimpleQueue[Event | None]]:
        """A queue of all that is published from now on, and of None whenever the followers are woken."""
        follower: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        with self._lock:
            self._followers.append(follower)
        try:
            yield follower
        finally:
            with self._lock:
                self._followers.remove(follower)
