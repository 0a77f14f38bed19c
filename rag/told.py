"""Work that takes a while, as the replies that it gives: in a thread of its own, followed from another."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

from rag.protocol import Reply

POLL_SECONDS = 0.1
"""How long a cancelling may go unheard."""

Tell = Callable[[Reply], None]
IsCancelled = Callable[[], bool]
Made = TypeVar("Made", bound=Reply)


def told(work: Callable[[Tell, IsCancelled], Made | None], cancelled: threading.Event) -> Iterator[Reply]:
    """What ``work`` tells while it works, then what it gives; nothing behind that where it gave None.

    ``work`` looks now and then whether it is still wanted. It is waited for, also by who no longer follows it. Raises
    what it raises.
    """
    news: queue.SimpleQueue[Reply | None] = queue.SimpleQueue()
    given: list[Made | None] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            given.append(work(news.put, cancelled.is_set))
        except BaseException as error:
            raised.append(error)
        finally:
            news.put(None)

    thread = threading.Thread(target=run, name="long work", daemon=True)
    thread.start()
    try:
        while (reply := news.get()) is not None:
            yield reply
    except BaseException:
        cancelled.set()
        raise
    finally:
        thread.join()
    if raised:
        raise raised[0]
    if given[0] is not None:
        yield given[0]
