"""Where what was begun goes on from: nobody is taken to the network who did not ask for it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.panes.library_feed import LibraryFeed
from desktop.panes.models_feed import ModelsFeed
from desktop.worker_client import WorkerClient
from rag.protocol import DownloadState, GetModel
from tests.fakes.plausible import half_of
from tests.fakes.worker import FakeWorker


@pytest.fixture
def library(client: WorkerClient) -> LibraryFeed:
    return LibraryFeed(client)


@pytest.mark.parametrize(
    ("state", "is_from_file", "goes_on_from_file"),
    [
        (DownloadState.PAUSED, True, True),
        (DownloadState.FAILED, True, True),
        (DownloadState.DROPPED, True, False),
        (DownloadState.PAUSED, False, False),
    ],
)
def test_what_was_begun_from_a_file_goes_on_from_there(
    qtbot: QtBot,
    client: WorkerClient,
    library: LibraryFeed,
    worker: FakeWorker,
    tmp_path: Path,
    state: DownloadState,
    is_from_file: bool,
    goes_on_from_file: bool,
) -> None:
    feed = ModelsFeed(client, library)
    place = str(tmp_path / "phi.gguf")
    begun = dataclasses.replace(half_of("phi-4"), state=state)
    library.download_changed.emit(dataclasses.replace(begun, source=place) if is_from_file else begun)
    feed.get("phi-4")
    qtbot.waitUntil(lambda: bool(worker.asked(GetModel)))
    [asked] = worker.asked(GetModel)
    assert isinstance(asked, GetModel)
    assert asked.source == (place if goes_on_from_file else "")


def test_what_a_former_window_began_goes_on_from_there_too(
    qtbot: QtBot, client: WorkerClient, library: LibraryFeed, worker: FakeWorker, tmp_path: Path
) -> None:
    place = str(tmp_path / "phi.gguf")
    worker.tell_download(dataclasses.replace(half_of("phi-4"), state=DownloadState.PAUSED, source=place))
    feed = ModelsFeed(client, library)
    feed.begin()
    qtbot.waitUntil(lambda: feed.offers is not None)
    feed.get("phi-4")
    qtbot.waitUntil(lambda: bool(worker.asked(GetModel)))
    [asked] = worker.asked(GetModel)
    assert isinstance(asked, GetModel)
    assert asked.source == place
