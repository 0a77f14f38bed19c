from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer
from pytestqt.qtbot import QtBot

from desktop import inbox
from desktop.inbox import Inbox


class Owner(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.inbox = Inbox(self)
        self.told: list[object] = []

    def note(self, value: object) -> None:
        self.told.append(value)

    def run(self, call: Callable[[], object]) -> None:
        call()


def threads_called(name: str) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == name]


def test_calls_of_other_threads_run_in_their_order_in_this_one(qtbot: QtBot) -> None:
    owner = Owner()

    def put_all() -> None:
        for number in range(2_000):
            owner.inbox.put(Owner.run, lambda number=number: owner.note((number, threading.get_ident())))

    thread = threading.Thread(target=put_all)
    thread.start()
    qtbot.waitUntil(lambda: len(owner.told) == 2_000)
    thread.join()
    assert owner.told == [(number, threading.get_ident()) for number in range(2_000)]


def test_other_events_come_between_the_slices(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = Owner()
    monkeypatch.setattr(inbox, "SLICE", 0.0)  # a slice that is over before it has begun: all else goes first
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: owner.note("other"))
    timer.start()
    owner.inbox.put(Owner.note, "call")
    qtbot.waitUntil(lambda: owner.told.count("other") > 3)
    timer.stop()
    monkeypatch.setattr(inbox, "SLICE", 1.0)
    qtbot.waitUntil(lambda: "call" in owner.told)
    assert owner.told.index("call") > 3


def test_a_call_that_fails_holds_up_no_other(qtbot: QtBot) -> None:
    owner = Owner()
    with qtbot.captureExceptions() as failed:
        owner.inbox.put(Owner.run, lambda: int("none"))
        owner.inbox.put(Owner.note, "next")
        qtbot.waitUntil(lambda: owner.told == ["next"])
        owner.inbox.put(Owner.note, "later")
        qtbot.waitUntil(lambda: owner.told == ["next", "later"])
    assert len(failed) == 1


def test_a_call_that_turns_an_event_loop_of_its_own_lets_others_run(qtbot: QtBot) -> None:
    owner, other = Owner(), Owner()

    def ask() -> None:
        loop = QEventLoop()
        other.inbox.put(Owner.run, lambda: (other.note("inside"), loop.quit()))
        loop.exec()
        owner.note([*other.told, "after"])

    owner.inbox.put(Owner.run, ask)
    qtbot.waitUntil(lambda: owner.told == [["inside", "after"]])


def test_what_comes_for_one_that_has_gone_is_dropped(qtbot: QtBot) -> None:
    owner, other = Owner(), Owner()
    owner.inbox.put(Owner.note, "before")
    answer = owner.inbox.promise(owner.note)
    shiboken6.delete(owner)  # as a window goes with another language, while a slow drive is still asked
    owner.inbox.put(Owner.note, "after")
    answer("the drive's")
    other.inbox.put(Owner.note, "the last")
    qtbot.waitUntil(lambda: other.told == ["the last"])
    assert owner.told == []


def test_owners_may_go_at_any_moment_of_the_threads_that_tell_them(qtbot: QtBot) -> None:
    stops = threading.Event()
    told = Owner()
    boxes: list[Inbox[Owner]] = []

    def tell_all() -> None:
        while not stops.is_set():
            for box in boxes[-3:]:
                box.put(Owner.note, "something")
            time.sleep(0.0002)  # else they only pile up

    threads = [threading.Thread(target=tell_all) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(300):
        owner = Owner()
        boxes.append(owner.inbox)
        owner.inbox.beside(lambda: 1, owner.note, "beside")
        QCoreApplication.processEvents()
        shiboken6.delete(owner)
    stops.set()
    for thread in (*threads, *threads_called("beside")):
        thread.join()
    told.inbox.put(Owner.note, "the last")
    qtbot.waitUntil(lambda: told.told == ["the last"])


def test_whoever_waits_for_a_thread_is_not_taken_down_by_it(qtbot: QtBot) -> None:
    ends: list[threading.Thread] = []
    goes_on = threading.Event()

    class Watched(Owner):
        def __del__(self) -> None:
            ends.append(threading.current_thread())

    owner = Watched()
    owner.inbox.beside(lambda: goes_on.wait(10), owner.note, "beside")
    told = owner.told
    del owner  # only who waits for the thread holds it now
    goes_on.set()
    qtbot.waitUntil(lambda: bool(told))
    qtbot.waitUntil(lambda: bool(ends) or gc.collect() < 0)
    assert ends == [threading.main_thread()]


def test_what_nobody_waits_for_any_more_is_let_go_of_with_the_next(qtbot: QtBot) -> None:
    gone, other = Owner(), Owner()
    is_held = weakref.ref(gone)
    gone.inbox.promise(gone.note)  # a bus that goes away keeps none of its promises
    shiboken6.delete(gone)
    del gone
    gc.collect()
    assert is_held() is not None
    other.inbox.promise(other.note)
    gc.collect()
    assert is_held() is None
