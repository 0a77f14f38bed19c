"""The vector index on the real Chroma."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag.stores.vectors import FOLDER, VectorIndex, drop_other_indexes, index_folder
from tests.rag.stores.filling import sum_of, unit_vectors

MADE = unit_vectors(40, 16)
IDS = list(range(1, 41))
EMBEDDER = "0123456789abcdef"
SUMS = [sum_of("even" if identity % 2 == 0 else "odd") for identity in IDS]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    opened = VectorIndex(tmp_path, EMBEDDER)
    opened.add(IDS, SUMS, MADE)
    yield opened
    opened.close()


def nearest_ids(index: VectorIndex, place: int, limit: int = 3) -> list[int]:
    return [identity for identity, _ in index.nearest(MADE[place : place + 1], limit)[0]]


def test_every_vector_finds_itself_and_its_neighbours_in_order(index: VectorIndex) -> None:
    assert index.count() == 40
    for place, row in enumerate(index.nearest(MADE, 10)):
        cosines = MADE @ MADE[place]
        best = sorted(IDS, key=lambda identity: -cosines[identity - 1])[:10]
        assert [identity for identity, _ in row] == best
        assert [cosine for _, cosine in row] == pytest.approx([cosines[identity - 1] for identity in best], abs=1e-5)


def test_a_scope_leaves_the_others_out(index: VectorIndex) -> None:
    (row,) = index.nearest(MADE[:1], 40, [sum_of("even")])
    assert {identity for identity, _ in row} == {identity for identity in IDS if identity % 2 == 0}
    (row,) = index.nearest(MADE[:1], 40, [sum_of("even"), sum_of("odd")])
    assert len(row) == 40
    assert index.nearest(MADE[:1], 40, [sum_of("unknown")]) == [[]]


def test_what_was_forgotten_is_found_no_more(index: VectorIndex) -> None:
    index.forget([1, 2, 999])
    assert index.count() == 38
    assert not {1, 2} & set(nearest_ids(index, 0, 40))


def test_a_vector_can_be_replaced(index: VectorIndex) -> None:
    index.add([1], [sum_of("odd")], -MADE[:1])
    assert index.count() == 40
    assert nearest_ids(index, 0, 40)[-1] == 1


def test_everything_can_be_thrown_away(index: VectorIndex) -> None:
    index.clear()
    assert index.count() == 0
    assert index.nearest(MADE[:1], 5) == [[]]
    index.add(IDS[:5], SUMS[:5], MADE[:5])
    assert nearest_ids(index, 2)[0] == 3


def test_what_was_taken_is_there_after_opening_again(index: VectorIndex, tmp_path: Path) -> None:
    index.close()
    again = VectorIndex(tmp_path, EMBEDDER)
    assert again.count() == 40
    assert nearest_ids(again, 7)[0] == 8
    again.close()


def test_a_copy_of_the_folder_is_as_good(index: VectorIndex, tmp_path: Path) -> None:
    index.close()
    other = tmp_path / "other"
    shutil.copytree(tmp_path / FOLDER, other / FOLDER)
    copy = VectorIndex(other, EMBEDDER)
    assert nearest_ids(copy, 7)[0] == 8
    copy.close()


@pytest.mark.parametrize("damage", ["overwritten", "a file in its place"])
def test_a_damaged_folder_is_begun_anew(tmp_path: Path, damage: str) -> None:
    if damage == "overwritten":
        first = VectorIndex(tmp_path, EMBEDDER)
        first.add(IDS, SUMS, MADE)
        first.close()
        for path in (tmp_path / FOLDER).rglob("*"):
            if path.is_file():
                path.write_bytes(b"\xff" * 5_000)
    else:
        (tmp_path / FOLDER).write_bytes(b"no folder")
    index = VectorIndex(tmp_path, EMBEDDER)
    assert index.count() == 0
    index.add(IDS, SUMS, MADE)
    assert nearest_ids(index, 7)[0] == 8
    index.close()


def test_any_kind_of_number_is_taken_as_single_precision(index: VectorIndex) -> None:
    index.add([100], [sum_of("odd")], MADE[:1].astype(np.float64)[:, ::-1])  # type: ignore[arg-type]
    assert {100} <= set(nearest_ids(index, 0, 41))


def test_each_embedder_has_an_index_of_its_own_and_one_goes_without_the_other(tmp_path: Path) -> None:
    one, other = VectorIndex(tmp_path, "one"), VectorIndex(tmp_path, "../../other")
    one.add(IDS, SUMS, MADE)
    other.add(IDS[:5], SUMS[:5], unit_vectors(5, 8))
    assert (one.count(), other.count()) == (40, 5)
    other.clear()
    assert (one.count(), other.count()) == (40, 0)
    other.close()
    (tmp_path / FOLDER / "chroma.sqlite3").write_bytes(b"of an older version")
    drop_other_indexes(tmp_path, ["one"])
    assert list((tmp_path / FOLDER).iterdir()) == [index_folder(tmp_path, "one")]
    assert nearest_ids(one, 7)[0] == 8
    one.close()
