"""The windows together: what one asks of another, and all of them in another language."""

from __future__ import annotations

import sys
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit, QPushButton, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from desktop.activities import Activity, ActivityKind, ActivityState
from desktop.call import QUICK, Call
from desktop.garbage import GarbageCollector
from desktop.shell import Shell
from desktop.widgets.find_view import FindView
from desktop.widgets.mode_bar import Mode
from desktop.windows.settings import SettingsWindow
from desktop.worker_client import WorkerClient
from engine.links import Link
from rag.protocol import (
    Ask,
    BackedUp,
    BackUp,
    BackupProgress,
    DocumentFinding,
    FindAll,
    FoundAll,
    KeepTurn,
    ListDocuments,
    Remove,
    Restore,
    Restored,
    Watch,
)
from tests.fakes.plausible import ANSWER, PASSAGES
from tests.fakes.worker import FakeWorker


def settings_of(shell: Shell) -> SettingsWindow:
    (settings,) = shell.window.findChildren(SettingsWindow)
    return settings


def said_in(settings: SettingsWindow) -> str:
    labels = settings.findChildren(QLabel)
    return " ".join(one.text().replace("\u200b", "") for one in labels if one.isVisibleTo(settings))


def press(qtbot: QtBot, settings: SettingsWindow, words: str) -> None:
    buttons = settings.findChildren(QPushButton)
    button = next(one for one in buttons if one.text() == words and one.isVisibleTo(settings))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def press_in_row(qtbot: QtBot, shell: Shell, words: str) -> bool:
    """Press the button of the only activity; whether it is in sight."""
    shell.window.show_activities()
    (row,) = shell.window.activity_pane.rows
    button = next(one for one in row.findChildren(QPushButton) if one.text() == words)
    is_in_sight = button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    return is_in_sight


def change_to(shell: Shell, language: str) -> None:
    shell.preferences.language = language
    shell.change_language()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_second_start_reaches_the_window_or_the_quick_question(shell: Shell) -> None:
    shell.window.hide()
    shell.call(Call(QUICK))
    assert shell.quick.isVisible()
    assert shell.window.isHidden()
    shell.call(Call())
    assert shell.window.isVisible()


def test_the_shortcut_shows_and_hides_the_quick_question(shell: Shell) -> None:
    shell.access.wanted.emit()
    assert shell.quick.isVisible()


def test_a_quick_question_goes_on_in_the_window(qtbot: QtBot, shell: Shell) -> None:
    shell.quick.continue_wanted.emit("Why?", 0)
    qtbot.waitUntil(lambda: [turn.question for turn in shell.window.conversation.turns] == ["Why?"])
    shell.quick.page_wanted.emit(PASSAGES[0], PASSAGES)
    qtbot.waitUntil(lambda: shell.window.reader.page is not None)


def test_another_language_is_spoken_at_once_and_what_was_shown_stays(
    qtbot: QtBot, shell: Shell, worker: FakeWorker
) -> None:
    shell.window.conversation.ask(ANSWER.question)
    qtbot.waitUntil(lambda: shell.window.conversation.turns[-1].answer is not None)
    shell.show_settings()
    old = shell.window
    shell.preferences.language = "fr"
    shell.change_language()
    assert shell.window is not old
    assert shell.window.library.accessibleName() == "Bibliothèque"
    qtbot.waitUntil(lambda: [turn.question for turn in shell.window.conversation.turns] == [ANSWER.question])
    qtbot.waitUntil(lambda: len(shell.window.library.documents) == 2)
    assert len(worker.asked(Watch)) == 2
    assert QLocale().language() == QLocale.Language.French
    shell.tray.window_wanted.emit()
    assert shell.window.isVisible()


def test_what_is_under_way_half_written_or_in_no_conversation_survives_another_language(
    qtbot: QtBot, shell: Shell, worker: FakeWorker
) -> None:
    finding = DocumentFinding("a" * 64, "Study.pdf", "/x", 0.9, PASSAGES[:1], ())
    worker.script.handlers[FindAll] = lambda _, link, request: link.send(
        FoundAll(request.id, 2, 2, (finding,), (), (), (), 1.0)
    )
    pane = shell.window.conversation
    pane.composer.modes.choose(Mode.FIND_ALL)
    pane.composer.asked.emit("crane")
    qtbot.waitUntil(lambda: not pane.is_answering)
    worker.script.handlers[Ask] = lambda _, link, request: None  # it takes its time
    pane.ask("Why?")
    editor = pane.composer.findChild(QPlainTextEdit)
    assert editor is not None
    editor.setPlainText("half a que")
    for language in ("fr", "it", "fr"):
        shell.preferences.language = language
        shell.change_language()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shell.theme.choose("dark")  # what is gone hears no more of it
    pane = shell.window.conversation
    found, asked = pane.turns
    assert isinstance(found, FindView)
    assert found.status == "Trouvé dans 1 document · 2 examinés sur 2"
    assert (asked.question, pane.is_answering) == ("Why?", True)
    assert (pane.composer.text, pane.composer.modes.mode) == ("half a que", Mode.FIND_ALL)
    qtbot.waitUntil(lambda: bool(worker.asked(Ask)))  # it waits until what was found is kept
    assert len(worker.asked(Ask)) == 1  # it goes on, and is not asked again


def test_what_was_told_is_opened_after_another_language_too(
    qtbot: QtBot, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(shell.tray), "is_there", property(lambda _: True))
    shell.notifier._sees = lambda: False
    key = shell.window.library.documents[0].key
    done = Activity("it", ActivityKind.READING, "", ActivityState.DONE, 1, 1, ended=60.0, targets=(key,))
    shell.window.activities.ended.emit(done)
    icon = shell.tray.findChild(QSystemTrayIcon)
    assert icon is not None
    for language in ("fr", "it"):
        shell.preferences.language = language
        shell.change_language()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    named = [action.text() for action in shell.tray.menu.actions() if action.text()]
    assert named[0] == "Apri Phial"
    assert len(named) == 5
    shell.window.hide()
    with qtbot.waitSignal(shell.notifier.opened) as opened:
        icon.messageClicked.emit()
    assert opened.args == [done]
    assert shell.window.isVisible()
    shell.window.hide()
    icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert shell.window.isVisible()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the tray alone shows notifications")
def test_what_the_desktop_was_told_is_opened_after_another_language_but_not_of_another_library(
    qtbot: QtBot, shell: Shell
) -> None:
    desktop = shell._desktop_notices
    assert desktop is not None
    done = Activity("it", ActivityKind.SUMMARY, "", ActivityState.DONE, ended=60.0)
    shell.notifier._told[done.key] = done
    shell.preferences.language = "fr"
    shell.change_language()
    with qtbot.waitSignal(shell.notifier.opened) as opened:
        desktop.chosen.emit(done.key)
    assert opened.args == [done]
    shell.notifier._told[done.key] = done
    shell.change_language(takes_over=False)
    with qtbot.assertNotEmitted(shell.notifier.opened):
        desktop.chosen.emit(done.key)


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_backup_under_way_is_followed_through_other_languages_to_its_end(
    qtbot: QtBot, shell: Shell, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, is_closed: bool
) -> None:
    path = str(tmp_path / "one.phial")
    asked: list[tuple[Link, int]] = []
    worker.script.handlers[BackUp] = lambda _, link, request: asked.append((link, request.id))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (path, ""))
    shell.show_settings()
    press(qtbot, settings_of(shell), "Back up…")
    qtbot.waitUntil(lambda: bool(asked))
    ((link, number),) = asked
    link.send(BackupProgress(number, "packing", 1, 4))
    qtbot.waitUntil(lambda: "Packing · 25 %" in said_in(settings_of(shell)))
    if is_closed:
        settings_of(shell).close()
    for language in ("it", "fr"):
        change_to(shell, language)
    shell.show_settings()
    assert "Compression · 25 %" in said_in(settings_of(shell))
    link.send(BackupProgress(number, "packing", 3, 4))
    qtbot.waitUntil(lambda: "Compression · 75 %" in said_in(settings_of(shell)))
    link.send(BackedUp(number, path, 2_000_000, 3, 1))
    qtbot.waitUntil(lambda: "one.phial" in said_in(settings_of(shell)))
    assert len(worker.asked(BackUp)) == 1


def test_a_restore_under_way_ends_with_another_library_in_the_language_of_then(
    qtbot: QtBot, shell: Shell, worker: FakeWorker, client: WorkerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Link, int]] = []
    worker.script.handlers[Restore] = lambda _, link, request: asked.append((link, request.id))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/there/one.phial", ""))
    shell.show_settings()
    press(qtbot, settings_of(shell), "Restore…")
    press(qtbot, settings_of(shell), "Restore")
    qtbot.waitUntil(lambda: bool(asked))
    ((link, number),) = asked
    change_to(shell, "it")
    link.send(Restored(number, 4, 1, 0, "", ()))
    cancel = next(one for one in settings_of(shell).findChildren(QPushButton) if one.text() == "Annulla")
    qtbot.waitUntil(cancel.isHidden)
    change_to(shell, "fr")  # it has ended, and the worker that has the other library is not there yet
    former = shell.window
    client.connected.emit()
    qtbot.waitUntil(lambda: shell.window is not former)
    qtbot.waitUntil(lambda: "Elle contient 4 documents." in said_in(settings_of(shell)))


def test_what_goes_on_out_of_sight_is_kept_and_opened_by_its_row_in_other_languages_too(
    qtbot: QtBot, shell: Shell, worker: FakeWorker
) -> None:
    asked: list[tuple[Link, int]] = []
    worker.script.handlers[FindAll] = lambda _, link, request: asked.append((link, request.id))
    pane = shell.window.conversation
    pane.composer.modes.choose(Mode.FIND_ALL)
    pane.composer.asked.emit("crane")
    qtbot.waitUntil(lambda: bool(asked))
    pane.new_conversation()
    change_to(shell, "fr")
    pane = shell.window.conversation
    assert pane.turns == ()
    assert press_in_row(qtbot, shell, "Ouvrir")
    assert [type(turn) for turn in pane.turns] == [FindView]
    assert pane.is_answering
    pane.new_conversation()
    change_to(shell, "it")
    ((link, number),) = asked
    finding = DocumentFinding("a" * 64, "Study.pdf", "/x", 0.9, PASSAGES[:1], ())
    link.send(FoundAll(number, 2, 2, (finding,), (), (), (), 1.0))
    pane = shell.window.conversation
    qtbot.waitUntil(lambda: bool(worker.asked(KeepTurn)) and not pane.awaited)
    assert pane.turns == ()
    change_to(shell, "en")
    pane = shell.window.conversation
    assert press_in_row(qtbot, shell, "Open")
    qtbot.waitUntil(lambda: [(type(turn), turn.question) for turn in pane.turns] == [(FindView, "crane")])
    assert len(worker.asked(FindAll)) == len(worker.asked(KeepTurn)) == 1


def test_the_windows_of_another_language_are_let_go_of_with_all_they_showed(qtbot: QtBot, shell: Shell) -> None:
    shell.show_settings()
    shell.window.conversation.ask("Which gust speed?")
    qtbot.waitUntil(lambda: shell.window.conversation.turns[-1].answer is not None)
    window = shell.window
    shown = (window, shell.quick, window.conversation.turns[-1], window.reader, window.library, shell.tray)
    old = [weakref.ref(one) for one in shown]
    del shown, window
    garbage = GarbageCollector(shell)
    garbage.settle()  # as the program does once it is open
    shell.renewed.connect(garbage.settle, Qt.ConnectionType.QueuedConnection)
    shell.preferences.language = "it"
    shell.change_language()
    qtbot.waitUntil(lambda: all(one() is None for one in old))
    garbage.end()


def test_closing_leaves_it_in_the_tray_where_that_is_wanted(
    qtbot: QtBot, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(shell.tray), "is_there", property(lambda _: True))
    shell.preferences.stays_in_tray = True
    with qtbot.assertNotEmitted(shell.window.closed):
        shell.window.close()
    assert shell.window.isHidden()
    shell.tray.window_wanted.emit()
    assert shell.window.isVisible()
    monkeypatch.setattr(type(shell.tray), "is_there", property(lambda _: False))
    with qtbot.waitSignal(shell.window.closed):
        shell.window.close()


def test_the_tray_says_how_it_stands(qtbot: QtBot, shell: Shell) -> None:
    assert shell.tray.words == "Phial"
    named = [action.text() for action in shell.tray.menu.actions() if action.text()]
    assert named == ["Open Phial", "Ask a question", "Pause reading documents", "Settings…", "Quit"]
    with qtbot.waitSignal(shell.tray.quit_wanted):
        shell.tray.menu.actions()[-1].trigger()


def test_another_library_is_shown_from_its_beginning(qtbot: QtBot, shell: Shell, worker: FakeWorker) -> None:
    shell.window.conversation.ask("Why?")
    qtbot.waitUntil(lambda: not shell.window.conversation.is_answering)
    former = shell.window
    shell.show_settings()
    settings = next(one for one in shell.window.findChildren(SettingsWindow))
    settings.restored.emit("It holds 2 documents.")
    qtbot.waitUntil(lambda: shell.window is not former)
    assert shell.window.isVisible()
    assert shell.window.conversation.turns == ()
    settings = next(one for one in shell.window.findChildren(SettingsWindow))
    said = [label.text().replace("\u200b", "") for label in settings.findChildren(QLabel) if label.isVisible()]
    assert "It holds 2 documents." in said


def test_what_was_removed_from_the_former_library_is_not_removed_from_another(
    qtbot: QtBot, shell: Shell, worker: FakeWorker, client: WorkerClient
) -> None:
    former = shell.window
    shell.show_settings()
    settings_of(shell).restored.emit("It holds 2 documents.")
    former.library.feed.remove(former.library.documents[:1])  # before the new windows are there
    qtbot.waitUntil(lambda: shell.window is not former)
    with qtbot.waitSignal(client.run(ListDocuments).succeeded):
        pass  # whatever was sent before it is there by now
    assert worker.asked(Remove) == []
