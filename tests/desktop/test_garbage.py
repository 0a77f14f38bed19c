"""Cycles go in the window's thread, whoever made them."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.garbage import GarbageCollector, generation_due

COUNTS = st.tuples(*[st.integers(0, 2000)] * 3)


@pytest.fixture(autouse=True)
def garbage(qapp: QApplication) -> Iterator[None]:
    """Here each test has its own collector, or none."""
    yield
    gc.unfreeze()
    gc.enable()


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[GarbageCollector]:
    parent = QObject()
    collector = GarbageCollector(parent)
    yield collector
    collector.end()


class Knot:
    """Refers to itself, and notes the thread in which it is undone."""

    def __init__(self, ends: list[threading.Thread]) -> None:
        self.itself = self
        self._ends = ends

    def __del__(self) -> None:
        self._ends.append(threading.current_thread())


@given(COUNTS)
def test_what_is_due_is_the_oldest_that_is_full_and_nothing_before_the_youngest_is(counts: tuple[int, ...]) -> None:
    due = generation_due(counts, (700, 10, 10))
    if counts[0] <= 700:
        assert due == -1
    else:
        assert due == max(place for place in range(3) if counts[place] > (700, 10, 10)[place])


def test_what_another_thread_leaves_is_collected_in_this_one(qtbot: QtBot, collector: GarbageCollector) -> None:
    ends: list[threading.Thread] = []
    kept: list[list[int]] = []

    def litter() -> None:
        Knot(ends)
        kept.extend([number] for number in range(5000))  # enough for Python's own collector to begin in this thread

    other = threading.Thread(target=litter)
    other.start()
    other.join()
    assert ends == []
    qtbot.waitUntil(lambda: bool(ends))
    assert ends == [threading.main_thread()]


def test_what_was_there_to_stay_may_go_with_the_next_settling(qtbot: QtBot, collector: GarbageCollector) -> None:
    ends: list[threading.Thread] = []
    window = Knot(ends)
    collector.settle()
    del window  # as all windows go with another language
    gc.collect()
    assert ends == []
    collector.settle()
    assert len(ends) == 1


def test_it_is_pythons_affair_again_afterwards(qtbot: QtBot) -> None:
    parent = QObject()
    collector = GarbageCollector(parent)
    assert not gc.isenabled()
    collector.settle()
    assert gc.get_freeze_count() > 0
    collector.end()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
