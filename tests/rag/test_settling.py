"""Waiting until what changed has come to rest, on a clock that the test moves."""

from __future__ import annotations

from rag.errors import LibraryProblem, Problem
from rag.scan import FoundFile, PassedOver
from rag.settling import Settling
from rag.stores.file_records import Given
from rag.stores.folder_records import KnownFile

NONE: frozenset[int] = frozenset()


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def file(path: str, size: int = 1) -> FoundFile:
    return FoundFile(path, size, 7)


def known(path: str, size: int = 1) -> KnownFile:
    return KnownFile(path, "sum", size, 7, is_waiting=False, is_away=False, given=Given.BY_FOLLOWING, reason=None)


def test_a_file_is_taken_when_it_has_stayed_as_it_is() -> None:
    clock = Clock()
    settling = Settling(2.0, clock)
    settling.note([file("a")], [])
    clock.now += 1.9
    assert settling.due(NONE) == ((), ())
    settling.note([file("a", 2)], [])  # still being written
    clock.now += 1.9
    assert settling.due(NONE) == ((), ())
    clock.now += 0.2
    quiet, _ = settling.due(NONE)
    assert quiet == (file("a", 2),)
    assert settling.settled(quiet, [file("a", 3)]) == ()  # it grew though nothing was told of it
    clock.now += 2.0
    quiet, _ = settling.due(NONE)
    assert settling.settled(quiet, [file("a", 3)]) == (file("a", 3),)
    clock.now += 9.0
    assert settling.due(NONE) == ((), ())


def test_a_file_that_is_gone_again_is_not_waited_for() -> None:
    clock = Clock()
    settling = Settling(2.0, clock)
    settling.note([file("a")], [])
    clock.now += 3
    quiet, _ = settling.due(NONE)
    assert settling.settled(quiet, [PassedOver("a", Problem(LibraryProblem.PATH_MISSING.value))]) == ()
    assert settling.next_due(9.0) == 9.0


def test_what_is_missing_is_not_forgotten_while_it_may_be_elsewhere() -> None:
    clock = Clock()
    settling = Settling(2.0, clock)
    settling.note([], [known("old", 500), known("gone", 3)])
    clock.now += 3.9
    assert settling.due(NONE) == ((), ())
    clock.now += 0.2
    settling.note([file("new", 500)], [])
    assert settling.due(NONE) == ((), ("gone",))
    clock.now += 2.0
    quiet, gone = settling.due(NONE)
    assert (settling.settled(quiet, quiet), gone) == ((file("new", 500),), ())
    assert settling.due(frozenset({500})) == ((), ())  # it waits to be read
    assert settling.due(NONE) == ((), ("old",))


def test_what_comes_back_is_not_missing() -> None:
    clock = Clock()
    settling = Settling(2.0, clock)
    settling.note([], [known("a")])
    settling.note([file("a", 2)], [])
    clock.now += 9
    assert settling.due(NONE) == ((file("a", 2),), ())
    settling.note([], [known("b")])
    settling.clear()
    clock.now += 9
    assert settling.due(NONE) == ((), ())
