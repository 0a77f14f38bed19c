from __future__ import annotations

from pathlib import Path

import gguf
import pytest

from engine.gguf_header import GgufHeader, read_header
from engine.known_embedders import KnownEmbedder, known_embedders, recognised


def header_of(path: Path, architecture: str, dimensions: int, layers: int, name: str = "") -> GgufHeader:
    writer = gguf.GGUFWriter(path, architecture)
    if name:
        writer.add_name(name)
    writer.add_embedding_length(dimensions)
    writer.add_block_count(layers)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    return read_header(path)


def known(name: str) -> KnownEmbedder:
    return next(embedder for embedder in known_embedders() if embedder.name == name)


@pytest.mark.parametrize("embedder", known_embedders(), ids=lambda embedder: embedder.name)
def test_the_file_of_the_table_is_recognised(embedder: KnownEmbedder, tmp_path: Path) -> None:
    path = tmp_path / embedder.file
    header = header_of(path, embedder.architecture, embedder.dimensions, embedder.layers)
    assert recognised(header, path) == embedder
    # Also by its header, whatever the file is called.
    named = header_of(tmp_path / "x.gguf", embedder.architecture, embedder.dimensions, embedder.layers, embedder.name)
    assert recognised(named, tmp_path / "x.gguf") == embedder


def test_a_name_alone_or_a_shape_alone_is_nothing(tmp_path: Path) -> None:
    bge = known("bge-small-en-v1.5")
    path = tmp_path / bge.file
    assert recognised(header_of(path, bge.architecture, bge.dimensions, bge.layers + 1), path) is None
    other = tmp_path / "other.gguf"
    assert recognised(header_of(other, bge.architecture, bge.dimensions, bge.layers), other) is None


def test_prompts_are_those_that_the_makers_describe() -> None:
    prompts = {embedder.name: (embedder.question_prompt, embedder.passage_prompt) for embedder in known_embedders()}
    assert prompts["nomic-embed-text-v1.5"] == ("search_query: ", "search_document: ")
    assert prompts["embeddinggemma-300m"] == ("task: search result | query: ", "title: none | text: ")
    assert prompts["granite-embedding-107m-multilingual"] == ("", "")
    assert prompts["bge-small-en-v1.5"][1] == ""
    assert {"de", "en", "es", "fr", "it"} <= set(known("granite-embedding-107m-multilingual").languages)
