"""Vectors of two embedders beside each other, until those of the next one answer."""

from __future__ import annotations

import pytest

from rag.protocol import DocumentState
from rag.stores.coming_records import ANSWERS, COMING
from rag.stores.history import History
from rag.stores.indexed_vectors import IndexedVectors
from rag.stores.records import Records
from rag.stores.vector_records import VectorRecords
from tests.rag.stores.filling import add_document, embed, sum_of, unit_vectors

DIMENSIONS = 12


def embed_anew(vectors: VectorRecords, ids: tuple[int, ...]) -> None:
    """Give each passage a vector of its own by the embedder that is coming."""
    made = unit_vectors(len(ids), DIMENSIONS, seed=9)
    keys = {identity: f"next-{identity}" for identity in ids}
    vectors.coming.keep(keys, {key: made[place] for place, key in enumerate(keys.values())})


def index_all(vectors: IndexedVectors) -> list[int]:
    ids, _, _ = vectors.to_index(100)
    vectors.was_indexed(ids)
    return ids


def test_the_next_embedders_vectors_lie_beside_those_that_answer(records: Records, vectors: VectorRecords) -> None:
    ids = add_document(records, "/a.md", "one", "two", "three")
    embed(vectors, ids)
    index_all(vectors)
    vectors.coming.begin("next")
    assert [row[0] for row in vectors.coming.passages_to_embed(2, 0)] == list(ids[:2])
    assert vectors.coming.passages_to_embed(1, ids[0])[0] == (ids[1], sum_of("a.md"), "a.md", "Cranes", "two")
    embed_anew(vectors, ids[:2])
    assert vectors.coming.progress() == (2, 3)
    assert [row[0] for row in vectors.coming.passages_to_embed(5, 0)] == list(ids[2:])
    assert index_all(vectors.coming) == list(ids[:2])
    # What answers is untouched.
    assert (vectors.count_indexed(), vectors.embedded(ids)) == (3, set(ids))
    assert {vector.shape for _, vector in vectors.all_vectors()} == {(8,)}
    assert {vector.shape for _, vector in vectors.coming.all_vectors()} == {(DIMENSIONS,)}
    vectors.drop_unused()
    assert vectors.known([f"0-{ids[0]}", f"next-{ids[0]}"]) == {f"0-{ids[0]}", f"next-{ids[0]}"}


def test_they_take_over_all_at_once_and_not_before_all_are_there(
    records: Records, vectors: VectorRecords, history: History
) -> None:
    ids = add_document(records, "/a.md", "one", "two")
    embed(vectors, ids)
    index_all(vectors)
    vectors.coming.begin("next")
    embed_anew(vectors, ids)
    index_all(vectors.coming)
    late = add_document(records, "/late.md", "three")
    assert not vectors.coming.take_over("next")
    assert {vector.shape for _, vector in vectors.all_vectors()} == {(8,)}
    embed_anew(vectors, late)
    assert vectors.coming.take_over("next")
    assert {vector.shape for _, vector in vectors.all_vectors()} == {(DIMENSIONS,)}
    assert (history.setting(ANSWERS), history.setting(COMING)) == ("next", "")
    assert vectors.coming.progress() == (0, 3)
    # The index took two of them; the document that had no vector by the former is ready with the one by this.
    assert vectors.to_index(10)[0] == list(late)
    assert {document.state for document in records.documents()} == {DocumentState.READY}
    vectors.drop_unused()
    assert vectors.known([f"0-{ids[0]}", f"next-{ids[0]}"]) == {f"next-{ids[0]}"}


def test_a_passage_that_goes_takes_both_its_vectors_along(records: Records, vectors: VectorRecords) -> None:
    ids = add_document(records, "/a.md", "one")
    embed(vectors, ids)
    vectors.coming.begin("next")
    embed_anew(vectors, ids)
    records.remove_documents([sum_of("a.md")])
    vectors.drop_unused()
    assert vectors.known([f"0-{ids[0]}", f"next-{ids[0]}"]) == set()
    assert vectors.coming.progress() == (0, 0)
    # One that comes too late for it is not kept either.
    embed_anew(vectors, ids)
    assert (vectors.coming.progress(), vectors.known([f"next-{ids[0]}"])) == ((0, 0), set())


def test_a_passage_whose_vector_went_meanwhile_goes_on_waiting(records: Records, vectors: VectorRecords) -> None:
    ids = add_document(records, "/a.md", "one")
    vectors.coming.keep({ids[0]: "gone"}, {})
    assert [row[0] for row in vectors.coming.passages_to_embed(5, 0)] == list(ids)


@pytest.mark.parametrize(("version", "kept"), [("next", 1), ("another", 0)])
def test_what_was_made_is_kept_for_the_same_embedder_alone(
    records: Records, vectors: VectorRecords, version: str, kept: int
) -> None:
    ids = add_document(records, "/a.md", "one")
    vectors.coming.begin("next")
    embed_anew(vectors, ids)
    vectors.coming.begin(version)
    assert vectors.coming.progress() == (kept, 1)
    vectors.coming.give_up()
    assert vectors.coming.progress() == (0, 1)


def test_of_passages_alike_in_a_document_one_stands_for_all_here_too(records: Records, vectors: VectorRecords) -> None:
    ids = add_document(records, "/a.md", "same", "same")
    elsewhere = add_document(records, "/b.md", "same")
    vectors.coming.keep(dict.fromkeys((*ids, *elsewhere), "key"), {"key": unit_vectors(1)[0]})
    assert index_all(vectors.coming) == [ids[0], elsewhere[0]]
    vectors.coming.index_anew()
    assert vectors.coming.count_indexed() == 0
