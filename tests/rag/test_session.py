"""A terminal's session: what an interrupt from the keyboard does to it."""

from __future__ import annotations

import os
import signal
import struct
import threading
from collections.abc import Callable, Iterator
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import pytest

from engine.links import Link
from rag import session as session_module
from rag.protocol import CODEC, Cancel, Cancelled, Done, Pause, Stage
from rag.session import Session


@pytest.fixture(autouse=True)
def _hears_interrupts() -> Iterator[None]:
    """As in a terminal: a shell starts what runs in its background deaf to them."""
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, former)


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The worker's end of a session's connection."""
    ours, theirs = Pipe()
    monkeypatch.setattr(session_module, "connect", lambda _home, _client: (Link(ours, CODEC), None))
    yield theirs
    theirs.close()


@pytest.fixture
def session(worker: Any, tmp_path: Path) -> Iterator[Session]:
    with Session(tmp_path) as opened:
        yield opened


def pause(number: int) -> Pause:
    return Pause(number, paused=True)


def interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def meanwhile(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def given_before_the_interrupt(session: Session) -> list[object]:
    given: list[object] = []
    try:
        for reply in session.run(pause):
            given.append(reply)  # noqa: PERF402 - what was given before the end counts
    except KeyboardInterrupt:
        return given
    pytest.fail("it was not interrupted")


def test_an_interrupt_cancels_the_request_whose_last_word_is_still_given(session: Session, worker: Any) -> None:
    asked: list[object] = []

    def answer() -> None:
        asked.append(CODEC.decode(worker.recv_bytes()))
        interrupt()
        asked.append(CODEC.decode(worker.recv_bytes()))
        worker.send_bytes(CODEC.encode(Done(1)))

    meanwhile(answer)
    assert given_before_the_interrupt(session) == [Done(1)]
    assert asked == [pause(1), Cancel(2, 1)]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_interrupt_in_the_middle_of_a_message_leaves_the_rest_readable(session: Session, worker: Any) -> None:
    stage = Stage(1, "prompt", "m" * 1000)
    frame = CODEC.encode(stage)

    def answer() -> None:
        worker.recv_bytes()
        os.write(worker.fileno(), struct.pack("!i", len(frame)) + frame[:500])
        interrupt()
        os.write(worker.fileno(), frame[500:])
        worker.recv_bytes()
        worker.send_bytes(CODEC.encode(Cancelled(1)))

    meanwhile(answer)
    assert given_before_the_interrupt(session) == [stage]


def test_a_second_interrupt_ends_it_though_the_worker_says_nothing(session: Session, worker: Any) -> None:
    def interrupt_twice() -> None:
        worker.recv_bytes()
        interrupt()
        worker.recv_bytes()
        interrupt()

    meanwhile(interrupt_twice)
    assert given_before_the_interrupt(session) == []


def test_a_worker_that_goes_after_an_interrupt_is_not_started_again(session: Session, worker: Any) -> None:
    def go() -> None:
        worker.recv_bytes()
        interrupt()
        worker.recv_bytes()
        worker.close()

    meanwhile(go)
    assert given_before_the_interrupt(session) == []


def test_what_is_asked_for_its_last_word_alone_is_interrupted_too(session: Session, worker: Any) -> None:
    def answer() -> None:
        worker.recv_bytes()
        interrupt()
        worker.recv_bytes()
        worker.send_bytes(CODEC.encode(Done(1)))

    meanwhile(answer)
    with pytest.raises(KeyboardInterrupt):
        session.get(Done, pause)


def test_a_request_can_be_made_from_another_thread(session: Session, worker: Any) -> None:
    given: list[object] = []
    asking = meanwhile(lambda: given.extend(session.run(pause)))
    worker.recv_bytes()
    worker.send_bytes(CODEC.encode(Done(1)))
    asking.join(timeout=5)
    assert given == [Done(1)]
