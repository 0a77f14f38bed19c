"""Whether a closed library is whole: library.db in itself, Chroma with library.db, and one library with another."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from rag.pages import pack_words
from rag.protocol import DocumentState
from rag.stores.coming_records import ANSWERS
from rag.stores.database import Database
from rag.stores.history import History
from rag.stores.records import Records
from rag.stores.vector_records import VectorRecords
from rag.stores.vectors import VectorIndex

BATCH = 500
SAME = 0.9999
"""Cosine from which on two vectors count as the same: two passages may hold the same text."""

Place = tuple[int, int, int]
"""Page, start and end of a passage."""
Item = TypeVar("Item")


@dataclasses.dataclass(frozen=True)
class Held:
    """What a library holds of one document: all of it but identities and times.

    ``pages``: number, label, text, how it is shown, what came of it, how sure OCR was, a digest of its boxes and
    headings. ``passages``: place, section, text. Titles are left out: a renamed document keeps the passages it has.
    """

    name: str
    paths: tuple[str, ...]
    format: str
    state: DocumentState
    embedded: int
    pages: tuple[tuple[object, ...], ...]
    passages: tuple[tuple[Place, str, str], ...]


Contents = dict[str, Held]
"""By SHA-256."""


def disagreements(home: Path) -> list[str]:
    """What is wrong with the library in ``home``, a sentence each. Every vector is looked up, not a sample."""
    database = Database(home)
    index = VectorIndex(home, History(database).setting(ANSWERS))
    try:
        return [*_of_database(database), *_of_index(VectorRecords(database), index)]
    finally:
        index.close()
        database.close()


def contents(home: Path) -> Contents:
    """What the library in ``home`` holds."""
    database = Database(home)
    try:
        records = Records(database)
        held: Contents = {}
        for document in records.documents():
            pages = tuple(
                (page.number, page.label, page.text, page.form.value, page.state.value, round(page.confidence, 2),
                 hashlib.sha256(pack_words(page.words)).hexdigest(), page.headings)
                for page in records.pages(document.sha256)
            )  # fmt: skip
            rows = database.reader.execute(
                "SELECT page, start, end, section, text FROM passages WHERE sha256 = ? ORDER BY page, start, end",
                (document.sha256,),
            )
            passages = tuple(((page, start, end), section, text) for page, start, end, section, text in rows)
            held[document.key] = Held(
                document.name, document.paths, document.format, document.state, document.passages_embedded, pages,
                passages,
            )  # fmt: skip
        return held
    finally:
        database.close()


def vector_differences(one: Path, other: Path) -> list[str]:
    """Passages whose vectors are not the same in both libraries; under another title a passage has another vector."""
    first, second = _vectors(one), _vectors(other)
    wrong = [f"passage {place} has a vector in one library only" for place in first.keys() ^ second.keys()]
    for place in first.keys() & second.keys():
        (title, vector), (other_title, other_vector) = first[place], second[place]
        if title == other_title and float(vector @ other_vector) < SAME:
            wrong.append(f"passage {place} has another vector")
    return wrong


def term_differences(one: Path, other: Path) -> list[str]:
    """Words that the lexical indexes count differently, in sections and texts."""
    first, second = _terms(one), _terms(other)
    return [
        f"the word {term!r} is counted {first.get(term)} and {second.get(term)}"
        for term in sorted(first.keys() | second.keys())
        if first.get(term) != second.get(term)
    ]


def _terms(home: Path) -> dict[tuple[str, str], tuple[int, int]]:
    """In how many passages each word stands, and how often, by word and column."""
    database = Database(home)
    try:
        database.reader.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, words, col)")
        rows = database.reader.execute("SELECT term, col, doc, cnt FROM terms WHERE col <> 'title'")
        return {(term, column): (passages, count) for term, column, passages, count in rows}
    finally:
        database.close()


def _vectors(home: Path) -> dict[tuple[object, ...], tuple[str, NDArray[np.float32]]]:
    """The title above each passage and its vector, by document and place."""
    database = Database(home)
    try:
        rows = database.reader.execute(
            "SELECT sha256, page, start, end, title, vector FROM passages JOIN vectors ON key = vector_key"
        )
        return {tuple(place): (title, np.frombuffer(vector, "<f4")) for *place, title, vector in rows}
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
    """Which documents two libraries don't hold alike, and in what, a sentence each."""
    wrong = []
    for key in sorted(one.keys() | other.keys()):
        if key not in one or key not in other:
            wrong.append(f"{(one.get(key) or other[key]).name}: not in both")
            continue
        unlike = [
            field.name
            for field in dataclasses.fields(Held)
            if getattr(one[key], field.name) != getattr(other[key], field.name)
        ]
        if unlike:
            wrong.append(f"{one[key].name}: held differently ({', '.join(unlike)})")
    return wrong


def _batches(items: Sequence[Item]) -> list[Sequence[Item]]:
    return [items[start : start + BATCH] for start in range(0, len(items), BATCH)]


def _of_database(database: Database) -> list[str]:
    said = [row[0] for row in database.reader.execute("PRAGMA integrity_check")]
    wrong = [] if said == ["ok"] else [f"library.db: {line}" for line in said]
    wrong += [
        f"library.db: a row of {row[0]} points nowhere" for row in database.reader.execute("PRAGMA foreign_key_check")
    ]
    with database.transaction() as connection:
        # Compares the lexical index with the terms it was made from; it raises where they differ.
        connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    passages, words = (
        database.reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("passages", "words_docsize")
    )
    if passages != words:
        wrong.append(f"{passages} passages, but {words} lexical rows")
    if not Records(database).is_analysed():
        wrong.append("a passage does not stand in the lexical index as this version has it")
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
