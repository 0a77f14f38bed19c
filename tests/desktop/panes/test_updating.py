from __future__ import annotations

import dataclasses
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.panes.updating import UpdateRow
from desktop.theme import Theme
from desktop.widgets.connection_model import ConnectionModel
from desktop.widgets.notice import Notice
from desktop.worker_client import WorkerClient
from engine.links import Link
from rag.errors import LibraryProblem, Problem
from rag.protocol import (
    Cancelled,
    Connection,
    Failed,
    GetUpdate,
    LookForUpdate,
    Request,
    UpdateArrived,
    UpdateFound,
    UpdateProgress,
)
from tests.fakes.worker import FakeWorker

FOUND = UpdateFound(
    0,
    "9.0.0",
    "0.1.0",
    True,
    "2026-12-01",
    "Faster.",
    "example.org",
    "linux-x64",
    "phial.deb",
    200_000_000,
    "files.org",
)


@pytest.fixture
def notice(qtbot: QtBot, theme: Theme) -> Notice:
    made = Notice(theme)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def row(qtbot: QtBot, theme: Theme, client: WorkerClient, notice: Notice) -> UpdateRow:
    made = UpdateRow(theme, client, notice)
    qtbot.addWidget(made)
    made.show()
    return made


def says(worker: FakeWorker, **changes: object) -> None:
    def answer(_: FakeWorker, link: Link, request: Request) -> None:
        link.send(dataclasses.replace(FOUND, id=request.id, **changes))

    worker.script.handlers[LookForUpdate] = answer


def buttons(row: UpdateRow) -> list[str]:
    return [one.text() for one in row.findChildren(QPushButton) if not one.isHidden()]


def until_cancelled(worker: FakeWorker, link: Link, request: Request) -> None:
    while not worker.is_stopped(link, request.id):
        threading.Event().wait(0.01)
    link.send(Cancelled(request.id))


def press(qtbot: QtBot, row: UpdateRow, words: str) -> None:
    button = next(one for one in row.findChildren(QPushButton) if one.text() == words)
    qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def words_of(widget: UpdateRow | Notice) -> str:
    return " ".join(label.text().replace("\u200b", "") for label in widget.findChildren(QLabel) if not label.isHidden())


def test_nothing_is_asked_before_the_button_is_pressed(row: UpdateRow, worker: FakeWorker) -> None:
    assert buttons(row) == ["Look for a new version…"]
    assert worker.asked(LookForUpdate) == []


def test_what_would_be_fetched_is_said_then_fetched_then_shown(
    qtbot: QtBot, row: UpdateRow, notice: Notice, worker: FakeWorker
) -> None:
    says(worker)
    press(qtbot, row, "Look for a new version…")
    qtbot.waitUntil(lambda: "To be fetched: phial.deb (200 MB) from files.org." in words_of(row))
    assert "Faster." in words_of(row)
    assert worker.asked(GetUpdate) == []
    links: list[tuple[Link, int]] = []

    def fetch(_: FakeWorker, link: Link, request: Request) -> None:
        link.send(UpdateProgress(request.id, "9.0.0", "files.org", 50_000_000, 200_000_000))
        links.append((link, request.id))

    worker.script.handlers[GetUpdate] = fetch
    press(qtbot, row, "Fetch it")
    qtbot.waitUntil(lambda: "50 MB of 200 MB" in words_of(row))
    link, number = links[0]
    link.send(UpdateArrived(number, "9.0.0", "/data/updates/phial.deb"))
    qtbot.waitUntil(lambda: "is what was signed" in words_of(notice))
    assert "/data/updates/phial.deb" in words_of(notice)
    assert buttons(row) == ["Look for a new version…"]


def test_the_newest_version_offers_nothing(qtbot: QtBot, row: UpdateRow, worker: FakeWorker) -> None:
    says(worker, is_newer=False)
    press(qtbot, row, "Look for a new version…")
    qtbot.waitUntil(lambda: "is the newest version" in words_of(row))
    assert buttons(row) == ["Look for a new version…"]


def test_one_for_other_computers_offers_nothing(qtbot: QtBot, row: UpdateRow, worker: FakeWorker) -> None:
    says(worker, file="")
    press(qtbot, row, "Look for a new version…")
    qtbot.waitUntil(lambda: "no installer for this computer" in words_of(row))
    assert "Fetch it" not in buttons(row)


def test_why_nothing_was_found_is_said(qtbot: QtBot, row: UpdateRow, notice: Notice, worker: FakeWorker) -> None:
    def refuse(_: FakeWorker, link: Link, request: Request) -> None:
        link.send(Failed(request.id, Problem(LibraryProblem.UPDATE_UNSIGNED.value, {"host": "example.org"})))

    worker.script.handlers[LookForUpdate] = refuse
    press(qtbot, row, "Look for a new version…")
    qtbot.waitUntil(lambda: "not signed" in words_of(notice))
    assert "Looking" not in words_of(row)


def test_fetching_can_be_cancelled(qtbot: QtBot, row: UpdateRow, notice: Notice, worker: FakeWorker) -> None:
    says(worker)
    worker.script.handlers[GetUpdate] = until_cancelled
    press(qtbot, row, "Look for a new version…")
    press(qtbot, row, "Fetch it")
    qtbot.waitUntil(lambda: bool(worker.asked(GetUpdate)))
    press(qtbot, row, "Cancel")
    qtbot.waitUntil(lambda: buttons(row) == ["Look for a new version…"])
    assert notice.isHidden()


def test_the_ledger_says_what_was_looked_for_and_fetched() -> None:
    model = ConnectionModel()
    lines = [Connection(1.0, "a:443", purpose, 9, "200") for purpose in ("phi-4", "update", "update 9.0.0")]
    model.replace(lines)
    said = [model.data(model.index(row, ConnectionModel.PURPOSE)) for row in range(3)]
    assert said == ["Phial 9.0.0", "Is there a new version?", "Model phi-4"]
