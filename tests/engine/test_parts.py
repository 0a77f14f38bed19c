"""Models in several files, as gguf-split and the gguf package write them; llama.cpp loads them by the first."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import gguf
import pytest

from engine.catalogue import add_model, find_model, installed_models
from engine.errors import EngineProblem, PhialError
from engine.gguf_header import parts, read_header
from engine.host import ChatMessage, Finished, Generation
from engine.paths import models
from tests.engine.tiny_models import write_model


@pytest.fixture
def split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A model in three files or more."""
    with monkeypatch.context() as patch:
        patch.setattr(gguf, "GGUFWriter", partial(gguf.GGUFWriter, split_max_tensors=7))
        write_model(tmp_path / "split.gguf", "phi3")
    return sorted(tmp_path.glob("split-*.gguf"))


def kind_of(failure: pytest.ExceptionInfo[PhialError]) -> EngineProblem:
    return EngineProblem(failure.value.kind)


def test_the_first_speaks_for_all(split, tmp_path):
    whole = read_header(write_model(tmp_path / "whole.gguf", "phi3"))
    header = read_header(split[0])
    assert (header.part_number, header.part_count) == (0, len(split))
    assert len(split) > 2
    assert (header.tensor_count, header.tensor_bytes) == (whole.tensor_count, whole.tensor_bytes)
    assert header.file_bytes == sum(part.stat().st_size for part in split)
    assert header.chat_template == whole.chat_template


def test_it_is_one_model_whichever_part_is_named(split, tmp_path):
    home = tmp_path / "home"
    assert add_model(home, split[1]).path == split[0]
    assert find_model(home, str(split[2])).path == split[0]
    assert [model.path for model in installed_models(home) if model.path.parent == tmp_path] == [split[0]]


def test_in_the_data_folder_it_is_listed_once(split, tmp_path):
    folder = models(tmp_path / "home")
    folder.mkdir(parents=True)
    for part in split:
        part.rename(folder / part.name)
    listed = [model.path.name for model in installed_models(tmp_path / "home") if model.path.parent == folder]
    assert listed == [split[0].name]


@pytest.mark.parametrize("missing", [0, 1, -1])
def test_a_part_that_is_missing_is_named(missing, split, tmp_path):
    split[missing].unlink()
    with pytest.raises(PhialError) as failure:
        add_model(tmp_path / "home", split[1 if missing == 0 else 0])
    assert kind_of(failure) is EngineProblem.MODEL_PART_MISSING
    assert failure.value.parameters == {"path": str(split[0]), "part": split[missing].name, "parts": len(split)}


def test_a_part_under_the_name_of_another(split):
    first, second, third, *_ = split
    second.write_bytes(third.read_bytes())
    with pytest.raises(PhialError) as failure:
        read_header(first)
    assert kind_of(failure) is EngineProblem.MODEL_DAMAGED
    assert failure.value.parameters == {"path": str(second)}


def test_a_part_renamed_as_if_it_were_whole(split, tmp_path):
    for number, part in enumerate(split[:2]):
        with pytest.raises(PhialError) as failure:
            read_header(part.rename(tmp_path / f"alone-{number}.gguf"))
        assert kind_of(failure) is EngineProblem.MODEL_DAMAGED


def test_a_part_that_is_cut_is_named(split):
    split[-1].write_bytes(split[-1].read_bytes()[:-1])
    with pytest.raises(PhialError) as failure:
        read_header(split[0])
    assert kind_of(failure) is EngineProblem.MODEL_TRUNCATED
    assert failure.value.parameters == {"path": str(split[-1])}


@pytest.mark.parametrize("name", ["m-00002-of-00001.gguf", "m-00000-of-00003.gguf", "m-00001-of-99999.gguf",
                                  "m-1-of-3.gguf", "m-00001-of-00003.gguf.part", "m-00001-of-00003"])  # fmt: skip
def test_names_that_are_of_no_part(name):
    assert parts(Path("/x") / name) == (Path("/x") / name,)


def test_one_of_a_name_with_parts_that_is_whole(tiny, tmp_path):
    alone = tiny.rename(tmp_path / "m-00001-of-00001.gguf")
    assert read_header(alone).part_count == 1


def test_llama_cpp_loads_all_of_it(split, tmp_path, make_host):
    host = make_host()
    host.load(add_model(tmp_path / "home", split[0]))
    *_, end = host.generate(Generation((ChatMessage("user", "one"),), max_tokens=3), lambda: False)
    assert isinstance(end, Finished)
    assert end.answer_tokens > 0
