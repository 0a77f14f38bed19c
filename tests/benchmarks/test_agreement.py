"""What the soak calls whole: seen on a library that is, and on the same one harmed by hand."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import agreement
import pytest

from rag.embed import Embedder, find_embedder
from rag.library import Library
from rag.stores.database import Database
from rag.stores.vectors import VectorIndex


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    note = folder / "note.md"
    note.write_text("# Keys\n\nThe key of the boat house hangs behind the stove.\n\n# Oars\n\nThere are six oars.\n")
    with Library.open(folder / "home") as library:
        for _ in library.index([str(note)]):
            pass
    return folder / "home"


def first_vector(home: Path) -> int:
    database = Database(home)
    try:
        return int(database.reader.execute("SELECT min(id) FROM passages").fetchone()[0])
    finally:
        database.close()


def test_a_whole_library_then_one_that_lost_a_vector(home: Path) -> None:
    assert agreement.disagreements(home) == []
    index = VectorIndex(home, Embedder(find_embedder()).version)
    index.forget([first_vector(home)])
    index.close()
    wrong = agreement.disagreements(home)
    assert any("does not find itself" in sentence for sentence in wrong)
    assert any("Chroma" in sentence for sentence in wrong)


def test_libraries_are_compared_document_by_document(home: Path) -> None:
    held = agreement.contents(home)
    assert len(held) == 1
    assert agreement.differences(held, dict(held)) == []
    assert agreement.differences(held, {}) == ["note.md: not in both"]
    key, entry = next(iter(held.items()))
    other = {key: dataclasses.replace(entry, format="text", passages=entry.passages[:1])}
    assert agreement.differences(held, other) == ["note.md: held differently (format, passages)"]


def test_vectors_and_words_are_compared_too(home: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(home, tmp_path / "copy")
    assert agreement.vector_differences(home, copy) == agreement.term_differences(home, copy) == []
    database = Database(copy)
    with database.transaction() as connection:
        (stove,) = connection.execute("SELECT id FROM passages WHERE text LIKE '%stove%'").fetchone()
        connection.execute("UPDATE vectors SET vector = zeroblob(length(vector))")
        connection.execute("DELETE FROM passages WHERE id = ?", (stove,))
    database.close()
    assert any("another vector" in sentence for sentence in agreement.vector_differences(home, copy))
    assert any("one library only" in sentence for sentence in agreement.vector_differences(home, copy))
    assert any("'stove'" in sentence for sentence in agreement.term_differences(home, copy))
