"""The main window over a fake worker."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.windows.main import MainWindow
from desktop.worker_client import WorkerClient
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
