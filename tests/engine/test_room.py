from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine import hardware
from engine.embedding_host import EmbeddingHost
from engine.hardware import Memory
from engine.host import ModelHost
from engine.room import Room
from engine.running_process import NEVER
from tests.engine.embedding_models import write_tiny_embedder
from tests.engine.test_host import STORY


class Holder:
    """Holds so many bytes, and gives them back where it is idle."""

    def __init__(self, room: Room, size: int, *, is_idle: bool = True) -> None:
        self.size, self._is_idle = size, is_idle
        room.enter(self)

    def give_way(self) -> None:
        self.size = 0 if self._is_idle else self.size


def test_as_many_give_way_as_are_needed() -> None:
    room = Room()
    newcomer = Holder(room, 5)
    busy, first, second = Holder(room, 10, is_idle=False), Holder(room, 20), Holder(room, 30)

    def free() -> int:
        return 100 - newcomer.size - busy.size - first.size - second.size

    assert room.make(30, free, newcomer) == 35
    assert room.make(50, free, newcomer) == 55
    assert (first.size, second.size) == (0, 30)
    room.leave(second)
    room.leave(second)
    assert room.make(100, free, newcomer) == 55, "who has left is not asked, nor who asks"


@pytest.fixture
def embedder(tmp_path: Path) -> Iterator[Callable[[Room], EmbeddingHost]]:
    opened: list[EmbeddingHost] = []

    def make(room: Room) -> EmbeddingHost:
        path = write_tiny_embedder(tmp_path / "tiny.gguf", dimensions=16)
        opened.append(EmbeddingHost(path, "tiny", 128, 1, log_folder=tmp_path, room=room))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


def test_of_embedder_and_model_the_idle_one_ends_for_the_other(
    embedder: Callable[[Room], EmbeddingHost],
    make_host: Callable[..., ModelHost],
    starter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = Room()
    embedding, host = embedder(room), make_host(room=room)
    enough = hardware.memory_needed(starter.header, 2048)
    both = enough + 2**30

    def available() -> Memory:
        return Memory(2**33, enough if not (embedding.is_running or host.memory) else 0)

    monkeypatch.setattr(hardware, "mapped_by_children", lambda apart_from=0: 0)
    monkeypatch.setattr(hardware, "memory", lambda: Memory(2**33, both))
    embedding.load()
    assert host.load(starter, 2048)
    assert embedding.is_running, "there was room for both"
    host.give_way()
    monkeypatch.setattr(hardware, "memory", available)
    assert host.load(starter, 2048)
    assert not embedding.is_running
    assert embedding.count_tokens(["ab"]) == [2]
    assert (host.memory, host.sleeps_for) == (0, "pressure")
    answer = host.generate(STORY, NEVER)
    next(answer)
    assert not embedding.is_running
    host.give_way()
    assert host.memory > 0, "it writes"
    answer.close()
