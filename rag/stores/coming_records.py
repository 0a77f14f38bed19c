"""While the embedder changes: the vectors of passages by the one that is to answer next, beside those that answer."""

from __future__ import annotations

import json
from collections.abc import Mapping

from rag.protocol import DocumentState
from rag.stores.database import Database
from rag.stores.indexed_vectors import UNUSED, IndexedVectors, Vectors

ANSWERS, COMING = "embedder", "embedder_coming"
"""The settings that hold the versions of the embedder whose vectors answer, and of the one whose are being made."""


class ComingVectors(IndexedVectors):
    """Vectors by the embedder that is coming. Every change is one transaction."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "coming")

    def begin(self, version: str) -> None:
        """Vectors by the embedder of this version are to come; those that were made by another go."""
        with self._database.transaction() as connection:
            row = connection.execute("SELECT value FROM settings WHERE key = ?", (COMING,)).fetchone()
            if row is None or row[0] != version:
                connection.execute("DELETE FROM coming")
                connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (COMING, version))

    def give_up(self) -> None:
        """No other embedder is to come: what was made for one goes. Its vectors go with the next that nobody uses."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM coming")
            connection.execute("DELETE FROM settings WHERE key = ?", (COMING,))

    def progress(self) -> tuple[int, int]:
        """How many passages have their vector, of how many."""
        row = self._database.reader.execute(
            "SELECT (SELECT count(*) FROM coming), (SELECT count(*) FROM passages)"
        ).fetchone()
        return int(row[0]), int(row[1])

    def passages_to_embed(self, limit: int, after: int) -> list[tuple[int, str, str, str, str]]:
        """The next passages ``after`` an id that have no vector: id, SHA-256 of the document, title, section, text."""
        rows = self._database.reader.execute(
            "SELECT id, sha256, title, section, text FROM passages WHERE id > ?"
            " AND NOT EXISTS (SELECT 1 FROM coming WHERE coming.id = passages.id) ORDER BY id LIMIT ?",
            (after, limit),
        )
        return [tuple(row) for row in rows]

    def keep(self, keys: Mapping[int, str], vectors: Mapping[str, Vectors]) -> None:
        """Give passages (by id) their vector's key, and keep the vectors that are new.

        A passage that was removed meanwhile is passed over, and so is its vector; one whose vector went with another
        passage goes on waiting for it.
        """
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO vectors (key, vector) VALUES (?, ?)",
                [(key, vector.astype("<f4").tobytes()) for key, vector in vectors.items()],
            )
            connection.executemany(
                "INSERT OR REPLACE INTO coming (id, vector_key)"
                " SELECT passages.id, vectors.key FROM passages, vectors WHERE passages.id = ? AND vectors.key = ?",
                list(keys.items()),
            )
            connection.execute(
                f"DELETE FROM vectors WHERE key IN (SELECT value FROM json_each(?)) AND {UNUSED}",
                (json.dumps([*vectors]),),
            )

    def take_over(self, version: str) -> bool:
        """Let these vectors answer from now on, all at once. Says whether they do: not while a passage lacks one."""
        with self._database.transaction() as connection:
            is_missing = connection.execute(
                "SELECT EXISTS (SELECT 1 FROM passages"
                " WHERE NOT EXISTS (SELECT 1 FROM coming WHERE coming.id = passages.id))"
            ).fetchone()[0]
            if is_missing:
                return False
            connection.execute(
                "UPDATE passages SET vector_key = coming.vector_key, is_indexed = coming.is_indexed"
                " FROM coming WHERE coming.id = passages.id"
            )
            connection.execute("DELETE FROM coming")
            connection.execute("DELETE FROM settings WHERE key = ?", (COMING,))
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (ANSWERS, version))
            connection.execute(
                "UPDATE documents SET state = ? WHERE state = ?"
                " AND NOT EXISTS (SELECT 1 FROM pages WHERE pages.sha256 = documents.sha256 AND waits)",
                (DocumentState.READY.value, DocumentState.ANSWERABLE.value),
            )
        return True
