"""The main window, or the whole program, over a fake worker."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.windows.main import MainWindow
from desktop.worker_client import WorkerClient
from tests.desktop.windows.stage import Stage, Staging, on_stage
from tests.fakes.worker import FakeWorker


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "window.ini"


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, client: WorkerClient, worker: FakeWorker, settings: Path) -> MainWindow:
    window = MainWindow(theme, client, QSettings(str(settings), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.resize(1360, 860)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: len(window.library.documents) == len(worker.script.documents))
    return window


@pytest.fixture
def staging(qtbot: QtBot, qapp: QApplication, home: Path, client: WorkerClient, worker: FakeWorker) -> Staging:
    """Brings the whole program on a stage, in a language."""
    return functools.partial(on_stage, qtbot, qapp, home, client, worker)


@pytest.fixture
def stage(staging: Staging) -> Iterator[Stage]:
    """The whole program in English."""
    with staging("en") as stage:
        yield stage
