"""The order in which passages are embedded: reading first, then what the person asks about, then everything."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rag.courtesy import Courtesy
from rag.dense import Dense, nearest_of
from rag.embedding import PASSAGES_A_BATCH, Embedding
from rag.interest import Interest
from rag.stores.database import Database
from rag.stores.history import History
from rag.stores.records import Records
from rag.stores.vector_records import VectorRecords
from rag.tally import Tally
from tests.rag.stores.filling import add_document, sum_of, unit_vectors


class Bench:
    """A library with its embedding, worked step by step without a thread. ``told``: the documents, as it tells them."""

    def __init__(self, home: Path) -> None:
        self.database = Database(home)
        self.records, self.vectors = Records(self.database), VectorRecords(self.database)
        self.dense = Dense(home, self.vectors, History(self.database))
        self.interest = Interest()
        self.has_files_waiting = False
        self.told: list[str] = []
        self.embedding = Embedding(
            self.vectors, self.dense, Courtesy(), self.interest, Tally(), lambda: self.has_files_waiting, self._tell
        )

    def _tell(self, keys: Sequence[str]) -> None:
        self.told += keys

    def work(self) -> list[str]:
        """Work until there is nothing more to do for now; the documents that were told of."""
        self.told = []
        self.embedding._work(threading.Event())
        return self.told


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.dense.close()
    made.database.close()


def test_reading_goes_first_but_for_what_the_person_asks_about(bench: Bench) -> None:
    for name in ("a.md", "b.md", "c.md"):
        add_document(bench.records, f"/{name}", f"The crane of {name} stands.")
    bench.has_files_waiting = True
    assert bench.work() == []
    bench.interest.note([sum_of("b.md")])
    assert bench.work() == [sum_of("b.md")]
    # Also by the path under which a file was given.
    bench.interest.note(["/c.md"])
    assert bench.work() == [sum_of("c.md")]
    bench.has_files_waiting = False
    assert bench.work() == [sum_of("a.md")]


def test_what_the_person_asks_about_comes_before_what_was_read_before_it(bench: Bench) -> None:
    many = [f"Crane {number} stands." for number in range(PASSAGES_A_BATCH + 1)]
    add_document(bench.records, "/long.md", *many)
    add_document(bench.records, "/short.md", "The gust blows.")
    bench.interest.note([sum_of("short.md")])
    assert bench.work() == [sum_of("short.md"), sum_of("long.md"), sum_of("long.md")]
    assert bench.vectors.passages_to_embed(10) == []


def test_equal_passages_are_embedded_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    embedder = bench.dense.embedder
    assert embedder is not None
    embed = embedder.embed

    def counted(texts: Sequence[str], **how: bool) -> object:
        asked.extend(texts)
        return embed(texts, **how)

    monkeypatch.setattr(embedder, "embed", counted)
    add_document(bench.records, "/a.md", "The crane stands.", "The crane stands.", "The gust blows.")
    bench.work()
    assert len(asked) == len(set(asked)) == 2
    assert bench.vectors.passages_to_embed(10) == []


def test_a_scope_is_compared_whole_and_finds_what_the_index_finds(bench: Bench) -> None:
    texts = ["The crane stands.", "The gust blows.", "Bread rises in the oven.", "The crane stands."]
    add_document(bench.records, "/a.md", *texts)
    ids = add_document(bench.records, "/b.md", "Dough and flour make a loaf.", "The tide comes in.")
    bench.work()
    scoped = bench.dense.nearest("baking bread", 10, [sum_of("b.md")])
    whole = dict(bench.dense.nearest("baking bread", 10, None))
    assert [identity for identity, _ in scoped] == list(ids)
    assert all(cosine == pytest.approx(whole[identity], abs=1e-4) for identity, cosine in scoped)
    # Of passages that are alike the first stands for all, as in the index.
    assert len(bench.dense.nearest("a crane", 10, [sum_of("a.md")])) == 3
    assert bench.dense.nearest("a crane", 10, []) == []


def test_a_scope_that_is_too_wide_to_compare_is_left_to_the_index(bench: Bench) -> None:
    ids = add_document(bench.records, "/a.md", "The crane stands.", "The gust blows.")
    add_document(bench.records, "/b.md", "Bread rises.")
    bench.work()
    assert bench.vectors.vectors_of([sum_of("a.md"), sum_of("b.md")], 2) is None
    found = bench.vectors.vectors_of([sum_of("a.md")], 2)
    assert found is not None
    assert (sorted(found[0]), found[1].shape) == ([*ids], (2, 384))


def test_the_nearest_come_first() -> None:
    vectors = unit_vectors(20)
    found = nearest_of(vectors[7], range(100, 120), vectors, 5)
    assert found[0] == (107, pytest.approx(1.0))
    assert [cosine for _, cosine in found] == sorted((float(cosine) for cosine in vectors @ vectors[7]), reverse=True)[
        :5
    ]
