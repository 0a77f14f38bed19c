"""Documents that are removed: gone at once, erased a little later, and back as if nothing had been until then."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop import keys
from desktop.panes.conversation import ConversationPane
from desktop.panes.library import LibraryPane
from desktop.panes.quick_asking import QuickAsking
from desktop.theme import Theme
from desktop.undo import Undo
from desktop.widgets.document_list import DocumentList
from desktop.widgets.notice import Notice
from desktop.widgets.scope import ChosenScope
from desktop.widgets.undo_bar import UndoBar
from desktop.worker_client import WorkerClient
from engine.links import Link
from rag.errors import LibraryProblem, Problem
from rag.protocol import (
    Anticipate,
    Ask,
    Document,
    DocumentGone,
    DocumentState,
    Failed,
    Index,
    LeaveScans,
    Remove,
    Removed,
    Request,
    Restore,
    Restored,
    Search,
    WatchFolder,
    Withhold,
)
from tests.desktop.panes.library_parts import button, choose, part, pick, rows
from tests.fakes.plausible import NOTES, STUDY, document
from tests.fakes.worker import FakeWorker

LEFT = Qt.MouseButton.LeftButton
PLANS = document("Plans.pdf")


@pytest.fixture
def pane(qtbot: QtBot, library_pane: LibraryPane, worker: FakeWorker) -> LibraryPane:
    worker.change(PLANS)
    qtbot.waitUntil(lambda: len(rows(library_pane)) == 3)
    library_pane.activateWindow()
    return library_pane


def select(pane: LibraryPane, *documents: Document) -> DocumentList:
    view = pane.findChild(DocumentList)
    assert view is not None
    view.select(documents)
    view.chosen.emit(view.selected())
    view.setFocus()
    return view


def targets(worker: FakeWorker) -> list[tuple[str, ...]]:
    return [one.targets for one in worker.asked(Remove) if isinstance(one, Remove)]


def said(pane: LibraryPane) -> str:
    return pane.feed.undo.words


def hurry(pane: LibraryPane) -> None:
    """Let the time in which it can be undone be over."""
    undo = pane.feed.findChild(Undo)
    assert undo is not None
    timer = undo.findChild(QTimer)
    assert timer is not None
    assert timer.isActive()
    assert timer.interval() == 10_000
    timer.start(0)


def test_rows_go_at_once_and_the_worker_hears_of_it_when_the_time_is_over(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker
) -> None:
    scopes: list[ChosenScope] = []
    pane.scope_changed.connect(scopes.append)
    qtbot.keyClick(select(pane, STUDY, NOTES), Qt.Key.Key_Delete)
    assert rows(pane) == [PLANS.name]
    assert pane.documents == (PLANS,)
    assert scopes[-1] == ChosenScope(), "what is gone is not asked"
    assert said(pane) == "2 documents removed from Phial (the files stay)"
    assert part(pane, UndoBar).isVisible()
    assert not worker.asked(Remove)
    hurry(pane)
    qtbot.waitUntil(lambda: targets(worker) == [(STUDY.key, NOTES.key)])
    assert not part(pane, UndoBar).isVisible()
    qtbot.waitUntil(lambda: worker.script.documents == [PLANS])
    assert rows(pane) == [PLANS.name]


def test_undo_brings_everything_back_with_the_selection(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    scopes: list[ChosenScope] = []
    view = select(pane, STUDY, NOTES)
    pane.scope_changed.connect(scopes.append)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    qtbot.mouseClick(button(pane, "Undo"), LEFT)
    assert rows(pane) == [STUDY.name, PLANS.name, NOTES.name]
    assert view.selected() == (STUDY, NOTES)
    assert scopes[-1] == ChosenScope((STUDY, NOTES))
    assert view.hasFocus()
    assert not worker.asked(Remove)


def test_ctrl_z_undoes_too(qtbot: QtBot, pane: LibraryPane) -> None:
    view = select(pane, NOTES)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert said(pane) == f"“{NOTES.name}” removed from Phial (the file stays)"
    assert keys.UNDO == "Ctrl+Z"
    qtbot.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(rows(pane)) == 3


def test_of_several_removals_the_last_one_can_be_undone(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    qtbot.keyClick(select(pane, STUDY), Qt.Key.Key_Delete)
    qtbot.keyClick(select(pane, NOTES), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: targets(worker) == [(STUDY.key,)])
    qtbot.mouseClick(button(pane, "Undo"), LEFT)
    qtbot.waitUntil(lambda: rows(pane) == [PLANS.name, NOTES.name])
    assert targets(worker) == [(STUDY.key,)]


def test_the_menu_removes_what_is_selected(qtbot: QtBot, pane: LibraryPane) -> None:
    pick(pane, NOTES.name, "Remove from Phial")
    assert NOTES.name not in rows(pane)


def test_no_time_passes_while_the_pointer_is_on_the_bar(qtbot: QtBot, pane: LibraryPane) -> None:
    qtbot.keyClick(select(pane, NOTES), Qt.Key.Key_Delete)
    bar = part(pane, UndoBar)
    timer = pane.feed.undo.findChild(QTimer)
    assert timer is not None
    place = bar.rect().center().toPointF()
    QApplication.sendEvent(bar, QEnterEvent(place, place, place))
    assert not timer.isActive()
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Leave))
    assert timer.isActive()


def test_what_happens_to_it_meanwhile_is_not_shown_and_not_lost(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker
) -> None:
    waiting = dataclasses.replace(document("new.pdf", DocumentState.QUEUED), key="/new.pdf", paths=("/new.pdf",))
    worker.change(waiting)
    qtbot.waitUntil(lambda: "new.pdf" in rows(pane))
    qtbot.keyClick(select(pane, waiting), Qt.Key.Key_Delete)
    read = dataclasses.replace(document("new.pdf"), paths=("/new.pdf",))
    worker.change(read, was="/new.pdf")
    worker.change(dataclasses.replace(PLANS, pages=3))
    qtbot.waitUntil(lambda: any(one.pages == 3 for one in pane.documents))
    assert "new.pdf" not in rows(pane)
    qtbot.mouseClick(button(pane, "Undo"), LEFT)
    assert read in pane.documents


def test_what_was_gone_by_itself_does_not_come_back(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    qtbot.keyClick(select(pane, NOTES), Qt.Key.Key_Delete)
    worker.forget(NOTES.key)
    worker.tell(lambda number: DocumentGone(number, "nobody"))
    qtbot.waitUntil(lambda: not pane.feed.model.is_concealed(NOTES.key))
    qtbot.mouseClick(button(pane, "Undo"), LEFT)
    assert len(rows(pane)) == 2


def test_a_list_that_is_told_anew_does_not_bring_it_back(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    qtbot.keyClick(select(pane, NOTES), Qt.Key.Key_Delete)
    pane.feed.model.replace(worker.script.documents)
    assert rows(pane) == [STUDY.name, PLANS.name]
    qtbot.mouseClick(button(pane, "Undo"), LEFT)
    assert len(rows(pane)) == 3


def test_what_the_worker_could_not_remove_is_back_and_said(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    problem = Problem("library_unwritable", {"path": "/data"})
    worker.script.handlers[Remove] = lambda worker, link, request: link.send(Failed(request.id, problem))
    qtbot.keyClick(select(pane, NOTES), Qt.Key.Key_Delete)
    pane.feed.undo.settle()
    qtbot.waitUntil(lambda: NOTES.name in rows(pane))
    assert part(pane, Notice).isVisible()


def test_what_is_given_again_is_not_erased(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    qtbot.keyClick(select(pane, NOTES), Qt.Key.Key_Delete)
    pane.add_paths(NOTES.paths)
    qtbot.waitUntil(lambda: bool(worker.asked(Index)))
    assert NOTES.name in rows(pane)
    assert said(pane) == ""
    assert not worker.asked(Remove)


def test_what_lies_in_a_folder_that_is_given_again_is_not_erased(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker
) -> None:
    qtbot.keyClick(select(pane, NOTES), Qt.Key.Key_Delete)
    pane.feed.add_folders(["/home/ada/Doc"])
    assert NOTES.name not in rows(pane)
    pane.feed.add_folders(["/home/ada/Documents"])
    assert NOTES.name in rows(pane)
    assert said(pane) == ""
    qtbot.waitUntil(lambda: len(worker.asked(WatchFolder)) == 2)


def test_conversations_that_quote_it_are_named(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    worker.script.handlers[Remove] = lambda worker, link, request: link.send(
        Removed(request.id, (NOTES,), ("Wind load at the north quay",))
    )
    qtbot.keyClick(select(pane, NOTES), Qt.Key.Key_Delete)
    pane.feed.undo.settle()
    notice = part(pane, Notice)
    qtbot.waitUntil(lambda: "Wind load at the north quay" in notice.accessibleDescription())


def test_who_looks_no_longer_has_it_erased(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    qtbot.keyClick(select(pane, NOTES), Qt.Key.Key_Delete)
    pane.feed.end()
    qtbot.waitUntil(lambda: targets(worker) == [(NOTES.key,)])


def test_the_bar_s_button_is_reached_by_the_keyboard(qtbot: QtBot, pane: LibraryPane) -> None:
    choose(pane, NOTES.name)
    qtbot.keyClick(part(pane, DocumentList), Qt.Key.Key_Delete)
    undo = part(pane, UndoBar).findChild(QPushButton)
    assert isinstance(undo, QPushButton)
    undo.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(undo, Qt.Key.Key_Return)
    assert len(rows(pane)) == 3


def test_what_is_out_of_sight_is_left_out_of_every_question_until_it_is_back(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker, client: WorkerClient, theme: Theme
) -> None:
    conversation = ConversationPane(theme, client)
    qtbot.addWidget(conversation)
    quick = QuickAsking(client, conversation)

    def left_out(kind: type[Request], act: Callable[[], None]) -> tuple[str, ...]:
        before = len(worker.asked(kind))
        act()
        qtbot.waitUntil(lambda: len(worker.asked(kind)) > before)
        return worker.asked(kind)[-1].without  # type: ignore[attr-defined]

    def search() -> None:
        quick.type("gust")
        quick._search()

    pane.feed.remove((STUDY,))
    for kind, act in (
        (Ask, lambda: conversation.ask("Which gust?")),
        (Ask, lambda: quick.ask("Which gust?")),
        (Search, search),
        (Anticipate, lambda: quick._anticipating.expect("Which gust?", 0)),
        (Anticipate, lambda: conversation._anticipating.expect("Which gust?", 0)),
    ):
        assert left_out(kind, act) == (STUDY.key,), act
    pane.feed.undo.take_back()
    assert left_out(Search, search) == ()
    qtbot.waitUntil(lambda: not conversation.is_answering)


def test_what_can_still_be_undone_is_erased_before_another_library_takes_the_place_of_this_one(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker, client: WorkerClient
) -> None:
    worker.script.handlers[Restore] = lambda *_: None
    pane.feed.remove((NOTES,))
    client.run(Restore, path="one.phial", replaces=True)
    assert said(pane) == ""
    qtbot.waitUntil(lambda: bool(worker.asked(Restore)))
    kinds = [type(request) for request in worker.requests]
    assert kinds.index(Remove) < kinds.index(Restore)


def test_nothing_is_removed_while_a_backup_is_taken_in(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker, client: WorkerClient
) -> None:
    asked: list[tuple[Link, int]] = []
    worker.script.handlers[Restore] = lambda _, link, request: asked.append((link, request.id))
    waiting = dataclasses.replace(document("new.pdf", DocumentState.QUEUED), key="/new.pdf", paths=("/new.pdf",))
    scan = dataclasses.replace(document("scan.pdf", DocumentState.ANSWERABLE), pages_waiting=3)
    restoring = client.run(Restore, path="one.phial", replaces=True)
    before = rows(pane)
    qtbot.keyClick(select(pane, NOTES), Qt.Key.Key_Delete)
    pane.feed._removing.leave_unread((waiting,))
    pane.feed._removing.leave_scans((scan,))
    assert rows(pane) == before
    assert said(pane) == ""
    assert "nothing can be removed now" in part(pane, Notice).accessibleName()
    qtbot.waitUntil(lambda: bool(asked))
    ((link, number),) = asked
    link.send(Failed(number, Problem(LibraryProblem.BACKUP_DAMAGED.value, {"path": "one.phial"})))
    qtbot.waitUntil(lambda: not restoring.is_running)
    assert [worker.asked(kind) for kind in (Remove, Withhold, LeaveScans)] == [[], [], []]
    qtbot.keyClick(select(pane, NOTES), Qt.Key.Key_Delete)
    assert NOTES.name not in rows(pane)


def test_nothing_that_was_given_or_taken_away_here_reaches_the_library_that_was_restored(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker, client: WorkerClient
) -> None:
    worker.script.handlers[Index] = lambda *_: None
    worker.script.handlers[Restore] = lambda _, link, request: link.send(Restored(request.id, 1, 0, 0, ""))
    pane.feed.add_files(["/one.pdf"])
    pane.feed._giving._given.append((("/two.pdf",), 1))  # a worker died with it
    qtbot.waitUntil(lambda: bool(worker.asked(Index)))
    with qtbot.waitSignal(client.run(Restore, path="one.phial", replaces=True).succeeded):
        pass
    worker.die()
    with qtbot.waitSignal(client.connected):
        second = FakeWorker(worker.home)
    with qtbot.waitSignal(client.run(Search, question="gust").succeeded):
        pass
    assert second.asked(Index) == []
    assert pane.feed.giving == ()
    second.close()
