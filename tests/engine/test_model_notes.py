from __future__ import annotations

from pathlib import Path

import pytest

from engine.catalogue import add_model, find_model, installed_models
from engine.discover import Found
from engine.errors import EngineProblem, PhialError
from engine.gguf_header import read_header
from engine.model_notes import Notes, model_notes, note_death, note_found, note_hash, note_life, state_of

pytestmark = pytest.mark.usefixtures("without_starter")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_notes_are_kept_for_the_owner_alone(home, tiny):
    assert model_notes(home) == Notes()
    assert note_found(home, [Found(tiny, "Jan", "Tiny Phi")])
    assert not note_found(home, [Found(tiny, "Jan", "Tiny Phi")]), "no news"
    (file,) = model_notes(home).found
    assert (file.path, file.source, file.label) == (str(tiny), "Jan", "Tiny Phi")
    assert (home / "model-notes.json").stat().st_mode & 0o077 == 0
    assert [path.name for path in home.iterdir()] == ["model-notes.json"]


def test_what_cannot_be_read_is_nothing(home):
    home.mkdir()
    (home / "model-notes.json").write_bytes(b"\x00 not json")
    assert model_notes(home) == Notes()
    assert note_found(home, [Found(Path("/x.gguf"), "Jan")])


def test_a_hash_is_of_a_file_as_it_was(home, tiny):
    state = state_of(tiny)
    assert state is not None
    assert note_hash(home, tiny, state, "ab" * 32)
    assert model_notes(home).sha256_of(tiny) == "ab" * 32
    tiny.write_bytes(tiny.read_bytes() + b"x")
    assert model_notes(home).sha256_of(tiny) == ""
    tiny.unlink()
    assert model_notes(home).sha256_of(tiny) == ""


def test_deaths_and_lives(home, tiny):
    note_death(home, tiny)
    assert not model_notes(home).is_deadly(tiny)
    note_life(home, tiny)
    note_death(home, tiny)
    assert not model_notes(home).is_deadly(tiny)
    note_death(home, tiny)
    assert model_notes(home).is_deadly(tiny)
    note_death(home, tiny.with_name("gone.gguf"))
    assert len(model_notes(home).deaths) == 1


def test_notes_do_not_grow_without_end(home, tiny, monkeypatch):
    monkeypatch.setattr("engine.model_notes._MOST_STAMPS", 3)
    for number in range(5):
        note_hash(home, Path(f"/{number}.gguf"), (1, 1), "ab" * 32)
    assert [stamp.path for stamp in model_notes(home).hashes] == ["/2.gguf", "/3.gguf", "/4.gguf"]


def test_a_found_model_is_called_what_its_program_calls_it_and_one_that_is_broken_is_left_out(home, tiny):
    broken = tiny.with_name("broken.gguf")
    broken.write_bytes(tiny.read_bytes()[:-1])
    blob = tiny.with_name("sha256-ab")
    blob.write_bytes(tiny.read_bytes())
    note_found(home, [Found(blob, "Ollama", "phi3:mini"), Found(broken, "LM Studio"), Found(tiny, "LM Studio")])
    assert [(model.id, model.name, model.source) for model in installed_models(home)] == [
        ("phi3-mini", "phi3:mini", "Ollama"), ("tiny", "tiny", "LM Studio"),
    ]  # fmt: skip
    assert find_model(home, "phi3-mini").path == blob


def test_a_found_model_that_is_broken_is_shown_once_the_person_named_it(home, tiny):
    note_found(home, [Found(tiny, "LM Studio")])
    assert add_model(home, tiny).source == "LM Studio"
    tiny.write_bytes(tiny.read_bytes()[:-1])
    (model,) = installed_models(home)
    assert model.problem is not None
    assert model.problem.kind is EngineProblem.MODEL_TRUNCATED


def test_a_file_without_rights_says_so(tiny, monkeypatch):
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "no rights")  # as root may read everything, no file mode would do

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(PhialError) as failure:
        read_header(tiny)
    assert failure.value.kind is EngineProblem.MODEL_UNREADABLE
