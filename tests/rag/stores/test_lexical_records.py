"""The lexical index: the same result within its bound as without, and a bounded one beyond it."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.lexicon import LexicalQuery
from rag.stores import lexical_records
from rag.stores.database import Database
from rag.stores.lexical_records import RANGES, joined
from rag.stores.records import Records
from tests.rag.stores.filling import add_document, sum_of

WORDS = "crane gust ledger rent valve harbour winter orchard signal copper".split()  # noqa: SIM905 - read as a text


def fill(records: Records) -> Records:
    """Twelve documents of twenty passages; the first words are common, the last ones rare."""
    chance = random.Random(3)
    for document in range(12):
        texts = [" ".join(chance.choices(WORDS, weights=range(20, 0, -2), k=12)) for _ in range(20)]
        add_document(records, f"/{document}.md", *texts)
    return records


@pytest.fixture
def filled(records: Records) -> Records:
    return fill(records)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(tmp_path_factory.mktemp("lexical"))
    fill(Records(database))
    yield database
    database.close()


def looked_up(records: Records, *terms: str, scope: Sequence[str] | None = None) -> list[int]:
    return [identity for identity, _ in records.lexical(LexicalQuery(terms), 1_000, scope)]


def ranked_plainly(database: Database, terms: Sequence[str], sha256s: Sequence[str] | None) -> list[int]:
    """What FTS5 ranks of every passage that says any of the words."""
    rows = database.reader.execute(
        "SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, 2.0, 1.5, 1.0, 0.1), rowid",
        (" OR ".join(terms),),
    )
    ids = [row[0] for row in rows]
    return ids if sha256s is None else [one for one in ids if one in set(Records(database).passage_ids(sha256s))]


@given(
    terms=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6, unique=True), documents=st.sets(st.integers(0, 11))
)
def test_within_the_bound_it_is_the_plain_ranking(shared: Database, terms: list[str], documents: set[int]) -> None:
    for scope in (None, [sum_of(f"{number}.md") for number in documents]):
        assert looked_up(Records(shared), *terms, scope=scope) == ranked_plainly(shared, terms, scope)


def test_beyond_the_bound_the_rarest_words_decide(
    filled: Records, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    rare, common = "copper", ("crane", "gust")
    matching = ranked_plainly(database, [rare], None)
    monkeypatch.setattr(lexical_records, "ROWS", len(matching))
    assert sorted(looked_up(filled, *common, rare)) == sorted(matching)
    # A word that nothing holds takes no place from those that something does.
    assert looked_up(filled, "zeppelin", rare) == looked_up(filled, rare)
    # Where even the rarest is too common, it is looked up all the same.
    monkeypatch.setattr(lexical_records, "ROWS", 1)
    assert sorted(looked_up(filled, *common, rare)) == sorted(matching)


def test_nothing_is_found_by_no_words_or_in_no_documents(filled: Records) -> None:
    assert looked_up(filled) == []
    assert looked_up(filled, "crane", scope=[]) == []
    assert looked_up(filled, "crane", scope=[sum_of("nowhere")]) == []


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 40)).map(lambda pair: (pair[0], sum(pair)))))
def test_joined_ranges_are_few_in_order_and_hold_what_they_were_made_of(ranges: list[tuple[int, int]]) -> None:
    found = joined(ranges)
    assert len(found) <= RANGES
    assert all(one[1] < other[0] for one, other in itertools.pairwise(found))
    assert all(any(low <= first and last <= high for low, high in found) for first, last in ranges)
    assert {low for low, _ in found} <= {first for first, _ in ranges}
    assert {high for _, high in found} <= {last for _, last in ranges}


def test_ranges_are_joined_where_least_lies_between_them() -> None:
    assert joined([(10, 19), (0, 9), (30, 39)]) == [(0, 19), (30, 39)]
    assert joined([(0, 1), (100, 101), (103, 104), (200, 201), (300, 301)]) == [
        (0, 1),
        (100, 104),
        (200, 201),
        (300, 301),
    ]
    assert joined([]) == []
