"""The folders that are followed: which ones they are, and what following them does to the library."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from engine.drives import is_on_network
from rag.errors import LibraryProblem, PhialError, Problem
from rag.extract import patiently, protected_problem
from rag.feed import Feed
from rag.folder_keeping import FolderKeeper
from rag.following import Follower, Pace
from rag.forgetting import Forgetter
from rag.indexing import Indexer
from rag.presence import UNREADABLE, WATCHED, presence_of
from rag.protocol import Folders, WatchedFolder
from rag.stores.folder_records import FolderRecords
from rag.stores.records import Records


class Watching:
    """Follows folders, each in a thread of its own. Safe from any thread."""

    def __init__(
        self,
        home: Path,
        folders: FolderRecords,
        records: Records,
        feed: Feed,
        forgetter: Forgetter,
        indexer: Indexer,
        pace: Pace | None = None,
    ) -> None:
        self._folders = folders
        self._feed = feed
        self._pace = pace or Pace()
        self._keeper = FolderKeeper(home, folders, records, feed, forgetter, indexer, self.tell)
        self._followers: dict[str, Follower] = {}
        self._lock = threading.Lock()

    def start(self) -> None:
        """Follow what is to be followed; what is followed already stays so."""
        with self._lock:
            for folder in self._folders.folders():
                self._follow(folder)

    def watch(self, path: str) -> tuple[WatchedFolder, ...]:
        """Follow the folder at ``path`` from now on, what it holds now included; give all that are followed.

        Raises PhialError PATH_MISSING, PATH_NOT_A_FOLDER, PATH_UNREADABLE, PATH_PROTECTED, PATH_NOT_ANSWERING.
        """
        folder = _absolute(path)
        presence = patiently(lambda _: presence_of(folder), Path(folder), lambda: False, self._pace.patience)
        if presence.is_protected:
            raise protected_problem(folder)
        if presence.state == UNREADABLE:
            raise PhialError(LibraryProblem.PATH_UNREADABLE, path=folder)
        if presence.state != WATCHED:
            is_there = os.path.lexists(folder)
            raise PhialError(LibraryProblem.PATH_NOT_A_FOLDER if is_there else LibraryProblem.PATH_MISSING, path=folder)
        with self._lock:
            self._folders.add_folder(folder)
            self._folders.identify_folder(folder, presence.identity)
            self._follow(folder)
            self._look_again()
        self.tell()
        return self.listed()

    def unwatch(self, path: str) -> tuple[WatchedFolder, ...]:
        """Follow the folder at ``path`` no longer; its documents stay. Raises PhialError FOLDER_NOT_WATCHED."""
        folder = _absolute(path)
        with self._lock:
            if not self._folders.remove_folder(folder):
                raise PhialError(LibraryProblem.FOLDER_NOT_WATCHED, path=folder)
            follower = self._followers.pop(folder, None)
        if follower is not None:
            follower.close()
        with self._lock:
            self._keeper.leave_alone(folder, tuple(self._followers))
            self._look_again()
        self.tell()
        return self.listed()

    def listed(self) -> tuple[WatchedFolder, ...]:
        """The folders that are followed. No drive is asked."""
        with self._lock:
            states = {folder: follower.state for folder, follower in self._followers.items()}
        return tuple(
            WatchedFolder(folder, states.get(folder, WATCHED), self._folders.count_documents(folder))
            for folder in self._folders.folders()
        )

    def notices(self) -> tuple[Problem, ...]:
        """What a person should know of how folders are followed."""
        with self._lock:
            return tuple(follower.notice for follower in self._followers.values() if follower.notice is not None)

    def tell(self) -> None:
        """Tell whoever follows the library how the folders stand."""
        self._feed.publish(Folders(0, self.listed()))

    def close(self) -> None:
        """End the threads."""
        with self._lock:
            followers = tuple(self._followers.values())
            self._followers.clear()
        for follower in followers:
            follower.close()

    def _follow(self, folder: str) -> None:
        if folder not in self._followers:
            is_told = not is_on_network(Path(folder))
            self._followers[folder] = Follower(folder, self._keeper, self._pace, is_told=is_told)
            self._followers[folder].start()

    def _look_again(self) -> None:
        """One folder may lie in another: whose rules hold for what lies in both has changed."""
        for follower in self._followers.values():
            follower.look_again()


def _absolute(path: str) -> str:
    return os.path.abspath(os.path.expanduser(path))  # noqa: PTH100, PTH111 - a Path would resolve nothing more
