"""What library.db knows of which documents lie where, and of what day they are."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Sequence

from rag.stores.database import Database
from rag.stores.rows import WITHIN, folder_bounds, stored_path


@dataclasses.dataclass(frozen=True)
class Member:
    """A document of a scope: its key, and its SHA-256, which is "" until it has been read."""

    key: str
    sha256: str


@dataclasses.dataclass(frozen=True)
class Extent:
    """How much there is to go through: ``documents`` with text, their ``passages``, the ``characters`` of these."""

    documents: int
    passages: int
    characters: int


class ScopeRecords:
    """Which documents a part of a scope stands for. Documents that no path leads to any more are in none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def everything(self) -> tuple[Member, ...]:
        """Every document."""
        return self._members("SELECT coalesce(sha256, path), coalesce(sha256, '') FROM files ORDER BY added, path", ())

    def all_but(self, sha256s: Collection[str]) -> tuple[str, ...]:
        """Every document that has been read, by SHA-256, but these: also one that no path leads to any more."""
        rows = self._database.reader.execute(
            "SELECT sha256 FROM documents WHERE sha256 NOT IN (SELECT value FROM json_each(?)) ORDER BY added, sha256",
            (json.dumps([*sha256s]),),
        )
        return tuple(row[0] for row in rows)

    def at(self, entry: str) -> tuple[Member, ...]:
        """The document with this SHA-256, or those at this path: of a file, or of a folder and below it."""
        values = (stored_path(entry), *folder_bounds(entry))
        by_sum = self._members("SELECT sha256, sha256 FROM files WHERE sha256 = CAST(? AS TEXT)", values[:1])
        return by_sum or self._members(
            "SELECT coalesce(sha256, path), coalesce(sha256, '') FROM files"
            f" WHERE path = CAST(? AS TEXT) OR {WITHIN} ORDER BY path",
            values,
        )

    def collected(self, name: str) -> tuple[Member, ...]:
        """The documents in a collection, oldest first."""
        return self._members(
            "SELECT key, coalesce(sha256, '') FROM collected"
            " JOIN files ON (files.sha256 = key OR files.path = key AND files.sha256 IS NULL)"
            " WHERE collection = ? ORDER BY files.added, path",
            (name,),
        )

    def dated(self, members: Sequence[Member], since: str, until: str) -> tuple[Member, ...]:
        """Those of the documents that are dated from ``since`` to ``until`` (ISO 8601; "": open), both included.

        A document that states a month or a year alone is of each of its days; one that states nothing is of the day on
        which its oldest file was last changed, by this computer's clock.
        """
        rows = self._database.reader.execute(
            "SELECT key FROM ("
            " SELECT d.sha256 AS key, coalesce(nullif(d.dated, ''), (SELECT"
            " date(min(f.modified_ns) / 1e9, 'unixepoch', 'localtime') FROM files f WHERE f.sha256 = d.sha256)) AS day"
            " FROM documents d UNION ALL"
            " SELECT path, date(modified_ns / 1e9, 'unixepoch', 'localtime') FROM files WHERE sha256 IS NULL)"
            " WHERE day >= substr(?1, 1, length(day)) AND (?2 = '' OR day <= substr(?2, 1, length(day)))",
            (since, until),
        )
        among = {row[0] for row in rows}
        return tuple(member for member in members if member.key in among)

    def extent(self, sha256s: Sequence[str]) -> Extent:
        """How much there is to go through in the documents with these SHA-256 sums."""
        documents, passages, characters = self._database.reader.execute(
            "SELECT count(DISTINCT sha256), count(*), coalesce(sum(end - start), 0) FROM passages"
            " WHERE sha256 IN (SELECT value FROM json_each(?))",
            (json.dumps([*sha256s]),),
        ).fetchone()
        return Extent(documents, passages, characters)

    def _members(self, query: str, values: Sequence[object]) -> tuple[Member, ...]:
        rows = self._database.reader.execute(query, tuple(values))
        return tuple(dict.fromkeys(Member(key, sha256) for key, sha256 in rows))
