from __future__ import annotations

import threading

import pytest

from rag.protocol import BackupProgress, Done, Reply
from rag.told import IsCancelled, Tell, told


def step(done: int) -> BackupProgress:
    return BackupProgress(0, "packing", done, 9)


def test_what_is_told_comes_in_its_order_and_what_is_given_last() -> None:
    def work(tell: Tell, _is_cancelled: IsCancelled) -> Done:
        tell(step(1))
        tell(step(2))
        return Done(0)

    assert list(told(work, threading.Event())) == [step(1), step(2), Done(0)]


def test_work_that_gives_nothing_just_ends() -> None:
    def work(_tell: Tell, _is_cancelled: IsCancelled) -> Reply | None:
        return None

    assert list(told(work, threading.Event())) == []


def test_what_work_raises_is_raised_behind_what_it_told() -> None:
    def work(tell: Tell, _is_cancelled: IsCancelled) -> Done:
        tell(step(1))
        raise OSError("full")

    replies = told(work, threading.Event())
    assert next(replies) == step(1)
    with pytest.raises(OSError, match="full"):
        next(replies)


def test_who_no_longer_follows_cancels_it_and_waits_for_its_end() -> None:
    ended = []

    def work(tell: Tell, is_cancelled: IsCancelled) -> None:
        tell(step(1))
        while not is_cancelled():
            threading.Event().wait(0.01)
        ended.append(True)

    replies = told(work, threading.Event())
    next(replies)
    replies.close()  # type: ignore[attr-defined]
    assert ended == [True]
