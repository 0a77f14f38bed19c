"""The first steps: a model, documents, the shortcut; each can be left out, and all of it is seen again on demand."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QKeySequenceEdit, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop import login
from desktop.hotkey import Chord, Grip, Hotkey
from desktop.panes.first_steps import DOCUMENTS, MODEL, SHORTCUT, FirstSteps
from desktop.preferences import Preferences
from desktop.quick_access import QuickAccess
from desktop.theme import Theme
from desktop.widgets.mode_bar import Mode
from desktop.windows.beginning import Beginning
from desktop.windows.main import MainWindow
from desktop.windows.shortcuts import ShortcutsDialog
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import ChooseModel, DownloadState, GetModel, Index, Model
from tests.desktop.test_quick_access import Keyboard
from tests.fakes.plausible import NOTES, OFFERS, STARTER, half_of
from tests.fakes.worker import FakeWorker

FOUND = Model(
    "phi-3.5", "Phi-3.5-mini", "/models/phi.gguf", "phi3", "Q4_K_M", 2_393_232_672, 3_400_000_000, 4096, "fits",
    is_stand_in=False, is_chosen=False, phi="phi-3.5-mini", source="LM Studio",
)  # fmt: skip


@pytest.fixture
def keyboard(theme: Theme) -> Keyboard:
    """Where Ctrl+Alt+F8 belongs to another program."""
    return Keyboard(theme, "Ctrl+Alt+F8")


@pytest.fixture
def access(theme: Theme, keyboard: Keyboard, settings: Path) -> QuickAccess:
    access = QuickAccess(keyboard, QSettings(str(settings), QSettings.Format.IniFormat), theme)
    access.begin()
    return access


@pytest.fixture
def beginning(window: MainWindow, theme: Theme, client: WorkerClient, access: QuickAccess) -> Beginning:
    beginning = Beginning(theme, client, access, window)
    beginning.begin()
    return beginning


def steps_of(beginning: Beginning) -> FirstSteps:
    assert beginning.steps is not None
    return beginning.steps


def press(qtbot: QtBot, beginning: Beginning, name: str) -> None:
    buttons = [one for one in steps_of(beginning).findChildren(QPushButton) if one.isVisible()]
    button = next(one for one in buttons if name in {one.text(), one.accessibleName()})
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def said(beginning: Beginning) -> str:
    return " | ".join(label.text() for label in steps_of(beginning).findChildren(QLabel) if label.isVisible())


def offers(beginning: Beginning) -> set[str]:
    return {one.text() for one in steps_of(beginning).findChildren(QPushButton) if one.isVisible()}


def test_the_phi_that_fits_is_offered_and_comes_while_one_goes_on(
    qtbot: QtBot, beginning: Beginning, worker: FakeWorker
) -> None:
    qtbot.waitUntil(lambda: "Phi-4-mini" in said(beginning))
    told = said(beginning)
    for expected in (
        "Recommended here", "2.5 GB to download", "needs 3.4 GB of 16.0 GB of memory", "(estimated)",
        "SmolLM2 135M stands in", "phial models bundle",
    ):  # fmt: skip
        assert expected in told
    assert "Phi-3-small" not in told  # one is recommended, the others are in the window of the models
    assert "Not now" in offers(beginning)
    press(qtbot, beginning, "Download Phi-4-mini")
    qtbot.waitUntil(lambda: "Next" in offers(beginning))
    assert "1.0 GB of 2.0 GB" in said(beginning)
    press(qtbot, beginning, "Next")
    assert steps_of(beginning).step == DOCUMENTS
    press(qtbot, beginning, "Back")
    assert steps_of(beginning).step == MODEL
    assert len(worker.asked(GetModel)) == 1


def test_without_a_network_the_card_says_so_and_a_folder_can_be_taken(
    qtbot: QtBot, beginning: Beginning, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    qtbot.waitUntil(lambda: "Phi-4-mini" in said(beginning))
    waits = Problem("download_out_of_reach", {"model": "Phi-4-mini", "host": "example.org", "seconds": 4})
    begun = dataclasses.replace(half_of("phi-4-mini"), bytes_done=0, bytes_per_s=0.0, reason=waits)
    worker.tell_download(begun)
    qtbot.waitUntil(lambda: "example.org can’t be reached right now. There is no network" in said(beginning))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    press(qtbot, beginning, "Take a model from a folder or stick…")
    qtbot.waitUntil(lambda: bool(worker.asked(GetModel)))
    assert worker.asked(GetModel) == [GetModel(worker.asked(GetModel)[0].id, "phi-4-mini", str(tmp_path))]


def test_a_phi_of_another_program_is_found_and_used_in_place(
    qtbot: QtBot, beginning: Beginning, worker: FakeWorker
) -> None:
    worker.script.models = (STARTER, FOUND)
    worker.tell_download(dataclasses.replace(half_of("phi-4"), state=DownloadState.DONE))  # something has changed
    qtbot.waitUntil(lambda: "Found in LM Studio" in said(beginning))
    press(qtbot, beginning, "Answer with Phi-3.5-mini")
    qtbot.waitUntil(lambda: [one.model for one in worker.asked(ChooseModel) if isinstance(one, ChooseModel)] == [
        "phi-3.5"])  # fmt: skip


def test_one_that_is_here_already_answers_and_nothing_more_is_said_of_getting_one(
    qtbot: QtBot, window: MainWindow, theme: Theme, client: WorkerClient, access: QuickAccess, worker: FakeWorker
) -> None:
    here = dataclasses.replace(FOUND, model="phi-4-mini-q4", is_chosen=True)
    worker.script.models = (dataclasses.replace(STARTER, is_chosen=False), here)
    worker.script.offers[0] = dataclasses.replace(OFFERS[0], installed=here.model)
    beginning = Beginning(theme, client, access, window)
    beginning.begin()
    qtbot.waitUntil(lambda: "Answers your questions" in said(beginning))
    assert "bundle" not in said(beginning)
    assert "stands in" not in said(beginning)
    assert "Next" in offers(beginning)


def test_where_no_phi_fits_that_is_said(
    qtbot: QtBot, window: MainWindow, theme: Theme, client: WorkerClient, access: QuickAccess, worker: FakeWorker
) -> None:
    worker.script.offers = [OFFERS[2]]
    beginning = Beginning(theme, client, access, window)
    beginning.begin()
    qtbot.waitUntil(lambda: "No Phi fits" in said(beginning))


def test_documents_are_dropped_on_the_window_or_are_the_samples(
    qtbot: QtBot, window: MainWindow, beginning: Beginning, worker: FakeWorker, tmp_path: Path
) -> None:
    steps_of(beginning).show_step(DOCUMENTS)
    assert "In your library: 2 documents" in said(beginning)
    file = tmp_path / "mine.txt"
    file.write_text("Mine.")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(400, 400), action, data, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(400, 400), action, data, left, none))
    qtbot.waitUntil(lambda: "In your library: 3 documents" in said(beginning))
    press(qtbot, beginning, "Try the samples")
    qtbot.waitUntil(lambda: "In your library: 9 documents" in said(beginning))
    assert len(worker.asked(Index)) == 2
    press(qtbot, beginning, "Next")
    press(qtbot, beginning, "Begin")
    assert window.conversation.composer.text == "What gust is the Alder Quay footbridge designed for?"
    assert window.conversation.composer.isVisible()


def test_a_summary_of_one_s_own_is_proposed_and_not_begun(
    qtbot: QtBot, window: MainWindow, beginning: Beginning, worker: FakeWorker
) -> None:
    steps_of(beginning).show_step(SHORTCUT)
    press(qtbot, beginning, "Begin")
    composer = window.conversation.composer
    assert composer.modes.mode is Mode.SUMMARISE
    assert [one.name for one in composer.scope.documents] == [window.library.documents[0].name]
    assert window.conversation.turns == ()


def test_the_shortcut_is_pressed_recognised_and_then_left_to_the_quick_question(
    qtbot: QtBot, beginning: Beginning, access: QuickAccess
) -> None:
    assert not beginning.take_press()
    steps_of(beginning).show_step(SHORTCUT)
    told = said(beginning)
    assert all(key in told for key in ("Ctrl", "Alt", "Space", "Press it now."))
    assert beginning.take_press()
    assert "That was it." in said(beginning)
    assert not beginning.take_press()


def record(beginning: Beginning, qtbot: QtBot, key: Qt.Key) -> QKeySequenceEdit:
    field = steps_of(beginning).findChild(QKeySequenceEdit)
    assert field is not None
    field.setFocus()
    qtbot.keyClick(field, key, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    field.editingFinished.emit()
    return field


def test_another_shortcut_can_be_recorded_and_one_that_is_taken_offers_a_free_one(
    qtbot: QtBot, beginning: Beginning, keyboard: Keyboard
) -> None:
    steps_of(beginning).show_step(SHORTCUT)
    record(beginning, qtbot, Qt.Key.Key_F7)
    assert keyboard.held == Chord.parse("Ctrl+Alt+F7")
    qtbot.waitUntil(lambda: "F7" in said(beginning))
    field = record(beginning, qtbot, Qt.Key.Key_F8)
    assert field.keySequence().toString() == "Ctrl+Alt+F7"
    assert "belongs to another program" in said(beginning)
    press(qtbot, beginning, "Use Ctrl+Alt+Space instead")
    assert keyboard.held == Chord.parse("Ctrl+Alt+Space")
    assert "belongs to another program" not in said(beginning)


def test_escape_gives_a_recording_up_before_it_leaves(qtbot: QtBot, beginning: Beginning, keyboard: Keyboard) -> None:
    steps = steps_of(beginning)
    steps.show_step(SHORTCUT)
    field = steps.findChild(QKeySequenceEdit)
    assert field is not None
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.hasFocus()
    assert beginning.steps is steps
    assert keyboard.held == Chord.parse("Ctrl+Alt+Space")


def test_where_no_shortcut_can_be_had_the_other_ways_are_told(
    qtbot: QtBot, window: MainWindow, theme: Theme, client: WorkerClient, settings: Path
) -> None:
    access = QuickAccess(Hotkey(theme), QSettings(str(settings), QSettings.Format.IniFormat), theme)
    access.begin()
    assert access.grip is Grip.IMPOSSIBLE
    beginning = Beginning(theme, client, access, window)
    beginning.begin()
    steps_of(beginning).show_step(SHORTCUT)
    assert "bind “phial quick” to a key" in said(beginning)
    assert "Press it now." not in said(beginning)
    assert not steps_of(beginning).findChildren(QKeySequenceEdit)[0].isVisible()


def test_it_can_start_with_the_computer(
    qtbot: QtBot, beginning: Beginning, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    steps_of(beginning).show_step(SHORTCUT)
    box = steps_of(beginning).findChild(QCheckBox)
    assert box is not None
    box.click()
    assert login.starts_at_login()


@pytest.mark.parametrize("way", ["Escape", "skip", "a pane"])
def test_they_are_left_at_any_time_and_proposes_nothing_then(
    qtbot: QtBot, window: MainWindow, beginning: Beginning, way: str
) -> None:
    with qtbot.waitSignal(beginning.ended):
        if way == "Escape":
            qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
        elif way == "skip":
            press(qtbot, beginning, "Skip these steps")
        else:
            qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert beginning.steps is None
    assert window.conversation.isVisible()
    assert window.conversation.composer.modes.mode is Mode.ASK


def test_they_are_seen_again_from_the_list_of_shortcuts(qtbot: QtBot, window: MainWindow, beginning: Beginning) -> None:
    window.uncover()
    assert beginning.steps is None
    window.show_shortcuts()
    dialog = window.findChild(ShortcutsDialog)
    assert dialog is not None
    again = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Show the first steps again")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert beginning.steps is not None
    assert beginning.steps.isVisible()
    assert not dialog.isVisible()


def test_who_has_used_the_window_before_is_not_greeted(home: Path) -> None:
    preferences = Preferences(home)
    assert not preferences.has_begun
    preferences.store.setValue("window/geometry", b"x")
    assert preferences.has_begun
    preferences.store.remove("window/geometry")
    preferences.has_begun = True
    preferences.store.sync()
    assert Preferences(home).has_begun


def test_documents_that_are_named_by_words_alone_are_not_needed(
    qtbot: QtBot, window: MainWindow, beginning: Beginning, worker: FakeWorker
) -> None:
    for known in list(worker.script.documents):
        worker.forget(known.key)
    qtbot.waitUntil(lambda: not window.library.documents)
    steps_of(beginning).show_step(SHORTCUT)
    press(qtbot, beginning, "Begin")
    assert (window.conversation.composer.text, window.conversation.composer.modes.mode) == ("", Mode.ASK)
    worker.change(NOTES)
