"""Whether a closed library is whole: library.db in itself, Chroma with library.db, and one library with another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from rag.protocol import DocumentState
from rag.stores.database import Database
from rag.stores.records import Records
from rag.stores.vector_records import VectorRecords
from rag.stores.vectors import VectorIndex

BATCH = 500
SAME = 0.9999
"""Cosine from which on two vectors count as the same: two passages may hold the same text."""

Contents = dict[str, tuple[object, ...]]
Item = TypeVar("Item")


def disagreements(home: Path) -> list[str]:
    """What is wrong with the library in ``home``, a sentence each. Every vector is looked up, not a sample."""
    database = Database(home)
    index = VectorIndex(home)
    try:
        return [*_of_database(database), *_of_index(VectorRecords(database), index)]
    finally:
        index.close()
        database.close()


def contents(home: Path) -> Contents:
    """What the library in ``home`` holds, by SHA-256: all of it but identities and times."""
    database = Database(home)
    try:
        records = Records(database)
        held: Contents = {}
        for document in records.documents():
            ids = records.passage_ids([document.sha256])
            passages = [stored for batch in _batches(ids) for stored in records.passages(batch).values()]
            texts = sorted((stored.page, stored.start, stored.end, stored.section, stored.text) for stored in passages)
            held[document.key] = (
                document.name, document.paths, document.state, document.pages, document.passages_embedded, tuple(texts),
            )  # fmt: skip
        return held
    finally:
        database.close()


def given_up(home: Path) -> list[str]:
    """The documents (SHA-256) that are not ready, or of which a page could not be read."""
    database = Database(home)
    try:
        records = Records(database)
        return [
            document.key
            for document in records.documents()
            if document.state is not DocumentState.READY
            or any(page.problem is not None for page in records.pages(document.sha256))
        ]
    finally:
        database.close()


def differences(one: Contents, other: Contents) -> list[str]:
    """Which documents two libraries don't hold alike, a sentence each."""
    return [
        f"{one.get(key, other.get(key, ('',)))[0]}: "
        + ("not in both" if key not in one or key not in other else "held differently")
        for key in sorted(one.keys() | other.keys())
        if one.get(key) != other.get(key)
    ]


def _batches(items: Sequence[Item]) -> list[Sequence[Item]]:
    return [items[start : start + BATCH] for start in range(0, len(items), BATCH)]


def _of_database(database: Database) -> list[str]:
    said = [row[0] for row in database.reader.execute("PRAGMA integrity_check")]
    wrong = [] if said == ["ok"] else [f"library.db: {line}" for line in said]
    wrong += [
        f"library.db: a row of {row[0]} points nowhere" for row in database.reader.execute("PRAGMA foreign_key_check")
    ]
    with database.transaction() as connection:
        # Compares the lexical index with the passages it was made from; it raises where they differ.
        connection.execute("INSERT INTO lexical (lexical, rank) VALUES ('integrity-check', 1)")
    passages, words = (
        database.reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("passages", "lexical_docsize")
    )
    if passages != words:
        wrong.append(f"{passages} passages, but {words} lexical rows")
    lost = database.reader.execute(
        "SELECT count(*) FROM vectors WHERE key NOT IN (SELECT vector_key FROM passages WHERE vector_key IS NOT NULL)"
    ).fetchone()[0]
    if lost:
        wrong.append(f"{lost} vectors of no passage were kept")
    return wrong


def _of_index(records: VectorRecords, index: VectorIndex) -> list[str]:
    wrong = []
    for waiting, sentence in (
        (records.passages_to_embed(1), "a passage has no vector"),
        (records.to_index(1)[0], "Chroma has not taken every vector"),
        (records.to_forget(1), "Chroma has not forgotten every passage that is gone"),
    ):
        if waiting:
            wrong.append(sentence)
    vectors = list(records.all_vectors())
    if index.count() != records.count_indexed():
        wrong.append(f"library.db says that Chroma holds {records.count_indexed()} vectors, Chroma {index.count()}")
    for batch in _batches(vectors):
        nearest = index.nearest(np.stack([vector for _, vector in batch]), 5)
        for (identity, _), found in zip(batch, nearest, strict=True):
            if not any(own == identity or cosine >= SAME for own, cosine in found):
                wrong.append(f"the vector of passage {identity} does not find itself")
    return wrong
