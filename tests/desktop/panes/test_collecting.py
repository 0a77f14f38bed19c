"""Collections in the library pane: made, opened, filled, renamed and deleted, by mouse, by keyboard, by drops."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop.panes.library import LibraryPane
from desktop.theme import Theme
from desktop.widgets.collection_list import CollectionList
from desktop.widgets.collection_name import NameField
from desktop.widgets.collection_row import CollectionRows
from desktop.widgets.document_list import DocumentList
from desktop.widgets.scope import ChosenScope
from desktop.worker_client import WorkerClient
from engine.links import Link
from rag.protocol import (
    ChangeCollection,
    CollectionRow,
    Collections,
    DeleteCollection,
    Document,
    DocumentState,
    Index,
    Indexed,
    OpenCollection,
    RenameCollection,
    Request,
    Restore,
    WatchFolder,
)
from tests.desktop.panes.library_parts import button, choose, menu_of, pick, rows
from tests.fakes.collecting import rows as told_rows
from tests.fakes.plausible import NOTES, STUDY, document
from tests.fakes.worker import FakeWorker

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction
PLANS = document("Plans.pdf")


@pytest.fixture
def pane(qtbot: QtBot, library_pane: LibraryPane, worker: FakeWorker) -> LibraryPane:
    """With the collections Cranes (of the study) and Empty."""
    worker.script.collections = {"Cranes": {STUDY.key}, "Empty": set()}
    worker.change(PLANS)
    tell(worker)
    qtbot.waitUntil(lambda: list_of(library_pane).shown == ("Cranes", "Empty"))
    qtbot.waitUntil(lambda: len(rows(library_pane)) == 3)
    library_pane.activateWindow()
    return library_pane


def tell(worker: FakeWorker) -> None:
    worker.tell(lambda number: Collections(number, told_rows(worker)))


def list_of(pane: LibraryPane) -> CollectionList:
    found = pane.findChild(CollectionList)
    assert found is not None
    return found


def go_to(pane: LibraryPane, name: str) -> CollectionList:
    """The keyboard on the row of a collection."""
    view = list_of(pane)
    pane.activateWindow()  # a menu had the keyboard
    QApplication.processEvents()
    view.setFocus()
    view.setCurrentIndex(view.model().index(view.shown.index(name), 0))
    return view


def open_collection(qtbot: QtBot, pane: LibraryPane, name: str) -> None:
    qtbot.keyClick(go_to(pane, name), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: set(rows(pane)) != {STUDY.name, NOTES.name, PLANS.name})


def scopes_of(pane: LibraryPane) -> list[ChosenScope]:
    scopes: list[ChosenScope] = []
    pane.scope_changed.connect(scopes.append)
    return scopes


def changes(worker: FakeWorker) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    asked = worker.asked(ChangeCollection)
    return [(one.name, one.add, one.take) for one in asked if isinstance(one, ChangeCollection)]


def press_new(qtbot: QtBot, pane: LibraryPane) -> QLineEdit:
    new = next(b for b in pane.findChildren(QPushButton) if b.accessibleName() == "New collection")
    qtbot.mouseClick(new, LEFT)
    field = pane.findChild(NameField)
    assert field is not None
    assert field.isVisible()
    edit = field.findChild(QLineEdit)
    assert edit is not None
    return edit


def test_a_collection_is_made_by_its_name(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    edit = press_new(qtbot, pane)
    qtbot.keyClicks(edit, "Turbines")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: list_of(pane).shown == ("Cranes", "Empty", "Turbines"))
    assert changes(worker) == [("Turbines", (), ())]


def test_escape_leaves_the_name_and_then_the_collection(qtbot: QtBot, pane: LibraryPane) -> None:
    open_collection(qtbot, pane, "Cranes")
    edit = press_new(qtbot, pane)
    assert pane.back_out()
    assert not edit.isVisible()
    assert pane.back_out()
    assert len(rows(pane)) == 3
    assert not pane.back_out()


def test_opening_lists_what_is_in_it_and_asks_it_by_its_name(qtbot: QtBot, pane: LibraryPane) -> None:
    scopes = scopes_of(pane)
    view = list_of(pane)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(0, 0)).center())
    qtbot.waitUntil(lambda: rows(pane) == [STUDY.name])
    assert scopes[-1] == ChosenScope((STUDY,), "Cranes")
    choose(pane, STUDY.name)
    assert scopes[-1] == ChosenScope((STUDY,)), "what is selected in it is asked alone"
    every = next(b for b in pane.findChildren(QPushButton) if b.accessibleName().startswith("All documents"))
    qtbot.mouseClick(every, LEFT)
    assert len(rows(pane)) == 3
    assert scopes[-1] == ChosenScope()


def test_an_empty_collection_says_so_and_is_asked_all_the_same(qtbot: QtBot, pane: LibraryPane) -> None:
    scopes = scopes_of(pane)
    open_collection(qtbot, pane, "Empty")
    assert rows(pane) == []
    assert any("“Empty” is empty" in label.text() and label.isVisible() for label in pane.findChildren(QLabel))
    assert scopes[-1] == ChosenScope((), "Empty")


def test_the_composer_s_chip_closes_it(qtbot: QtBot, pane: LibraryPane) -> None:
    open_collection(qtbot, pane, "Cranes")
    scopes = scopes_of(pane)
    pane.take_scope(ChosenScope())
    assert len(rows(pane)) == 3
    assert scopes[-1] == ChosenScope()


def test_what_is_put_into_the_open_one_appears(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    open_collection(qtbot, pane, "Cranes")
    worker.script.collections["Cranes"].add(NOTES.key)
    tell(worker)
    qtbot.waitUntil(lambda: rows(pane) == [STUDY.name, NOTES.name])


def test_f2_renames_in_place_and_the_open_one_stays_open(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    open_collection(qtbot, pane, "Cranes")
    view = go_to(pane, "Cranes")
    qtbot.keyClick(view, Qt.Key.Key_F2)
    edit = view.findChild(QLineEdit)
    assert edit is not None
    edit.selectAll()
    qtbot.keyClicks(edit, "Lifting gear")
    worker.change(dataclasses.replace(NOTES, pages=2))
    tell(worker)  # what is told meanwhile takes nothing away from the person
    qtbot.waitUntil(lambda: any(one.pages == 2 for one in pane.documents))
    assert view.findChild(QLineEdit) is edit
    scopes = scopes_of(pane)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.shown == ("Empty", "Lifting gear"))
    assert rows(pane) == [STUDY.name]
    qtbot.waitUntil(lambda: scopes[-1:] == [ChosenScope((STUDY,), "Lifting gear")])
    asked = worker.asked(RenameCollection)
    assert [(one.name, one.new_name) for one in asked if isinstance(one, RenameCollection)] == [
        ("Cranes", "Lifting gear")
    ]


def test_a_name_that_is_taken_is_said_and_nothing_is_asked(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    view = go_to(pane, "Cranes")
    qtbot.keyClick(view, Qt.Key.Key_F2)
    edit = view.findChild(QLineEdit)
    assert edit is not None
    edit.selectAll()
    qtbot.keyClicks(edit, "EMPTY")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.findChild(QLineEdit) is None)
    assert any("already a collection Empty" in label.text() for label in pane.findChildren(QLabel))
    assert view.shown == ("Cranes", "Empty")
    assert not worker.asked(RenameCollection)


def test_deleting_can_be_undone_and_the_documents_stay(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    open_collection(qtbot, pane, "Cranes")
    qtbot.keyClick(go_to(pane, "Cranes"), Qt.Key.Key_Delete)
    assert list_of(pane).shown == ("Empty",)
    assert len(rows(pane)) == 3
    qtbot.mouseClick(button(pane, "Undo"), LEFT)
    qtbot.waitUntil(lambda: rows(pane) == [STUDY.name])
    assert list_of(pane).shown == ("Cranes", "Empty")
    assert not worker.asked(DeleteCollection)
    qtbot.keyClick(go_to(pane, "Cranes"), Qt.Key.Key_Delete)
    pane.feed.undo.settle()
    qtbot.waitUntil(lambda: worker.script.collections.keys() == {"Empty"})
    assert len(pane.documents) == 3


def test_none_is_deleted_while_a_backup_is_taken_in(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker, client: WorkerClient
) -> None:
    worker.script.handlers[Restore] = lambda *_: None
    open_collection(qtbot, pane, "Cranes")
    client.run(Restore, path="one.phial", replaces=True)
    qtbot.keyClick(go_to(pane, "Cranes"), Qt.Key.Key_Delete)
    assert list_of(pane).shown == ("Cranes", "Empty")
    assert pane.feed.undo.words == ""
    assert not worker.asked(DeleteCollection)


def test_a_name_can_be_had_again_at_once(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    qtbot.keyClick(go_to(pane, "Cranes"), Qt.Key.Key_Delete)
    edit = press_new(qtbot, pane)
    qtbot.keyClicks(edit, "cranes")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: list_of(pane).shown == ("cranes", "Empty"))
    assert worker.script.collections == {"cranes": set(), "Empty": set()}, "nothing of the old one is in it"


def test_the_menu_puts_documents_in_and_takes_them_out(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    documents = pane.findChild(DocumentList)
    assert documents is not None
    documents.setFocus()
    qtbot.keyClick(documents, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    menu = menu_of(pane)
    into = next(sub for sub in menu.findChildren(QMenu) if sub.title() == "Put into")
    next(action for action in into.actions() if action.text() == "Empty").trigger()
    menu.close()
    qtbot.waitUntil(lambda: len(worker.script.collections["Empty"]) == 3)
    open_collection(qtbot, pane, "Cranes")
    pick(pane, STUDY.name, "Take out of “Cranes”")
    qtbot.waitUntil(lambda: rows(pane) == [])
    assert worker.script.collections["Cranes"] == set()
    assert STUDY in pane.documents


def test_documents_can_be_put_into_a_collection_that_is_new(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker
) -> None:
    choose(pane, NOTES.name)
    menu = menu_of(pane)
    into = next(sub for sub in menu.findChildren(QMenu) if sub.title() == "Put into")
    next(action for action in into.actions() if action.text() == "New collection…").trigger()
    menu.close()
    edit = pane.focusWidget()
    assert isinstance(edit, QLineEdit)
    qtbot.keyClicks(edit, "Inspections")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: worker.script.collections.get("Inspections") == {NOTES.key})


# --- drags and drops --------------------------------------------------------------------------------------------------


def place_of(view: CollectionList, name: str) -> QPoint:
    return view.visualRect(view.model().index(view.shown.index(name), 0)).center()


def hold(view: CollectionList, name: str, data: QMimeData, action: Qt.DropAction = COPY) -> bool:
    """Hold ``data`` above a collection; whether it can be dropped there, and the row shows it."""
    place = place_of(view, name)
    accepted = []
    for kind in (QDragEnterEvent, QDragMoveEvent):
        event = kind(place, action, data, LEFT, NONE)
        QApplication.sendEvent(view.viewport(), event)
        accepted.append(event.isAccepted())
    painter = view.itemDelegate()
    assert isinstance(painter, CollectionRows)
    return all(accepted) and painter.target == name


def drop(view: CollectionList, name: str, data: QMimeData, action: Qt.DropAction = COPY) -> None:
    assert hold(view, name, data, action)
    event = QDropEvent(QPointF(place_of(view, name)), action, data, LEFT, NONE)
    QApplication.sendEvent(view.viewport(), event)
    assert event.isAccepted()


def dragged_from(pane: LibraryPane) -> QMimeData:
    view = pane.findChild(DocumentList)
    assert view is not None
    return view.model().mimeData(view.selectedIndexes())


def test_documents_are_dragged_onto_a_collection(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    choose(pane, NOTES.name)
    drop(list_of(pane), "Cranes", dragged_from(pane))
    qtbot.waitUntil(lambda: worker.script.collections["Cranes"] == {STUDY.key, NOTES.key})


@pytest.mark.parametrize(("action", "left"), [(COPY, {STUDY.key}), (MOVE, set())])
def test_documents_are_dragged_between_collections(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker, action: Qt.DropAction, left: set[str]
) -> None:
    open_collection(qtbot, pane, "Cranes")
    choose(pane, STUDY.name)
    drop(list_of(pane), "Empty", dragged_from(pane), action)
    qtbot.waitUntil(lambda: worker.script.collections == {"Cranes": left, "Empty": {STUDY.key}})


def test_words_are_not_put_into_a_collection(pane: LibraryPane) -> None:
    words = QMimeData()
    words.setText("Which gust speed?")
    view = list_of(pane)
    assert not hold(view, "Cranes", words)
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/papers/a.pdf")])
    assert hold(view, "Cranes", files)
    QApplication.sendEvent(view.viewport(), QDragLeaveEvent())
    painter = view.itemDelegate()
    assert isinstance(painter, CollectionRows)
    assert painter.target == ""


def at(path: Path, state: DocumentState = DocumentState.READY) -> Document:
    made = dataclasses.replace(document(path.name, state), paths=(str(path),))
    return made if state is DocumentState.READY else dataclasses.replace(made, key=str(path), sha256="")


def reader(files: Callable[[], list[Path]]) -> Callable[[FakeWorker, Link, Request], None]:
    """Reads files as a worker does: each has another key once it is read."""

    def index(worker: FakeWorker, link: Link, request: Request) -> None:
        for path in files():
            worker.change(at(path, DocumentState.QUEUED))
            worker.change(at(path), was=str(path))
        link.send(Indexed(request.id, (), 0.1))

    return index


def test_files_and_folders_that_are_dropped_on_a_collection_are_in_it_once_they_are_met(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker, tmp_path: Path
) -> None:
    folder = tmp_path / "Notes"
    folder.mkdir()
    here, there, elsewhere = tmp_path / "a.pdf", folder / "b.md", tmp_path / "Notes 2" / "c.md"
    worker.script.handlers[Index] = reader(lambda: [here, there, elsewhere])
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(here)), QUrl.fromLocalFile(str(folder))])
    drop(list_of(pane), "Empty", data)
    wanted = {at(here).key, at(there).key}
    qtbot.waitUntil(lambda: worker.script.collections["Empty"] == wanted)
    assert [one.path for one in worker.asked(WatchFolder) if isinstance(one, WatchFolder)] == [str(folder)]


def test_a_document_that_is_here_already_goes_into_it_too(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    worker.script.handlers[Index] = lambda worker, link, request: link.send(Indexed(request.id, (), 0.1))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(NOTES.paths[0])])
    drop(list_of(pane), "Cranes", data)
    qtbot.waitUntil(lambda: worker.script.collections["Cranes"] == {STUDY.key, NOTES.key})


# --- what is searched for ---------------------------------------------------------------------------------------------


def test_the_search_finds_collections_too_and_enter_opens_the_first(qtbot: QtBot, pane: LibraryPane) -> None:
    pane.focus_search()
    field = pane.focusWidget()
    assert field is not None
    qtbot.keyClicks(field, "cran")
    assert list_of(pane).shown == ("Cranes",)
    assert rows(pane) == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows(pane) == [STUDY.name])


def test_a_collection_that_is_gone_is_open_no_more(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    open_collection(qtbot, pane, "Cranes")
    worker.script.collections.pop("Cranes")
    tell(worker)
    qtbot.waitUntil(lambda: len(rows(pane)) == 3)
    assert list_of(pane).shown == ("Empty",)


def test_rows_say_what_they_are_to_those_who_listen(pane: LibraryPane) -> None:
    view = list_of(pane)
    view.show_rows([CollectionRow("Cranes", 1), CollectionRow("Empty", 0)], "Cranes")
    said = [view.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert said == ["Cranes, collection, 1 document, open", "Empty, collection, 0 documents"]


def test_what_is_in_it_is_asked_for_once_at_a_time(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    open_collection(qtbot, pane, "Cranes")
    before = len(worker.asked(OpenCollection))
    for _ in range(50):
        tell(worker)
    worker.script.collections["Cranes"].add(NOTES.key)
    tell(worker)
    qtbot.waitUntil(lambda: len(rows(pane)) == 2)
    assert len(worker.asked(OpenCollection)) - before < 52


def test_another_pane_takes_over_what_is_open_and_what_is_removed(
    qtbot: QtBot, pane: LibraryPane, theme: Theme, client: WorkerClient, store: QSettings, worker: FakeWorker
) -> None:
    open_collection(qtbot, pane, "Cranes")
    pane.feed.remove((NOTES,))
    second = LibraryPane(theme, client, store)
    qtbot.addWidget(second)
    scopes = scopes_of(second)
    second.take_over(pane)
    pane.feed.end()
    qtbot.waitUntil(lambda: rows(second) == [STUDY.name])
    assert scopes[-1] == ChosenScope((STUDY,), "Cranes")
    qtbot.waitUntil(lambda: {one.key for one in second.documents} == {STUDY.key, PLANS.key})
