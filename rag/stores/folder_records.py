"""What library.db knows of folders that are followed, and of the files in them."""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Iterable, Sequence

from rag.errors import Problem
from rag.stores.database import Database
from rag.stores.file_records import Given
from rag.stores.rows import WITHIN, folder_bounds, problem_of_row, stored_path, stored_problem


@dataclasses.dataclass(frozen=True)
class KnownFile:
    """A path that lies in a folder; ``sha256`` is "" where it has not been read.

    ``reason``: why it, or its document, couldn't be read. One that ``is_displaced`` is away because something else lies
    in its folder's place.
    """

    path: str
    sha256: str
    size: int
    modified_ns: int
    is_waiting: bool
    is_away: bool
    given: Given
    reason: Problem | None
    is_displaced: bool = False


class FolderRecords:
    """Folders that are followed. Every change is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_folder(self, path: str) -> None:
        """Follow a folder from now on; from now on its ignore rules hold for what lies in it.

        Given once more, what was left out of it by hand is taken in again.
        """
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO folders (path, added) VALUES (CAST(? AS TEXT), ?)",
                (stored_path(path), time.time()),
            )
            connection.execute(
                f"UPDATE files SET given = ? WHERE given = ? AND {WITHIN}",
                (Given.BY_FOLLOWING, Given.IN_A_FOLDER, *folder_bounds(path)),
            )
            connection.execute(f"DELETE FROM left_out WHERE {WITHIN}", folder_bounds(path))

    def remove_folder(self, path: str) -> bool:
        """Follow a folder no longer; say whether it was followed."""
        with self._database.transaction() as connection:
            rows = connection.execute(
                "DELETE FROM folders WHERE path = CAST(? AS TEXT) RETURNING 1", (stored_path(path),)
            )
            was_followed = bool(rows.fetchall())
            connection.execute(f"DELETE FROM left_out WHERE {WITHIN}", folder_bounds(path))
        return was_followed

    def folders(self) -> dict[str, str]:
        """The folders that are followed, oldest first, with the identity that each had when it was last seen."""
        return dict(self._database.reader.execute("SELECT path, identity FROM folders ORDER BY added, path"))

    def leave_out(self, paths: Iterable[str]) -> None:
        """Take those of ``paths`` that lie in followed folders in no more, until they are given again, or are gone."""
        followed = tuple(folder.rstrip(os.sep) + os.sep for folder in self.folders())
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO left_out VALUES (CAST(? AS TEXT))",
                [(stored_path(path),) for path in paths if path.startswith(followed)],
            )

    def left_out(self, folder: str) -> frozenset[str]:
        """What was left out by hand in ``folder`` and below."""
        rows = self._database.reader.execute(f"SELECT path FROM left_out WHERE {WITHIN}", folder_bounds(folder))
        return frozenset(row[0] for row in rows)

    def leave_in(self, paths: Iterable[str]) -> None:
        """Take these in again when they are met."""
        with self._database.transaction() as connection:
            connection.executemany(
                "DELETE FROM left_out WHERE path = CAST(? AS TEXT)", [(stored_path(path),) for path in paths]
            )

    def identify_folder(self, path: str, identity: str) -> None:
        """Keep what lies at the path of a folder now."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE folders SET identity = ? WHERE path = CAST(? AS TEXT)", (identity, stored_path(path))
            )

    def files_in(self, folder: str) -> dict[str, KnownFile]:
        """What is known of the files in ``folder`` and below, by path; of ``folder`` itself where it is a file."""
        rows = self._database.reader.execute(
            "SELECT path, coalesce(sha256, ''), size, modified_ns, is_waiting, is_away, given, coalesce(f.reason,"
            " (SELECT d.reason FROM documents d WHERE d.sha256 = f.sha256 AND d.state = 'failed')) FROM files f"
            f" WHERE {WITHIN} OR path = CAST(? AS TEXT) ORDER BY path",
            (*folder_bounds(folder), stored_path(folder)),
        )
        return {
            path: KnownFile(
                path,
                sha256,
                size,
                modified_ns,
                bool(is_waiting),
                bool(is_away),
                Given(given),
                problem_of_row(reason),
                is_displaced=is_away == _DISPLACED,
            )
            for path, sha256, size, modified_ns, is_waiting, is_away, given, reason in rows
        }

    def count_documents(self, folder: str) -> int:
        """How many documents lie in ``folder`` and below, counting files that are not read yet."""
        row = self._database.reader.execute(
            f"SELECT count(DISTINCT coalesce(sha256, path)) FROM files WHERE {WITHIN}", folder_bounds(folder)
        ).fetchone()
        return int(row[0])

    def mark_away(self, paths: Sequence[str], *, is_away: bool) -> None:
        """Keep whether these files lie on a drive that isn't there now."""
        with self._database.transaction() as connection:
            # One that is displaced stays so when what displaced it goes away as well.
            connection.executemany(
                "UPDATE files SET is_away = CASE WHEN ?1 THEN max(is_away, 1) ELSE 0 END WHERE path = CAST(?2 AS TEXT)",
                [(int(is_away), stored_path(path)) for path in paths],
            )

    def displace(self, paths: Sequence[str]) -> None:
        """Keep that something else lies where these files did: they are away, and missed at no later look."""
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE files SET is_away = ? WHERE path = CAST(? AS TEXT)",
                [(_DISPLACED, stored_path(path)) for path in paths],
            )

    def note_unread(self, path: str, reason: Problem) -> bool:
        """Remember a file that is there and can't be read now, and why; say whether that is new."""
        with self._database.transaction() as connection:
            rows = connection.execute(
                "INSERT OR IGNORE INTO files (path, size, modified_ns, is_waiting, reason, added, given)"
                " VALUES (CAST(? AS TEXT), 0, 0, 0, ?, ?, ?) RETURNING 1",
                (stored_path(path), stored_problem(reason), time.time(), Given.BY_FOLLOWING),
            )
            return bool(rows.fetchall())

    def waiting_sizes(self) -> frozenset[int]:
        """The sizes in bytes of the files that wait to be read."""
        rows = self._database.reader.execute("SELECT DISTINCT size FROM files WHERE is_waiting AND NOT is_away")
        return frozenset(row[0] for row in rows)

    def documents_of(self, paths: Iterable[str]) -> dict[str, set[str]]:
        """The documents that lie at ``paths``, by SHA-256, each with all paths that lead to it; "" for those unread."""
        found: dict[str, set[str]] = {}
        for path in paths:
            for (sha256,) in self._database.reader.execute(
                "SELECT coalesce(sha256, '') FROM files WHERE path = CAST(? AS TEXT)", (stored_path(path),)
            ):
                found.setdefault(sha256, set()).add(path)
        for sha256 in found.keys() - {""}:
            rows = self._database.reader.execute("SELECT path FROM files WHERE sha256 = ?", (sha256,))
            found[sha256].update(row[0] for row in rows)
        return found


_DISPLACED = 2
