"""The library as one file, in the window: asked for, followed, cancelled, told; and every window anew behind it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.panes.keeping import KeepingRow
from desktop.theme import Theme
from desktop.widgets.notice import Notice
from desktop.worker_client import WorkerClient
from engine.links import Link
from rag.errors import LibraryProblem, Problem
from rag.protocol import BackedUp, BackUp, BackupProgress, Cancelled, Failed, Request, Restore, Restored
from tests.fakes.worker import FakeWorker


@pytest.fixture
def notice(qtbot: QtBot, theme: Theme) -> Notice:
    made = Notice(theme)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def row(qtbot: QtBot, theme: Theme, client: WorkerClient, notice: Notice) -> KeepingRow:
    made = KeepingRow(theme, client, notice)
    qtbot.addWidget(made)
    made.show()
    return made


def until_cancelled(worker: FakeWorker, link: Link, request: Request) -> None:
    while not worker.is_stopped(link, request.id):
        threading.Event().wait(0.01)
    link.send(Cancelled(request.id))


def press(qtbot: QtBot, widget: KeepingRow | Notice, words: str) -> None:
    button = next(one for one in widget.findChildren(QPushButton) if one.text() == words and not one.isHidden())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def words_of(widget: KeepingRow | Notice) -> str:
    return " ".join(label.text().replace("\u200b", "") for label in widget.findChildren(QLabel) if not label.isHidden())


def chooses(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (path, ""))


def test_a_backup_is_followed_and_its_place_is_said(
    qtbot: QtBot, row: KeepingRow, notice: Notice, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    links: list[tuple[Link, int]] = []

    def begin(_: FakeWorker, link: Link, request: Request) -> None:
        link.send(BackupProgress(request.id, "packing", 1, 4))
        links.append((link, request.id))

    worker.script.handlers[BackUp] = begin
    chooses(monkeypatch, str(tmp_path / "one.phial"))
    press(qtbot, row, "Back up…")
    qtbot.waitUntil(lambda: "Packing · 25 %" in words_of(row))
    assert not next(one for one in row.findChildren(QPushButton) if one.text() == "Restore…").isEnabled()
    link, number = links[0]
    link.send(BackedUp(number, str(tmp_path / "one.phial"), 2_000_000, 3, 1))
    qtbot.waitUntil(lambda: "Backed up as “one.phial”" in words_of(notice))
    assert worker.asked(BackUp)[0].path == str(tmp_path / "one.phial")
    assert "Packing" not in words_of(row)


def test_a_backup_that_is_cancelled_leaves_the_buttons_as_they_were(
    qtbot: QtBot, row: KeepingRow, notice: Notice, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    worker.script.handlers[BackUp] = until_cancelled
    chooses(monkeypatch, str(tmp_path / "one.phial"))
    press(qtbot, row, "Back up…")
    qtbot.waitUntil(lambda: bool(worker.asked(BackUp)))
    press(qtbot, row, "Cancel")
    qtbot.waitUntil(lambda: all(one.isEnabled() for one in row.findChildren(QPushButton)))
    assert notice.isHidden()


def test_nothing_is_restored_before_it_was_said_what_that_means(
    qtbot: QtBot, row: KeepingRow, notice: Notice, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(_: FakeWorker, link: Link, request: Request) -> None:
        values: dict[str, str | int | float] = {"path": "one.phial"}
        link.send(Failed(request.id, Problem(LibraryProblem.BACKUP_DAMAGED.value, values)))

    worker.script.handlers[Restore] = refuse
    chooses(monkeypatch, str(tmp_path / "one.phial"))
    press(qtbot, row, "Restore…")
    assert "put aside" in words_of(notice)
    assert worker.asked(Restore) == []
    press(qtbot, notice, "Restore")
    qtbot.waitUntil(lambda: "damaged" in words_of(notice))
    assert worker.asked(Restore)[0].replaces


def test_it_is_told_when_the_worker_with_the_other_library_is_there(
    qtbot: QtBot, row: KeepingRow, notice: Notice, client: WorkerClient, worker: FakeWorker,
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:  # fmt: skip
    def answer(_: FakeWorker, link: Link, request: Request) -> None:
        link.send(Restored(request.id, 1, 0, 2, "/aside", ("Phi-4",)))

    worker.script.handlers[Restore] = answer
    said: list[str] = []
    row.restored.connect(said.append)
    chooses(monkeypatch, str(tmp_path / "one.phial"))
    press(qtbot, row, "Restore…")
    press(qtbot, notice, "Restore")
    qtbot.waitUntil(
        lambda: all(one.isEnabled() for one in row.findChildren(QPushButton)) and bool(worker.asked(Restore))
    )
    assert said == []
    client.connected.emit()
    client.connected.emit()
    assert said == [
        (
            "It holds 1 document. 2 files are not where they were: add the folders that hold them now. Not on this "
            "computer: Phi-4. The library that was here lies in /aside."
        )
    ]
