"""The embedder's export: it stays where it belongs to the weights, and one that is wrong is not kept."""

from __future__ import annotations

import json
from pathlib import Path

import export_embedder
import pytest

from rag.embed import Embedder, environment_export, find_weights
from rag.embed_folder import EXPORT, EXPORT_FACTS, WEIGHTS


def test_an_export_of_these_weights_is_left_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    made = (environment_export() / EXPORT).stat().st_mtime_ns
    assert export_embedder.main([]) == 0
    assert (environment_export() / EXPORT).stat().st_mtime_ns == made
    assert capsys.readouterr().out == ""


def test_an_export_is_half_as_large_as_its_weights() -> None:
    whole = (find_weights() / WEIGHTS).stat().st_size
    assert (environment_export() / EXPORT).stat().st_size < 0.55 * whole


@pytest.mark.parametrize("facts", ["", "[]", "{}", json.dumps({"weights": "another", "bits": 16})])
def test_another_export_is_none_of_these_weights(tmp_path: Path, facts: str) -> None:
    reference = Embedder(find_weights())
    (tmp_path / EXPORT).write_bytes(b"graph")
    assert not export_embedder.is_export_of(tmp_path, reference)
    (tmp_path / EXPORT_FACTS).write_text(facts)
    assert not export_embedder.is_export_of(tmp_path, reference)
    (tmp_path / EXPORT_FACTS).write_text(json.dumps({"weights": reference.version, "bits": export_embedder.BITS}))
    assert export_embedder.is_export_of(tmp_path, reference)


def test_an_export_that_differs_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "embedder"
    target.mkdir()
    (target / "former").write_text("")
    monkeypatch.setattr(export_embedder, "SAME", 1.1)
    monkeypatch.setattr(export_embedder, "SENTENCES", 2)
    assert export_embedder.main(["--to", str(target)]) == 1
    assert "it is not kept" in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*")] == ["embedder", "former"]


def test_the_sentences_are_of_every_length_and_language() -> None:
    texts = export_embedder.sample_texts()
    assert "" in texts
    assert max(map(len, texts)) > 1_000
    assert len(texts) > 200
