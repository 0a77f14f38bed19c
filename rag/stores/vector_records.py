"""The vectors in library.db, the truth: of which passages there are any, and which passages wait for one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from rag.protocol import DocumentState
from rag.stores.coming_records import ANSWERS, COMING, ComingVectors
from rag.stores.database import Database
from rag.stores.indexed_vectors import UNUSED, IndexedVectors, Vector, Vectors, matrix
from rag.stores.rows import stored_path

__all__ = ["Vector", "VectorRecords", "Vectors"]


class VectorRecords(IndexedVectors):
    """Vectors by the key of what was embedded, by the embedder that answers, and the passages that wait for one."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "passages")
        self.coming = ComingVectors(database)
        """The vectors by the embedder that is to answer next."""

    def passages_to_embed(self, limit: int, of: Sequence[str] | None = None) -> list[tuple[int, str, str, str, str]]:
        """The next passages without a vector: id, SHA-256 of the document, title, section, text.

        Those ``of`` some documents alone (SHA-256 sums, paths), where they are given.
        """
        scope = ""
        values: tuple[bytes, ...] = ()
        if of is not None:
            keys = ", ".join(["CAST(? AS TEXT)"] * len(of))
            scope = f" AND (sha256 IN ({keys}) OR sha256 IN (SELECT sha256 FROM files WHERE path IN ({keys})))"
            values = tuple(stored_path(key) for key in of) * 2
        rows = self._database.reader.execute(
            "SELECT id, sha256, title, section, text FROM passages"
            f" WHERE vector_key IS NULL{scope} ORDER BY id LIMIT ?",
            (*values, limit),
        )
        return [tuple(row) for row in rows]

    def keep(self, keys: Mapping[int, str], vectors: Mapping[str, Vectors]) -> tuple[str, ...]:
        """Give passages (by id) their vector's key, and keep the vectors that are new.

        Gives the documents that became ready by it, by SHA-256. A passage that was removed meanwhile is passed over,
        and so is its vector; one whose vector went with another passage goes on waiting for it.
        """
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO vectors (key, vector) VALUES (?, ?)",
                [(key, vector.astype("<f4").tobytes()) for key, vector in vectors.items()],
            )
            connection.executemany(
                "UPDATE passages SET vector_key = ?1, is_indexed = 0 WHERE id = ?2"
                " AND EXISTS (SELECT 1 FROM vectors WHERE vectors.key = ?1)",
                [(key, identity) for identity, key in keys.items()],
            )
            connection.execute(
                f"DELETE FROM vectors WHERE key IN (SELECT value FROM json_each(?)) AND {UNUSED}",
                (json.dumps([*vectors]),),
            )
            ready = connection.execute(
                "UPDATE documents SET state = ? WHERE state = ?"
                " AND sha256 IN (SELECT sha256 FROM passages WHERE id IN (SELECT value FROM json_each(?)))"
                " AND NOT EXISTS"
                " (SELECT 1 FROM passages WHERE passages.sha256 = documents.sha256 AND vector_key IS NULL)"
                " AND NOT EXISTS (SELECT 1 FROM pages WHERE pages.sha256 = documents.sha256 AND waits)"
                " RETURNING sha256",
                (DocumentState.READY.value, DocumentState.ANSWERABLE.value, json.dumps([*keys])),
            ).fetchall()
        return tuple(row[0] for row in ready)

    def drop_unused(self) -> None:
        """Erase the vectors that no passage has. They are left until what replaces an edited document is embedded."""
        with self._database.transaction() as connection:
            connection.execute(f"DELETE FROM vectors WHERE {UNUSED}")

    def has_any(self) -> bool:
        """Whether a passage has a vector."""
        row = self._database.reader.execute(
            "SELECT EXISTS (SELECT 1 FROM passages WHERE vector_key IS NOT NULL)"
        ).fetchone()
        return bool(row[0])

    def embed_anew(self, version: str) -> None:
        """The embedder that answered is gone: that of this ``version`` answers from now on.

        What was made by it while it was to come is kept. The other passages wait for their vectors, found by their
        words till then.
        """
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM coming WHERE NOT EXISTS (SELECT 1 FROM settings WHERE key = ? AND value = ?)",
                (COMING, version),
            )
            connection.execute("UPDATE passages SET vector_key = NULL, is_indexed = 0")
            connection.execute(
                "UPDATE passages SET vector_key = coming.vector_key, is_indexed = coming.is_indexed"
                " FROM coming WHERE coming.id = passages.id"
            )
            connection.execute("DELETE FROM coming")
            connection.execute("DELETE FROM settings WHERE key = ?", (COMING,))
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (ANSWERS, version))
            connection.execute(
                "UPDATE documents SET state = ? WHERE state = ? AND EXISTS"
                " (SELECT 1 FROM passages WHERE passages.sha256 = documents.sha256 AND vector_key IS NULL)",
                (DocumentState.ANSWERABLE.value, DocumentState.READY.value),
            )
            connection.execute(f"DELETE FROM vectors WHERE {UNUSED}")

    def embedded(self, ids: Sequence[int]) -> set[int]:
        """Those of the passages that have a vector: the only ones that dense search may name."""
        marks = ", ".join("?" * len(ids))
        rows = self._database.reader.execute(
            f"SELECT id FROM passages WHERE vector_key IS NOT NULL AND id IN ({marks})", tuple(ids)
        )
        return {row[0] for row in rows}

    def vectors_of(self, sha256s: Sequence[str], most: int) -> tuple[list[int], Vectors] | None:
        """The embedded passages of these documents and their vectors; None where there are more passages than ``most``.

        Of passages that are alike within a document the first stands for all, as in the vector index.
        """
        named = (json.dumps([*sha256s]),)
        among = "sha256 IN (SELECT value FROM json_each(?))"
        count = self._database.reader.execute(f"SELECT count(*) FROM passages WHERE {among}", named).fetchone()[0]
        if count > most:
            return None
        rows = self._database.reader.execute(
            "SELECT p.id, v.vector FROM (SELECT min(id) AS id, vector_key FROM passages"
            f" WHERE {among} AND vector_key IS NOT NULL GROUP BY sha256, vector_key) p"
            " JOIN vectors v ON v.key = p.vector_key",
            named,
        ).fetchall()
        return [row[0] for row in rows], matrix([row[1] for row in rows])

    # --- what the vector index follows --------------------------------------------------------------------------

    def to_forget(self, limit: int) -> list[int]:
        """Passages that are gone and that the index may still hold."""
        return [row[0] for row in self._database.reader.execute("SELECT id FROM forgotten LIMIT ?", (limit,))]

    def was_forgotten(self, ids: Sequence[int]) -> None:
        """The index no longer holds these."""
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM forgotten WHERE id = ?", [(identity,) for identity in ids])
