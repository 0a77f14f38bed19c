"""The vector index: embedded Chroma. It holds passage ids, their documents and their vectors, and no text.

It is never the truth: whatever it gives is checked against library.db, and it can be rebuilt from there at any time.
Each embedder has an index in a folder of its own: while one answers, that of the next is filled, and an index that is
not needed any more goes with its folder (of a collection that is deleted, Chroma leaves the files behind). The only
file that imports chromadb.
"""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rag.stores.indexed_vectors import Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.types import Where

FOLDER = "chroma"
BATCH = 2_000
"""Vectors a call: Chroma's own limit is 5,461."""

_COLLECTION = "passages"


def index_folder(home: Path, embedder: str) -> Path:
    """Where the index for an embedder of a version lies; a version is no path, it may be a stranger's words."""
    return home / FOLDER / hashlib.sha256(embedder.encode("utf-8", "replace")).hexdigest()[:16]


def drop_other_indexes(home: Path, embedders: Collection[str]) -> None:
    """Erase what is in the folder of the indexes but the indexes for these embedders."""
    kept = {index_folder(home, embedder) for embedder in embedders}
    for path in (home / FOLDER).iterdir() if (home / FOLDER).is_dir() else ():
        if path not in kept:
            _erase(path)


def _erase(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


class VectorIndex:
    """A Chroma collection for the vectors of one embedder. One call at a time, from any thread."""

    def __init__(self, home: Path, embedder: str) -> None:
        """Open the index in ``home`` for an ``embedder`` of a version, made anew where it can't be opened.

        It costs a second: chromadb is imported here.
        """
        self._folder = index_folder(home, embedder)
        self._lock = threading.RLock()
        try:
            self._open()
        except Exception:
            self.clear()

    def _open(self) -> None:
        import chromadb
        from chromadb.config import Settings

        self._folder.mkdir(parents=True, exist_ok=True)
        self._client: ClientAPI | None = chromadb.PersistentClient(
            str(self._folder), Settings(anonymized_telemetry=False)
        )
        self._collection = self._client.get_or_create_collection(
            _COLLECTION,
            embedding_function=None,
            configuration={"hnsw": {"space": "ip", "ef_search": 200, "ef_construction": 200, "max_neighbors": 32}},
        )

    def clear(self) -> None:
        """Throw everything away and begin an empty index."""
        from chromadb.api.client import Client

        with self._lock:
            self.close()
            # Chroma remembers, by its path, even an index that it could not open, and would give it out again.
            Client.clear_system_cache()
            if not self._folder.parent.is_dir():  # something else lies in its place
                _erase(self._folder.parent)
            _erase(self._folder)
            self._open()

    def add(self, ids: Sequence[int], sha256s: Sequence[str], vectors: Vectors) -> None:
        """Take vectors, shape (n, dimensions), n at most BATCH; an id that is here already is replaced."""
        with self._lock:
            self._collection.upsert(
                ids=[str(identity) for identity in ids],
                embeddings=np.ascontiguousarray(vectors, dtype=np.float32),
                metadatas=[{"sha256": sha256} for sha256 in sha256s],
            )

    def forget(self, ids: Sequence[int]) -> None:
        """Drop vectors; an id that isn't here is no error."""
        with self._lock:
            self._collection.delete(ids=[str(identity) for identity in ids])

    def nearest(
        self, vectors: Vectors, limit: int, sha256s: Sequence[str] | None = None
    ) -> list[list[tuple[int, float]]]:
        """For each vector the nearest passages, best first, with their cosine in [-1, 1]."""
        where: Where | None = None if sha256s is None else {"sha256": {"$in": [*sha256s]}}  # type: ignore[dict-item]
        with self._lock:
            found = self._collection.query(
                query_embeddings=np.ascontiguousarray(vectors, dtype=np.float32),
                n_results=limit,
                where=where,
                include=["distances"],
            )
        distances = found["distances"]
        assert distances is not None  # noqa: S101 - asked for
        return [
            [(int(identity), 1.0 - float(distance)) for identity, distance in zip(ids, row, strict=True)]
            for ids, row in zip(found["ids"], distances, strict=True)
        ]

    def count(self) -> int:
        """How many vectors the index says it holds."""
        with self._lock:
            return self._collection.count()

    def close(self) -> None:
        """Let go of the folder."""
        with self._lock:
            client, self._client = getattr(self, "_client", None), None
            if client is not None:
                client.close()
