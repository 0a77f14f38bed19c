from __future__ import annotations

import threading
from typing import cast
from unittest.mock import MagicMock

from engine.links import Door, Link
from rag.library import Library
from rag.protocol import Anticipate, Ask, ForgetUnread, Removed, Status
from rag.worker import Worker, _Client


def test_a_newer_question_takes_the_place_of_one_that_was_being_typed() -> None:
    client, other = _Client(cast("Link", MagicMock())), _Client(cast("Link", MagicMock()))
    first, elsewhere = client.begin(Anticipate(1, "what is")), other.begin(Anticipate(1, "who was"))
    status = client.begin(Status(2))
    assert first is not None
    assert not first.is_set()
    second = client.begin(Anticipate(3, "what is it"))
    assert first.is_set()
    asked = client.begin(Ask(4, "what is it"))
    assert second is not None
    assert second.is_set()
    assert not any(one is None or one.is_set() for one in (status, asked, elsewhere))


def test_what_is_being_typed_has_ended_once_it_is_done() -> None:
    client = _Client(cast("Link", MagicMock()))
    client.begin(Anticipate(1, "what is"))
    client.end(1)
    again = client.begin(Ask(1, "what is it"))
    client.begin(Anticipate(2, "and then"))
    assert again is not None
    assert not again.is_set()


def test_what_is_to_be_forgotten_is_though_whoever_asked_has_gone() -> None:
    order: list[str] = []
    goes_on = threading.Event()

    def forget(_keys: tuple[str, ...]) -> Removed:
        goes_on.wait()
        order.append("forgotten")
        return Removed(0, (), ())

    library = MagicMock()
    library.forget_unread = forget
    worker = Worker(cast("Library", library), cast("Door", MagicMock()))
    worker._take(_Client(cast("Link", MagicMock())), ForgetUnread(1, ("a",)))

    def end() -> None:
        worker._finish_forgetting()
        order.append("ended")

    ending = threading.Thread(target=end)
    ending.start()
    goes_on.set()
    ending.join()
    assert order == ["forgotten", "ended"]
