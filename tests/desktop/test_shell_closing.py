"""What closing, quitting and the end of a session leave behind, and what comes in from outside."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from desktop.call import BACKGROUND, OPEN, QUIT, Call
from desktop.panes.activities import ActivityPane
from desktop.session_end import SIGNALS, SessionEnd
from desktop.shell import Shell
from desktop.tray import TrayNotices
from desktop.widgets.tray_icon import TrayState
from desktop.widgets.trouble_bar import TroubleBar
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import (
    DocumentState,
    Download,
    DownloadChanged,
    DownloadState,
    Index,
)
from tests.fakes.plausible import document
from tests.fakes.worker import FakeWorker

RUNNING = Download("phi", "Phi-4-mini", DownloadState.RUNNING, 1_000_000, 4_000_000, 0, "huggingface.co")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What was told at the tray's icon."""
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(TrayNotices, "show", lambda _, title, text, key: told.append((title, text)))
    return told


@pytest.fixture
def session(qapp: QApplication) -> Iterator[SessionEnd]:
    former = {number: signal.getsignal(number) for number in SIGNALS}
    session = SessionEnd(qapp)
    yield session
    session.close()
    session.deleteLater()
    for number, handler in former.items():
        signal.signal(number, handler)


@pytest.fixture
def in_tray(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(shell.tray), "is_there", property(lambda _: True))
    shell.preferences.stays_in_tray = True


def test_closing_with_work_under_way_says_once_that_it_goes_on(
    qtbot: QtBot, shell: Shell, in_tray: None, worker: FakeWorker, told: list[tuple[str, str]]
) -> None:
    shell.window.close()
    assert told == []  # nothing is under way
    worker.tell(lambda number: DownloadChanged(number, RUNNING))
    qtbot.waitUntil(lambda: bool(shell.window.activities.activities.under_way))
    for _ in range(2):
        shell.window.come_forward()
        shell.window.close()
        assert shell.window.isHidden()
    assert [title for title, _ in told] == ["Phial goes on"]
    assert shell.tray.state is TrayState.BUSY


def test_quitting_from_the_tray_ends_it_though_closing_would_not(
    qtbot: QtBot, shell: Shell, in_tray: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[bool] = []
    # As Qt does it: every window in sight is closed, and one that stays open keeps the program.
    monkeypatch.setattr(QGuiApplication, "quit", lambda *_: ended.append(shell.window.close()))
    shell.window.conversation.composer.propose("half a question")
    shell.tray.quit_wanted.emit()
    assert ended == [True]
    assert shell.preferences.store.value("window/draft") == "half a question"


def test_an_installer_that_asks_for_the_end_gets_it_and_what_was_written_is_kept(
    shell: Shell, in_tray: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[bool] = []
    monkeypatch.setattr(QGuiApplication, "quit", lambda *_: ended.append(True))
    shell.window.conversation.composer.propose("half a question")
    shell.window.hide()  # in the tray, where nothing is closed
    shell.call(Call(QUIT))
    assert ended == [True]
    assert shell.preferences.store.value("window/draft") == "half a question"


def test_a_start_with_the_session_is_in_nobodys_way_and_never_beyond_reach(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(shell.tray), "appear", lambda _: None)  # this screen has none to appear in
    for has_tray in (True, False):
        monkeypatch.setattr(type(shell.tray), "is_there", property(lambda _, has_tray=has_tray: has_tray))
        shell.window.hide()
        shell.begin(Call(BACKGROUND))
        assert shell.window.isHidden() is has_tray
        assert has_tray or shell.window.isMinimized()
    shell.call(Call(BACKGROUND))  # another session's start changes nothing
    assert shell.window.isMinimized()
    shell.call(Call())
    assert shell.window.isVisible()
    assert not shell.window.isMinimized()


@pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)  # said where Qt's screen is none
@pytest.mark.parametrize("begin", ["closing", "settings"])
def test_a_tray_that_came_up_after_phial_has_its_icon_before_the_window_hides_in_it(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, begin: str
) -> None:
    shell.preferences.stays_in_tray = True
    assert not shell.tray.is_there
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    if begin == "closing":
        shell.window.close()
        assert shell.window.isHidden()
    else:
        shell.show_settings()
    assert shell.tray.is_there


def test_without_a_tray_closing_is_the_end(qtbot: QtBot, shell: Shell) -> None:
    shell.preferences.stays_in_tray = True  # wanted in another session, which had one
    with qtbot.waitSignal(shell.window.closed):
        shell.window.close()


@pytest.mark.skipif(os.name != "posix", reason="Windows ends programs by messages")
def test_what_was_half_written_is_there_again(
    qtbot: QtBot, qapp: QApplication, shell: Shell, client: WorkerClient, home: Path, session: SessionEnd
) -> None:
    shell.window.conversation.composer.propose("half a question")
    session.keeping.connect(shell.keep_state)
    with qtbot.waitSignal(session.ending):
        os.kill(os.getpid(), signal.SIGTERM)  # as at the end of a session
    again = Shell(qapp, home, client, "en")
    assert again.window.conversation.composer.text == "half a question"
    again.end()
    again.window.deleteLater()
    again.quick.deleteLater()
    again.deleteLater()


@pytest.mark.skipif(os.name != "posix", reason="Windows ends programs by messages")
def test_a_signal_keeps_what_is_open_and_ends_it(qtbot: QtBot, session: SessionEnd) -> None:
    with qtbot.waitSignals([session.keeping, session.ending]):
        os.kill(os.getpid(), signal.SIGTERM)


def test_a_file_that_was_opened_is_read_shown_and_asked_about(qtbot: QtBot, shell: Shell, worker: FakeWorker) -> None:
    worker.script.handlers[Index] = lambda *_: None
    shell.window.hide()
    shell.call(Call(OPEN, ("/home/ada/Documents/new.pdf",)))
    assert shell.window.isVisible()
    worker.change(document("new.pdf", DocumentState.READING))
    worker.change(read := document("new.pdf"))
    qtbot.waitUntil(lambda: shell.window.conversation.composer.scope.documents == (read,))
    qtbot.waitUntil(lambda: shell.window.reader.page is not None)


def test_the_list_of_work_comes_from_the_tray_and_a_failure_leads_to_it(
    qtbot: QtBot, shell: Shell, worker: FakeWorker
) -> None:
    reason = Problem("download_unreachable", {"model": "Phi", "host": "huggingface.co"})
    failed = Download("phi", "Phi-4-mini", DownloadState.FAILED, 1, 4, 0, "huggingface.co", reason)
    pane = shell.window.findChild(ActivityPane)
    assert pane is not None
    shell.tray.activities_wanted.emit()
    assert pane.isVisible()
    pane.put_away()
    worker.tell(lambda number: DownloadChanged(number, failed))
    qtbot.waitUntil(lambda: shell.tray.state is TrayState.ATTENTION)
    (activity,) = shell.window.activities.activities.listed
    shell.notifier.opened.emit(activity)
    assert shell.window.models.isVisible()
    shell.window.models.hide()


def test_work_is_known_still_in_another_language(qtbot: QtBot, shell: Shell, worker: FakeWorker) -> None:
    worker.tell(lambda number: DownloadChanged(number, RUNNING))
    qtbot.waitUntil(lambda: bool(shell.window.activities.activities.under_way))
    begun = shell.window.activities.activities.under_way[0].begun
    shell.preferences.language = "it"
    shell.change_language()
    (activity,) = shell.window.activities.activities.under_way
    assert activity.begun == begun
    assert shell.tray.words == "Phial · Scaricamento di Phi-4-mini · 1 MB di 4 MB"


def test_a_worker_that_dies_shows_in_the_tray_until_all_is_well(
    qtbot: QtBot, shell: Shell, worker: FakeWorker, home: Path
) -> None:
    bar = shell.window.findChild(TroubleBar)
    assert bar is not None
    worker.die()
    qtbot.waitUntil(lambda: shell.tray.state is TrayState.ATTENTION)
    with FakeWorker(home, worker.script):
        qtbot.waitUntil(lambda: shell.tray.state is TrayState.IDLE, timeout=20_000)
        assert bar.words == "All is well again: what was under way goes on."
