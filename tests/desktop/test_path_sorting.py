"""Folders are told from files, and what can't be looked at is left to the worker."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.path_sorting import PathSorter


def test_folders_and_files_keep_their_order(qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    (tmp_path / "c.pdf").touch()
    given = [str(tmp_path / name) for name in ("c.pdf", "b", "gone", "a")] + ["bad\0name"]
    sorter = PathSorter()
    with qtbot.waitSignal(sorter.sorted) as told:
        sorter.sort(given)
    assert told.args == [(given[0], given[2], given[4]), (given[1], given[3])]


def test_a_drive_that_hangs_holds_nobody_up(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = threading.Event()
    monkeypatch.setattr(Path, "is_dir", lambda _: answers.wait(20))
    sorter = PathSorter()
    with qtbot.waitSignal(sorter.sorted) as told:
        sorter.sort(["/net/reports"])
        answers.set()  # the call above came back before the drive answered
    assert told.args == [(), ("/net/reports",)]


def test_a_path_with_escaped_blanks_is_what_lies_there(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "My study.pdf").touch()
    (tmp_path / "50%25.pdf").touch()
    (tmp_path / "50%.pdf").touch()
    given = [str(tmp_path / name) for name in ("My%20study.pdf", "50%25.pdf", "not%20here.pdf")]
    sorter = PathSorter()
    with qtbot.waitSignal(sorter.sorted) as told:
        sorter.sort(given)
    assert told.args == [(str(tmp_path / "My study.pdf"), *given[1:]), ()]
