"""Another language while somebody works: everything that was seen, written, chosen or waited for is there again."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListView, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop import path_sorting
from desktop.panes.first_steps import DOCUMENTS
from desktop.panes.joining import Joining
from desktop.panes.library_notice import LibraryNotice
from desktop.shell import Shell
from desktop.widgets.answer import AnswerText
from desktop.widgets.collection_list import CollectionList
from desktop.widgets.composer import Composer
from desktop.widgets.dropped import Dropped
from desktop.widgets.history import CONVERSATION, HistoryView
from desktop.widgets.scope import ChosenScope
from desktop.windows.connections import ConnectionsWindow
from desktop.windows.folding import Pane
from desktop.windows.settings import SettingsWindow
from desktop.windows.shortcuts import ShortcutsDialog
from engine.links import Link
from rag.errors import Problem
from rag.protocol import (
    Answered,
    Ask,
    Collections,
    DocumentState,
    Evidence,
    GetModel,
    Index,
    Indexed,
    IndexedFile,
    ListSettings,
    Request,
    Search,
    Setting,
    Settings,
    SettingUnit,
    Summarise,
    SummaryProgress,
    Token,
    Watch,
    WatchFolder,
)
from tests.fakes.collecting import rows as told_rows
from tests.fakes.plausible import ANSWER, LEDGER, NOTES, PASSAGES, STUDY, document, half_of
from tests.fakes.worker import FakeWorker, Script


def speak(shell: Shell, language: str) -> None:
    """Choose another language, and let what was before be gone."""
    shell.preferences.language = language
    shell.change_language()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def said(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def child(of: QWidget, kind: type[QWidget], name: str) -> QWidget:
    return next(one for one in of.findChildren(kind) if one.accessibleName() == name)


def written(turn: QWidget) -> str:
    text = turn.findChild(AnswerText)
    assert text is not None
    return text.toPlainText()


@pytest.fixture
def half_asked(worker: FakeWorker) -> Callable[[], None]:
    """A worker that has written half an answer; what is given writes the rest."""
    goes_on = threading.Event()

    def ask(_: FakeWorker, link: Link, request: Request) -> None:
        link.send(Evidence(request.id, PASSAGES, is_complete=True, seconds=0.05))
        for piece in ("The crane ", "must "):
            link.send(Token(request.id, piece))
        goes_on.wait(10)
        link.send(Token(request.id, "withstand 42 m/s."))
        link.send(Answered(request.id, ANSWER, 7, 1))

    worker.script.handlers[Ask] = ask
    return goes_on.set


def test_a_running_answer_goes_on_and_is_asked_once(
    qtbot: QtBot, shell: Shell, worker: FakeWorker, half_asked: Callable[[], None]
) -> None:
    shell.window.conversation.ask(ANSWER.question)
    turn = shell.window.conversation.answers[-1]
    qtbot.waitUntil(lambda: "must" in written(turn))
    for language in ("fr", "it"):
        speak(shell, language)
        turn = shell.window.conversation.answers[-1]
        qtbot.waitUntil(lambda turn=turn: "The crane must" in written(turn))
        assert shell.window.conversation.is_answering
    half_asked()
    qtbot.waitUntil(lambda: turn.answer == ANSWER)
    assert shell.window.conversation.conversation == 7
    assert not shell.window.conversation.is_answering
    assert len(worker.asked(Ask)) == 1


def test_a_running_answer_can_still_be_stopped(
    qtbot: QtBot, shell: Shell, worker: FakeWorker, half_asked: Callable[[], None]
) -> None:
    shell.window.conversation.ask(ANSWER.question)
    qtbot.waitUntil(lambda: "must" in written(shell.window.conversation.answers[-1]))
    speak(shell, "fr")
    shell.window.conversation.stop()
    qtbot.waitUntil(lambda: any(one.type == "cancel" for one in worker.requests))
    assert not shell.window.conversation.is_answering
    speak(shell, "it")  # its end is still to come
    assert not shell.window.conversation.is_answering
    shell.window.conversation.ask("And now?")
    assert shell.window.conversation.is_answering
    half_asked()
    qtbot.waitUntil(lambda: len(worker.asked(Ask)) == 2)


def test_a_running_summary_goes_on_where_it_was(qtbot: QtBot, shell: Shell, worker: FakeWorker) -> None:
    worker.script.handlers[Summarise] = lambda _, link, request: link.send(
        SummaryProgress(request.id, "reading", STUDY.name, 3, 12, seconds_left=40)
    )
    shell.window.conversation.summarise((STUDY,))
    turn = shell.window.conversation.turns[-1]
    qtbot.waitUntil(lambda: "12" in turn.status)
    speak(shell, "fr")
    assert "12" in shell.window.conversation.turns[-1].status
    assert len(worker.asked(Summarise)) == 1
    assert len(shell.window.activities.activities.under_way) == 1


def test_a_download_goes_on_in_its_window(qtbot: QtBot, shell: Shell, worker: FakeWorker) -> None:
    shell.window.models.come_forward()
    qtbot.waitUntil(lambda: bool(shell.window.models.pane.cards))
    worker.tell_download(half_of("phi-4-mini"))
    qtbot.waitUntil(lambda: "2.0 GB" in said(shell.window.models))
    speak(shell, "fr")
    assert shell.window.models.isVisible()
    qtbot.waitUntil(lambda: "sur 2,0" in said(shell.window.models))
    assert not worker.asked(GetModel)


def test_what_the_questions_are_limited_to_and_what_is_typed(qtbot: QtBot, shell: Shell) -> None:
    window = shell.window
    window.library.take_scope(ChosenScope((NOTES,)))
    window.conversation.set_scope(ChosenScope((NOTES,)))
    qtbot.keyClicks(child(window.library, QLineEdit, "Search documents, collections and folders by name"), "turb")
    window.conversation.composer.propose("half a que")
    speak(shell, "fr")
    window = shell.window
    assert window.conversation.composer.scope == ChosenScope((NOTES,))
    assert "Turbine inspection notes.md" in " ".join(
        one.accessibleName() for one in child(window, Composer, "").findChildren(QWidget)
    )
    assert window.conversation.composer.text == "half a que"
    assert [one.text() for one in window.library.findChildren(QLineEdit) if one.text()] == ["turb"]
    rows = next(one for one in window.library.findChildren(QListView) if one.selectionModel().hasSelection())
    assert [index.data() for index in rows.selectedIndexes()] == [NOTES.name]


def test_the_reader_s_page_its_quote_and_its_size(qtbot: QtBot, shell: Shell) -> None:
    shell.window.conversation.ask(ANSWER.question)
    qtbot.waitUntil(lambda: shell.window.conversation.answers[-1].answer is not None)
    shell.window.show_page(ANSWER.citations[1], ANSWER.citations)
    qtbot.waitUntil(lambda: shell.window.reader.page is not None)
    shell.window.reader.page_view.zoom_by(2)
    zoom = shell.window.reader.page_view.zoom
    speak(shell, "it")
    reader = shell.window.reader
    qtbot.waitUntil(lambda: reader.page is not None)
    assert reader.page is not None
    assert reader.page.page == ANSWER.citations[1].page
    assert reader.page_view.zoom == pytest.approx(zoom)
    assert reader.isVisible()
    reader.step(1)
    qtbot.waitUntil(lambda: reader.page is not None and reader.page.page == ANSWER.citations[2].page)


def test_the_history_what_is_sought_in_it_and_what_is_chosen(qtbot: QtBot, shell: Shell, worker: FakeWorker) -> None:
    for question in ("Which crane?", "Which bridge?", "Which crane again?"):
        shell.window.conversation.new_conversation()
        shell.window.conversation.ask(question)
        qtbot.waitUntil(lambda: shell.window.conversation.answers[-1].answer is not None)
    shell.window.search_conversations()
    history = shell.window.findChild(HistoryView)
    assert history is not None
    rows = history.findChild(QListView)
    assert rows is not None
    qtbot.waitUntil(lambda: rows.model().rowCount() == 3)
    rows.setCurrentIndex(rows.model().index(1, 0))
    chosen = rows.currentIndex().data(CONVERSATION)
    speak(shell, "fr")
    history = shell.window.findChild(HistoryView)
    assert history is not None
    assert history.isVisible()
    rows = history.findChild(QListView)
    assert rows is not None
    qtbot.waitUntil(lambda: rows.model().rowCount() == 3)
    assert rows.currentIndex().data(CONVERSATION) == chosen


def test_the_windows_that_are_open_and_where_they_stand(qtbot: QtBot, shell: Shell, worker: FakeWorker) -> None:
    worker.script.ledger = LEDGER
    window = shell.window
    window.show_health()
    window.health.resize(700, 500)
    window.show_connections()
    window.show_shortcuts()
    window.show_activities()
    window.show_problem(Problem("worker_died"))
    speak(shell, "fr")
    window = shell.window
    assert window.health.isVisible()
    assert (window.health.width(), window.health.height()) == (700, 500)
    assert not window.models.isVisible()
    for kind in (ConnectionsWindow, ShortcutsDialog):
        assert [one.isVisible() for one in window.findChildren(kind)] == [True]
    assert window.activity_pane.isVisible()
    assert window.problem == Problem("worker_died")


def test_the_panes_stand_as_they_were(qtbot: QtBot, shell: Shell) -> None:
    shell.window.resize(900, 700)
    shell.window.show_pane(Pane.LIBRARY)
    speak(shell, "fr")
    assert shell.window.library.isVisible()
    assert not shell.window.conversation.isVisible()


def test_the_quick_question_and_its_answer(qtbot: QtBot, shell: Shell, worker: FakeWorker) -> None:
    shell.quick.appear()
    field = shell.quick.findChild(QLineEdit)
    assert field is not None
    qtbot.keyClicks(field, "Which gust?")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.quick.answer is not None)
    searched = len(worker.asked(Search))
    speak(shell, "fr")
    field = shell.quick.findChild(QLineEdit)
    assert field is not None
    assert field.text() == "Which gust?"
    assert shell.quick.answer == dataclasses.replace(ANSWER, question="Which gust?")
    assert len(worker.asked(Search)) == searched
    assert len(worker.asked(Ask)) == 1


def test_the_first_steps_are_where_they_were(shell: Shell) -> None:
    shell.beginning.begin()
    assert shell.beginning.steps is not None
    shell.beginning.steps.show_step(DOCUMENTS)
    speak(shell, "fr")
    assert shell.beginning.steps is not None
    assert shell.beginning.steps.isVisible()
    assert shell.beginning.steps.step == DOCUMENTS


def test_a_window_that_was_in_the_tray_stays_there(shell: Shell) -> None:
    shell.window.hide()
    speak(shell, "fr")
    assert not shell.window.isVisible()


def test_the_settings_stand_as_they_did_with_the_keyboard_at_the_language(
    qtbot: QtBot, shell: Shell, worker: FakeWorker
) -> None:
    choices = ("strict", "balanced", "open")
    rows = [
        Setting(name, "open", "open", False, SettingUnit.WORD, choices, 0, 0, "M. " * 40)
        for name in ("answer_length", "strictness", "reads_ahead", "reuses_passages")
    ]
    worker.script.handlers[ListSettings] = lambda _, link, request: link.send(Settings(request.id, tuple(rows)))

    def opened() -> SettingsWindow:
        window = next(one for one in shell.window.findChildren(SettingsWindow) if one.isVisible())
        qtbot.waitUntil(lambda: len(window.findChildren(QComboBox)) == 6)
        QCoreApplication.processEvents()
        return window

    shell.show_settings()
    settings = opened()
    settings.resize(500, 200)
    language = child(settings, QComboBox, "Language")
    language.setFocus()
    area = settings.findChild(QScrollArea)
    assert area is not None
    area.verticalScrollBar().setValue(37)
    speak(shell, "fr")
    settings = opened()
    assert settings.focusWidget() is child(settings, QComboBox, "Langue")
    assert (settings.width(), settings.height()) == (500, 200)
    area = settings.findChild(QScrollArea)
    assert area is not None
    assert area.verticalScrollBar().value() == 37
    # What the worker tells comes later than the window: it is waited for.
    child(settings, QComboBox, "Lire d’avance les passages probables").setFocus()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum() - 300)
    down = area.verticalScrollBar().value()
    speak(shell, "it")
    settings = opened()
    assert settings.focusWidget() is child(settings, QComboBox, "Leggere prima i passaggi probabili")
    area = settings.findChild(QScrollArea)
    assert area is not None
    assert area.verticalScrollBar().value() == down


@pytest.fixture
def half_read(worker: FakeWorker, tmp_path: Path) -> tuple[Path, Callable[[], None]]:
    """A folder with two documents, of which a worker has read one; what is given reads the other."""
    folder = tmp_path / "Notes"
    folder.mkdir()
    goes_on = threading.Event()

    def read(name: str) -> None:
        worker.change(dataclasses.replace(document(name), paths=(str(folder / name),)))

    def index(_: FakeWorker, link: Link, request: Request) -> None:
        read("a.md")
        goes_on.wait(10)
        read("b.md")
        broken = IndexedFile(str(folder / "c.pdf"), "", DocumentState.FAILED, 0, 0, Problem("pdf_broken"))
        link.send(Indexed(request.id, (broken,), 0.1))

    worker.script.handlers[Index] = index
    worker.script.collections = {"Cranes": set()}
    worker.tell(lambda number: Collections(number, told_rows(worker)))
    return folder, goes_on.set


def put_into_cranes(shell: Shell, folder: Path) -> None:
    collections = shell.window.library.findChild(CollectionList)
    assert collections is not None
    collections.files_dropped.emit("Cranes", Dropped((str(folder),)))


def test_a_folder_that_was_dropped_on_a_collection_goes_on_into_it(
    qtbot: QtBot, shell: Shell, worker: FakeWorker, half_read: tuple[Path, Callable[[], None]]
) -> None:
    folder, go_on = half_read
    cranes = worker.script.collections["Cranes"]
    put_into_cranes(shell, folder)
    qtbot.waitUntil(lambda: len(cranes) == 1)
    for language in ("fr", "it"):
        speak(shell, language)
    go_on()
    qtbot.waitUntil(lambda: len(cranes) == 2)
    # What the worker said at the end is heard, too: one file is left out.
    notice = shell.window.library.findChild(LibraryNotice)
    assert notice is not None
    qtbot.waitUntil(lambda: not notice.isHidden())
    assert len(worker.asked(Index)) == 1
    assert len(worker.asked(WatchFolder)) == 1
    assert not shell.window.library.feed.giving
    qtbot.waitUntil(lambda: not shell.window.library.findChildren(Joining))


def test_what_was_read_before_the_new_windows_follow_the_library_is_in_the_collection_too(
    qtbot: QtBot, shell: Shell, worker: FakeWorker, half_read: tuple[Path, Callable[[], None]]
) -> None:
    folder, go_on = half_read
    cranes = worker.script.collections["Cranes"]
    put_into_cranes(shell, folder)
    qtbot.waitUntil(lambda: len(cranes) == 1)
    follows = threading.Event()

    def watch(worker: FakeWorker, link: Link, request: Request) -> None:
        follows.wait(10)
        worker.watch(link, request.id)

    worker.script.handlers[Watch] = watch
    speak(shell, "fr")
    go_on()
    qtbot.waitUntil(lambda: not shell.window.library.feed.giving)
    assert len(cranes) == 1
    follows.set()
    qtbot.waitUntil(lambda: len(cranes) == 2)


def test_what_is_dropped_is_not_lost_while_a_slow_drive_is_asked_what_it_is(
    qtbot: QtBot, shell: Shell, worker: FakeWorker, half_read: tuple[Path, Callable[[], None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    folder, go_on = half_read
    answers = threading.Event()
    monkeypatch.setattr(path_sorting, "_is_folder", lambda path: answers.wait(10) and path == str(folder))
    put_into_cranes(shell, folder)
    shell.window.library.add_paths(["/papers/plans.pdf"])
    for language in ("fr", "it"):
        speak(shell, language)
    assert not worker.asked(Index)
    go_on()
    answers.set()
    qtbot.waitUntil(lambda: len(worker.script.collections["Cranes"]) == 2)
    given = [one.paths for one in worker.asked(Index) if isinstance(one, Index)]
    assert sorted(given) == sorted([(str(folder),), ("/papers/plans.pdf",)])


def test_what_a_worker_was_given_before_is_given_to_the_next_by_the_windows_that_are_there(
    qtbot: QtBot, shell: Shell, worker: FakeWorker, half_read: tuple[Path, Callable[[], None]]
) -> None:
    _, go_on = half_read
    shell.window.library.add_paths(["/papers/plans.pdf"])
    qtbot.waitUntil(lambda: len(worker.asked(Index)) == 1)
    speak(shell, "fr")
    worker.die()
    go_on()
    with FakeWorker(worker.home, Script()) as second:
        qtbot.waitUntil(lambda: len(second.asked(Index)) == 1, timeout=10_000)
