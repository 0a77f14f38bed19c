"""Who goes first."""

from __future__ import annotations

import threading
import time

from rag.turns import Turns


def test_the_urgent_pass_those_that_waited_longer() -> None:
    turns = Turns()
    order: list[str] = []

    def take(name: str, *, is_urgent: bool) -> None:
        with turns.taken(is_urgent=is_urgent):
            order.append(name)

    with turns.taken(is_urgent=False):
        assert turns.is_taken
        threads = [
            threading.Thread(target=take, args=("batch",), kwargs={"is_urgent": False}),
            threading.Thread(target=take, args=("question",), kwargs={"is_urgent": True}),
        ]
        for thread in threads:
            thread.start()
            while not turns._condition._waiters or len(turns._condition._waiters) <= threads.index(thread):
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == ["question", "batch"]
    assert not turns.is_taken


def test_one_at_a_time() -> None:
    turns = Turns()
    inside = 0
    most = 0

    def work(is_urgent: bool) -> None:
        nonlocal inside, most
        for _ in range(50):
            with turns.taken(is_urgent=is_urgent):
                inside += 1
                most = max(most, inside)
                time.sleep(0)
                inside -= 1

    threads = [threading.Thread(target=work, args=(number % 2 == 0,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
