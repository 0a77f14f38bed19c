"""The one place for long work: fed by a worker behind a real door, held, cancelled and opened by clicks and keys."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.activities import Activity, ActivityState
from desktop.panes.activities import ActivityPane
from desktop.panes.activity_feed import ActivityFeed
from desktop.panes.library_feed import LibraryFeed
from desktop.theme import Theme
from desktop.widgets.activity_button import ActivityButton
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import (
    Cancel,
    ChooseEmbedder,
    DocumentState,
    Download,
    DownloadChanged,
    DownloadState,
    DropDownload,
    EmbedderProgress,
    Embedders,
    Failed,
    FindAll,
    ForgetUnread,
    FoundAll,
    GetModel,
    IndexRebuilding,
    InstalledEmbedder,
    LeaveScans,
    ListEmbedders,
    Pause,
    PauseDownload,
    Progress,
    ReadScans,
    Restore,
    Summarise,
    SummaryProgress,
    Withhold,
)
from tests.fakes.plausible import NOTES, STUDY, document
from tests.fakes.worker import FakeWorker

QUEUED = [document(f"Report {number}.pdf", DocumentState.QUEUED) for number in range(3)]
RUNNING = Download("phi", "Phi-4-mini", DownloadState.RUNNING, 500_000_000, 2_500_000_000, 10_000_000, "huggingface.co")


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(qtbot: QtBot) -> Iterator[QObject]:
    """What belongs to the window goes with it, in this thread."""
    house = QObject()
    yield house
    house.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def feed(qtbot: QtBot, client: WorkerClient, clock: Clock, house: QObject) -> Iterator[ActivityFeed]:
    library = LibraryFeed(client, house)
    qtbot.waitUntil(lambda: len(library.model.documents) == 2)
    yield ActivityFeed(client, library, house, clock)
    library.end()
    for operation in client.under_way:
        operation.abandon()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    window.resize(900, 700)
    yield window
    window.close()


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, feed: ActivityFeed, window: QWidget) -> ActivityPane:
    button = ActivityButton(theme)
    layout = QVBoxLayout(window)
    layout.addStretch()
    layout.addWidget(button)
    pane = ActivityPane(theme, feed, button, window)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return pane


def words(pane: ActivityPane) -> list[tuple[str, str]]:
    return [row.words for row in pane.rows]


def press(qtbot: QtBot, pane: ActivityPane, name: str) -> None:
    there: list[QPushButton] = []

    def look() -> bool:  # a row that has just come is in sight after a turn of the event loop
        there[:] = [one for one in pane.findChildren(QPushButton) if one.accessibleName() == name]
        return any(one.isVisible() for one in there)

    qtbot.waitUntil(look)
    qtbot.mouseClick(next(one for one in there if one.isVisible()), Qt.MouseButton.LeftButton)


def button_of(window: QWidget) -> ActivityButton:
    found = window.findChild(ActivityButton)
    assert found is not None
    return found


def test_reading_is_counted_held_and_ends_with_what_was_read(
    qtbot: QtBot, pane: ActivityPane, worker: FakeWorker, window: QWidget, clock: Clock, feed: ActivityFeed
) -> None:
    for one in QUEUED:
        worker.change(one)
    worker.change(dataclasses.replace(QUEUED[1], pages_waiting=7))
    worker.change(document("Report 0.pdf"))
    worker.tell(lambda number: Progress(number, 1, 3, 10, 5, 50, 190.0, pages_waiting=7))
    expected = [
        ("Reading documents", "1 of 3 documents · 3 min left"),
        ("Reading scanned pages", "0 of 7 pages"),
    ]
    qtbot.waitUntil(lambda: words(pane) == expected)
    assert button_of(window).accessibleName() == "Activity: 2 under way"
    assert button_of(window).text() == "2"
    qtbot.mouseClick(button_of(window), Qt.MouseButton.LeftButton)
    assert pane.isVisible()
    press(qtbot, pane, "Pause: Reading documents")
    qtbot.waitUntil(lambda: [one.paused for one in worker.asked(Pause) if isinstance(one, Pause)] == [True])
    worker.tell(lambda number: Progress(number, 1, 3, 10, 5, 50, 190.0, is_paused=True))
    qtbot.waitUntil(lambda: words(pane)[0][1] == "Paused · 1 of 3 documents")
    press(qtbot, pane, "Resume: Reading documents")
    qtbot.waitUntil(lambda: len(worker.asked(Pause)) == 2)
    clock.now += 60
    with qtbot.waitSignal(feed.ended) as ended:
        for number in (1, 2):
            worker.change(document(f"Report {number}.pdf"))
        worker.tell(lambda number: Progress(number, 3, 3, 10, 5, 50, -1.0))
    assert ended.args is not None
    qtbot.waitUntil(lambda: ("Reading documents", "Done · 3 documents") in words(pane))
    reading = feed.activities.get("reading")
    assert reading is not None
    assert reading.targets == tuple(one.key for one in QUEUED)
    assert reading.is_worth_telling
    with qtbot.waitSignal(pane.opened) as opened:
        press(qtbot, pane, "Open: Reading documents")
    assert opened.args == [reading]
    assert pane.isHidden()


def test_no_time_is_told_that_nobody_knows(qtbot: QtBot, pane: ActivityPane, worker: FakeWorker) -> None:
    worker.change(QUEUED[0])
    worker.tell(lambda number: Progress(number, 0, 1, 0, 0, 0, -1.0))
    qtbot.waitUntil(lambda: words(pane) == [("Reading documents", "0 of 1 document")])


def test_a_download_is_held_gone_on_with_and_dropped(qtbot: QtBot, pane: ActivityPane, worker: FakeWorker) -> None:
    def tell(download: Download) -> None:
        worker.tell(lambda number: DownloadChanged(number, download))

    for kind in (PauseDownload, GetModel, DropDownload):
        worker.script.handlers[kind] = lambda *_: None
    pane.toggle()
    tell(RUNNING)
    qtbot.waitUntil(lambda: words(pane) == [("Getting Phi-4-mini", "500 MB of 2.5 GB · 3 min left")])
    press(qtbot, pane, "Pause: Getting Phi-4-mini")
    qtbot.waitUntil(lambda: len(worker.asked(PauseDownload)) == 1)
    tell(Download("phi", "Phi-4-mini", DownloadState.PAUSED, 500_000_000, 2_500_000_000, 0, "huggingface.co"))
    qtbot.waitUntil(lambda: words(pane) == [("Getting Phi-4-mini", "Paused · 500 MB of 2.5 GB")])
    press(qtbot, pane, "Resume: Getting Phi-4-mini")
    qtbot.waitUntil(lambda: len(worker.asked(GetModel)) == 1)
    reason = Problem("download_unreachable", {"model": "Phi-4-mini", "host": "huggingface.co"})
    tell(Download("phi", "Phi-4-mini", DownloadState.FAILED, 5, 9, 0, "huggingface.co", reason))
    qtbot.waitUntil(lambda: "huggingface.co" in words(pane)[0][1])
    press(qtbot, pane, "Try again: Getting Phi-4-mini")
    qtbot.waitUntil(lambda: len(worker.asked(GetModel)) == 2)
    tell(RUNNING)
    qtbot.waitUntil(lambda: words(pane)[0][1].startswith("500 MB"))
    press(qtbot, pane, "Cancel: Getting Phi-4-mini")
    qtbot.waitUntil(lambda: len(worker.asked(DropDownload)) == 1)
    tell(Download("phi", "Phi-4-mini", DownloadState.DROPPED, 0, 0, 0, ""))
    qtbot.waitUntil(lambda: words(pane) == [])


def test_a_summary_and_find_all_are_seen_wherever_they_were_asked(
    qtbot: QtBot, pane: ActivityPane, worker: FakeWorker, client: WorkerClient
) -> None:
    worker.script.handlers[Summarise] = lambda _, link, request: link.send(
        SummaryProgress(request.id, "reading", STUDY.name, 2, 9, 44.0)
    )
    worker.script.handlers[FindAll] = lambda _, link, request: link.send(
        FoundAll(request.id, 2, 2, (), (), (), (), 1.0)
    )
    client.run(Summarise, documents=(STUDY.key,))
    client.run(Summarise, documents=(STUDY.key, NOTES.key))
    client.run(FindAll, question="wind speeds")
    expected = [
        (f"Summing up “{STUDY.name}”", "2 of 9 parts · 44 s left"),
        ("Summing up 2 documents", "2 of 9 parts · 44 s left"),
        ("Finding all: wind speeds", "Done · found in 0 documents"),
    ]
    qtbot.waitUntil(lambda: words(pane) == expected)
    pane.toggle()
    press(qtbot, pane, "Cancel: Summing up 2 documents")
    qtbot.waitUntil(lambda: len(worker.asked(Cancel)) == 1)
    press(qtbot, pane, "Put away: Finding all: wind speeds")
    qtbot.waitUntil(lambda: words(pane) == expected[:2])


def test_what_the_worker_does_for_itself_is_told(qtbot: QtBot, pane: ActivityPane, worker: FakeWorker) -> None:
    worker.tell(lambda number: IndexRebuilding(number, 1_000, 4_000))
    worker.tell(lambda number: EmbedderProgress(number, "bge-small", 10, 40))
    expected = [
        ("Mending the search index", "1,000 of 4,000 passages"),
        ("Changing the search by meaning to bge-small", "10 of 40 passages"),
    ]
    qtbot.waitUntil(lambda: words(pane) == expected)
    worker.tell(lambda number: IndexRebuilding(number, 4_000, 4_000))
    worker.tell(lambda number: EmbedderProgress(number, "bge-small", 40, 40))
    qtbot.waitUntil(lambda: [said for _, said in words(pane)] == ["Done", "Done"])


def test_work_survives_the_worker_and_the_row_says_so(
    qtbot: QtBot, pane: ActivityPane, worker: FakeWorker, feed: ActivityFeed, client: WorkerClient
) -> None:
    ended: list[Activity] = []
    feed.ended.connect(ended.append)
    worker.change(QUEUED[0])
    worker.tell(lambda number: IndexRebuilding(number, 1, 4))
    worker.script.handlers[Summarise] = lambda _, link, request: None
    client.run(Summarise, documents=(STUDY.key,))
    qtbot.waitUntil(lambda: len(words(pane)) == 3)
    script = worker.script
    worker.die()
    waiting = "Phial’s helper is starting again; this then goes on from where it was"
    qtbot.waitUntil(lambda: ("Reading documents", waiting) in words(pane))
    assert [one.state for one in ended] == [ActivityState.FAILED]  # a summary has to be asked for again
    with FakeWorker(worker.home, script) as second:
        qtbot.waitUntil(lambda: ("Reading documents", "0 of 1 document") in words(pane), timeout=20_000)
        assert [name for name, _ in words(pane)] == ["Reading documents", f"Summing up “{STUDY.name}”"]
        second.change(document("Report 0.pdf"))
        qtbot.waitUntil(lambda: ("Reading documents", "Done · 1 document") in words(pane))


def test_the_keyboard_goes_into_the_list_and_back(qtbot: QtBot, pane: ActivityPane, window: QWidget) -> None:
    field = QPushButton("elsewhere", window)
    field.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    pane.toggle()
    assert pane.isAncestorOf(window.focusWidget())
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert pane.isHidden()
    assert field.hasFocus()


def test_what_had_the_keyboard_before_may_be_gone(qtbot: QtBot, pane: ActivityPane, window: QWidget) -> None:
    field = QPushButton("elsewhere", window)
    field.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    pane.toggle()
    shiboken6.delete(field)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert pane.isHidden()


def test_it_stays_in_the_window_however_small_it_gets(
    qtbot: QtBot, pane: ActivityPane, window: QWidget, worker: FakeWorker
) -> None:
    for number in range(12):
        download = Download(f"model {number}", "x" * 90, DownloadState.RUNNING, 5, 9, 0, "huggingface.co")
        worker.tell(lambda request, download=download: DownloadChanged(request, download))  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(pane.rows) == 12)
    pane.toggle()
    for width, height in ((900, 700), (320, 320), (2000, 400)):
        window.resize(width, height)
        qtbot.waitUntil(lambda: window.rect().contains(pane.geometry()))


def test_another_window_knows_what_the_former_knew(
    qtbot: QtBot, feed: ActivityFeed, worker: FakeWorker, client: WorkerClient, clock: Clock, house: QObject
) -> None:
    worker.tell(lambda number: DownloadChanged(number, RUNNING))
    worker.script.handlers[Summarise] = lambda _, link, request: None
    operation = client.run(Summarise, documents=(STUDY.key,))
    qtbot.waitUntil(lambda: len(feed.activities.listed) == 2)
    clock.now += 30
    library = LibraryFeed(client, house)
    another = ActivityFeed(client, library, house, clock)
    another.take_over(feed)
    assert {one.subject: one.begun for one in another.activities.listed} == {RUNNING.name: 100.0, STUDY.name: 100.0}
    with qtbot.waitSignal(another.ended) as ended, qtbot.assertNotEmitted(feed.ended):
        operation.fail(Problem("document_gone"))
    assert ended.args is not None
    assert (ended.args[0].begun, ended.args[0].ended) == (100.0, 130.0)
    library.end()


# --- reading that is cancelled ----------------------------------------------------------------------------------------


def said_of(feed: ActivityFeed) -> str:
    return feed.undo.words


def reading(qtbot: QtBot, pane: ActivityPane, worker: FakeWorker) -> None:
    """Three documents wait, one of them was read before."""
    for one in QUEUED:
        worker.change(one)
    worker.change(dataclasses.replace(QUEUED[2], is_unread=False))
    qtbot.waitUntil(lambda: words(pane) == [("Reading documents", "0 of 3 documents")])
    pane.toggle()


def test_what_was_not_read_is_left_out_and_withheld_until_that_is_final(
    qtbot: QtBot, pane: ActivityPane, worker: FakeWorker, feed: ActivityFeed, window: QWidget
) -> None:
    reading(qtbot, pane, worker)
    with qtbot.assertNotEmitted(feed.ended):
        press(qtbot, pane, "Cancel: Reading documents")
    assert said_of(feed) == "2 documents that had not been read were left out (the files stay)"
    assert words(pane) == [("Reading documents", "0 of 1 document")], "what was read before is read again"
    assert not any(one.isVisible() for one in pane.findChildren(QPushButton) if one.text() == "Cancel")
    assert pane.isAncestorOf(window.focusWidget()), "the keyboard stays where it was"
    keys_left_out = tuple(one.key for one in QUEUED[:2])
    qtbot.waitUntil(
        lambda: [one.keys for one in worker.asked(Withhold) if isinstance(one, Withhold)] == [keys_left_out]
    )
    assert not worker.asked(ForgetUnread)
    feed.undo.settle()
    qtbot.waitUntil(lambda: len(worker.asked(Cancel)) == 1, timeout=10_000)
    assert [one.keys for one in worker.asked(ForgetUnread) if isinstance(one, ForgetUnread)] == [keys_left_out]
    assert [one.name for one in worker.script.documents] == [STUDY.name, NOTES.name, QUEUED[2].name]


def test_how_far_the_rest_is_says_nothing_of_what_is_left_out(
    qtbot: QtBot, pane: ActivityPane, worker: FakeWorker, feed: ActivityFeed
) -> None:
    reading(qtbot, pane, worker)
    worker.tell(lambda number: Progress(number, 4, 7, 10, 5, 50, 190.0))
    qtbot.waitUntil(lambda: words(pane) == [("Reading documents", "0 of 3 documents · 3 min left")])
    press(qtbot, pane, "Cancel: Reading documents")
    assert words(pane) == [("Reading documents", "0 of 1 document")]
    progress = feed._library.progress
    assert progress is not None
    assert (progress.documents_done, progress.documents) == (4, 5)


def test_undo_brings_the_row_back(
    qtbot: QtBot, pane: ActivityPane, worker: FakeWorker, feed: ActivityFeed, window: QWidget
) -> None:
    for one in QUEUED:
        worker.change(one)
    qtbot.waitUntil(lambda: words(pane) == [("Reading documents", "0 of 3 documents")])
    pane.toggle()
    press(qtbot, pane, "Cancel: Reading documents")
    assert words(pane) == []
    assert button_of(window).accessibleName() == "Activity: nothing under way"
    assert pane.isAncestorOf(window.focusWidget())
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: words(pane) == [("Reading documents", "0 of 3 documents")])
    qtbot.waitUntil(lambda: len(worker.asked(Cancel)) == 1)  # it is withheld no longer
    assert said_of(feed) == ""
    assert not worker.asked(ForgetUnread)


def test_reading_goes_on_in_its_row_where_nothing_can_be_left_out_because_a_backup_is_taken_in(
    qtbot: QtBot, pane: ActivityPane, worker: FakeWorker, feed: ActivityFeed, client: WorkerClient
) -> None:
    worker.script.handlers[Restore] = lambda *_: None
    reading(qtbot, pane, worker)
    client.run(Restore, path="one.phial", replaces=True)
    with qtbot.waitSignal(feed.undo.refused):
        press(qtbot, pane, "Cancel: Reading documents")
    assert words(pane) == [("Reading documents", "0 of 3 documents")]
    assert worker.asked(Withhold) == []


def test_one_that_was_read_all_the_same_comes_back(
    qtbot: QtBot, pane: ActivityPane, worker: FakeWorker, feed: ActivityFeed
) -> None:
    for one in QUEUED[:2]:
        worker.change(one)
    qtbot.waitUntil(lambda: words(pane) == [("Reading documents", "0 of 2 documents")])
    pane.toggle()
    press(qtbot, pane, "Cancel: Reading documents")
    worker.change(document(QUEUED[0].name))
    feed.undo.settle()
    qtbot.waitUntil(lambda: len(worker.script.documents) == 3)
    library = feed._library
    qtbot.waitUntil(lambda: library.model.by_key(QUEUED[0].key) is not None)
    assert library.model.by_key(QUEUED[1].key) is None


def test_pages_of_what_is_left_out_do_not_wait(
    qtbot: QtBot, pane: ActivityPane, worker: FakeWorker, feed: ActivityFeed
) -> None:
    worker.change(document("Scan.pdf", DocumentState.READING, waiting=12))
    worker.tell(lambda number: Progress(number, 0, 0, 0, 0, 0, -1.0, pages_waiting=12))
    expected = [("Reading documents", "0 of 1 document"), ("Reading scanned pages", "0 of 12 pages")]
    qtbot.waitUntil(lambda: words(pane) == expected)
    pane.toggle()
    press(qtbot, pane, "Cancel: Reading documents")
    assert said_of(feed) == "“Scan.pdf”, which had not been read, was left out (the file stays)"
    assert [one for one in pane.rows if one.words[0] == "Reading documents"] == []
    assert feed.activities.under_way == ()


def test_scans_are_left_unread_at_once_and_read_again_on_undo(
    qtbot: QtBot, pane: ActivityPane, worker: FakeWorker, feed: ActivityFeed
) -> None:
    part = document("Part.pdf", DocumentState.ANSWERABLE, waiting=12, by_ocr=3)
    scan = document("Scan.pdf", DocumentState.READING, waiting=5)
    for one in (part, scan, QUEUED[0]):
        worker.change(one)
    expected = [("Reading documents", "0 of 3 documents"), ("Reading scanned pages", "0 of 17 pages")]
    qtbot.waitUntil(lambda: words(pane) == expected)
    pane.toggle()
    with qtbot.assertNotEmitted(feed.ended):
        press(qtbot, pane, "Cancel: Reading scanned pages")
    said = "12 scanned pages were left unread · “Scan.pdf”, which had not been read, was left out (the file stays)"
    assert said_of(feed) == said
    assert words(pane) == [("Reading documents", "0 of 2 documents")]
    qtbot.waitUntil(
        lambda: [one.keys for one in worker.asked(LeaveScans) if isinstance(one, LeaveScans)] == [(part.key,)]
    )
    qtbot.waitUntil(lambda: [one.keys for one in worker.asked(Withhold) if isinstance(one, Withhold)] == [(scan.key,)])
    feed.undo.take_back()
    qtbot.waitUntil(
        lambda: [one.keys for one in worker.asked(ReadScans) if isinstance(one, ReadScans)] == [(part.key,)]
    )
    qtbot.waitUntil(lambda: "Reading scanned pages" in dict(words(pane)))
    assert not worker.asked(ForgetUnread)


def test_scans_that_can_not_be_left_wait_again(
    qtbot: QtBot, pane: ActivityPane, worker: FakeWorker, feed: ActivityFeed
) -> None:
    problem = Problem("library_unwritable", {"path": "/data"})
    worker.script.handlers[LeaveScans] = lambda _, link, request: link.send(Failed(request.id, problem))
    worker.change(document("Part.pdf", DocumentState.ANSWERABLE, waiting=12, by_ocr=3))
    qtbot.waitUntil(lambda: ("Reading scanned pages", "0 of 12 pages") in words(pane))
    pane.toggle()
    with qtbot.waitSignal(feed._library.failed):
        press(qtbot, pane, "Cancel: Reading scanned pages")
    qtbot.waitUntil(lambda: ("Reading scanned pages", "0 of 12 pages") in words(pane))


def test_whoever_looks_no_longer_leaves_nothing_withheld(
    qtbot: QtBot, pane: ActivityPane, worker: FakeWorker, feed: ActivityFeed
) -> None:
    reading(qtbot, pane, worker)
    press(qtbot, pane, "Cancel: Reading documents")
    qtbot.waitUntil(lambda: len(worker.asked(Withhold)) == 1)
    feed._library.undo.settle()
    feed._library._removing.end()
    qtbot.waitUntil(lambda: len(worker.asked(ForgetUnread)) == 1 and len(worker.asked(Cancel)) >= 1)


def test_a_change_of_embedder_is_given_up_by_choosing_the_one_that_answers(
    qtbot: QtBot, pane: ActivityPane, worker: FakeWorker
) -> None:
    here = [
        InstalledEmbedder(name, name, f"/{name}", "gguf", (), 384, name == "new", name == "old", 10, 40)
        for name in ("new", "old")
    ]
    worker.script.handlers[ListEmbedders] = lambda _, link, request: link.send(Embedders(request.id, tuple(here), ()))
    worker.script.handlers[ChooseEmbedder] = lambda _, link, request: link.send(Embedders(request.id, tuple(here), ()))
    worker.tell(lambda number: EmbedderProgress(number, "new", 10, 40))
    qtbot.waitUntil(lambda: words(pane) == [("Changing the search by meaning to new", "10 of 40 passages")])
    pane.toggle()
    press(qtbot, pane, "Cancel: Changing the search by meaning to new")
    qtbot.waitUntil(
        lambda: [one.embedder for one in worker.asked(ChooseEmbedder) if isinstance(one, ChooseEmbedder)] == ["old"]
    )
    worker.tell(lambda number: EmbedderProgress(number, "new", 10, 40, is_given_up=True))
    qtbot.waitUntil(lambda: words(pane) == [])
