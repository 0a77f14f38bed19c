"""The feed of what happens in a library, for whoever follows it: each follower has a queue of its own."""

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
        self._followers: list[queue.SimpleQueue[Event]] = []
        self._lock = threading.Lock()

    def publish(self, event: Event) -> None:
        """Give ``event`` to every follower."""
        with self._lock:
            for follower in self._followers:
                follower.put(event)

    @contextlib.contextmanager
    def follow(self) -> Iterator[queue.SimpleQueue[Event]]:
        """A queue of all that is published from now on."""
        follower: queue.SimpleQueue[Event] = queue.SimpleQueue()
        with self._lock:
            self._followers.append(follower)
        try:
            yield follower
        finally:
            with self._lock:
                self._followers.remove(follower)
