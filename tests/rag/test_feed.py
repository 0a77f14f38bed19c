from __future__ import annotations

import queue
import threading

import pytest

from rag.feed import Event, Feed
from rag.protocol import DocumentGone


def drained(events: queue.SimpleQueue[Event | None]) -> list[Event | None]:
    return [events.get_nowait() for _ in range(events.qsize())]


def gone(number: int) -> DocumentGone:
    return DocumentGone(0, str(number))


def test_every_follower_has_all_that_is_published_while_it_follows() -> None:
    feed = Feed()
    feed.publish(gone(0))
    with feed.follow() as first:
        feed.publish(gone(1))
        with feed.follow() as second:
            feed.publish(gone(2))
        feed.publish(gone(3))
    feed.publish(gone(4))
    assert drained(first) == [gone(1), gone(2), gone(3)]
    assert drained(second) == [gone(2)]


def test_a_follower_that_fails_follows_no_longer() -> None:
    feed = Feed()
    with pytest.raises(RuntimeError), feed.follow() as events:
        raise RuntimeError
    feed.publish(gone(1))
    assert drained(events) == []


def test_of_two_followers_the_one_that_leaves_is_left_out() -> None:
    feed = Feed()
    first, second = feed.follow(), feed.follow()
    with first as staying:
        with second:
            pass
        feed.publish(gone(1))
        assert drained(staying) == [gone(1)]


def test_many_threads_publish_at_once() -> None:
    feed = Feed()
    with feed.follow() as events:
        threads = [
            threading.Thread(target=lambda start=start: [feed.publish(gone(start + step)) for step in range(100)])
            for start in range(0, 400, 100)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        received = [int(event.key) for event in drained(events) if isinstance(event, DocumentGone)]
    assert sorted(received) == list(range(400))
    for start in range(0, 400, 100):
        own = [number for number in received if start <= number < start + 100]
        assert own == sorted(own)


def test_a_follower_that_waits_can_be_woken_without_news() -> None:
    feed = Feed()
    ended = threading.Event()
    with feed.follow() as events:
        thread = threading.Thread(target=lambda: (events.get(), ended.set()))
        thread.start()
        feed.wake()
        assert ended.wait(10)
        thread.join()
        assert drained(events) == []
