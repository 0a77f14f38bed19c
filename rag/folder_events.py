"""What the system tells of changes in a folder (inotify, FSEvents, ReadDirectoryChangesW), through watchdog.

What it tells are hints of where to look, no more: events are lost when too many come at once, and each system words the
same change differently.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent

_CLOSING_SECONDS = 2.0


class FolderEvents:
    """Follows one folder with all below it, in threads of watchdog's, until it is closed."""

    def __init__(self, folder: str, on_change: Callable[[str], None]) -> None:
        """``on_change`` is given every path that something happened to, from another thread.

        Raises OSError where the system doesn't follow it: it is gone, or there are more folders than the system allows.
        """
        # Only here, and only once a folder is followed: the worker starts without it.
        from watchdog.events import (
            DirCreatedEvent,
            DirDeletedEvent,
            DirMovedEvent,
            FileCreatedEvent,
            FileDeletedEvent,
            FileModifiedEvent,
            FileMovedEvent,
            FileSystemEventHandler,
        )
        from watchdog.observers import Observer

        class Handler(FileSystemEventHandler):
            def on_any_event(self, event: FileSystemEvent) -> None:
                for path in (event.src_path, event.dest_path):
                    if path:
                        on_change(os.fsdecode(path))

        self._observer = Observer()
        # Not told: that a file was read, which Phial does itself, and that a folder's list of names changed, which is
        # told by name as well.
        kinds: list[type[FileSystemEvent]] = [
            FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent, DirCreatedEvent, DirDeletedEvent,
            DirMovedEvent,
        ]  # fmt: skip
        self._observer.schedule(Handler(), folder, recursive=True, event_filter=kinds)
        try:
            self._observer.start()
        except BaseException:
            self.close()
            raise

    @property
    def are_told(self) -> bool:
        """Whether events still come: they end when the folder itself goes."""
        return self._observer.is_alive() and all(emitter.is_alive() for emitter in self._observer.emitters)

    def close(self) -> None:
        """Follow it no longer."""
        with contextlib.suppress(OSError, RuntimeError):
            self._observer.unschedule_all()
            self._observer.stop()
            self._observer.join(_CLOSING_SECONDS)
