"""What following a folder does to the library (see ``rag.keeper``)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from rag.feed import Feed
from rag.forgetting import Forgetter
from rag.indexing import Indexer
from rag.protocol import DocumentChanged
from rag.scan import FoundFile, PassedOver
from rag.stores.file_records import Given
from rag.stores.folder_records import FolderRecords, KnownFile
from rag.stores.ocr_records import OF_THE_PLACE
from rag.stores.records import Records


class FolderKeeper:
    """Turns what followers see into what the library knows, and tells of it. Safe from any thread."""

    def __init__(
        self,
        home: Path,
        folders: FolderRecords,
        records: Records,
        feed: Feed,
        forgetter: Forgetter,
        indexer: Indexer,
        on_change: Callable[[], None],
    ) -> None:
        """``on_change`` is called when a folder's state or the number of its documents is another."""
        self._home = str(home.absolute())
        self._folders = folders
        self._records = records
        self._feed = feed
        self._forgetter = forgetter
        self._indexer = indexer
        self._on_change = on_change

    def known(self, places: Iterable[str]) -> dict[str, KnownFile]:
        """What is known of the files at and in ``places``, by path."""
        found: dict[str, KnownFile] = {}
        for place in places:
            found.update(self._folders.files_in(place))
        return found

    def identity(self, folder: str) -> str:
        """What lay at ``folder`` when it was last looked through (see Presence.identity)."""
        return self._folders.folders().get(folder, "")

    def identify(self, folder: str, identity: str) -> None:
        """Keep what lies at ``folder`` now."""
        if identity != self.identity(folder):
            self._folders.identify_folder(folder, identity)

    def apart(self, folder: str) -> frozenset[str]:
        """The folders within ``folder`` that it has no say over: those that are followed themselves, and Phial's."""
        inside = folder.rstrip(os.sep) + os.sep
        return frozenset(place for place in (*self._folders.folders(), self._home) if place.startswith(inside))

    def waiting_sizes(self) -> frozenset[int]:
        """The sizes in bytes of the files that are still to be read."""
        return self._folders.waiting_sizes()

    def left_out(self, folder: str) -> frozenset[str]:
        """What a person removed in ``folder``: it is not taken again."""
        return self._folders.left_out(folder)

    def leave_in(self, paths: Iterable[str]) -> None:
        """What a person removed is gone now: whatever comes to be at these paths is taken."""
        self._folders.leave_in(tuple(paths))

    def take(self, files: Iterable[FoundFile]) -> None:
        """Let files be read."""
        taken = False
        for file in files:
            taken = True
            if self._records.note_file(file.path, file.size, file.modified_ns, retries=True, given=Given.BY_FOLLOWING):
                self._announce([file.path])
        if taken:
            self._indexer.start()
            self._on_change()

    def note_unread(self, files: Iterable[PassedOver]) -> None:
        """Keep files that are there and can't be read now, with the reason."""
        for file in files:
            if self._folders.note_unread(file.path, file.reason):
                self._announce([file.path])

    def mark_away(self, paths: Iterable[str], *, is_away: bool) -> None:
        """Keep whether files lie on a drive that isn't there now; what waits in them is read when it is."""
        marked = tuple(paths)
        if marked:
            self._folders.mark_away(marked, is_away=is_away)
            if not is_away:
                # Pages that OCR met before it was known that their drive was gone.
                self._records.recognize_again(tuple(self._folders.documents_of(marked)), OF_THE_PLACE)
            self._announce_paths(marked)
            self._indexer.wake()

    def leave_alone(self, folder: str, others: Iterable[str]) -> None:
        """``folder`` is followed no longer: nobody will see its drive come back, so none of its files stays away.

        Those in ``others``, which are still followed, are left to their followers.
        """
        followed = tuple(other.rstrip(os.sep) + os.sep for other in others)
        known = self._folders.files_in(folder)
        away = (path for path, file in known.items() if file.is_away and not path.startswith(followed))
        self.mark_away(away, is_away=False)

    def displace(self, paths: Iterable[str]) -> None:
        """Keep that something else lies where these files did: they are away, and not to be forgotten for that."""
        displaced = tuple(paths)
        if displaced:
            self._folders.displace(displaced)
            self._announce_paths(displaced)

    def forget(self, paths: Iterable[str]) -> None:
        """Forget files that are gone, and the documents that lie nowhere else."""
        gone = tuple(paths)
        if gone:
            self._forgetter.forget_paths(gone)
            self._on_change()

    def tell(self) -> None:
        """Tell that a folder's state is another."""
        self._on_change()

    def _announce_paths(self, paths: Iterable[str]) -> None:
        self._announce(
            [key for sha256, known in self._folders.documents_of(paths).items() for key in _keys(sha256, known)]
        )

    def _announce(self, keys: list[str]) -> None:
        for document in self._records.documents(keys):
            self._feed.publish(DocumentChanged(0, document))


def _keys(sha256: str, paths: set[str]) -> Iterable[str]:
    return [sha256] if sha256 else paths
