"""The look for other programs' models, in the background: what it lists, verifies, and takes back."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from engine.catalogue import STARTER_VARIABLE, choose_model, chosen_model, installed_models
from engine.discover import SWITCH
from engine.errors import EngineProblem
from engine.model_notes import model_notes
from engine.phi import phi_table
from rag import discovering, protocol
from rag.courtesy import Courtesy
from rag.discovering import Discovering
from rag.feed import Feed
from rag.models import Models
from rag.speeds import Speeds
from rag.stores.database import Database
from rag.stores.history import History
from tests.engine.tiny_models import write_model


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder; the person's home is beside it."""
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path / "person"))
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HF_HOME", "HF_HUB_CACHE", "OLLAMA_MODELS",
                     "HUGGINGFACE_HUB_CACHE", "APPDATA", "LOCALAPPDATA", SWITCH):  # fmt: skip
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv(STARTER_VARIABLE, "")
    return tmp_path / "library"


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A model of LM Studio's."""
    path = tmp_path / "person/.lmstudio/models/theirs.gguf"
    path.parent.mkdir(parents=True)
    return write_model(path, "phi3")


class Looking:
    """A look that runs, and what whoever follows hears of it."""

    def __init__(self, home: Path, database: Database) -> None:
        self.feed = Feed()
        self.courtesy = Courtesy()
        self.models = Models(home, lambda: 0, Speeds(History(database)), lambda: "")
        self.discovering = Discovering(home, self.courtesy, self.models, self.feed)

    def until(self, is_so: Callable[[Sequence[protocol.Model]], object]) -> None:
        """Follow the news until what is listed ``is_so``."""
        with self.feed.follow() as events:
            self.discovering.start()
            while not is_so(self.models.listed()):
                events.get(timeout=30)


@pytest.fixture
def looking(home: Path, tmp_path: Path) -> Iterator[Looking]:
    database = Database(tmp_path)
    made = Looking(home, database)
    yield made
    made.discovering.close()
    database.close()


@pytest.fixture
def known(theirs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Their model, which the table knows by its size and its hash."""
    row = dataclasses.replace(
        phi_table().models[0],
        bytes=theirs.stat().st_size,
        sha256=hashlib.sha256(theirs.read_bytes()).hexdigest(),
    )
    table = dataclasses.replace(phi_table(), models=(row,))
    monkeypatch.setattr(discovering, "phi_table", lambda: table)
    monkeypatch.setattr("engine.catalogue.phi_table", lambda: table)
    return theirs


def test_what_is_found_is_listed_with_its_source(looking, theirs):
    looking.until(bool)
    (model,) = looking.models.listed()
    assert (model.model, model.path, model.source, model.is_verified) == ("theirs", str(theirs), "LM Studio", False)
    assert model.is_chosen, "there is no other"


def test_whoever_follows_hears_of_it(looking, theirs):
    with looking.feed.follow() as events:
        looking.discovering.start()
        told, state = events.get(timeout=30), events.get(timeout=30)
    assert isinstance(told, protocol.Models)
    assert [model.path for model in told.models] == [str(theirs)]
    assert isinstance(state, protocol.ModelState)
    assert state.model == "theirs"


def test_whoever_asks_gets_the_first_look(looking, theirs):
    looking.discovering.start()
    looking.discovering.freshen()
    assert looking.models.listed()


def test_an_old_look_is_taken_again(looking, theirs, monkeypatch):
    looking.until(bool)
    theirs.unlink()
    assert looking.models.listed() == (), "what is gone is not listed, though it was found"
    other = write_model(theirs.with_name("other.gguf"), "phi3", seed=1)
    monkeypatch.setattr(discovering, "LOOK_AGAIN_SECONDS", 0.0)
    looking.discovering.freshen()
    looking.until(lambda models: [model.path for model in models] == [str(other)])


def test_a_file_that_the_table_knows_is_verified_until_it_changes(looking, known, home):
    looking.until(lambda models: any(model.is_verified for model in models))
    state = known.stat()
    known.write_bytes(known.read_bytes().replace(b"tiny", b"evil"))
    assert not installed_models(home)[0].is_verified
    os.utime(known, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    assert not installed_models(home)[0].is_verified


def test_a_file_of_the_right_size_with_another_hash_is_not(looking, known, home):
    known.write_bytes(known.read_bytes().replace(b"tiny", b"evil"))
    looking.discovering.start()
    hashed = threading.Event()
    while not model_notes(home).sha256_of(known):
        hashed.wait(0.01)
    assert not looking.models.listed()[0].is_verified


def test_only_what_may_be_known_is_hashed(looking, theirs, home):
    looking.until(bool)
    looking.discovering.freshen()
    assert model_notes(home).hashes == ()


def test_hashing_gives_way_to_an_answer(looking, known, home):
    with looking.courtesy.answering():
        looking.until(bool)
        assert not model_notes(home).sha256_of(known)
    looking.until(lambda models: models[0].is_verified)


def test_a_model_that_was_chosen_says_so_when_its_program_has_gone(looking, theirs, home):
    looking.until(bool)
    choose_model(home, "theirs")
    assert chosen_model(home).source == "LM Studio"
    theirs.unlink()
    (gone,) = installed_models(home)
    assert gone.problem is not None
    assert gone.problem.kind is EngineProblem.MODEL_MISSING


def test_a_data_folder_that_cannot_be_written_ends_nothing(looking, theirs, monkeypatch):
    def full(*_: object) -> bool:
        raise OSError(28, "no space")

    monkeypatch.setattr(discovering, "note_found", full)
    looking.discovering.start()
    looking.discovering.freshen()
    assert looking.models.listed() == ()
    monkeypatch.undo()
