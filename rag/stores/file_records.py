"""What library.db knows of files: every path that was given, and whether it waits to be read."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import sqlite3
import time
from collections.abc import Collection, Sequence
from enum import IntEnum

from rag.errors import LibraryProblem, Problem
from rag.protocol import DocumentState
from rag.stores.database import Database
from rag.stores.rows import HELD_WHAT_WAS_READ, problem_of_row, stored_path, stored_problem

_SEPARATORS = os.sep + (os.altsep or "")


class Given(IntEnum):
    """How a file came into the library; what was given more plainly is left out by no ignore rule."""

    BY_FOLLOWING = 0
    IN_A_FOLDER = 1
    BY_ITSELF = 2


@dataclasses.dataclass(frozen=True)
class WaitingFile:
    """A file that is to be read; ``size`` (bytes) and ``modified_ns`` as they were when it was noticed."""

    path: str
    sha256: str
    size: int
    modified_ns: int


class FileRecords:
    """Paths that were given. Every change is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note_file(
        self, path: str, size: int, modified_ns: int, *, retries: bool, given: Given = Given.BY_ITSELF
    ) -> bool:
        """Remember that ``path`` was given, or is there again; say whether it waits to be read.

        A file that is as it was does not wait once more, unless its reading failed and ``retries`` is set.
        """
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE files SET is_away = 0, given = max(given, ?) WHERE path = CAST(? AS TEXT)",
                (given, stored_path(path)),
            )
            connection.execute("DELETE FROM left_out WHERE path = CAST(? AS TEXT)", (stored_path(path),))
            row = connection.execute(
                "SELECT size, modified_ns, is_waiting, f.reason, state, sha256 FROM files f"
                " LEFT JOIN documents USING (sha256) WHERE path = CAST(? AS TEXT)",
                (stored_path(path),),
            ).fetchone()
            if row is None:
                connection.execute(
                    "INSERT INTO files (path, size, modified_ns, is_waiting, added, given)"
                    " VALUES (CAST(? AS TEXT), ?, ?, 1, ?, ?)",
                    (stored_path(path), size, modified_ns, time.time(), given),
                )
                return True
            was_size, was_modified, is_waiting, reason, state, sha256 = row
            if (was_size, was_modified) == (size, modified_ns):
                has_failed = reason is not None or state == DocumentState.FAILED
                if is_waiting or not (has_failed and retries):
                    return bool(is_waiting)
                if state == DocumentState.FAILED:
                    _read_from_first_page(connection, sha256)
            connection.execute(
                "UPDATE files SET size = ?, modified_ns = ?, is_waiting = 1, reason = NULL"
                " WHERE path = CAST(? AS TEXT)",
                (size, modified_ns, stored_path(path)),
            )
            return True

    def next_file(self, first: Sequence[str] = (), without: Collection[str] = ()) -> WaitingFile | None:
        """The file to be read next: one of ``first`` (paths, SHA-256 sums), else the one that has waited longest.

        None of the paths ``without``.
        """
        select = "SELECT path, coalesce(sha256, ''), size, modified_ns FROM files WHERE is_waiting AND NOT is_away"
        order = " ORDER BY added, rowid"
        if first:
            keys = ", ".join(["CAST(? AS TEXT)"] * len(first))
            values = [stored_path(key) for key in first]
            among = self._database.reader.execute(
                f"{select} AND (path IN ({keys}) OR sha256 IN ({keys})){order}", (*values, *values)
            ).fetchall()
            for row in among:
                if row[0] not in without:
                    return WaitingFile(*row)
        with contextlib.closing(self._database.reader.execute(select + order)) as rows:
            return next((WaitingFile(*row) for row in rows if row[0] not in without), None)

    def count_waiting(self) -> int:
        """How many files wait to be read."""
        return int(
            self._database.reader.execute("SELECT count(*) FROM files WHERE is_waiting AND NOT is_away").fetchone()[0]
        )

    def outcome(self, path: str) -> tuple[str, DocumentState, int, int, Problem | None] | None:
        """What came of a file: SHA-256, state, pages, passages, reason; None while something is still to be done.

        While its drive isn't there nothing can be: that is what came of it, for now.
        """
        row = self._database.reader.execute(
            "SELECT f.is_waiting, f.reason, coalesce(d.sha256, ''), d.state, coalesce(d.pages, 0),"
            " (SELECT count(*) FROM passages p WHERE p.sha256 = d.sha256), d.reason,"
            " f.is_away AND (f.is_waiting OR d.state IN ('queued', 'reading')"
            " OR EXISTS (SELECT 1 FROM pages g WHERE g.sha256 = d.sha256 AND g.waits))"
            " FROM files f LEFT JOIN documents d USING (sha256) WHERE f.path = CAST(? AS TEXT)",
            (stored_path(path),),
        ).fetchone()
        if row is None:
            return None
        is_waiting, own_reason, sha256, state, pages, passages, reason, is_held_up = row
        if is_held_up:
            standing = DocumentState.ANSWERABLE if state == DocumentState.ANSWERABLE else DocumentState.FAILED
            return sha256, standing, pages, passages, Problem(LibraryProblem.PATH_MISSING, {"path": path})
        if is_waiting:
            return None
        if own_reason is not None or state is None:
            return sha256, DocumentState.FAILED, 0, 0, problem_of_row(own_reason)
        return (
            (sha256, DocumentState(state), pages, passages, problem_of_row(reason))
            if DocumentState(state).is_settled
            else None
        )

    def paths_within(self, target: str) -> dict[str, str]:
        """The paths that are ``target`` or lie in the folder ``target``, with their document's SHA-256 or ""."""
        folder = target.rstrip(_SEPARATORS)
        rows = self._database.reader.execute("SELECT path, coalesce(sha256, '') FROM files")
        return {
            path: sha256
            for path, sha256 in rows
            if path == target or (path.startswith(folder) and path[len(folder) : len(folder) + 1] in {*_SEPARATORS})
        }

    def known_paths(self) -> set[str]:
        """Every path that was given and not forgotten."""
        return {row[0] for row in self._database.reader.execute("SELECT path FROM files")}

    def fail_file(self, path: str, reason: Problem) -> None:
        """A file could not be read to its end: say why, and wait for it no longer. What is known of it stays."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE files SET is_waiting = 0, reason = ? WHERE path = CAST(? AS TEXT)",
                (stored_problem(reason), stored_path(path)),
            )

    def disown(self, path: str, sha256: str, reason: Problem) -> None:
        """A file changed while it was read as the document ``sha256``: untie it, and keep why it is not read.

        What was read of the document is dropped; its other files wait to be read in place of this one.
        """
        with self._database.transaction() as connection:
            connection.execute(
                f"UPDATE files SET was_read = was_read OR {HELD_WHAT_WAS_READ} WHERE path = CAST(? AS TEXT)",
                (stored_path(path),),
            )
            _read_from_first_page(connection, sha256)
            connection.execute("UPDATE files SET is_waiting = 1, reason = NULL WHERE sha256 = ?", (sha256,))
            connection.execute(
                "UPDATE files SET sha256 = NULL, is_waiting = 0, reason = ? WHERE path = CAST(? AS TEXT)",
                (stored_problem(reason), stored_path(path)),
            )

    def settle_file(self, path: str) -> None:
        """A file was read to its end, whatever came of it."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE files SET is_waiting = 0 WHERE path = CAST(? AS TEXT)", (stored_path(path),))

    def wait_again(self, keys: Sequence[str], *, keeps_pages: bool = False) -> None:
        """Read these documents (by key) once more: from their first page, or from the pages that are kept."""
        with self._database.transaction() as connection:
            for key in keys:
                if keeps_pages:
                    _queue(connection, key)
                else:
                    _read_from_first_page(connection, key)
                connection.execute(
                    "UPDATE files SET is_waiting = 1, reason = NULL WHERE sha256 = ? OR path = CAST(? AS TEXT)",
                    (key, stored_path(key)),
                )

    def names_of(self, keys: Sequence[str]) -> frozenset[str]:
        """All names of the documents with these ``keys`` (paths, SHA-256 sums): the keys, sums, paths of each."""
        rows = self._database.reader.execute(
            "WITH keys AS (SELECT value FROM json_each(CAST(? AS TEXT))),"
            " sums AS (SELECT value FROM keys UNION SELECT sha256 FROM files WHERE path IN keys AND sha256 IS NOT NULL)"
            " SELECT path, sha256 FROM files WHERE sha256 IN sums",
            (stored_path(json.dumps([*keys], ensure_ascii=False)),),
        )
        return frozenset(keys).union(*rows)

    def stamps(self, sha256: str) -> tuple[tuple[str, int, int], ...]:
        """Where a document lies: path, size in bytes and time of change in ns, as they were when it was read."""
        rows = self._database.reader.execute(
            "SELECT path, size, modified_ns FROM files WHERE sha256 = ? ORDER BY path", (sha256,)
        )
        return tuple((row[0], row[1], row[2]) for row in rows)

    def paths_here(self, sha256: str) -> tuple[str, ...]:
        """Where a document lies, without what lies on drives that aren't there now."""
        rows = self._database.reader.execute("SELECT path FROM files WHERE sha256 = ? AND NOT is_away", (sha256,))
        return tuple(row[0] for row in rows)

    def forget_path(self, path: str) -> None:
        """Untie one path from its document, which stays under its others."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM files WHERE path = CAST(? AS TEXT)", (stored_path(path),))


def _queue(connection: sqlite3.Connection, sha256: str) -> None:
    connection.execute("UPDATE documents SET state = 'queued', reason = NULL WHERE sha256 = ?", (sha256,))


def _read_from_first_page(connection: sqlite3.Connection, sha256: str) -> None:
    connection.execute("DELETE FROM pages WHERE sha256 = ?", (sha256,))
    _queue(connection, sha256)
