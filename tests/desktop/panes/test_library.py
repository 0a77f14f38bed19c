"""The library pane: what it shows of the worker's library, and what it asks of the worker."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop.panes.library import LibraryPane
from desktop.panes.library_feed import LibraryFeed
from desktop.theme import Theme
from desktop.widgets.document_list import DocumentList
from desktop.widgets.folder_list import FolderList
from desktop.widgets.look_inside_row import LookInsideRow
from desktop.widgets.notice import Notice
from desktop.widgets.password_bar import PasswordBar
from desktop.widgets.progress import IndexingLine
from desktop.widgets.scope import ChosenScope
from desktop.widgets.status import ModelChip, OfflineChip
from desktop.worker_client import WorkerClient
from rag.errors import PRIVACY_SETTINGS, Problem
from rag.protocol import (
    ChooseModel,
    Document,
    DocumentState,
    Failed,
    Index,
    Indexed,
    IndexedFile,
    ModelState,
    Pause,
    Progress,
    Retry,
    Unlock,
    UnwatchFolder,
    WatchedFolder,
    WatchFolder,
)
from tests.desktop.panes.library_parts import button, buttons, choose, part, pick, rows
from tests.fakes.plausible import NOTES, STUDY, document
from tests.fakes.worker import FakeWorker


@pytest.fixture
def pane(library_pane: LibraryPane) -> LibraryPane:
    return library_pane


def test_documents_come_change_and_go(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    assert rows(pane) == [STUDY.name, NOTES.name]
    worker.change(document("Annual report.pdf", DocumentState.QUEUED))
    qtbot.waitUntil(lambda: rows(pane) == ["Annual report.pdf", STUDY.name, NOTES.name])
    worker.forget(STUDY.key)
    qtbot.waitUntil(lambda: rows(pane) == ["Annual report.pdf", NOTES.name])


def test_an_empty_library_invites(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    for one in (STUDY, NOTES):
        worker.forget(one.key)
    qtbot.waitUntil(lambda: not pane.documents)
    qtbot.waitUntil(lambda: "Try the samples" in buttons(pane))
    qtbot.mouseClick(button(pane, "Try the samples"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(worker.asked(Index)))
    qtbot.waitUntil(lambda: len(rows(pane)) == 6)
    assert {Path(name).suffix for name in rows(pane)} == {".pdf", ".md"}


def test_typing_narrows_the_list_by_name(qtbot: QtBot, pane: LibraryPane) -> None:
    pane.focus_search()
    focus = pane.focusWidget()
    assert focus is not None
    qtbot.keyClicks(focus, "turbine")
    assert rows(pane) == [NOTES.name]
    scopes: list[tuple[Document, ...]] = []
    pane.scope_changed.connect(lambda scope: scopes.append(scope.documents))
    qtbot.keyClick(focus, Qt.Key.Key_Return)
    assert scopes == [(NOTES,)]
    assert pane.back_out()
    assert rows(pane) == [STUDY.name, NOTES.name]


def test_what_is_typed_can_be_looked_for_in_the_text(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    pane.activateWindow()
    row = part(pane, LookInsideRow)
    assert isinstance(row, LookInsideRow)
    wanted: list[str] = []
    pane.words_wanted.connect(wanted.append)
    pane.focus_search()
    field = pane.focusWidget()
    assert isinstance(field, QLineEdit)
    assert not row.isVisible()
    for keep, act in (
        ("turbine", lambda: qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)),
        ("no name at all", lambda: qtbot.keyClick(field, Qt.Key.Key_Return)),
        ("wind", lambda: qtbot.mouseClick(row, Qt.MouseButton.LeftButton)),
        ("gust", lambda: (row.setFocus(), qtbot.keyClick(row, Qt.Key.Key_Space))),
    ):
        field.setFocus()
        qtbot.keyClicks(field, keep)
        assert row.isVisible()
        assert keep in row.accessibleName()
        act()
        assert wanted[-1] == keep
        assert field.text() == "", "the list is whole again"
        assert not row.isVisible()
    assert len(wanted) == 4
    qtbot.keyClicks(field, " ?! ")
    assert not row.isVisible()
    field.clear()
    for one in (STUDY, NOTES):
        worker.forget(one.key)
    qtbot.waitUntil(lambda: not pane.documents)
    qtbot.keyClicks(field, "wind")
    assert not row.isVisible(), "there is nothing to look into"


def test_a_search_lets_go_of_nothing_that_was_chosen(qtbot: QtBot, pane: LibraryPane) -> None:
    scopes: list[tuple[Document, ...]] = []
    pane.scope_changed.connect(lambda scope: scopes.append(scope.documents))
    choose(pane, STUDY.name)
    pane.focus_search()
    focus = pane.focusWidget()
    assert focus is not None
    qtbot.keyClicks(focus, "turbine")
    assert rows(pane) == [NOTES.name]
    assert scopes == [(STUDY,)]
    listed = pane.findChildren(DocumentList)[0]
    place = listed.visualRect(listed.model().index(0, 0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)
    assert set(scopes[-1]) == {STUDY, NOTES}, "and one more"
    assert pane.back_out()
    assert set(listed.selected()) == {STUDY, NOTES}, "in sight again"
    place = listed.visualRect(listed.model().index(rows(pane).index(NOTES.name), 0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert scopes[-1] == (NOTES,)


def test_going_to_the_list_selects_nothing(pane: LibraryPane) -> None:
    scopes: list[tuple[Document, ...]] = []
    pane.scope_changed.connect(lambda scope: scopes.append(scope.documents))
    pane.focus_first()
    assert isinstance(pane.focusWidget(), DocumentList)
    assert scopes == []


def test_what_is_selected_is_the_scope_but_what_cannot_be_read_is_not(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker
) -> None:
    worker.change(document("Locked.pdf", DocumentState.NEEDS_PASSWORD, reason=Problem("pdf_encrypted", {"path": "x"})))
    qtbot.waitUntil(lambda: len(rows(pane)) == 3)
    scopes: list[tuple[Document, ...]] = []
    pane.scope_changed.connect(lambda scope: scopes.append(scope.documents))
    choose(pane, NOTES.name)
    choose(pane, "Locked.pdf")
    assert scopes == [(NOTES,), ()]


def test_the_menu_asks_about_what_is_selected_and_sums_it_up(qtbot: QtBot, pane: LibraryPane) -> None:
    scopes: list[ChosenScope] = []
    pane.scope_changed.connect(scopes.append)
    with qtbot.waitSignal(pane.ask_wanted):
        pick(pane, NOTES.name, "Ask about this document")
    assert scopes[-1] == ChosenScope((NOTES,))
    with qtbot.waitSignal(pane.summary_wanted) as wanted:
        pick(pane, STUDY.name, "Summarise")
    assert wanted.args == [(STUDY,)]


def test_what_was_read_can_be_read_again(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    pick(pane, NOTES.name, "Read again")
    qtbot.waitUntil(lambda: [one.keys for one in worker.asked(Retry) if isinstance(one, Retry)] == [(NOTES.key,)])


def test_the_search_finds_folders_and_says_where_no_document_fits(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker
) -> None:
    worker.follow(WatchedFolder("/home/ada/Documents", "watched", 2), WatchedFolder("/media/Backup", "away", 12))
    qtbot.waitUntil(lambda: len(folder_rows(pane)) == 2)
    pane.focus_search()
    field = pane.focusWidget()
    assert field is not None
    qtbot.keyClicks(field, "docu")
    section = part(pane, FolderList)
    assert isinstance(section, FolderList)
    assert [folder.path for folder in section.shown] == ["/home/ada/Documents"]
    assert any(label.isVisible() and "No document has this name" in label.text() for label in pane.findChildren(QLabel))
    scopes: list[ChosenScope] = []
    pane.scope_changed.connect(scopes.append)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert scopes[-1] == ChosenScope((STUDY, NOTES))
    assert len(section.shown) == 2


def test_trouble_says_why_and_what_to_do(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    broken = document("Torn.pdf", DocumentState.FAILED, reason=Problem("pdf_broken", {"path": "Torn.pdf"}))
    worker.change(broken)
    qtbot.waitUntil(lambda: len(rows(pane)) == 3)
    choose(pane, "Torn.pdf")
    qtbot.keyClick(part(pane, DocumentList), Qt.Key.Key_Return)
    notice = part(pane, Notice)
    qtbot.waitUntil(lambda: "Torn.pdf can’t be read" in notice.accessibleName())
    qtbot.mouseClick(button(notice, "Try again"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(worker.asked(Retry)))
    assert notice.isHidden()


def test_what_macos_keeps_from_phial_is_undone_in_its_settings(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    reason = Problem("path_protected", {"path": "/Users/ada/Documents/Kept.pdf", "settings": PRIVACY_SETTINGS})
    worker.change(document("Kept.pdf", DocumentState.FAILED, reason=reason))
    qtbot.waitUntil(lambda: len(rows(pane)) == 3)
    choose(pane, "Kept.pdf")
    qtbot.keyClick(part(pane, DocumentList), Qt.Key.Key_Return)
    notice = part(pane, Notice)
    qtbot.waitUntil(lambda: "Kept.pdf" in notice.accessibleName())
    assert {"Open System Settings", "Try again"} <= buttons(notice)
    qtbot.mouseClick(button(notice, "Open System Settings"), Qt.MouseButton.LeftButton)
    assert opened == [QUrl(PRIVACY_SETTINGS)]


def test_a_request_that_fails_says_its_sentence(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    problem = Problem("path_missing", {"path": "/gone"})
    worker.script.handlers[Index] = lambda worker, link, request: link.send(Failed(request.id, problem))
    pane.add_paths(["/gone"])
    notice = part(pane, Notice)
    qtbot.waitUntil(lambda: "/gone" in notice.accessibleName() + notice.accessibleDescription())


def left_out(path: str, kind: str) -> IndexedFile:
    return IndexedFile(path, "", DocumentState.FAILED, 0, 0, Problem(kind, {"path": path}))


@pytest.mark.parametrize(
    ("files", "title", "text"),
    [
        ([left_out("/in/empty", "no_documents")], "/in/empty", "presentations"),
        (
            [left_out(f"/in/{n}.jpg", "format_unknown") for n in range(5)],
            "5 files were left out",
            "“2.jpg” and 2 more",
        ),
        ([left_out("/a.jpg", "format_unknown"), left_out("/b.pdf", "path_missing")], "2 files", "“a.jpg”, “b.pdf”."),
    ],
)
def test_what_was_given_and_is_in_no_row_is_said(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker, files: list[IndexedFile], title: str, text: str
) -> None:
    unread = IndexedFile(STUDY.paths[0], "", DocumentState.FAILED, 0, 0, Problem("pdf_broken"))  # its row says so
    worker.script.handlers[Index] = lambda worker, link, request: link.send(Indexed(request.id, (unread, *files), 0.1))
    pane.add_paths(["/in"])
    notice = part(pane, Notice)
    qtbot.waitUntil(notice.isVisible)
    assert title in notice.accessibleName()
    assert text in notice.accessibleDescription()


def test_indexing_is_counted_and_can_be_held(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    line = part(pane, IndexingLine)
    assert line.isHidden()
    worker.change(document("New.pdf", DocumentState.ANSWERABLE, embedded=3, waiting=7))
    qtbot.waitUntil(line.isVisible)
    qtbot.mouseClick(button(pane, "Pause"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(worker.asked(Pause)))
    worker.tell(lambda number: Progress(number, 2, 3, 12, 3, 36, -1.0, is_paused=True))
    qtbot.waitUntil(lambda: any(b.text() == "Resume" for b in line.findChildren(QPushButton)))
    worker.tell(lambda number: Progress(number, 238, 1000, 12, 3, 36, 90.0, pages_waiting=7))
    expected = "Reading 1 document · 238 of 1,000 read · 7 scanned pages · 2 min left"
    said = part(pane, IndexingLine).findChild(QLabel)
    assert said is not None
    qtbot.waitUntil(lambda: said.text().replace("\N{NO-BREAK SPACE}", " ") == expected)
    worker.change(document("New.pdf"))
    qtbot.waitUntil(line.isHidden)


def test_the_model_is_said_plainly_to_be_a_stand_in(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    chip = part(pane, ModelChip)
    assert isinstance(chip, ModelChip)
    qtbot.waitUntil(lambda: chip.words == "SmolLM2 135M · stand-in")
    worker.tell(lambda number: ModelState(number, "phi", "Phi-4-mini", "awake", 2_900_000_000, is_stand_in=False))
    qtbot.waitUntil(lambda: chip.words == "Phi-4-mini · 2.9 GB")
    worker.tell(lambda number: ModelState(number, "phi", "Phi-4-mini", "died", 0, is_stand_in=False))
    qtbot.waitUntil(lambda: chip.words == "Phi-4-mini · stopped")
    for reason, said in (("idle", "nobody asked"), ("pressure", "needed the memory"), ("", "Phi-4-mini: asleep.")):
        worker.tell(lambda number, why=reason: ModelState(number, "phi", "Phi-4-mini", "asleep", 0, False, why))
        qtbot.waitUntil(lambda words=said: words in chip.accessibleDescription())


def test_another_model_can_be_chosen(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    other = dataclasses.replace(worker.script.models[0], model="phi", name="Phi-4-mini", is_chosen=False)
    worker.script.models = (*worker.script.models, other)
    qtbot.mouseClick(part(pane, ModelChip), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(menu.isVisible() for menu in pane.findChildren(QMenu)))
    menu = next(menu for menu in pane.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text().startswith("Phi-4-mini")).trigger()
    menu.close()
    qtbot.waitUntil(lambda: bool(worker.asked(ChooseModel)))


def test_every_connection_ever_made_can_be_seen(qtbot: QtBot, pane: LibraryPane) -> None:
    with qtbot.waitSignal(pane.connections_wanted):
        qtbot.mouseClick(part(pane, OfflineChip), Qt.MouseButton.LeftButton)


def test_a_thousand_documents_are_no_burden(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    worker.script.documents = [document(f"Report {number}.pdf") for number in range(1000)]
    worker.script.handlers.clear()
    worker.die()
    with FakeWorker(worker.home, worker.script):
        qtbot.waitUntil(lambda: len(rows(pane)) == 1000, timeout=10_000)
        assert rows(pane)[:3] == ["Report 0.pdf", "Report 1.pdf", "Report 2.pdf"]


def test_a_thousand_changes_are_shown_as_few(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    told: list[None] = []
    feed = pane.findChild(LibraryFeed)
    assert feed is not None
    feed.changed.connect(lambda: told.append(None))
    for number in range(500):
        worker.change(document(f"Note {number}.md", DocumentState.QUEUED))
    qtbot.waitUntil(lambda: len(pane.documents) == 502 and bool(told), timeout=10_000)
    qtbot.waitUntil(lambda: part(pane, IndexingLine).isVisible())
    assert len(told) < 250


LOCKED = document("Locked.pdf", DocumentState.NEEDS_PASSWORD, reason=Problem("pdf_encrypted", {"path": "Locked.pdf"}))


def ask_for_password(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> tuple[PasswordBar, QLineEdit]:
    worker.script.passwords[LOCKED.key] = "kestrel"
    worker.change(LOCKED)
    qtbot.waitUntil(lambda: LOCKED.name in rows(pane))
    choose(pane, LOCKED.name)
    qtbot.keyClick(part(pane, DocumentList), Qt.Key.Key_Return)
    bar = part(pane, PasswordBar)
    assert isinstance(bar, PasswordBar)
    field = bar.findChild(QLineEdit)
    assert field is not None
    assert bar.isVisible()
    assert field.hasFocus()
    return bar, field


def test_a_wrong_password_is_said_in_place_and_the_right_one_opens(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker
) -> None:
    pane.activateWindow()
    bar, field = ask_for_password(qtbot, pane, worker)
    qtbot.keyClicks(field, "sparrow")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "", "it is kept nowhere"
    qtbot.waitUntil(lambda: "Locked.pdf" in bar.message)
    assert bar.isVisible()
    qtbot.keyClicks(field, "kestrel")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(bar.isHidden)
    notice = part(pane, Notice)
    qtbot.waitUntil(lambda: notice.accessibleName() == "“Locked.pdf” is open")
    assert [one.password for one in worker.asked(Unlock) if isinstance(one, Unlock)] == ["sparrow", "kestrel"]
    assert bar.document is None


@pytest.mark.parametrize(("has_keyring", "expected"), [(True, "in your system’s keyring"), (False, "only until")])
def test_where_a_password_is_kept_is_said(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker, has_keyring: bool, expected: str
) -> None:
    worker.script.has_keyring = has_keyring
    pane.activateWindow()
    _, field = ask_for_password(qtbot, pane, worker)
    qtbot.keyClicks(field, "kestrel")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: expected in part(pane, Notice).accessibleDescription())


def test_escape_puts_the_password_away_and_forgets_it(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    pane.activateWindow()
    bar, field = ask_for_password(qtbot, pane, worker)
    qtbot.keyClicks(field, "kest")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert field.text() == ""
    field.undo()
    assert field.text() == ""
    assert not worker.asked(Unlock)


def test_a_document_that_was_opened_elsewhere_asks_no_more(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    pane.activateWindow()
    bar, _ = ask_for_password(qtbot, pane, worker)
    worker.change(document("Locked.pdf"))
    qtbot.waitUntil(bar.isHidden)


def folder_rows(pane: LibraryPane) -> list[str]:
    view = part(pane, FolderList).findChild(QListView)
    assert view is not None
    model = view.model()
    return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def test_a_folder_is_followed_and_a_file_is_not(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker, tmp_path: Path
) -> None:
    section = part(pane, FolderList)
    assert section.isHidden(), "nothing, where there is nothing to say"
    file, folder = tmp_path / "a.pdf", tmp_path / "Notes"
    file.touch()
    folder.mkdir()
    pane.add_paths([str(file), str(folder)])
    qtbot.waitUntil(section.isVisible)
    assert folder_rows(pane) == ["Notes, watched, 0 documents"]
    assert [one.path for one in worker.asked(WatchFolder) if isinstance(one, WatchFolder)] == [str(folder)]
    qtbot.waitUntil(lambda: bool(worker.asked(Index)))
    assert [one.paths for one in worker.asked(Index) if isinstance(one, Index)] == [(str(file),)]


def test_folders_say_how_they_stand_and_fold(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    worker.follow(
        WatchedFolder("/srv/Secret", "unreadable", 0),
        WatchedFolder("/media/Backup", "away", 12),
        WatchedFolder("/home/ada/Documents", "watched", 2),
    )
    qtbot.waitUntil(lambda: len(folder_rows(pane)) == 3)
    assert folder_rows(pane) == [
        "Backup, on a drive that isn’t connected",
        "Documents, watched, 2 documents",
        "Secret, can’t be read",
    ]
    heading = part(pane, FolderList).findChild(QPushButton)
    view = part(pane, FolderList).findChild(QListView)
    assert isinstance(heading, QPushButton)
    assert view is not None
    heading.click()
    assert view.isHidden()
    assert heading.accessibleDescription() == "Folded"
    heading.click()
    assert view.isVisible()


def test_the_documents_of_a_folder_are_the_scope_and_watching_can_end(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker
) -> None:
    other = dataclasses.replace(document("Other.pdf"), paths=("/home/ada/Documents 2/Other.pdf",))
    worker.change(other)
    worker.follow(WatchedFolder("/home/ada/Documents", "watched", 2))
    qtbot.waitUntil(lambda: bool(folder_rows(pane)) and len(pane.documents) == 3)
    scopes: list[tuple[Document, ...]] = []
    pane.scope_changed.connect(lambda scope: scopes.append(scope.documents))
    view = part(pane, FolderList).findChild(QListView)
    assert view is not None
    view.setCurrentIndex(view.model().index(0, 0))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert scopes == [(STUDY, NOTES)]
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(worker.asked(UnwatchFolder)))
    qtbot.waitUntil(lambda: part(pane, FolderList).isHidden())
    assert "stay" in " ".join(label.text() for label in part(pane, Notice).findChildren(QLabel))


def test_a_folder_that_cannot_be_shown_is_named(
    pane: LibraryPane, worker: FakeWorker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    worker.follow(WatchedFolder("/media/Backup", "away", 12))
    qtbot.waitUntil(lambda: bool(folder_rows(pane)))
    section = part(pane, FolderList)
    assert isinstance(section, FolderList)
    for ask, expected in (
        (lambda: section.folder_wanted.emit(section.folders[0]), "/media/Backup"),
        (lambda: pick(pane, STUDY.name, "Show in folder"), str(Path(STUDY.paths[0]).parent)),
        (lambda: pick(pane, STUDY.name, "Open in the system’s viewer"), STUDY.paths[0]),
    ):
        ask()
        said = " ".join(label.text() for label in part(pane, Notice).findChildren(QLabel)).replace("\u200b", "")
        assert expected in said


def test_the_selection_outlives_a_list_that_is_sent_anew(qtbot: QtBot, pane: LibraryPane) -> None:
    choose(pane, NOTES.name)
    scopes: list[tuple[Document, ...]] = []
    pane.scope_changed.connect(lambda scope: scopes.append(scope.documents))
    pane.feed.model.replace([document("Annual report.pdf"), STUDY, NOTES])
    view = part(pane, DocumentList)
    assert isinstance(view, DocumentList)
    assert [one.key for one in view.selected()] == [NOTES.key]
    assert view.currentIndex().data() == NOTES.name
    assert not scopes, "the question's documents are the same"


def test_enter_presses_the_button_that_has_the_keyboard(qtbot: QtBot, pane: LibraryPane, worker: FakeWorker) -> None:
    worker.change(document("Torn.pdf", DocumentState.FAILED, reason=Problem("pdf_broken", {"path": "Torn.pdf"})))
    qtbot.waitUntil(lambda: len(rows(pane)) == 3)
    choose(pane, "Torn.pdf")
    qtbot.keyClick(part(pane, DocumentList), Qt.Key.Key_Return)
    qtbot.keyClick(button(pane, "Try again"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(worker.asked(Retry)))


@pytest.mark.parametrize(("width", "rows_of_buttons"), [(700, 1), (220, 2)])
def test_the_buttons_of_a_notice_share_a_row_where_there_is_room(
    qtbot: QtBot, theme: Theme, width: int, rows_of_buttons: int
) -> None:
    notice = Notice(theme)
    qtbot.addWidget(notice)
    notice.resize(width, 200)
    notice.say("Torn", "It is torn.", [(words, lambda: None) for words in ("Show in folder", "Try again", "Forget")])
    notice.resize(width, 201)
    QApplication.processEvents()
    assert len({b.y() for b in notice.findChildren(QPushButton) if b.text()}) == rows_of_buttons


def test_every_control_has_a_name_for_those_who_listen(pane: LibraryPane) -> None:
    for control in pane.findChildren(QPushButton):
        assert control.accessibleName() or control.text(), control


def test_what_is_worth_knowing_of_the_library_is_said_once_one_after_the_other(
    qtbot: QtBot, theme: Theme, client: WorkerClient, worker: FakeWorker, store: QSettings
) -> None:
    away = Problem("embedder_away", {"embedder": "potion", "path": "/drive/potion"})
    worker.script.notices = (away, Problem("home_synced", {"path": "/Dropbox/Phial"}))
    pane = LibraryPane(theme, client, store)
    qtbot.addWidget(pane)
    pane.show()
    notice = pane.findChild(Notice)
    qtbot.waitUntil(notice.isVisible)
    assert "potion" in notice.accessibleName()
    notice.put_away()
    assert notice.isVisible()
    assert "Dropbox" in notice.accessibleName() + notice.accessibleDescription()
    notice.put_away()
    pane.feed.noticed.emit(worker.script.notices)  # the worker was started again
    assert not notice.isVisible()


def test_when_another_model_answers_the_reason_is_asked_for_and_said(
    qtbot: QtBot, pane: LibraryPane, worker: FakeWorker
) -> None:
    chip = part(pane, ModelChip)
    assert isinstance(chip, ModelChip)
    qtbot.waitUntil(lambda: "SmolLM2" in chip.words)
    notice = pane.findChild(Notice)
    assert not notice.isVisible()
    away = {"model": "Phi-4-mini", "path": "/drive/phi.gguf", "instead": "Phi-2"}
    worker.script.notices = (Problem("model_away", away),)
    worker.tell(lambda number: ModelState(number, "phi-2", "Phi-2", "loading", 0, is_stand_in=False))
    qtbot.waitUntil(notice.isVisible)
    assert "Phi-4-mini" in notice.accessibleName()
    assert "/drive/phi.gguf" in notice.accessibleName() + notice.accessibleDescription()
