from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast
from unittest.mock import MagicMock

import pytest

from engine.host import ModelHost
from engine.messages import Block, ChatMessage
from rag import ahead
from rag.ahead import ReadingAhead, likely, may_read_ahead
from rag.blocks import block_of
from rag.courtesy import Courtesy
from rag.library import Library
from rag.prompting import Prompter
from rag.searching import Findings
from rag.settings import ReadsAhead, ReusesPassages, Settings
from rag.stores.database import Database
from rag.stores.history import History
from rag.stores.records import Records
from tests.rag.stores.filling import add_document, sum_of

WIDTH = 100
"""Elements of the KV cache that a token takes."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def records(database: Database) -> Records:
    return Records(database)


@pytest.fixture
def settings(tmp_path: Path, database: Database) -> Settings:
    settings = Settings(tmp_path, History(database))
    settings.change("reads_ahead", ReadsAhead.ALWAYS)
    settings.change("reuses_passages", ReusesPassages.ALWAYS)
    return settings


@pytest.mark.parametrize(
    ("wish", "on_battery", "may"),
    [("always", True, True), ("on_mains", True, False), ("on_mains", False, True), ("never", False, False)],
)
def test_the_person_says_on_which_power_it_is_read(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, wish: str, on_battery: bool, may: bool
) -> None:
    monkeypatch.setattr(ahead, "is_on_battery", lambda: on_battery)
    settings.change("reads_ahead", wish)
    assert may_read_ahead(settings) is may


def test_what_was_shown_is_likelier_than_what_stands_beside_it_and_that_than_a_beginning(records: Records) -> None:
    first, second, third, fourth = add_document(records, "/crane.md", "One.", "Two.", "Three.", "Four.")
    (opening, _) = add_document(records, "/other.md", "Begins.", "Ends.")
    add_document(records, "/never.md", "Unread.")
    found = likely(records, [third, first], [sum_of("other.md"), sum_of("crane.md")])
    assert [passage.id for passage in found] == [third, first, second, fourth, opening]


def test_what_was_forgotten_meanwhile_is_not_read(records: Records) -> None:
    first, second = add_document(records, "/crane.md", "One.", "Two.")
    found = likely(records, [first], [])
    assert next(found).id == first
    records.remove_documents([sum_of("crane.md")])
    assert list(found) == []
    assert second


class Host:
    """A model that is awake, and keeps what it is to prepare; a token is a word."""

    memory = 1

    def __init__(self, gives_way: int = 0, enough: int = 1) -> None:
        self.prepared: list[Block] = []
        self.model: Any = MagicMock()
        self.model.header.kv_width = WIDTH
        self.has_enough = threading.Event()
        self.enough = enough
        self.gives_way = gives_way

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def prepare(self, messages: Sequence[ChatMessage], is_cancelled: Callable[[], bool]) -> bool:
        if self.gives_way:
            self.gives_way -= 1
            return False
        self.prepared += messages[-1].blocks
        if len(self.prepared) >= self.enough:
            self.has_enough.set()
        return True


@pytest.fixture
def reader(
    records: Records, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Host], ReadingAhead]]:
    """Who reads ahead with a model, on a machine that has nothing else to do."""
    monkeypatch.setattr(ahead.psutil, "cpu_percent", lambda _seconds: 0.0)
    monkeypatch.setattr(ahead, "PAUSE_S", 0.01)
    made: list[ReadingAhead] = []

    def make(host: Host) -> ReadingAhead:
        real = cast("ModelHost", host)
        prompter = Prompter(real, records, cast("History", MagicMock()), settings)
        made.append(ReadingAhead(records, real, prompter, settings, Courtesy(), list))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def read(records: Records, reader: Callable[[Host], ReadingAhead]) -> Callable[[Host, Sequence[int]], list[Block]]:
    """What is read ahead where the last question found these passages."""

    def reading(host: Host, shown: Sequence[int]) -> list[Block]:
        reader(host)._read(likely(records, shown, ()))
        return host.prepared

    return reading


def test_after_an_answer_its_passages_are_read_each_by_itself(
    records: Records, reader: Callable[[Host], ReadingAhead]
) -> None:
    ids = add_document(records, "/crane.md", "The crane.", "It turns.")
    host = Host(enough=2)
    reading = reader(host)
    reading.start()
    reading.answered(Findings((), 1.0, parts=(tuple(records.passages(ids[:1]).values()),)))
    assert host.has_enough.wait(20)
    assert host.prepared == [block_of(records.passages([one])[one]) for one in ids]


def test_what_gave_way_is_taken_up_again(records: Records, read: Callable[[Host, Sequence[int]], list[Block]]) -> None:
    assert len(read(Host(gives_way=3), add_document(records, "/crane.md", "The crane."))) == 1


def test_the_budget_ends_it(
    records: Records, settings: Settings, read: Callable[[Host, Sequence[int]], list[Block]]
) -> None:
    ids = add_document(records, "/crane.md", *(f"The crane turns {number}." for number in range(9)))
    [words] = Host().count_tokens([block_of(records.passages(ids[:1])[ids[0]]).text])
    for setting in ("kv_memory_bytes", "kv_disk_bytes"):
        settings.change(setting, str(ahead.BUDGET_SHARE * 2 * WIDTH * words * 3))
    assert len(read(Host(), ids)) == 3


@pytest.mark.parametrize(("setting", "value"), [("reads_ahead", "never"), ("reuses_passages", "never")])
def test_nothing_is_read_that_the_person_does_not_want(
    records: Records,
    settings: Settings,
    read: Callable[[Host, Sequence[int]], list[Block]],
    setting: str,
    value: str,
) -> None:
    ids = add_document(records, "/crane.md", "The crane.")
    assert read(Host(), ids)
    settings.change(setting, value)
    assert read(Host(), ids) == []


def test_a_model_that_sleeps_is_not_woken(
    records: Records, read: Callable[[Host, Sequence[int]], list[Block]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Host, "memory", 0)
    assert read(Host(), add_document(records, "/crane.md", "The crane.")) == []


def test_it_waits_while_somebody_else_is_at_work(
    records: Records, read: Callable[[Host, Sequence[int]], list[Block]], monkeypatch: pytest.MonkeyPatch
) -> None:
    shares = [90.0, 50.0, 10.0]
    monkeypatch.setattr(ahead.psutil, "cpu_percent", lambda _seconds: shares.pop(0))
    assert len(read(Host(), add_document(records, "/crane.md", "The crane."))) == 1
    assert shares == []


def test_a_library_that_goes_on_reads_ahead(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.resume()
        assert "reading ahead" in {thread.name for thread in threading.enumerate()}
    assert "reading ahead" not in {thread.name for thread in threading.enumerate()}
