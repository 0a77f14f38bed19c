from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable

import pytest

from rag.courtesy import NICENESS, Courtesy, lower_priority

PATIENCE = 10.0


class Waiter:
    """A thread between two batches; it says when it goes on."""

    def __init__(self, wait: Callable[[Callable[[], bool]], None]) -> None:
        self._looked = threading.Semaphore(0)
        self._is_closing = False
        self._thread = threading.Thread(target=wait, args=(self._look,), daemon=True)
        self._thread.start()

    def _look(self) -> bool:
        self._looked.release()
        return self._is_closing

    def is_held(self) -> bool:
        """Whether it has found again and again that it may not go on."""
        return all(self._looked.acquire(timeout=PATIENCE) for _ in range(2)) and self._thread.is_alive()

    def goes_on(self) -> bool:
        self._thread.join(PATIENCE)
        return not self._thread.is_alive()

    def close(self) -> None:
        self._is_closing = True


def test_indexing_goes_on_where_nothing_holds_it() -> None:
    assert Waiter(Courtesy().wait).goes_on()


def test_indexing_waits_while_it_is_paused() -> None:
    courtesy = Courtesy()
    courtesy.pause(True)
    assert courtesy.is_paused
    waiter = Waiter(courtesy.wait)
    assert waiter.is_held()
    courtesy.pause(False)
    assert waiter.goes_on()
    assert not courtesy.is_paused


def test_indexing_waits_for_the_last_of_the_answers() -> None:
    courtesy = Courtesy()
    with courtesy.answering():
        with courtesy.answering():
            waiter = Waiter(courtesy.wait)
            assert waiter.is_held()
        assert waiter.is_held()
    assert waiter.goes_on()


def test_an_answer_that_fails_holds_nothing() -> None:
    courtesy = Courtesy()
    with pytest.raises(RuntimeError), courtesy.answering():
        raise RuntimeError
    assert Waiter(courtesy.wait).goes_on()


def test_a_closing_library_is_not_waited_for() -> None:
    courtesy = Courtesy()
    courtesy.pause(True)
    waiter = Waiter(courtesy.wait)
    assert waiter.is_held()
    waiter.close()
    assert waiter.goes_on()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has priorities for threads")
def test_only_the_thread_that_asks_runs_behind() -> None:
    seen: list[int] = []

    def look() -> None:
        before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        lower_priority()
        seen.extend((before, os.getpriority(os.PRIO_PROCESS, threading.get_native_id())))

    ours = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [ours, max(ours, NICENESS)]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == ours


def test_a_long_summary_waits_for_every_answer_and_for_no_pause() -> None:
    courtesy = Courtesy()
    courtesy.pause(True)
    assert Waiter(courtesy.let_answers_first).goes_on()
    with courtesy.answering():
        assert courtesy.is_answering
        with courtesy.answering():
            waiter = Waiter(courtesy.let_answers_first)
            assert waiter.is_held()
        assert waiter.is_held()
    assert waiter.goes_on()
    assert not courtesy.is_answering


def test_a_summary_that_is_cancelled_waits_no_longer() -> None:
    courtesy = Courtesy()
    with courtesy.answering():
        waiter = Waiter(courtesy.let_answers_first)
        assert waiter.is_held()
        waiter.close()
        assert waiter.goes_on()
