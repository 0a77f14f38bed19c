from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, ClassVar, Self, cast

import pytest

from engine.frames import Codec, FrameError, Message
from engine.links import Door, Link, LinkClosed, knock, start_child


@dataclasses.dataclass(frozen=True)
class Word(Message):
    type: ClassVar[str] = "word"
    text: str


WORDS = Codec(1, [Word])
OTHER_WORDS = Codec(2, [Word])

CHILD = """
import dataclasses, os, sys, threading
from typing import ClassVar
from engine.frames import Codec, Message
from engine.links import LinkClosed, parent_link

@dataclasses.dataclass(frozen=True)
class Word(Message):
    type: ClassVar[str] = "word"
    text: str

link = parent_link(sys.argv[1], Codec(1, [Word]))
print("a native library prints where it likes")
link.send(Word(" ".join(sys.argv[2:]) + os.environ.get("GREETING", "")))
try:
    while True:
        link.send(Word(link.receive().text.upper()))
except LinkClosed:
    os._exit(7)
"""


@pytest.fixture
def child_environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "echo_child.py").write_text(CHILD)
    return {"PYTHONPATH": str(tmp_path), "GREETING": "!"}


def test_a_child_answers_and_ends_with_its_link(child_environment):
    child = start_child("echo_child", WORDS, "good", "day", environment=child_environment)
    assert child.link.receive() == Word("good day!")
    child.link.send(Word("aé" * 100_000))
    assert child.link.receive() == Word("AÉ" * 100_000)
    child.link.close()
    assert child.process.wait(10) == 7


def test_what_a_child_prints_goes_to_its_log(child_environment, tmp_path):
    with (tmp_path / "log").open("wb") as log:
        child = start_child(
            "echo_child", WORDS, environment=child_environment | {"PYTHONUNBUFFERED": "1"}, log=log.fileno()
        )
    assert isinstance(child.link.receive(), Word)
    assert "where it likes" in (tmp_path / "log").read_text()
    child.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_killed_child_is_heard_of(child_environment):
    child = start_child("echo_child", WORDS, environment=child_environment)
    child.link.receive()
    os.kill(child.process.pid, signal.SIGKILL)
    with pytest.raises(LinkClosed):
        child.link.receive()
    assert child.kill() == -signal.SIGKILL


def test_kill_ends_a_child_that_does_nothing(child_environment, tmp_path):
    (tmp_path / "deaf_child.py").write_text("import time\nwhile True: time.sleep(60)\n")
    child = start_child("deaf_child", WORDS, environment=child_environment)
    assert child.kill() != 0
    assert child.process.returncode is not None


def test_a_child_that_can_not_die_yet_is_not_waited_for_for_long(child_environment, monkeypatch):
    child = start_child("echo_child", WORDS, environment=child_environment)
    wait = child.process.wait

    def stuck(timeout: float) -> int:
        assert timeout < 10
        raise subprocess.TimeoutExpired("echo_child", timeout)

    monkeypatch.setattr(child.process, "wait", stuck)  # as in a read from a drive that doesn't answer
    assert child.kill() < 0
    wait(10)


def test_a_child_that_fails_to_start_closes_its_link(child_environment):
    child = start_child("no_such_module", WORDS, environment=child_environment)
    with pytest.raises(LinkClosed):
        child.link.receive()
    assert child.kill() == 1


def test_closing_wakes_the_thread_that_receives(child_environment):
    child = start_child("echo_child", WORDS, environment=child_environment)
    child.link.receive()
    outcome: list[type] = []
    began = threading.Event()

    def receive() -> None:
        began.set()
        try:
            child.link.receive()
        except LinkClosed as closed:
            outcome.append(type(closed))

    receiver = threading.Thread(target=receive)
    receiver.start()
    began.wait()
    child.link.close()
    receiver.join(10)
    assert outcome == [LinkClosed]
    assert child.process.wait(10) == 7


class Watched:
    """A connection that says how often it was closed, and whether somebody was reading from it at that moment."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.is_reading = False
        self.closed_while_reading: list[bool] = []

    def fileno(self) -> int:
        return self._connection.fileno()

    def recv_bytes(self, largest: int) -> bytes:
        self.is_reading = True
        try:
            return self._connection.recv_bytes(largest)
        finally:
            time.sleep(0.02)  # what a thread does between the end that it heard and its last look at the descriptor
            self.is_reading = False

    def close(self) -> None:
        self.closed_while_reading.append(self.is_reading)
        time.sleep(0.02)  # in which other threads close too
        self._connection.close()


def test_threads_that_close_at_once_close_one_descriptor_once_and_under_nobody():
    ours, theirs = Pipe()
    watched = Watched(ours)
    link = Link(cast("Connection[Any, Any]", watched), WORDS)

    def read() -> None:
        with pytest.raises(LinkClosed):
            link.receive()

    reader = threading.Thread(target=read)
    reader.start()
    while not watched.is_reading:
        time.sleep(0.001)
    closers = [threading.Thread(target=link.close) for _ in range(8)]
    for closer in closers:
        closer.start()
    for thread in (*closers, reader):
        thread.join(10)
    assert watched.closed_while_reading == [False]
    assert ours.closed
    theirs.close()


def test_a_frame_that_is_no_message_leaves_the_link_good(child_environment):
    child = start_child("echo_child", OTHER_WORDS, environment=child_environment)
    with pytest.raises(FrameError):
        child.link.receive()
    assert not child.link.has_message(0)
    child.kill()
    with pytest.raises(LinkClosed):
        child.link.send(Word("late"))


class Room:
    """A door with an echo behind it, for as long as the block lasts."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.guests: list[Link] = []
        self.door = Door(address, b"right key", WORDS)
        self._serving = threading.Thread(target=self.door.serve, args=(self._welcome,))

    def __enter__(self) -> Self:
        self._serving.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.door.close()
        self._serving.join(10)
        assert not self._serving.is_alive()

    def _welcome(self, link: Link) -> None:
        self.guests.append(link)
        try:
            while True:
                link.send(link.receive())
        except LinkClosed:
            link.close()


def test_a_door_lets_several_in_who_know_the_key(tmp_path):
    with Room(str(tmp_path / "door")) as room:
        links = [knock(room.address, b"right key", WORDS) for _ in range(3)]
        for number, link in enumerate(links):
            link.send(Word(str(number)))
        assert [link.receive() for link in links] == [Word("0"), Word("1"), Word("2")]
        for link in links:
            link.close()


def test_a_wrong_key_stays_outside_and_the_next_comes_in(tmp_path):
    with Room(str(tmp_path / "door")) as room:
        with pytest.raises(ConnectionError):
            knock(room.address, b"wrong key", WORDS)
        assert room.guests == []
        link = knock(room.address, b"right key", WORDS)
        link.send(Word("in"))
        assert link.receive() == Word("in")
        link.close()


def test_nobody_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        knock(str(tmp_path / "nowhere"), b"right key", WORDS)


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes have their own rights")
def test_only_the_owner_may_knock(tmp_path):
    with Room(str(tmp_path / "door")):
        assert (tmp_path / "door").stat().st_mode & 0o077 == 0
