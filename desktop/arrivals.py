"""Files and folders that were opened with Phial: taken in, and shown as soon as there is something of them to read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import QObject, Signal

from desktop.panes.library_feed import LibraryFeed
from rag.protocol import Document, DocumentState

READABLE = frozenset({DocumentState.ANSWERABLE, DocumentState.READY})


class Arrivals(QObject):
    """``arrived``: a tuple of Documents, once each of those that were opened together is read or never will be."""

    arrived = Signal(object)

    def __init__(self, feed: LibraryFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed = feed
        self._paths: tuple[str, ...] = ()
        feed.changed.connect(self._look)

    def take(self, paths: Sequence[str]) -> None:
        """Take ``paths``, which are absolute, into the library and wait for them, and for none that came before."""
        self._paths = tuple(map(os.path.normpath, paths))
        self._feed.add(paths)
        self._look()

    def forget(self) -> None:
        """The person has turned to something else: nothing is to come before their eyes by itself."""
        self._paths = ()

    def _look(self) -> None:
        if not self._paths:
            return
        inside = tuple(document for document in self._feed.model.documents if self._is_wanted(document))
        if inside and all(document.state in READABLE or document.state.is_settled for document in inside):
            readable = tuple(document for document in inside if document.state in READABLE)
            self.forget()
            if readable:
                self.arrived.emit(readable)

    def _is_wanted(self, document: Document) -> bool:
        return any(
            path == wanted or PurePath(path).is_relative_to(wanted)
            for path in map(os.path.normpath, document.paths)
            for wanted in self._paths
        )
