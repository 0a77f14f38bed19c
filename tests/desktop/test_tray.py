"""The tray: its state by a shape, its words, its menu, and what it says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from desktop.panes.activity_feed import ActivityFeed
from desktop.panes.library_feed import LibraryFeed
from desktop.theme import Theme
from desktop.tray import Tray
from desktop.widgets.tray_icon import TrayState, tray_icon
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import DocumentState, Download, DownloadChanged, DownloadState, Pause, Progress
from tests.fakes.plausible import document
from tests.fakes.worker import FakeWorker


@pytest.fixture
def tray(qtbot: QtBot, theme: Theme, client: WorkerClient) -> Iterator[Tray]:
    parent = QObject()
    library = LibraryFeed(client, parent)
    tray = Tray(theme, library, ActivityFeed(client, library, parent), parent)
    qtbot.waitUntil(lambda: len(library.model.documents) == 2)
    yield tray
    library.end()
    for operation in client.under_way:
        operation.abandon()
    parent.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def menu(tray: Tray) -> list[str]:
    return [action.text() for action in tray.menu.actions() if action.text()]


def test_it_says_what_is_under_way_and_how_long_it_takes(qtbot: QtBot, tray: Tray, worker: FakeWorker) -> None:
    assert (tray.words, tray.state) == ("Phial", TrayState.IDLE)
    for number in range(40):
        state = DocumentState.READY if number < 12 else DocumentState.QUEUED
        worker.change(document(f"Report {number}.pdf", DocumentState.QUEUED))
        worker.change(document(f"Report {number}.pdf", state))
    worker.tell(lambda number: Progress(number, 12, 40, 0, 0, 0, 190.0))
    download = Download("phi", "Phi & Co", DownloadState.RUNNING, 1_000_000, 4_000_000, 0, "huggingface.co")
    worker.tell(lambda number: DownloadChanged(number, download))
    reading, getting = "Reading 12 of 40 documents · 3 min left", "Getting Phi & Co · 1 MB of 4 MB"
    qtbot.waitUntil(lambda: set(tray.words.removeprefix("Phial · ").split("\n")) == {reading, getting})
    assert tray.state is TrayState.BUSY
    assert set(menu(tray)) == {
        "Open Phial", "Ask a question", reading, getting.replace("&", "&&"), "Pause reading documents", "Settings…",
        "Quit",
    }  # fmt: skip
    line = next(action for action in tray.menu.actions() if action.text() == reading)
    with qtbot.waitSignal(tray.activities_wanted):
        line.trigger()
    next(action for action in tray.menu.actions() if action.text() == "Pause reading documents").trigger()
    qtbot.waitUntil(lambda: len(worker.asked(Pause)) == 1)
    worker.tell(lambda number: Progress(number, 12, 40, 0, 0, 0, 190.0, is_paused=True))
    worker.tell(
        lambda number: DownloadChanged(
            number, Download("phi", "Phi & Co", DownloadState.PAUSED, 1_000_000, 4_000_000, 0, "")
        )
    )
    qtbot.waitUntil(lambda: tray.state is TrayState.PAUSED)
    assert "Resume reading documents" in menu(tray)


def test_reading_that_is_cancelled_is_under_way_no_more(qtbot: QtBot, tray: Tray, worker: FakeWorker) -> None:
    for number in range(3):
        worker.change(document(f"Report {number}.pdf", DocumentState.QUEUED))
    qtbot.waitUntil(lambda: tray.words == "Phial · Reading 0 of 3 documents")
    (reading,) = tray._feed.activities.under_way
    tray._feed.cancel(reading)
    assert (tray.words, tray.state) == ("Phial", TrayState.IDLE)
    tray._feed.undo.take_back()
    assert (tray.words, tray.state) == ("Phial · Reading 0 of 3 documents", TrayState.BUSY)


def test_what_failed_or_is_not_well_wants_attention(qtbot: QtBot, tray: Tray, worker: FakeWorker) -> None:
    tray.show_trouble(True)
    assert tray.state is TrayState.ATTENTION
    tray.show_trouble(False)
    assert tray.state is TrayState.IDLE
    reason = Problem("download_unreachable", {"model": "Phi", "host": "huggingface.co"})
    failed = Download("phi", "Phi", DownloadState.FAILED, 1, 4, 0, "huggingface.co", reason)
    worker.tell(lambda number: DownloadChanged(number, failed))
    qtbot.waitUntil(lambda: tray.state is TrayState.ATTENTION)


@pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)  # said where Qt's screen is none
def test_a_tray_that_comes_up_later_gets_an_icon_of_its_own(tray: Tray, monkeypatch: pytest.MonkeyPatch) -> None:
    has_tray = False
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: has_tray)
    tray.appear()
    assert not tray.is_there
    (early,) = tray.findChildren(QSystemTrayIcon)
    has_tray = True
    assert not tray.is_there, "there is one, but the icon is not in it yet"
    tray.appear()
    assert tray.is_there
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    (icon,) = tray.findChildren(QSystemTrayIcon)
    assert icon is not early, "that one would never come into a tray that is found by D-Bus"
    assert icon.toolTip() == "Phial"
    assert icon.contextMenu() is tray.menu
    assert not icon.icon().isNull()
    with monkeypatch.context() as patched:
        shown: list[str] = []
        patched.setattr(QSystemTrayIcon, "showMessage", lambda _, title, *__: shown.append(title))
        tray.notices.show("Done", "It is.", "key")
        assert shown == ["Done"]
    chosen: list[str] = []
    tray.notices.chosen.connect(chosen.append)
    icon.messageClicked.emit()
    assert chosen == ["key"]
    tray.appear()
    assert tray.findChildren(QSystemTrayIcon) == [icon]


def outline(icon: QIcon) -> QImage:
    """Where the icon has any ink at all, whatever its colour."""
    return icon.pixmap(QSize(32, 32), 1.0).toImage().convertToFormat(QImage.Format.Format_Alpha8)


def test_each_state_has_a_shape_of_its_own(theme: Theme) -> None:
    shapes = [outline(tray_icon(theme, state)) for state in TrayState]
    for number, shape in enumerate(shapes):
        assert all(shape != other for other in shapes[number + 1 :])
    assert (
        tray_icon(theme, TrayState.BUSY, 20).pixmap(32).toImage()
        != tray_icon(theme, TrayState.BUSY, 80).pixmap(32).toImage()
    )


@pytest.mark.parametrize("has_heir", [True, False])
def test_a_tray_that_has_gone_takes_no_trouble_any_more(
    qtbot: QtBot, tray: Tray, theme: Theme, client: WorkerClient, has_heir: bool
) -> None:
    parent = QObject()
    library = LibraryFeed(client, parent)
    if has_heir:
        heir = Tray(theme, library, ActivityFeed(client, library, parent), parent, tray)
        tray.show_trouble(True)
        assert (heir.state, heir.words) == (TrayState.IDLE, "Phial")
        assert menu(heir).count("Quit") == 1
    else:
        tray.leave()
        with qtbot.waitSignal(tray.menu.destroyed):
            pass
        tray.show_trouble(True)
    library.end()
    parent.deleteLater()
