"""The ledger of connections: what is said of each, what where there was none, and the file that is kept of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from desktop.widgets.notice import Notice
from desktop.windows.connections import ConnectionsWindow
from desktop.windows.main import MainWindow
from rag.errors import Problem
from rag.protocol import Failed, ListConnections
from tests.fakes.plausible import LEDGER
from tests.fakes.worker import FakeWorker


def opened(qtbot: QtBot, window: MainWindow) -> ConnectionsWindow:
    chip = next(one for one in window.library.findChildren(QPushButton) if one.accessibleName().startswith("Offline"))
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    ledger = window.findChild(ConnectionsWindow)
    assert ledger is not None
    return ledger


def rows(ledger: ConnectionsWindow) -> list[list[str]]:
    model = ledger.model
    return [[str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())]  # fmt: skip


def said(ledger: ConnectionsWindow) -> str:
    return " ".join(label.text() for label in ledger.findChildren(QLabel) if label.isVisible())


def test_each_connection_is_told_the_newest_first(qtbot: QtBot, window: MainWindow, worker: FakeWorker) -> None:
    worker.script.ledger = LEDGER
    ledger = opened(qtbot, window)
    qtbot.waitUntil(lambda: ledger.model.rowCount() == len(LEDGER))
    table = ledger.findChild(QTableView)
    assert table is not None
    assert table.isVisible()
    assert "6 connections so far" in said(ledger)
    assert [row[1:] for row in rows(ledger)] == [
        ["mirror.example.org", "Model phi-4", "0 bytes", "Not ended"],
        ["mirror.example.org:8443", "Model phi-4", "0 bytes", "Refused (403)"],
        ["mirror.example.org", "Model phi-4", "0 bytes", "Out of reach"],
        ["mirror.example.org", "Model phi-4", "512 MB", "Broken off"],
        ["cdn.example.org", "Model phi-4-mini", "2.5 GB", "Done"],
        ["huggingface.co", "Model phi-4-mini", "0 bytes", "Sent on to another address"],
    ]


def test_where_there_was_none_that_is_said(qtbot: QtBot, window: MainWindow) -> None:
    ledger = opened(qtbot, window)
    qtbot.waitUntil(lambda: "No connection was ever made." in said(ledger))
    save = next(one for one in ledger.findChildren(QPushButton) if one.text().startswith("Save"))
    assert not save.isEnabled()
    qtbot.keyClick(ledger, Qt.Key.Key_Escape)
    assert not ledger.isVisible()


@pytest.mark.parametrize("is_writable", [True, False])
def test_it_is_kept_as_a_file(
    qtbot: QtBot, window: MainWindow, worker: FakeWorker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    is_writable: bool,
) -> None:  # fmt: skip
    worker.script.ledger = LEDGER[:2]
    path = tmp_path / ("ledger.csv" if is_writable else "nowhere/ledger.csv")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    ledger = opened(qtbot, window)
    save = next(one for one in ledger.findChildren(QPushButton) if one.text().startswith("Save"))
    qtbot.waitUntil(save.isEnabled)
    qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    notice = ledger.findChild(Notice)
    assert notice is not None
    assert notice.isVisible()
    if is_writable:
        assert notice.accessibleName() == "Saved as “ledger.csv”"
        assert path.read_text(encoding="utf-8").splitlines() == [
            "time,address,model,bytes,outcome",
            "2025-06-15T15:06:40+00:00,huggingface.co:443,phi-4-mini,0,302",
            "2025-06-15T15:06:41+00:00,cdn.example.org:443,phi-4-mini,2491874688,206",
        ]
    else:
        assert "ledger.csv" in notice.accessibleName()


def test_a_ledger_that_can_t_be_read_is_said_in_place(qtbot: QtBot, window: MainWindow, worker: FakeWorker) -> None:
    worker.script.handlers[ListConnections] = lambda _, link, request: link.send(
        Failed(request.id, Problem("library_damaged", {"path": "/x"}))
    )
    notice = opened(qtbot, window).findChild(Notice)
    assert notice is not None
    qtbot.waitUntil(notice.isVisible)


def test_it_is_one_window_however_often_it_is_asked_for(qtbot: QtBot, window: MainWindow) -> None:
    ledger = opened(qtbot, window)
    assert opened(qtbot, window) is ledger
    assert window.findChildren(ConnectionsWindow) == [ledger]
    ledger.close()
    assert window.connections is None
    window.show_connections()
    assert window.connections is not None
