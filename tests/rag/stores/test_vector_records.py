from __future__ import annotations

import numpy as np
import pytest

from rag.lexicon import LexicalQuery
from rag.protocol import DocumentState
from rag.stores.records import Records
from rag.stores.vector_records import VectorRecords
from tests.rag.stores.filling import add_document, embed, sum_of, unit_vectors


def index_all(vectors: VectorRecords) -> tuple[int, ...]:
    """Let a vector index that never fails follow; gives what it took."""
    ids, _, _ = vectors.to_index(100)
    vectors.was_indexed(ids)
    return tuple(ids)


def test_passages_wait_for_their_vectors_in_order(records: Records, vectors: VectorRecords) -> None:
    ids = add_document(records, "/a.md", "one", "two", "three")
    assert [row[0] for row in vectors.passages_to_embed(2)] == list(ids[:2])
    assert vectors.passages_to_embed(1) == [(ids[0], sum_of("a.md"), "a.md", "Cranes", "one")]
    embed(vectors, ids[:2])
    assert [row[0] for row in vectors.passages_to_embed(5)] == list(ids[2:])
    assert vectors.embedded(ids) == set(ids[:2])


def test_a_document_is_ready_with_its_last_vector(records: Records, vectors: VectorRecords) -> None:
    first = add_document(records, "/a.md", "one", "two")
    second = add_document(records, "/b.md", "three")
    assert embed(vectors, first[:1]) == ()
    assert set(embed(vectors, first[1:] + second)) == {sum_of("a.md"), sum_of("b.md")}
    assert {document.state for document in records.documents()} == {DocumentState.READY}


def test_a_vector_is_kept_once_for_all_that_say_the_same(records: Records, vectors: VectorRecords) -> None:
    first, second = add_document(records, "/a.md", "same"), add_document(records, "/b.md", "same")
    vector = unit_vectors(1)[0]
    vectors.keep({first[0]: "key"}, {"key": vector})
    assert vectors.known(["key", "other"]) == {"key"}
    vectors.keep({second[0]: "key"}, {})
    ids, sha256s, kept = vectors.to_index(10)
    assert (ids, sha256s) == ([*first, *second], [sum_of("a.md"), sum_of("b.md")])
    assert kept == pytest.approx(np.stack([vector, vector]))
    assert kept.dtype == np.float32
    # The vector goes after the last passage that has it.
    records.remove_documents([sum_of("a.md")])
    vectors.drop_unused()
    assert vectors.known(["key"]) == {"key"}
    records.remove_documents([sum_of("b.md")])
    assert vectors.known(["key"]) == {"key"}
    vectors.drop_unused()
    assert vectors.known(["key"]) == set()


def test_a_passage_that_was_removed_meanwhile_is_passed_over_with_its_vector(
    records: Records, vectors: VectorRecords
) -> None:
    gone = add_document(records, "/gone.md", "one")
    kept = add_document(records, "/kept.md", "two")
    records.remove_documents([sum_of("gone.md")])
    made = unit_vectors(2)
    ready = vectors.keep({gone[0]: "gone", kept[0]: "kept"}, {"gone": made[0], "kept": made[1]})
    assert ready == (sum_of("kept.md"),)
    assert vectors.known(["gone", "kept"]) == {"kept"}


def test_a_passage_whose_vector_went_meanwhile_goes_on_waiting(records: Records, vectors: VectorRecords) -> None:
    gone, kept = add_document(records, "/gone.md", "same"), add_document(records, "/kept.md", "same")
    vectors.keep({gone[0]: "key"}, {"key": unit_vectors(1)[0]})
    assert vectors.known(["key"]) == {"key"}
    records.remove_documents([sum_of("gone.md")])
    vectors.drop_unused()
    assert vectors.keep({kept[0]: "key"}, {}) == ()
    assert [row[0] for row in vectors.passages_to_embed(5)] == list(kept)
    assert vectors.embedded(kept) == set()
    assert records.documents()[0].state is DocumentState.ANSWERABLE


def test_the_index_is_told_what_to_take_and_what_to_forget(records: Records, vectors: VectorRecords) -> None:
    ids = add_document(records, "/a.md", "one", "two", "three")
    assert vectors.to_index(10)[0] == []
    assert vectors.to_index(10)[2].shape == (0, 0)
    embed(vectors, ids)
    assert vectors.to_index(2)[0] == list(ids[:2])
    assert index_all(vectors) == ids
    assert vectors.count_indexed() == 3
    assert vectors.to_index(10)[0] == []
    records.remove_documents([sum_of("a.md")])
    assert sorted(vectors.to_forget(10)) == list(ids)
    assert len(vectors.to_forget(2)) == 2
    vectors.was_forgotten(ids[:2])
    assert vectors.to_forget(10) == [ids[2]]
    assert vectors.count_indexed() == 0


def test_an_id_is_never_given_to_another_passage(records: Records, vectors: VectorRecords) -> None:
    before = add_document(records, "/a.md", "one", "two")
    records.remove_documents([sum_of("a.md")])
    vectors.was_forgotten(before)
    assert min(add_document(records, "/b.md", "three")) > max(before)


def test_an_index_that_is_rebuilt_takes_everything_again_and_nothing_is_embedded(
    records: Records, vectors: VectorRecords
) -> None:
    ids = add_document(records, "/a.md", "one", "two")
    gone = add_document(records, "/gone.md", "three")
    embed(vectors, ids + gone)
    index_all(vectors)
    records.remove_documents([sum_of("gone.md")])
    vectors.index_anew()
    assert vectors.to_index(10)[0] == list(ids)
    assert vectors.passages_to_embed(10) == []


def test_another_embedder_makes_every_passage_wait_again(records: Records, vectors: VectorRecords) -> None:
    ids = add_document(records, "/a.md", "one", "two")
    embed(vectors, ids)
    index_all(vectors)
    vectors.embed_anew("another")
    assert [row[0] for row in vectors.passages_to_embed(10)] == list(ids)
    assert vectors.embedded(ids) == set()
    assert vectors.known([f"0-{identity}" for identity in ids]) == set()
    assert records.documents()[0].state is DocumentState.ANSWERABLE
    assert records.lexical(LexicalQuery(("one",)), 10, None) != []
    assert embed(vectors, ids, seed=1) == (sum_of("a.md"),)
    assert vectors.to_index(10)[0] == list(ids)


def test_a_sample_holds_what_was_indexed_with_its_own_vectors(records: Records, vectors: VectorRecords) -> None:
    ids = add_document(records, "/a.md", *"abcdefgh")
    embed(vectors, ids[:6])
    index_all(vectors)
    embed(vectors, ids[6:], seed=1)
    every = dict(vectors.all_vectors())
    assert list(every) == list(ids)
    sample, found = vectors.indexed_sample(4)
    assert len(sample) == len(set(sample)) == 4
    assert set(vectors.indexed_sample(100)[0]) == set(ids[:6])
    for identity, vector in zip(sample, found, strict=True):
        assert vector == pytest.approx(every[identity])


def test_of_passages_alike_in_a_document_one_stands_for_all(records: Records, vectors: VectorRecords) -> None:
    ids = add_document(records, "/a.md", "same", "same", "other")
    elsewhere = add_document(records, "/b.md", "same")
    same, other = unit_vectors(2)
    vectors.keep(
        {ids[0]: "same", ids[1]: "same", elsewhere[0]: "same", ids[2]: "other"}, {"same": same, "other": other}
    )
    assert index_all(vectors) == (ids[0], ids[2], elsewhere[0])
    assert vectors.count_indexed() == 3
