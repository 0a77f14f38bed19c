"""What the window's tests stand on: no screen, a fake worker behind a real door, panes with a real client."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PHIAL_REDUCED_MOTION"] = "0"  # whatever this machine prefers

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from desktop import theme as theme_module
from desktop import worker_client
from desktop.call import Call
from desktop.garbage import GarbageCollector
from desktop.languages import speak
from desktop.shell import Shell
from desktop.theme import Theme
from desktop.worker_client import WorkerClient
from rag.client import connect
from rag.protocol import ListSettings, Settings
from tests.fakes.worker import FakeWorker

PATIENCE = 30_000
"""Milliseconds that a test waits at most for what nobody asserts a time of: the machine may be busy with others."""

for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals):
    wait.__kwdefaults__["timeout"] = PATIENCE  # pytest-qt has no setting for it


@pytest.fixture(scope="session", autouse=True)
def _nothing_copied_outlives_python(qapp: QApplication) -> Iterator[None]:
    """Without a screen the clipboard is Qt's own, which goes after Python: what Python put there would crash."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(scope="session", autouse=True)
def _an_icon_is_drawn_once(qapp: QApplication) -> Iterator[None]:
    """Not in every test anew: each makes a theme of its own, and most of its time is that of some thirty drawings."""
    draw = theme_module._draw_icon

    @functools.cache
    def drawn(path: Path, colour: str, is_mirrored: bool) -> QIcon:
        return draw(path, QColor(colour), is_mirrored=is_mirrored)

    theme_module._draw_icon = lambda path, colour, *, is_mirrored: drawn(path, colour.name(), is_mirrored)
    yield
    theme_module._draw_icon = draw
    drawn.cache_clear()  # before Qt goes, with which all that is drawn must have gone


@pytest.fixture(autouse=True)
def garbage(qapp: QApplication) -> Iterator[GarbageCollector]:
    """As in the program: the threads of the fake worker and of the client would take down widgets of earlier tests."""
    parent = QObject()
    collector = GarbageCollector(parent)
    yield collector
    collector.end()


@pytest.fixture(autouse=True)
def _no_real_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody starts a real worker where the fake one has gone."""
    monkeypatch.setattr(worker_client, "connect", functools.partial(connect, starts_worker=False))


@pytest.fixture(autouse=True)
def _in_english(qapp: QApplication) -> None:
    """Every test begins in English, as a person does who has chosen nothing, whatever the last one spoke."""
    speak(qapp, "en")
    QLocale.setDefault(QLocale("en_GB"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder."""
    return tmp_path / "home"


@pytest.fixture
def worker(home: Path) -> Iterator[FakeWorker]:
    """A worker that answers at once."""
    with FakeWorker(home) as fake:
        yield fake


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The look, light whatever this machine prefers."""
    yield (theme := Theme(qapp, "light"))
    theme.deleteLater()


@pytest.fixture
def client(qtbot: QtBot, home: Path, worker: FakeWorker) -> Iterator[WorkerClient]:
    """A client that has greeted ``worker``."""
    client = WorkerClient(home)
    with qtbot.waitSignal(client.connected):
        client.start()
    yield client
    client.close()


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, home: Path, client: WorkerClient, worker: FakeWorker) -> Iterator[Shell]:
    """All windows, over a fake worker; the first steps are behind the person."""
    worker.script.handlers[ListSettings] = lambda _, link, request: link.send(Settings(request.id, ()))
    shell = Shell(qapp, home, client, "en")
    shell.preferences.appearance = "light"
    shell.preferences.has_begun = True
    shell.begin(Call())
    qtbot.waitUntil(lambda: len(shell.window.library.documents) == 2)
    yield shell
    shell.end()
    for operation in client.under_way:
        operation.abandon()  # the windows that asked are about to go
    for window in (shell.quick, shell.window):
        window.hide()
        window.deleteLater()
    shell.theme.deleteLater()
    shell.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
