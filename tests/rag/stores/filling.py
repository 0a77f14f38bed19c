"""Ways to fill a library's stores that the tests of all of them share."""

from __future__ import annotations

import numpy as np

from rag.chunk import PassageDraft
from rag.pages import Heading, PageText, Word
from rag.stores.records import Records, WaitingFile, display_name
from rag.stores.vector_records import VectorRecords, Vectors

VERSIONS = (1, 1)
WORDS = (Word(0, 3, (10.0, 20.0, 30.5, 32.0)), Word(4, 9, (32.0, 20.0, 60.25, 32.0)))


def sum_of(name: str) -> str:
    """A SHA-256 sum to tell documents apart by."""
    return name.encode().hex().ljust(64, "0")


def page(number: int = 1, text: str = "The crane stands.") -> PageText:
    return PageText(number, str(number), text, WORDS, 595.0, 842.0, (Heading(0, 1, "Cranes"),), None, False)


def add_document(records: Records, path: str, *texts: str, name: str = "", size: int = 100) -> tuple[int, ...]:
    """A document at ``path`` with a passage of each text; gives the passages' ids."""
    sha256 = sum_of(name or path.rpartition("/")[2])
    records.note_file(path, size, 1, retries=True)
    state = records.begin_document(WaitingFile(path, "", size, 1), sha256, VERSIONS)
    if state == "reading":
        records.describe_document(sha256, "text", 1)
        records.add_pages(sha256, [page(1, "\n".join(texts))])
        drafts = [PassageDraft(1, place, place + len(text), text, "Cranes") for place, text in enumerate(texts)]
        records.replace_passages(sha256, display_name(path), drafts, VERSIONS)
    records.settle_file(path)
    return records.passage_ids([sha256])


def unit_vectors(count: int, dimensions: int = 8, seed: int = 0) -> Vectors:
    """Vectors of length 1 in all directions."""
    vectors = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def embed(vectors: VectorRecords, ids: tuple[int, ...], seed: int = 0) -> tuple[str, ...]:
    """Give each passage a vector of its own; gives the documents that became ready."""
    made = unit_vectors(len(ids), seed=seed)
    keys = {identity: f"{seed}-{identity}" for identity in ids}
    return vectors.keep(keys, {key: made[place] for place, key in enumerate(keys.values())})
