"""Vectors in library.db and what of them a vector index still has to take: the same for both embedders of a change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.stores.database import Database

Vector = NDArray[np.float32]
"""Shape (dimensions,), of length 1."""

Vectors = NDArray[np.float32]
"""Shape (number of vectors, dimensions); each of length 1."""

UNUSED = (
    "NOT EXISTS (SELECT 1 FROM passages WHERE passages.vector_key = vectors.key)"
    " AND NOT EXISTS (SELECT 1 FROM coming WHERE coming.vector_key = vectors.key)"
)
"""Of a row of ``vectors``: no passage has it, by the embedder that answers or by the one that is to."""


class IndexedVectors:
    """The vectors that the rows of a table (``id`` of a passage, ``vector_key``, ``is_indexed``) name by their key."""

    def __init__(self, database: Database, table: str) -> None:
        self._database = database
        self._table = table

    def known(self, keys: Sequence[str]) -> set[str]:
        """Those of the keys whose vector is here."""
        marks = ", ".join("?" * len(keys))
        rows = self._database.reader.execute(f"SELECT key FROM vectors WHERE key IN ({marks})", tuple(keys))
        return {row[0] for row in rows}

    def to_index(self, limit: int) -> tuple[list[int], list[str], Vectors]:
        """The next vectors that the index has not taken: passage ids, documents, vectors.

        Of passages that are alike within a document the first stands for all: hundreds of equal vectors would fill each
        other's neighbourhoods in the graph of the index (HNSW) and make others unreachable.
        """
        rows = self._database.reader.execute(
            f"SELECT row.id, p.sha256, v.vector FROM {self._table} row JOIN passages p ON p.id = row.id"
            " JOIN vectors v ON v.key = row.vector_key"
            " WHERE row.vector_key IS NOT NULL AND row.is_indexed = 0 AND NOT EXISTS (SELECT 1"
            f" FROM {self._table} twin JOIN passages other ON other.id = twin.id"
            " WHERE twin.vector_key = row.vector_key AND other.sha256 = p.sha256 AND twin.id < row.id)"
            " ORDER BY row.id LIMIT ?",
            (limit,),
        ).fetchall()
        return [row[0] for row in rows], [row[1] for row in rows], matrix([row[2] for row in rows])

    def was_indexed(self, ids: Sequence[int]) -> None:
        """The index has taken these."""
        with self._database.transaction() as connection:
            connection.executemany(
                f"UPDATE {self._table} SET is_indexed = 1 WHERE id = ?", [(identity,) for identity in ids]
            )

    def index_anew(self) -> None:
        """The index is to be rebuilt: it has taken nothing."""
        with self._database.transaction() as connection:
            connection.execute(f"UPDATE {self._table} SET is_indexed = 0 WHERE is_indexed = 1")

    def count_indexed(self) -> int:
        """How many vectors the index should hold."""
        row = self._database.reader.execute(f"SELECT count(*) FROM {self._table} WHERE is_indexed = 1").fetchone()
        return int(row[0])

    def indexed_sample(self, limit: int) -> tuple[list[int], Vectors]:
        """Up to ``limit`` of the vectors that the index should hold, spread over all of them: passage ids, vectors."""
        rows = self._database.reader.execute(
            f"SELECT row.id, v.vector FROM {self._table} row JOIN vectors v ON v.key = row.vector_key WHERE row.id IN"
            f" (SELECT id FROM {self._table} WHERE is_indexed = 1 ORDER BY random() LIMIT ?)",
            (limit,),
        ).fetchall()
        return [row[0] for row in rows], matrix([row[1] for row in rows])

    def all_vectors(self) -> Iterator[tuple[int, Vectors]]:
        """Every embedded passage's id and vector, in the order of ids."""
        rows = self._database.reader.execute(
            f"SELECT row.id, v.vector FROM {self._table} row JOIN vectors v ON v.key = row.vector_key ORDER BY row.id"
        )
        for identity, vector in rows:
            yield identity, np.frombuffer(vector, dtype="<f4").astype(np.float32)


def matrix(stored: Sequence[bytes]) -> Vectors:
    """Vectors as they are stored, as rows."""
    if not stored:
        return np.zeros((0, 0), dtype=np.float32)
    return np.stack([np.frombuffer(vector, dtype="<f4") for vector in stored]).astype(np.float32)
