"""What Phial is held against: each side of its search alone, and the stock pipeline.

The stock pipeline is what a good tutorial builds of the same parts, and what rivals do: chunks of 1,000 characters
without overlap, SentenceTransformer.encode and Chroma's collection with their defaults, the nearest few. Not to be
improved: it is what the figures of one version are held against by the next.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from report import fresh_folder

from rag.dense import Dense
from rag.embed import find_weights
from rag.lexicon import lexical_query
from rag.retrieve import CANDIDATES
from rag.searching import Searcher
from rag.stores.database import Database
from rag.stores.history import History
from rag.stores.records import Records
from rag.stores.vector_records import VectorRecords

CHUNK = 1_000
"""Characters of a stock chunk."""
STOCK_TOP = 5
"""Chunks that the stock pipeline gives to the model."""

_ADDED = 5_000

Search = Callable[[str, int], list[str]]
"""A question and a limit to the documents (file names) of the first passages, best first."""


@dataclasses.dataclass(frozen=True)
class Stores:
    """What a search looks things up in, and the search itself."""

    records: Records
    dense: Dense
    searcher: Searcher


@contextlib.contextmanager
def stores_of(home: Path) -> Iterator[Stores]:
    """The stores of the library in ``home``, which no process may have open."""
    database = Database(home)
    records, vectors = Records(database), VectorRecords(database)
    dense = Dense(home, vectors, History(database))
    try:
        yield Stores(records, dense, Searcher(records, dense, lambda _: None))
    finally:
        dense.close()
        database.close()


def sides(stores: Stores) -> dict[str, Search]:
    """Each side of the search alone."""

    def documents(hits: list[tuple[int, float]], limit: int) -> list[str]:
        stored = stores.records.passages([identity for identity, _ in hits[:limit]])
        return [stored[identity].document for identity, _ in hits[:limit]]

    def lexical(question: str, limit: int) -> list[str]:
        query = lexical_query(question, stores.records.languages())
        return documents(stores.records.lexical(query, CANDIDATES, None), limit)

    def dense(question: str, limit: int) -> list[str]:
        return documents(stores.dense.nearest(question, CANDIDATES, None), limit)

    return {"dense": dense, "lexical": lexical}


class Stock:
    """The stock pipeline over some documents."""

    def __init__(self, name: str, texts: Mapping[str, str]) -> None:
        """Index the ``texts`` of documents (by file name)."""
        import chromadb
        from sentence_transformers import SentenceTransformer

        self._model: Any = SentenceTransformer(str(find_weights()), device="cpu")
        self._chunks: list[str] = []
        sources: Any = []
        for document, text in texts.items():
            mine = [text[begin : begin + CHUNK] for begin in range(0, len(text), CHUNK)]
            self._chunks += mine
            sources += [{"source": document}] * len(mine)
        vectors = self._model.encode(self._chunks)
        folder = fresh_folder(f"quality/stock-{name}")
        self._collection = chromadb.PersistentClient(str(folder)).create_collection("documents")
        for first in range(0, len(self._chunks), _ADDED):
            part = slice(first, first + _ADDED)
            self._collection.add(
                ids=[str(number) for number in range(first, first + len(vectors[part]))],
                embeddings=vectors[part],
                metadatas=sources[part],
                documents=self._chunks[part],
            )

    def documents(self, questions: Sequence[str], limit: int) -> list[list[str]]:
        """The documents (file names) of the chunks nearest to each question, best first."""
        found = self._query(questions, limit)["metadatas"]
        return [[str(metadata["source"]) for metadata in metadatas] for metadatas in found]

    def chunks(self, questions: Sequence[str], limit: int = STOCK_TOP) -> list[list[str]]:
        """The texts of the chunks nearest to each question, best first."""
        return [[str(text) for text in texts] for texts in self._query(questions, limit)["documents"]]

    def nearness(self, questions: Sequence[str]) -> list[float]:
        """Minus the distance of the nearest chunk to each question: all that a tutorial could refuse by."""
        return [-float(distances[0]) for distances in self._query(questions, 1)["distances"]]

    def _query(self, questions: Sequence[str], limit: int) -> Any:
        return self._collection.query(query_embeddings=self._model.encode([*questions]), n_results=limit)
