"""A GGUF embedder behind the one interface: its vectors are those of the reference."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import gguf
import numpy as np
import pytest

from engine.errors import EngineProblem, PhialError
from engine.known_embedders import KnownEmbedder
from rag import embed_gguf
from rag.embed import Embedder, find_embedder, find_weights
from rag.errors import LibraryProblem
from tests.engine.embedding_models import write_minilm, write_tiny_embedder
from tests.engine.tiny_models import write_model

TEXTS = (
    "How long does one filling of the heater burn?",
    "Ein Kran steht am Kai; l’accordéon joue à l’été 2022.",
    "The pump costs 1,577.00 dollars (about $1.6 billion in Q3).",
    "漢字とかな",
    "word " * 200,
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_embedder(tmp_path_factory.mktemp("tiny") / "tiny.gguf")


@pytest.fixture(scope="module")
def minilm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedder]:
    folder = tmp_path_factory.mktemp("minilm")
    embedder = Embedder(write_minilm(folder / "minilm.gguf", find_weights()), folder)
    yield embedder
    embedder.close()


def test_its_vectors_are_those_of_the_reference(minilm: Embedder) -> None:
    reference = Embedder(find_embedder())
    assert (minilm.dimensions, minilm.window) == (reference.dimensions, 512)
    assert minilm.count_tokens(TEXTS) == reference.count_tokens(TEXTS)
    vectors = minilm.embed(TEXTS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert np.min(np.sum(vectors * reference.embed(TEXTS), axis=1)) > 0.999
    assert minilm.embed([]).shape == (0, 384)


def test_more_texts_than_a_pass_holds(tiny: Path, tmp_path: Path) -> None:
    embedder = Embedder(tiny, tmp_path)
    texts = [f"crane {number}" for number in range(150)]
    together = embedder.embed(texts)
    assert together[140] == pytest.approx(embedder.embed([texts[140]])[0], abs=1e-5)
    embedder.close()


def test_it_is_loaded_when_the_first_text_comes_and_named_by_its_content(tiny: Path, tmp_path: Path) -> None:
    embedder = Embedder(tiny, tmp_path)
    assert not embedder.is_loaded
    embedder.embed(["one"])
    assert embedder.is_loaded
    embedder.close()
    assert not embedder.is_loaded
    copy = tmp_path / "copy.gguf"
    copy.write_bytes(tiny.read_bytes())
    other = write_tiny_embedder(tmp_path / "other.gguf", seed=1)
    assert Embedder(copy).version == embedder.version != Embedder(other).version


def test_one_number_of_a_large_file_changes_its_version(tmp_path: Path) -> None:
    path = write_tiny_embedder(tmp_path / "large.gguf", dimensions=256)
    before = Embedder(path).version
    with path.open("r+b") as file:
        file.seek(-4, 2)
        file.write(np.float32(0.125).tobytes())
    assert Embedder(path).version != before


def test_a_question_and_a_passage_stand_behind_their_prompts(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Embedder(tiny, tmp_path)
    entry = KnownEmbedder("Tiny", "bert", 16, 1, ("en",), ("tiny",), "ask: ", "read: ", "", "", "0" * 64)
    monkeypatch.setattr(embed_gguf, "recognised", lambda _header, _path: entry)
    prompted = Embedder(tiny, tmp_path)
    assert prompted.name == "Tiny"
    assert prompted.embed(["crane"], is_question=True) == pytest.approx(plain.embed(["ask: crane"]), abs=1e-5)
    assert prompted.embed(["crane"]) == pytest.approx(plain.embed(["read: crane"]), abs=1e-5)
    # Vectors of passages behind another prompt are other vectors.
    assert prompted.version == f"{plain.version}-{hashlib.sha256(b'read: ').hexdigest()[:8]}"
    plain.close()
    prompted.close()


def test_what_is_no_embedder_is_refused_without_being_loaded(tmp_path: Path) -> None:
    def kind_of(path: Path) -> object:
        with pytest.raises(PhialError) as failure:
            Embedder(path)
        return failure.value.kind

    assert kind_of(write_model(tmp_path / "writes.gguf")) is LibraryProblem.EMBEDDER_UNSUITABLE
    assert kind_of(write_tiny_embedder(tmp_path / "none.gguf", pooling=None)) is LibraryProblem.EMBEDDER_UNSUITABLE
    ranks = write_tiny_embedder(tmp_path / "ranks.gguf", pooling=gguf.PoolingType.RANK)
    assert kind_of(ranks) is LibraryProblem.EMBEDDER_UNSUITABLE
    short = write_tiny_embedder(tmp_path / "short.gguf", window=64)
    assert kind_of(short) is LibraryProblem.EMBEDDER_UNSUITABLE
    assert kind_of(tmp_path / "gone.gguf") is EngineProblem.MODEL_MISSING
    (tmp_path / "junk.gguf").write_bytes(b"no GGUF at all")
    assert kind_of(tmp_path / "junk.gguf") is EngineProblem.MODEL_NOT_GGUF


def test_a_process_that_can_not_be_had_is_an_embedder_that_failed(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = Embedder(tiny, tmp_path)
    monkeypatch.setattr("engine.paths.sys.executable", "/bin/false")
    with pytest.raises(PhialError) as failure:
        embedder.load()
    assert failure.value.kind is LibraryProblem.EMBEDDER_FAILED
