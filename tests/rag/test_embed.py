"""Embedding, both ways: the export by onnxruntime against sentence-transformers, which is the reference."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.embed import (
    FOLDER_VARIABLE,
    TOKENS_A_PASS,
    Embedder,
    _passes,
    environment_export,
    find_embedder,
    find_weights,
    text_to_embed,
)
from rag.embed_folder import EXPORT, EXPORT_FACTS
from rag.errors import LibraryProblem, PhialError

TEXTS = ("How long does the heater burn?", "", "Combien de temps le poêle brûle-t-il ?", "1,577.00 " * 400, "a b " * 90)


@pytest.fixture(scope="module")
def exported() -> Embedder:
    return Embedder(environment_export())


@pytest.fixture(scope="module")
def reference() -> Embedder:
    return Embedder(find_weights())


def test_both_ways_give_the_same_vectors_under_the_same_name(exported: Embedder, reference: Embedder) -> None:
    one, other = exported.embed(TEXTS), reference.embed(TEXTS)
    assert exported.is_exported
    assert not reference.is_exported
    assert np.allclose(np.linalg.norm(one, axis=1), 1.0, atol=1e-5)
    assert (one * other).sum(axis=1).min() > 0.9999
    # So a library that was embedded one way is not embedded anew by the other.
    assert [exported.key(text) for text in TEXTS] == [reference.key(text) for text in TEXTS]
    assert (exported.name, exported.window, exported.dimensions) == (reference.name, reference.window, 384)


def test_a_vector_does_not_depend_on_what_is_embedded_with_it(exported: Embedder) -> None:
    together = exported.embed(TEXTS)
    alone = np.concatenate([exported.embed([text]) for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-5)
    assert exported.embed([]).shape == (0, 384)


def test_the_export_is_preferred_and_never_imports_torch() -> None:
    program = (
        "import sys\n"
        "from rag.embed import Embedder, find_embedder\n"
        "embedder = Embedder(find_embedder())\n"
        "assert embedder.embed(['a heater']).shape == (1, 384)\n"
        "print({'torch', 'sentence_transformers', 'transformers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_folder_that_is_named_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(find_weights()))
    assert find_embedder() == find_weights()
    # A folder without a model is passed over.
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert find_embedder() == environment_export()


@pytest.mark.parametrize(("name", "content"), [(EXPORT, b"no graph"), (EXPORT_FACTS, b"[]"), (EXPORT_FACTS, b"{}")])
def test_a_damaged_export_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    folder = tmp_path / "embedder"
    shutil.copytree(environment_export(), folder)
    (folder / name).write_bytes(content)
    with pytest.raises(PhialError) as failure:
        Embedder(folder).load()
    assert failure.value.kind is LibraryProblem.EMBEDDER_FAILED


def test_an_export_says_what_it_was_made_from(reference: Embedder) -> None:
    facts = json.loads((environment_export() / EXPORT_FACTS).read_text(encoding="utf-8"))
    assert facts == {"weights": reference.version, "name": "all-MiniLM-L6-v2", "bits": 16}


@given(st.lists(st.integers(0, 600)))
def test_every_text_is_in_one_pass_and_no_pass_is_too_large(tokens: list[int]) -> None:
    window = 256
    passes = list(_passes(tokens, window))
    assert sorted(itertools.chain.from_iterable(passes)) == list(range(len(tokens)))
    lengths = [[min(tokens[place] + 2, window) for place in part] for part in passes]
    assert all(len(part) * max(part) <= TOKENS_A_PASS for part in lengths)
    # Alike in length: no pass reaches into the range of another.
    assert all(max(one) <= min(other) for one, other in itertools.pairwise(lengths))


@pytest.mark.parametrize(
    ("title", "section", "text", "embedded"),
    [
        ("report.pdf", "Gusts › Values", "They blow.", "report › Gusts › Values\nThey blow."),
        ("report.pdf", "", "They blow.", "report\nThey blow."),
        ("", "", "They blow.", "They blow."),
        ("r.pdf", "", "Gusts . . . . . . 12\nCalms ........ 13", "r\nGusts  12\nCalms  13"),
        ("r.pdf", "", "| Gusts | 12 |\n| ----- | -- |\n| Calms | 13 |", "r\n Gusts 12   -- Calms 13 "),
        ("r.pdf", "", "Wait ... what? 1 - 2 - 3", "r\nWait ... what? 1 - 2 - 3"),
    ],
)
def test_what_is_embedded_of_a_passage(title: str, section: str, text: str, embedded: str) -> None:
    assert text_to_embed(title, section, text) == embedded
