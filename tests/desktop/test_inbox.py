from __future__ import annotations

import threading
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QEventLoop, QObject, QTimer
from pytestqt.qtbot import QtBot

from desktop import inbox
from desktop.inbox import Inbox


def test_calls_of_other_threads_run_in_their_order_in_this_one(qtbot: QtBot) -> None:
    box, ran = Inbox(), list[tuple[int, int]]()

    def note(number: int) -> None:
        ran.append((number, threading.get_ident()))

    def put_all() -> None:
        for number in range(2_000):
            box.put(partial(note, number))

    thread = threading.Thread(target=put_all)
    thread.start()
    qtbot.waitUntil(lambda: len(ran) == 2_000)
    thread.join()
    assert ran == [(number, threading.get_ident()) for number in range(2_000)]


def test_other_events_come_between_the_slices(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    box, ran = Inbox(), list[str]()
    monkeypatch.setattr(inbox, "SLICE", 0.0)  # a slice that is over before it has begun: all else goes first
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: ran.append("other"))
    timer.start()
    box.put(lambda: ran.append("call"))
    qtbot.waitUntil(lambda: ran.count("other") > 3)
    timer.stop()
    monkeypatch.setattr(inbox, "SLICE", 1.0)
    qtbot.waitUntil(lambda: "call" in ran)
    assert ran.index("call") > 3


def test_a_call_that_fails_holds_up_no_other(qtbot: QtBot) -> None:
    box, ran = Inbox(), list[str]()
    with qtbot.captureExceptions() as failed:
        box.put(lambda: int("none"))
        box.put(lambda: ran.append("next"))
        qtbot.waitUntil(lambda: ran == ["next"])
        box.put(lambda: ran.append("later"))
        qtbot.waitUntil(lambda: ran == ["next", "later"])
    assert len(failed) == 1


def test_a_call_that_turns_an_event_loop_of_its_own_lets_others_run(qtbot: QtBot) -> None:
    box, ran = Inbox(), list[str]()

    def ask() -> None:
        loop = QEventLoop()
        box.put(lambda: (ran.append("inside"), loop.quit()))
        loop.exec()
        ran.append("after")

    box.put(ask)
    qtbot.waitUntil(lambda: ran == ["inside", "after"])


def test_what_comes_for_one_that_has_gone_fails_nobody(qtbot: QtBot) -> None:
    house = QObject()
    box = Inbox(house)
    shiboken6.delete(house)  # as a window goes with another language, while a slow drive is still asked
    box.put(lambda: None)
