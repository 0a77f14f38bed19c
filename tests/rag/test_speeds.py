"""How fast models are here: what was measured, and what is estimated until then."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import pace
from engine.catalogue import InstalledModel, add_model
from engine.host import Finished
from engine.pace import Pace, Work
from rag import speeds
from rag.errors import LibraryProblem, PhialError
from rag.learned import machine_key
from rag.protocol import Speed
from rag.speeds import FEWEST_READ, FEWEST_WRITTEN, Speeds
from rag.stores.database import Database
from rag.stores.history import History
from tests.engine.tiny_models import write_model


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    database = Database(tmp_path)
    yield History(database)
    database.close()


@pytest.fixture
def model(tmp_path: Path) -> InstalledModel:
    return add_model(tmp_path, write_model(tmp_path / "tiny.gguf"))


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose pace is known."""
    monkeypatch.setattr(speeds, "measured_pace", lambda: Pace(10e9, 100e9))


def answer(read: int = 100, read_s: float = 4.0, written: int = 20, written_s: float = 2.0, **fields: str) -> Finished:
    return Finished(
        fields.get("reason", "end"), prompt_tokens=read, answer_tokens=written, prefill_s=read_s, decode_s=written_s
    )


def test_a_model_is_estimated_until_both_were_measured(history: History, model: InstalledModel) -> None:
    here = Speeds(history)
    work = Work.of(model.header)  # type: ignore[arg-type]
    assert work is not None
    estimated = here.of(model)
    assert estimated == here.estimated(work)
    assert estimated is not None
    assert not estimated.is_measured
    here.note(model, answer(written=0, written_s=0.0))
    assert here.reading(model) == 25.0
    assert here.of(model) == estimated
    here.note(model, answer())
    assert Speeds(history).of(model) == Speed(25.0, 10.0, is_measured=True)
    assert here.of(dataclasses.replace(model, id="another")) == estimated


def test_a_model_without_a_header_is_not_estimated(history: History, model: InstalledModel) -> None:
    assert Speeds(history).of(dataclasses.replace(model, header=None)) is None


@pytest.mark.parametrize(
    "finished",
    [
        answer(read=FEWEST_READ - 1, written=FEWEST_WRITTEN - 1),
        answer(read_s=0.0, written_s=0.0),
        answer(written=0, reason="stopped"),
    ],
)
def test_what_says_nothing_is_not_learned_from(history: History, model: InstalledModel, finished: Finished) -> None:
    here = Speeds(history)
    here.note(model, finished)
    assert here.reading(model) == 0.0
    assert [speed.is_measured for speed in [here.of(model)] if speed] == [False]


def test_an_answer_that_was_stopped_says_how_fast_it_was_written(history: History, model: InstalledModel) -> None:
    here = Speeds(history)
    here.note(model, answer())
    here.note(model, answer(read_s=50.0, written_s=1.0, reason="stopped"))
    assert here.of(model) == Speed(25.0, 15.0, is_measured=True)


def test_the_machine_is_measured_once_for_a_library(
    history: History, model: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Speeds(history).pace()
    monkeypatch.setattr(speeds, "measured_pace", lambda: pytest.fail("measured again"))
    assert Speeds(history).pace() == first == Pace(10e9, 100e9)


@pytest.mark.parametrize("kept", ["", "nonsense", "{}", '{"bandwidth": -1, "compute": 1}', "[1, 2]"])
def test_a_pace_that_cannot_be_read_is_measured_again(history: History, kept: str) -> None:
    Speeds(history).pace()
    history.set_setting(machine_key(speeds._PACE), kept)
    assert Speeds(history).pace() == Pace(10e9, 100e9)


def test_the_real_machine(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speeds, "measured_pace", pace.measured_pace)
    assert Speeds(history).pace() == pace.measured_pace()


def test_on_a_full_disk_the_pace_is_measured_all_the_same(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_key: str, _value: str) -> None:
        raise PhialError(LibraryProblem.DISK_FULL)

    monkeypatch.setattr(history, "set_setting", full)
    assert Speeds(history).pace() == Pace(10e9, 100e9)
