"""The library pane over a fake worker."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from desktop.panes.library import LibraryPane
from desktop.theme import Theme
from desktop.worker_client import WorkerClient
from rag.protocol import Watch
from tests.fakes.worker import FakeWorker


@pytest.fixture
def store(tmp_path: Path) -> QSettings:
    """What is kept over restarts."""
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def library_pane(qtbot: QtBot, theme: Theme, client: WorkerClient, worker: FakeWorker, store: QSettings) -> LibraryPane:
    """A library pane that has the list."""
    pane = LibraryPane(theme, client, store)
    qtbot.addWidget(pane)
    pane.resize(272, 800)
    pane.show()
    qtbot.waitUntil(lambda: bool(worker.asked(Watch)))
    qtbot.waitUntil(lambda: len(pane.documents) == len(worker.script.documents))
    return pane
