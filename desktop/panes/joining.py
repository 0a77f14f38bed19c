"""Files and folders that were dropped on a collection: what they hold goes into it as the library meets it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath

from PySide6.QtCore import QObject, QTimer

from desktop.panes.library_feed import LibraryFeed
from desktop.path_sorting import PathSorter
from rag.protocol import Document, DocumentChanged, Documents, Reply

MOMENT = 200
"""Milliseconds within which documents go into the collection together."""


Put = Callable[[str, Sequence[str]], None]
"""Is given the name of a collection, and the paths of documents of the library that are to be in it."""


class Joining(QObject):
    """Lives until all that ``paths`` stand for has been met, and is in the collection called ``name``."""

    def __init__(self, feed: LibraryFeed, name: str, paths: Sequence[str], put: Put, parent: QObject) -> None:
        super().__init__(parent)
        self._feed = feed
        self._name = name
        self._put = put
        self._wanted = tuple(map(PurePath, paths))
        self._waiting: dict[str, None] = {}
        self._joined: set[str] = set()
        self._follows = False
        self._is_read = False
        self._has_missed = False
        self._moment = QTimer(self, singleShot=True, interval=MOMENT)
        self._moment.timeout.connect(self._put_waiting)
        self._sorter = PathSorter(self)
        self._sorter.sorted.connect(self._add)
        self._sorter.sort(paths)

    def go_on(self, feed: LibraryFeed, put: Put, parent: QObject) -> None:
        """Live on in another window: the one that it was begun in is to go."""
        if self._follows:
            self._feed.document_news.disconnect(self._take)
            feed.document_news.connect(self._take)
            self._has_missed = True  # what is told until the other begins to follow; then it is told of all of them
        self._feed, self._put = feed, put
        self.setParent(parent)

    def _add(self, files: tuple[str, ...], folders: tuple[str, ...]) -> None:
        self._wanted = tuple(map(PurePath, (*files, *folders)))
        self._follows = True
        self._feed.document_news.connect(self._take)
        self._feed.add_folders(folders)
        # A folder that is followed says nothing of when all of it was met: it is read as files are, too.
        operation = self._feed.add_files((*files, *folders))
        operation.ended.connect(self._finish)
        for document in self._feed.model.documents:
            self._meet(document)

    def _take(self, news: Reply) -> None:
        if isinstance(news, DocumentChanged):
            self._meet(news.document)
        elif isinstance(news, Documents):
            for document in news.documents:
                self._meet(document)
            self._has_missed = False
            if self._is_read:
                self._finish()

    def _meet(self, document: Document) -> None:
        if self._joined.isdisjoint(document.paths) and any(map(self._is_wanted, document.paths)):
            self._joined.update(document.paths)
            self._waiting[document.paths[0]] = None
            if not self._moment.isActive():
                self._moment.start()

    def _is_wanted(self, path: str) -> bool:
        return any(PurePath(path).is_relative_to(wanted) for wanted in self._wanted)

    def _put_waiting(self) -> None:
        # Their paths: a file that is read has another key than when it was met.
        paths = tuple(self._waiting)
        self._waiting.clear()
        if paths:
            self._put(self._name, paths)

    def _finish(self) -> None:
        self._is_read = True
        if self._has_missed:
            return
        self._feed.document_news.disconnect(self._take)
        self._follows = False
        self._put_waiting()
        self.deleteLater()
