"""Estimates over a library of its own: what is predicted, and how what was done corrects it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from engine.catalogue import STARTER_VARIABLE, InstalledModel, add_model, choose_model
from engine.host import Finished
from engine.pace import Pace
from rag import durations, speeds
from rag.errors import LibraryProblem, PhialError
from rag.estimating import LONGEST_SHARE, Estimator
from rag.first_word import FirstWord
from rag.models import Models
from rag.protocol import (
    Answer,
    Answered,
    CheckedDocument,
    Errand,
    Estimate,
    FoundAll,
    Scope,
    Stage,
    Summarise,
    Summarised,
    SummaryMode,
    Timings,
)
from rag.settings import Settings
from rag.speeds import Speeds
from rag.stores.database import Database
from rag.stores.history import History
from rag.stores.scope_records import Extent, Member
from tests.engine.tiny_models import write_model
from tests.rag.making_summaries import DOCUMENT, SUMMARY

ASK = Estimate(1, Errand.ASK)
THOROUGH = Estimate(1, Errand.SUMMARISE)
FIND = Estimate(1, Errand.FIND_ALL)
EXTENT = Extent(14, 4_000, 800_000)


class Shelf:
    """Documents of which only the extent is known."""

    def members(self, scope: Scope, *, is_read: bool = False, without: Iterable[str] = ()) -> tuple[Member, ...]:
        if scope.documents:
            raise PhialError(LibraryProblem.SCOPE_EMPTY, path=scope.documents[0])
        return (Member("a", "a"),)

    def extent(self, sha256s: list[str]) -> Extent:
        assert sha256s
        return EXTENT


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    database = Database(tmp_path)
    yield History(database)
    database.close()


@pytest.fixture
def here(tmp_path: Path, history: History, monkeypatch: pytest.MonkeyPatch) -> tuple[Estimator, Models]:
    monkeypatch.setattr(speeds, "measured_pace", lambda: Pace(1e6, 1e6))
    monkeypatch.setenv(STARTER_VARIABLE, "")
    known = Speeds(history)
    models = Models(tmp_path, lambda: 0, known, lambda: "")
    shelf = Shelf()
    first_word = FirstWord(history, Settings(tmp_path, history))
    return Estimator(shelf, shelf, models, known, first_word, history), models  # type: ignore[arg-type]


@pytest.fixture
def model(tmp_path: Path) -> InstalledModel:
    model = add_model(tmp_path, write_model(tmp_path / "tiny.gguf"))
    choose_model(tmp_path, model.id)
    return model


def answered(first_word_s: float, total_s: float, **changes: object) -> Answered:
    answer = Answer(
        "Why?", "So.", refused=False, support=1.0, sentences=(), citations=(), passages=(), model="Tiny",
        is_stand_in=False, timings=Timings(0.1, first_word_s, total_s, 300, 40),
    )  # fmt: skip
    return Answered(1, dataclasses.replace(answer, **changes), 1, 1)


def test_without_a_model_nothing_is_said_of_what_one_would_write(here: tuple[Estimator, Models]) -> None:
    estimator, _ = here
    assert estimator.estimate(ASK).total_s == -1.0
    told = estimator.estimate(THOROUGH)
    assert (told.first_word_s, told.total_s, told.documents) == (-1.0, -1.0, 14)
    assert estimator.estimate(FIND).total_s > 0.0


def test_where_nothing_is_in_scope_that_is_the_answer(here: tuple[Estimator, Models]) -> None:
    with pytest.raises(PhialError) as raised:
        here[0].estimate(dataclasses.replace(ASK, scope=Scope(("gone",))))
    assert raised.value.kind is LibraryProblem.SCOPE_EMPTY


def test_what_was_never_done_is_estimated_and_a_model_that_sleeps_is_waited_for(
    here: tuple[Estimator, Models], model: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert model.header is not None
    monkeypatch.setattr(durations, "LOADED_A_SECOND", model.header.file_bytes / 5.0)
    estimator, models = here
    asleep = estimator.estimate(ASK)
    assert not asleep.is_measured
    assert 0.0 < asleep.first_word_s < asleep.total_s
    models.note("awake", model)
    awake = estimator.estimate(ASK)
    assert asleep.first_word_s == pytest.approx(awake.first_word_s + 5.0, abs=0.02)


def test_an_answer_teaches_how_long_the_next_one_takes(
    here: tuple[Estimator, Models], history: History, model: InstalledModel
) -> None:
    estimator, models = here
    models.note("awake", model)
    Speeds(history).note(model, Finished("end", prompt_tokens=100, answer_tokens=20, prefill_s=2.0, decode_s=2.0))
    before = estimator.estimate(ASK)
    took = answered(2 * before.first_word_s, 5 * before.total_s)
    events = [Stage(1, "model"), Stage(1, "prompt"), took]
    assert list(estimator.noting_answer(model, iter(events))) == events
    after = estimator.estimate(ASK)
    assert after.is_measured
    assert after.first_word_s == pytest.approx(2 * before.first_word_s, rel=0.02)
    assert after.total_s == pytest.approx(5 * before.total_s, rel=0.02)


@pytest.mark.parametrize("changes", [{"was_stopped": True}, {"timings": Timings(0.1, 90.0, 99.0, 300, 2)}])
def test_what_was_stopped_or_hardly_begun_teaches_nothing(
    here: tuple[Estimator, Models], model: InstalledModel, changes: dict[str, object]
) -> None:
    estimator, models = here
    models.note("awake", model)
    before = estimator.estimate(ASK)
    list(estimator.noting_answer(model, iter([answered(80.0, 90.0, **changes)])))
    assert estimator.estimate(ASK) == before


def test_a_machine_that_slept_in_the_middle_is_not_believed(
    here: tuple[Estimator, Models], model: InstalledModel
) -> None:
    estimator, models = here
    models.note("awake", model)
    before = estimator.estimate(ASK)
    list(estimator.noting_answer(model, iter([answered(3600.0, 3601.0)])))
    assert estimator.estimate(ASK).first_word_s <= LONGEST_SHARE * before.first_word_s + 0.1


def test_how_long_a_model_loads_is_learned(
    here: tuple[Estimator, Models], model: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    estimator, models = here
    models.note("awake", model)
    awake = estimator.estimate(ASK).first_word_s
    models.note("asleep", model)
    clock = iter([100.0, 107.0])
    monkeypatch.setattr("rag.estimating.time.perf_counter", lambda: next(clock))
    list(estimator.noting_answer(model, iter([Stage(1, "model"), Stage(1, "prompt")])))
    assert estimator.estimate(ASK).first_word_s == pytest.approx(awake + 7.0, abs=0.02)


def test_each_kind_of_summary_is_learned_for_itself(here: tuple[Estimator, Models], model: InstalledModel) -> None:
    estimator, models = here
    models.note("awake", model)
    thorough = estimator.estimate(THOROUGH)
    quick = estimator.estimate(dataclasses.replace(THOROUGH, mode=SummaryMode.QUICK))
    table = estimator.estimate(dataclasses.replace(THOROUGH, compares=True))
    assert 0.0 < quick.total_s < thorough.total_s
    assert table.first_word_s == table.total_s > 0.0
    timings = dataclasses.replace(SUMMARY.timings, total_s=4 * thorough.total_s, answer_tokens=500)
    read = (dataclasses.replace(DOCUMENT, parts_cached=0),)
    whole = dataclasses.replace(SUMMARY, documents=read, timings=timings, was_stopped=False)
    again = dataclasses.replace(whole, documents=(DOCUMENT,), timings=dataclasses.replace(timings, total_s=0.1))
    request = Summarise(1, ("a",))
    for summary in (whole, again):  # the second had read its parts before: it says nothing of how long they take
        list(estimator.noting_summary(request, model, iter([Summarised(1, summary)])))
    assert estimator.estimate(THOROUGH).total_s == pytest.approx(4 * thorough.total_s, rel=0.02)
    assert estimator.estimate(dataclasses.replace(THOROUGH, mode=SummaryMode.QUICK)) == quick


def test_a_look_into_every_document_teaches_the_next(here: tuple[Estimator, Models]) -> None:
    estimator, _ = here
    before = estimator.estimate(FIND)
    assert not before.is_measured
    nothing = (CheckedDocument("a", "a.pdf", "/a.pdf"),)
    found = FoundAll(1, 1, 1, (), nothing, (), (), seconds=3 * before.total_s)
    list(estimator.noting_find(iter([found])))
    after = estimator.estimate(FIND)
    assert after.is_measured
    assert after.total_s == pytest.approx(3 * before.total_s, rel=0.02)
    list(estimator.noting_find(iter([dataclasses.replace(found, seconds=99.0, was_stopped=True)])))
    assert estimator.estimate(FIND) == after
