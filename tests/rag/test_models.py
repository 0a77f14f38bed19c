from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.catalogue import STARTER_VARIABLE, find_model, starter_path
from engine.errors import EngineProblem, PhialError
from engine.paths import models as model_folder
from rag.errors import LibraryProblem
from rag.models import Models
from rag.protocol import ModelState
from rag.speeds import Speeds
from rag.stores.database import Database
from rag.stores.history import History
from tests.engine.tiny_models import CONTEXT, write_model


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder on a machine without the starter."""
    monkeypatch.setenv(STARTER_VARIABLE, "")
    folder = tmp_path / "phial"
    model_folder(folder).mkdir(parents=True)
    return folder


@pytest.fixture
def speeds(tmp_path: Path) -> Iterator[Speeds]:
    database = Database(tmp_path)
    yield Speeds(History(database))
    database.close()


@pytest.fixture
def models(home: Path, speeds: Speeds) -> Models:
    return Models(home, lambda: 1_000, speeds, lambda: "")


def kind_of(use: object) -> object:
    assert callable(use)
    with pytest.raises(PhialError) as failure:
        use()
    return failure.value.kind


def test_without_a_model_there_is_none_that_answers(models: Models) -> None:
    assert models.listed() == ()
    assert models.chosen() is None
    assert models.state() == ModelState(0, "", "", "absent", 0, is_stand_in=False)
    assert kind_of(lambda: models.choose("phi")) is EngineProblem.MODEL_UNKNOWN


def test_a_model_that_was_added_is_listed_with_what_it_needs_and_answers(models: Models, tmp_path: Path) -> None:
    path = write_model(tmp_path / "tiny.gguf")
    models.add(str(path))
    (listed,) = models.listed()
    assert (listed.path, listed.architecture, listed.context) == (str(path), "llama", CONTEXT)
    assert listed.bytes == path.stat().st_size
    assert listed.memory_needed > listed.bytes
    assert (listed.fit, listed.is_chosen, listed.is_stand_in, listed.problem) == ("fits", True, False, None)
    assert models.state() == ModelState(0, listed.model, listed.name, "asleep", 1_000, is_stand_in=False)


def test_a_damaged_file_is_listed_with_what_is_wrong_and_never_answers(models: Models, home: Path) -> None:
    broken = model_folder(home) / "broken.gguf"
    broken.write_bytes(b"no GGUF at all")
    (listed,) = models.listed()
    assert listed.problem is not None
    assert listed.problem.kind == EngineProblem.MODEL_NOT_GGUF
    assert (listed.architecture, listed.bytes, listed.memory_needed, listed.fit) == ("", 0, 0, "")
    assert not listed.is_chosen
    assert models.chosen() is None
    assert kind_of(lambda: models.choose(listed.model)) is EngineProblem.MODEL_NOT_GGUF


def test_the_choice_is_the_persons(models: Models, home: Path, speeds: Speeds) -> None:
    for name in ("one", "two"):
        write_model(model_folder(home) / f"{name}.gguf", seed=len(name))
    first, second = (model.model for model in models.listed())
    for wanted in (second, first):
        models.choose(wanted)
        assert [model.model for model in models.listed() if model.is_chosen] == [wanted]
        assert models.state().model == wanted
        assert Models(home, lambda: 0, speeds, lambda: "").state().model == wanted


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (None, EngineProblem.MODEL_MISSING),
        (b"GGUF", EngineProblem.MODEL_TRUNCATED),
        (b"x", EngineProblem.MODEL_NOT_GGUF),
    ],
)
def test_a_file_that_is_no_model_is_not_added(
    models: Models, tmp_path: Path, content: bytes | None, kind: EngineProblem
) -> None:
    path = tmp_path / "model.gguf"
    if content is not None:
        path.write_bytes(content)
    assert kind_of(lambda: models.add(str(path))) is kind
    assert models.listed() == ()


def test_a_choice_that_cannot_be_written_down_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, speeds: Speeds
) -> None:
    monkeypatch.setenv(STARTER_VARIABLE, "")
    path = write_model(tmp_path / "tiny.gguf")
    (tmp_path / "file").write_bytes(b"")
    nowhere = Models(tmp_path / "file", lambda: 0, speeds, lambda: "")
    assert kind_of(lambda: nowhere.add(str(path))) is LibraryProblem.LIBRARY_UNWRITABLE
    assert kind_of(lambda: nowhere.choose(str(path))) is LibraryProblem.LIBRARY_UNWRITABLE


def test_what_the_model_does_is_told_and_kept(models: Models, home: Path) -> None:
    write_model(model_folder(home) / "tiny.gguf")
    model = find_model(home, models.listed()[0].model)
    told = models.note("writing", model)
    assert told == models.state() == ModelState(0, model.id, model.name, "writing", 1_000, is_stand_in=False)
    assert models.note("asleep", None).model == model.id


def test_the_starter_says_that_it_is_a_stand_in(tmp_path: Path, speeds: Speeds) -> None:
    if starter_path() is None:
        pytest.skip("the starter model belongs to the development set-up")
    (listed,) = Models(tmp_path, lambda: 0, speeds, lambda: "").listed()
    assert listed.is_stand_in
    assert listed.is_chosen
    assert listed.name == "SmolLM2-135M"
