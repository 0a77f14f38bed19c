"""Files and folders that were opened with Phial: taken in, and shown as soon as they can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from pytestqt.qtbot import QtBot

from desktop.arrivals import Arrivals
from desktop.call import OPEN, Call
from desktop.opened_files import OpenedFiles
from desktop.panes.library_feed import LibraryFeed
from desktop.worker_client import WorkerClient
from rag.protocol import DocumentState, Index, WatchFolder
from tests.fakes.plausible import STUDY, document
from tests.fakes.worker import FakeWorker

FOLDER = "/home/ada/Documents"
"""Where all documents of the fake worker lie."""


@pytest.fixture
def arrivals(qtbot: QtBot, client: WorkerClient, worker: FakeWorker) -> Iterator[Arrivals]:
    worker.script.handlers[Index] = lambda *_: None
    worker.script.handlers[WatchFolder] = lambda *_: None
    feed = LibraryFeed(client)
    qtbot.waitUntil(lambda: len(feed.model.documents) == 2)
    yield Arrivals(feed, feed)
    feed.end()
    for operation in client.under_way:
        operation.abandon()
    feed.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_file_is_taken_in_and_shown_once_it_can_be_read(qtbot: QtBot, arrivals: Arrivals, worker: FakeWorker) -> None:
    with qtbot.assertNotEmitted(arrivals.arrived):
        arrivals.take([f"{FOLDER}/new.pdf"])
        qtbot.waitUntil(lambda: len(worker.asked(Index)) == 1)
        worker.change(document("new.pdf", DocumentState.QUEUED))
        worker.change(document("other.pdf"))
        qtbot.wait(80)
    with qtbot.waitSignal(arrivals.arrived) as arrived:
        worker.change(read := document("new.pdf", DocumentState.ANSWERABLE))
    assert arrived.args == [(read,)]
    with qtbot.assertNotEmitted(arrivals.arrived, wait=80):
        worker.change(document("new.pdf"))


def test_what_is_here_already_is_shown_at_once(qtbot: QtBot, arrivals: Arrivals, worker: FakeWorker) -> None:
    with qtbot.waitSignal(arrivals.arrived) as arrived:
        arrivals.take([STUDY.paths[0]])
    assert arrived.args == [(STUDY,)]
    qtbot.waitUntil(lambda: len(worker.asked(Index)) == 1)  # it may have changed meanwhile


def test_a_folder_is_shown_when_all_in_it_is_read_but_for_what_can_not_be(
    qtbot: QtBot, arrivals: Arrivals, worker: FakeWorker, tmp_path: Path
) -> None:
    worker.change(document("slow.pdf", DocumentState.READING))
    qtbot.waitUntil(lambda: len(arrivals._feed.model.documents) == 3)
    with qtbot.assertNotEmitted(arrivals.arrived):
        arrivals.take([f"{FOLDER}/"])
    with qtbot.waitSignal(arrivals.arrived) as arrived:
        worker.change(document("slow.pdf", DocumentState.FAILED))
    assert arrived.args is not None
    assert [one.name for one in arrived.args[0]] == [one.name for one in worker.script.documents[:2]]


def test_nothing_comes_before_the_eyes_of_who_has_turned_to_something_else(
    qtbot: QtBot, arrivals: Arrivals, worker: FakeWorker
) -> None:
    arrivals.take([f"{FOLDER}/new.pdf"])
    arrivals.forget()
    with qtbot.assertNotEmitted(arrivals.arrived, wait=80):
        worker.change(document("new.pdf"))


def test_what_can_not_be_read_is_not_shown(qtbot: QtBot, arrivals: Arrivals, worker: FakeWorker) -> None:
    arrivals.take([f"{FOLDER}/new.pdf"])
    with qtbot.assertNotEmitted(arrivals.arrived, wait=80):
        worker.change(document("new.pdf", DocumentState.NEEDS_PASSWORD))


def test_a_file_that_the_system_hands_over_is_a_call(qtbot: QtBot, qapp: QCoreApplication) -> None:
    opened = OpenedFiles()
    qapp.installEventFilter(opened)
    with qtbot.waitSignal(opened.called) as called:
        QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile("/papers/é 1.pdf")))
    assert called.args == [Call(OPEN, ("/papers/é 1.pdf",))]
    qapp.removeEventFilter(opened)
