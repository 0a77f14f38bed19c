"""What was taken away: it comes back, or is carried out once, whatever happens in between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop.undo import Undo

STEPS = st.lists(st.sampled_from(["offer", "take_back", "settle", "hold", "let go"]), max_size=20)


@given(steps=STEPS)
def test_everything_is_carried_out_or_taken_back_once(steps: list[str]) -> None:
    undo = Undo()
    done: list[tuple[str, int]] = []
    offered = 0
    for step in steps:
        if step == "offer":
            number = offered
            undo.offer(str(number), lambda n=number: done.append(("out", n)), lambda n=number: done.append(("back", n)))
            offered += 1
            assert undo.words == str(number)
        elif step == "take_back":
            undo.take_back()
        elif step == "settle":
            undo.settle()
        else:
            undo.hold(step == "hold")
    undo.settle()
    assert undo.words == ""
    assert [number for _, number in done] == list(range(offered)), "in turn, none twice, none left"


@pytest.fixture
def undo(qtbot: QtBot) -> Undo:
    undo = Undo()
    undo.findChild(QTimer).setInterval(20)
    return undo


def test_its_time_ends(qtbot: QtBot, undo: Undo) -> None:
    done: list[str] = []
    undo.offer("gone", lambda: done.append("out"), lambda: done.append("back"))
    qtbot.waitUntil(lambda: done == ["out"])
    undo.take_back()
    assert done == ["out"]


def test_no_time_passes_while_it_is_held(qtbot: QtBot, undo: Undo) -> None:
    done: list[str] = []
    undo.offer("gone", lambda: done.append("out"), lambda: done.append("back"))
    undo.hold(True)
    qtbot.wait(60)
    assert done == []
    undo.hold(False)
    qtbot.waitUntil(lambda: done == ["out"])


def test_what_is_dropped_is_neither_carried_out_nor_brought_back(undo: Undo) -> None:
    done: list[str] = []
    undo.offer("gone", lambda: done.append("out"), lambda: done.append("back"))
    undo.drop()
    undo.take_back()
    undo.settle()
    assert (done, undo.words) == ([], "")


def test_it_says_that_it_refuses_as_long_as_it_is_closed(qtbot: QtBot) -> None:
    closed = [True]
    undo = Undo(is_closed=lambda: closed[0])
    said: list[bool] = []
    undo.refused.connect(lambda: said.append(True))
    assert undo.refuses()
    closed[0] = False
    assert not undo.refuses()
    assert said == [True]
