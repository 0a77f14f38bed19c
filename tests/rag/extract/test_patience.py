import hashlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag.errors import LibraryProblem, PhialError
from rag.extract.patience import Cancelled, hash_file, patiently, status_of


def never() -> bool:
    return False


@pytest.fixture
def hung() -> Iterator[Callable[[object], object]]:
    """What waits for a drive that answers when the test is over."""
    answer = threading.Event()
    yield lambda _: answer.wait(30)
    answer.set()


def test_what_a_drive_gives_is_given(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"words" * 500_000)
    digest, status = hash_file(path, never)
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert status.st_size == status_of(path, never).st_size == 2_500_000


def test_a_drive_that_hangs_is_given_up(hung: Callable[[object], object]) -> None:
    with pytest.raises(PhialError) as caught:
        patiently(hung, Path("far away"), never, seconds=0.05)
    assert caught.value.kind is LibraryProblem.PATH_NOT_ANSWERING
    assert caught.value.parameters["path"] == "far away"


def test_waiting_for_it_can_be_cancelled(hung: Callable[[object], object]) -> None:
    with pytest.raises(Cancelled):
        patiently(hung, Path("far away"), lambda: True)


def test_a_slow_drive_that_gets_on_is_waited_for() -> None:
    pause = threading.Event()

    def work(get_on: Callable[[], None]) -> int:
        for _ in range(8):
            pause.wait(0.15)
            get_on()
        return 8

    assert patiently(work, Path("slow"), never, seconds=1.0) == 8


def test_what_was_given_up_stops_at_its_next_sign() -> None:
    go_on, stopped = threading.Event(), threading.Event()

    def work(get_on: Callable[[], None]) -> None:
        go_on.wait(30)
        try:
            get_on()
        except Cancelled:
            stopped.set()
            raise

    with pytest.raises(Cancelled):
        patiently(work, Path("late"), lambda: True)
    go_on.set()
    assert stopped.wait(10)


def test_files_that_can_not_be_read_say_why(tmp_path: Path) -> None:
    for look in (hash_file, status_of):
        with pytest.raises(PhialError) as caught:
            look(tmp_path / "missing", never)
        assert caught.value.kind is LibraryProblem.PATH_MISSING


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_a_pipe_in_a_files_place_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(PhialError) as caught:
        hash_file(tmp_path / "pipe", never)
    assert caught.value.kind is LibraryProblem.PATH_NOT_A_FILE
