"""Which embedders there are, and what the library remembers of them."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import EngineProblem, PhialError
from engine.paths import embedders as embedders_folder
from rag.embed import environment_export
from rag.embedders import DEFAULT, Choice, Embedders
from rag.errors import LibraryProblem
from rag.stores.database import Database
from rag.stores.history import History
from tests.engine.embedding_models import write_tiny_embedder
from tests.engine.tiny_models import write_model


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    database = Database(tmp_path)
    yield History(database)
    database.close()


@pytest.fixture
def embedders(tmp_path: Path, history: History) -> Embedders:
    return Embedders(tmp_path, history)


def kind_of(embedders: Embedders, path: Path) -> object:
    with pytest.raises(PhialError) as failure:
        embedders.add(str(path))
    return failure.value.kind


def test_at_first_there_is_phials_own(embedders: Embedders) -> None:
    (own,) = embedders.listed()
    assert (own.id, own.name, own.path, own.kind) == ("all-minilm-l6-v2", "all-MiniLM-L6-v2", DEFAULT, "folder")
    assert (own.place, own.languages, own.dimensions, own.problem) == (str(environment_export()), ("en",), 384, None)


def test_those_in_the_data_folder_and_those_that_were_added_are_listed_once_each(
    embedders: Embedders, tmp_path: Path
) -> None:
    folder = embedders_folder(tmp_path)
    (folder / "no model").mkdir(parents=True)
    inside = write_tiny_embedder(folder / "tiny.gguf")
    shutil.copytree(environment_export(), folder / "mine")
    outside = write_tiny_embedder(tmp_path / "tiny.gguf")
    for path in (outside, outside, inside):
        embedders.add(str(path))
    listed = [(embedder.id, embedder.path, embedder.kind) for embedder in embedders.listed()]
    assert listed == [
        ("all-minilm-l6-v2", DEFAULT, "folder"),
        ("all-minilm-l6-v2-2", str(folder / "mine"), "folder"),
        ("tiny", str(inside), "gguf"),
        ("tiny-2", str(outside), "gguf"),
    ]
    assert embedders.choice.added == (str(outside),)
    assert embedders.find("tiny-2") == embedders.find(str(outside))
    with pytest.raises(PhialError) as failure:
        embedders.find("tiny-3")
    assert failure.value.kind is LibraryProblem.EMBEDDER_UNKNOWN


def test_what_can_not_be_used_is_not_added(embedders: Embedders, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "note.gguf").write_text("a note")
    assert kind_of(embedders, tmp_path / "gone") is LibraryProblem.PATH_MISSING
    assert kind_of(embedders, tmp_path / "empty") is LibraryProblem.EMBEDDER_UNSUITABLE
    assert kind_of(embedders, tmp_path / "note.gguf") is EngineProblem.MODEL_NOT_GGUF
    assert kind_of(embedders, write_model(tmp_path / "writes.gguf")) is LibraryProblem.EMBEDDER_UNSUITABLE
    damaged = shutil.copytree(environment_export(), tmp_path / "damaged")
    (damaged / "config.json").write_text("[]")
    assert kind_of(embedders, damaged) is LibraryProblem.EMBEDDER_FAILED
    assert embedders.choice == Choice()


def test_one_that_is_gone_stays_listed_with_what_is_wrong(embedders: Embedders, tmp_path: Path) -> None:
    path = write_tiny_embedder(tmp_path / "tiny.gguf")
    embedders.add(str(path))
    path.unlink()
    gone = embedders.listed()[1]
    assert (gone.id, gone.name, gone.place) == ("tiny", "tiny", str(path))
    assert gone.problem is not None
    assert gone.problem.kind is EngineProblem.MODEL_MISSING


def test_a_choice_is_remembered_and_an_unreadable_one_counts_as_none(history: History, tmp_path: Path) -> None:
    choice = Choice(chosen="/b\udcff.gguf", answers="/a.gguf", added=("/a.gguf", "/b\udcff.gguf"))
    Embedders(tmp_path, history).remember(**dataclasses.asdict(choice))
    assert Embedders(tmp_path, history).choice == choice
    Embedders(tmp_path, history).let_answer("/c.gguf", "version")
    assert Embedders(tmp_path, history).choice == dataclasses.replace(choice, answers="/c.gguf")
    assert Embedders(tmp_path, history).answering == "version"
    for unreadable in ("{", '{"chosen": 1}', "[]"):
        history.set_setting("embedders", unreadable)
        assert Embedders(tmp_path, history).choice == Choice()
