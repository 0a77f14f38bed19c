"""The health view over real operations and a door: what it lists, follows, explains and mends."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QListView, QPushButton
from pytestqt.qtbot import QtBot

from desktop.panes.health import HealthPane
from desktop.panes.health_feed import HealthFeed
from desktop.panes.library_feed import LibraryFeed
from desktop.theme import Theme
from desktop.widgets import health_row
from desktop.widgets.notice import Notice
from desktop.widgets.password_bar import PasswordBar
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import (
    Document,
    DocumentHealth,
    DocumentState,
    Failed,
    Health,
    Index,
    PageRun,
    PageState,
    Remove,
    Retry,
    Status,
    Unlock,
    Watch,
)
from tests.fakes.plausible import NOTES, STUDY, document, health
from tests.fakes.worker import FakeWorker

LOCKED = document("Locked.pdf", DocumentState.NEEDS_PASSWORD, pages=0, reason=Problem("pdf_encrypted", {"path": "x"}))
MOVED = document("Moved.pdf", DocumentState.FAILED, pages=0, reason=Problem("path_missing", {"path": "/x/Moved.pdf"}))
MIXED = health(
    document("Mixed.pdf", pages=41, by_ocr=2),
    PageRun(1, 38, PageState.TEXT),
    PageRun(39, 40, PageState.OCR, 0.9),
    PageRun(41, 41, PageState.FAILED, -1.0, Problem("page_failed", {"path": "Mixed.pdf", "page": 41})),
)


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, client: WorkerClient, worker: FakeWorker) -> HealthPane:
    """A pane over two sound documents, a mixed one, one that is locked and one that is gone."""
    worker.script.documents += [LOCKED, MIXED.document, MOVED]
    worker.script.health = [MIXED, DocumentHealth(MOVED, (), ("find_file", "forget"))]
    worker.script.passwords[LOCKED.key] = "kestrel"
    feed = LibraryFeed(client)
    pane = HealthPane(theme, client, feed)
    feed.setParent(pane)
    qtbot.addWidget(pane)
    pane.resize(640, 700)
    pane.show()
    pane.activateWindow()
    qtbot.waitUntil(lambda: bool(worker.asked(Watch)) and len(names(pane)) == 5)
    return pane


def names(pane: HealthPane) -> list[str]:
    return [health.document.name for health in pane.rows]


def view_of(pane: HealthPane) -> QListView:
    view = pane.findChild(QListView)
    assert view is not None
    return view


def choose(pane: HealthPane, name: str) -> QRect:
    view = view_of(pane)
    index = view.model().index(names(pane).index(name), 0)
    view.setCurrentIndex(index)
    return view.visualRect(index)


def part(pane: HealthPane) -> Notice:
    notice = pane.findChild(Notice)
    assert notice is not None
    return notice


def press(pane: HealthPane, words: str) -> None:
    next(b for b in pane.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(pane)).click()


def test_every_document_is_listed_those_to_mend_first(pane: HealthPane) -> None:
    assert names(pane) == ["Locked.pdf", "Mixed.pdf", "Moved.pdf", STUDY.name, NOTES.name]
    press(pane, "To mend 3")
    assert names(pane) == ["Locked.pdf", "Mixed.pdf", "Moved.pdf"]
    field = next(f for f in pane.findChildren(QLineEdit) if f.accessibleName() == "Search documents by name")
    field.setText("mixed")
    assert names(pane) == ["Mixed.pdf"]
    field.setText("xyz")
    assert "No document has this name." in [label.text() for label in pane.findChildren(QLabel) if label.isVisible()]
    assert pane.back_out()
    assert names(pane) == ["Locked.pdf", "Mixed.pdf", "Moved.pdf"]


def test_the_reason_and_the_mends_are_said(qtbot: QtBot, pane: HealthPane, worker: FakeWorker) -> None:
    choose(pane, "Mixed.pdf")
    notice = part(pane)
    assert notice.accessibleName() == "Page 41 of Mixed.pdf could not be read."
    press(pane, "Try again")
    qtbot.waitUntil(lambda: bool(worker.asked(Retry)))
    choose(pane, STUDY.name)
    assert notice.isHidden()


def test_a_mend_is_clicked_where_it_stands_in_the_row(qtbot: QtBot, pane: HealthPane, worker: FakeWorker) -> None:
    place = choose(pane, "Mixed.pdf")
    viewport = view_of(pane).viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place.topRight() + QPoint(-40, 18))
    qtbot.waitUntil(lambda: bool(worker.asked(Retry)))


def test_the_password_is_asked_for_in_place(qtbot: QtBot, pane: HealthPane, worker: FakeWorker) -> None:
    choose(pane, "Locked.pdf")
    qtbot.keyClick(view_of(pane), Qt.Key.Key_Return)
    bar = pane.findChild(PasswordBar)
    assert bar is not None
    assert bar.isVisible()
    field = bar.findChild(QLineEdit)
    assert field is not None
    qtbot.keyClicks(field, "kestrel")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(worker.asked(Unlock)) and bar.isHidden())
    qtbot.waitUntil(lambda: not any(one.document.state is DocumentState.NEEDS_PASSWORD for one in pane.rows))


def test_a_file_that_was_moved_is_found_again(
    qtbot: QtBot, pane: HealthPane, worker: FakeWorker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = tmp_path / "Moved.pdf"
    found.touch()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(found), ""))
    choose(pane, "Moved.pdf")
    press(pane, "Find the file…")
    qtbot.waitUntil(lambda: bool(worker.asked(Index)))
    assert [one.paths for one in worker.asked(Index) if isinstance(one, Index)] == [(str(found),)]


def test_what_is_removed_goes_at_once_and_comes_back(qtbot: QtBot, pane: HealthPane, worker: FakeWorker) -> None:
    choose(pane, "Moved.pdf")
    press(pane, "Remove")
    qtbot.waitUntil(lambda: "Moved.pdf" not in names(pane))
    press(pane, "Undo")
    qtbot.waitUntil(lambda: "Moved.pdf" in names(pane))
    assert not worker.asked(Remove)


def test_what_can_be_read_is_opened(qtbot: QtBot, pane: HealthPane) -> None:
    opened: list[Document] = []
    pane.opened.connect(opened.append)
    choose(pane, STUDY.name)
    qtbot.keyClick(view_of(pane), Qt.Key.Key_Return)
    assert opened == [STUDY]


def test_changes_are_followed_one_by_one_and_only_while_it_is_seen(
    qtbot: QtBot, pane: HealthPane, worker: FakeWorker
) -> None:
    worker.change(document("New.pdf", pages=2))
    qtbot.waitUntil(lambda: "New.pdf" in names(pane))
    worker.change(dataclasses.replace(STUDY, pages=9))
    qtbot.waitUntil(lambda: any(one.document.pages == 9 and one.document.name == STUDY.name for one in pane.rows))
    asked = [one.keys for one in worker.asked(Health) if isinstance(one, Health)]
    assert asked[-1] == (STUDY.key,)
    pane.hide()
    worker.forget(NOTES.key)
    worker.change(document("Unseen.pdf"))
    feed = pane.findChild(LibraryFeed)
    assert feed is not None
    qtbot.waitUntil(lambda: any(one.name == "Unseen.pdf" for one in feed.model.documents))
    assert len(worker.asked(Health)) == len(asked)
    pane.show()
    qtbot.waitUntil(lambda: "Unseen.pdf" in names(pane))
    assert NOTES.name not in names(pane)


def test_much_is_asked_for_in_slices(qtbot: QtBot, pane: HealthPane, worker: FakeWorker) -> None:
    for number in range(250):
        worker.change(document(f"Note {number}.md"))
    qtbot.waitUntil(lambda: len(names(pane)) == 255, timeout=10_000)
    pane.hide()
    before = len(worker.asked(Health))
    pane.show()
    qtbot.waitUntil(lambda: len(worker.asked(Health)) == before + 3)
    qtbot.waitUntil(lambda: len(names(pane)) == 255)
    asked = [one.keys for one in worker.asked(Health) if isinstance(one, Health)]
    assert all(len(keys) <= 100 for keys in asked)
    assert len({key for keys in asked[before:] for key in keys}) == 255


def test_a_document_is_pointed_at(qtbot: QtBot, pane: HealthPane) -> None:
    pane.point_at(STUDY.key)
    assert view_of(pane).currentIndex().data() == STUDY.name


def test_what_went_wrong_is_said(qtbot: QtBot, pane: HealthPane, worker: FakeWorker) -> None:
    problem = Problem("library_damaged", {"path": "/data"})
    worker.script.handlers[Health] = lambda _, link, request: link.send(Failed(request.id, problem))
    feed = pane.findChild(HealthFeed)
    assert feed is not None
    feed.begin()
    notice = part(pane)
    qtbot.waitUntil(notice.isVisible)
    assert names(pane), "what was known stays"


def test_of_a_thousand_rows_only_those_in_sight_are_painted(
    qtbot: QtBot, pane: HealthPane, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[None] = []
    monkeypatch.setattr(health_row, "paint_strip", lambda *_: painted.append(None))
    feed = pane.findChild(HealthFeed)
    assert feed is not None
    feed.model.replace([health(document(f"Report {number}.pdf", pages=500)) for number in range(1000)])
    assert len(names(pane)) == 1000
    painted.clear()
    view_of(pane).grab()
    assert 0 < len(painted) < 20


def test_an_empty_library_says_so(qtbot: QtBot, theme: Theme, client: WorkerClient, worker: FakeWorker) -> None:
    worker.script.documents.clear()
    feed = LibraryFeed(client)
    pane = HealthPane(theme, client, feed)
    feed.setParent(pane)
    qtbot.addWidget(pane)
    pane.show()
    qtbot.waitUntil(lambda: bool(worker.asked(Status)) and bool(worker.asked(Health)))
    said = next(one for one in pane.findChildren(QLabel) if one.text() == "There is no document yet.")
    qtbot.waitUntil(said.isVisible)
