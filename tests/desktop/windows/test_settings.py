"""The settings: what each control does at once, and what is said when a value isn't taken."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSystemTrayIcon,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop import login
from desktop.hotkey import Chord
from desktop.languages import speak
from desktop.preferences import Preferences
from desktop.quick_access import QuickAccess
from desktop.theme import Theme
from desktop.widgets.notice import Notice
from desktop.widgets.setting_row import CheckRow, SettingRow
from desktop.widgets.setting_section import SettingSection
from desktop.windows.settings import SettingsWindow
from desktop.worker_client import WorkerClient
from engine.links import Link
from rag.errors import Problem
from rag.protocol import ChangeSetting, Failed, ListSettings, Request, Setting, Settings, SettingUnit
from tests.desktop.test_quick_access import Keyboard
from tests.fakes.worker import FakeWorker

Kind = TypeVar("Kind", bound=QWidget)

SETTINGS = [
    Setting(
        "reads_ahead", "on_mains", "on_mains", False, SettingUnit.WORD, ("always", "never", "on_mains"), 0, 0, "M."
    ),
    Setting("kv_disk_bytes", "2000000000", "2000000000", False, SettingUnit.BYTES, (), 0, 1e12, "How much disk."),
    Setting("context", "safe", "safe", False, SettingUnit.TOKENS, ("safe",), 512, 131_072, "How many."),
    Setting("strictness", "balanced", "balanced", False, SettingUnit.WORD, ("strict", "balanced", "open"), 0, 0, "M."),
    Setting("model_mirrors", "", "", False, SettingUnit.ADDRESSES, (), 0, 0, "Where."),
]


@dataclasses.dataclass
class Desktop:
    """What the window stands on."""

    has_tray: bool = True


@pytest.fixture
def preferences(home: Path) -> Preferences:
    return Preferences(home)


@pytest.fixture(params=["en"])
def spoken(request: pytest.FixtureRequest, qapp: QApplication) -> str:
    """The language of the windows."""
    language = str(request.param)
    speak(qapp, language)
    return language


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Desktop:
    """A desktop that has a tray."""
    desktop = Desktop()
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: desktop.has_tray)
    return desktop


@pytest.fixture
def window(
    qtbot: QtBot, theme: Theme, client: WorkerClient, worker: FakeWorker, preferences: Preferences, home: Path,
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, spoken: str, desktop: Desktop,
) -> SettingsWindow:  # fmt: skip
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    kept = list(SETTINGS)

    def change(_: FakeWorker, link: Link, request: Request) -> None:
        if isinstance(request, ChangeSetting) and request.value == "nonsense":
            values: dict[str, str | int | float] = {"setting": "x", "value": "nonsense", "expected": "0 … 1"}
            link.send(Failed(request.id, Problem("setting_wrong", values)))
            return
        if isinstance(request, ChangeSetting):
            for place, one in enumerate(kept):
                if one.setting == request.setting:
                    kept[place] = dataclasses.replace(
                        one, value=request.value or one.default, is_changed=bool(request.value)
                    )
        link.send(Settings(request.id, tuple(kept)))

    worker.script.handlers[ListSettings] = worker.script.handlers[ChangeSetting] = change
    access = QuickAccess(Keyboard(theme, "Ctrl+Alt+F8"), preferences.store, theme)
    access.begin()
    window = SettingsWindow(theme, client, preferences, access, home)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: len(boxes(window)) == 4)
    return window


def boxes(window: QWidget) -> list[QComboBox]:
    return window.findChildren(QComboBox)


def named(window: QWidget, kind: type[Kind], name: str) -> Kind:
    return next(one for one in window.findChildren(kind) if name in {one.accessibleName(), getattr(one, "text", str)()})


def choose(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def row_of(window: QWidget, editor: QWidget) -> SettingRow:
    return next(row for row in window.findChildren(SettingRow) if row.isAncestorOf(editor))


def test_the_appearance_applies_at_once_and_is_kept(
    window: SettingsWindow, theme: Theme, preferences: Preferences, home: Path
) -> None:
    choose(named(window, QComboBox, "Light or dark"), "dark")
    assert theme.is_dark
    preferences.store.sync()
    assert Preferences(home).appearance == "dark"


def test_a_language_is_kept_and_asked_for(qtbot: QtBot, window: SettingsWindow, preferences: Preferences) -> None:
    with qtbot.waitSignal(window.language_chosen):
        choose(named(window, QComboBox, "Language"), "fr")
    assert preferences.language == "fr"


def test_what_is_kept_and_is_none_of_ours_is_the_default(preferences: Preferences) -> None:
    preferences.language, preferences.appearance = "tlh", "sepia"
    assert (preferences.language, preferences.appearance) == ("system", "system")


def test_a_choice_of_the_worker_s_is_sent(qtbot: QtBot, window: SettingsWindow, worker: FakeWorker) -> None:
    choose(named(window, QComboBox, "Read likely passages ahead"), "never")
    qtbot.waitUntil(lambda: len(worker.asked(ChangeSetting)) == 1)
    asked = worker.asked(ChangeSetting)[0]
    assert isinstance(asked, ChangeSetting)
    assert (asked.setting, asked.value) == ("reads_ahead", "never")


def test_a_number_is_sent_shown_and_taken_back(qtbot: QtBot, window: SettingsWindow, worker: FakeWorker) -> None:
    field = named(window, QLineEdit, "Disk space for passages already read")
    assert field.text() == "2 GB"
    field.selectAll()
    qtbot.keyClicks(field, "3000000000")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.text() == "3 GB")
    named(window, QPushButton, "Default for Disk space for passages already read").click()
    qtbot.waitUntil(lambda: field.text() == "2 GB")
    assert [one.value for one in worker.asked(ChangeSetting) if isinstance(one, ChangeSetting)] == ["3000000000", ""]


def test_a_value_that_is_none_is_said_in_place(qtbot: QtBot, window: SettingsWindow) -> None:
    field = named(window, QLineEdit, "Disk space for passages already read")
    field.selectAll()
    qtbot.keyClicks(field, "nonsense")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(row_of(window, field).trouble))
    assert row_of(window, field).trouble == (
        "“nonsense” is no value for Disk space for passages already read. "
        "It takes: 0 B … 1,000 GB. Nothing was changed."
    )


@pytest.mark.parametrize(
    ("keys", "held"), [("Ctrl+Alt+F7", "Ctrl+Alt+F7"), ("Ctrl+Alt+F8", "Ctrl+Alt+Space"), ("A", "Ctrl+Alt+Space")]
)
def test_a_shortcut_is_held_or_said_to_be_taken(window: SettingsWindow, keys: str, held: str) -> None:
    edit = window.findChild(QKeySequenceEdit)
    assert edit is not None
    edit.setKeySequence(QKeySequence(keys))
    edit.editingFinished.emit()
    assert edit.keySequence().toString() == held
    assert ("belongs to another program" in row_of(window, edit).trouble) == (keys == "Ctrl+Alt+F8")


def test_no_shortcut_can_be_wanted(window: SettingsWindow, preferences: Preferences) -> None:
    edit = window.findChild(QKeySequenceEdit)
    assert edit is not None
    edit.clear()
    edit.editingFinished.emit()
    parent = QObject()
    keyboard = Keyboard(parent)
    QuickAccess(keyboard, preferences.store, parent).begin()
    assert keyboard.held is None
    assert Chord.parse("") is None


def test_it_starts_with_the_computer_or_stays_in_the_tray(window: SettingsWindow, preferences: Preferences) -> None:
    named(window, QCheckBox, "Start with the computer").click()
    assert login.starts_at_login()
    named(window, QCheckBox, "Stay in the tray when the window is closed").click()
    assert preferences.stays_in_tray


def test_without_a_tray_that_is_said_and_followed_when_one_comes_up(
    qtbot: QtBot, window: SettingsWindow, preferences: Preferences, desktop: Desktop
) -> None:
    box = named(window, QCheckBox, "Stay in the tray when the window is closed")
    preferences.stays_in_tray = True
    desktop.has_tray = False
    window.hide()
    window.show()
    why = "Phial finds no tray on this desktop: closing the window quits Phial."
    assert named(window, QLabel, why).isVisible()
    assert (box.isEnabled(), box.isChecked(), box.accessibleDescription()) == (False, False, why)
    qtbot.mouseClick(named(window, QLabel, "Stay in the tray when the window is closed"), Qt.MouseButton.LeftButton)
    assert preferences.stays_in_tray, "what is preferred is kept"
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not window.isActiveWindow())
    desktop.has_tray = True
    with qtbot.waitSignal(window.tray_found):
        window.activateWindow()  # the person comes back to it
    assert (box.isEnabled(), box.isChecked(), box.accessibleDescription()) == (True, True, "")


def test_scrolling_past_a_choice_changes_nothing(qtbot: QtBot, window: SettingsWindow) -> None:
    box = named(window, QComboBox, "Light or dark")
    place = QPointF(box.rect().center())
    turn = QWheelEvent(
        place, box.mapToGlobal(place), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, turn)
    assert box.currentData() == "system"


@pytest.mark.parametrize("spoken", ["en", "fr", "it"], indirect=True)
def test_nothing_is_cut_off_where_it_is_narrow(spoken: str, window: SettingsWindow) -> None:
    window.resize(window.minimumWidth(), 700)
    scroll = window.findChild(QScrollArea)
    assert scroll is not None
    body = scroll.widget()
    assert body is not None
    assert body.minimumSizeHint().width() <= window.minimumWidth(), spoken


def test_the_words_of_a_check_box_are_as_good_as_the_box(
    qtbot: QtBot, window: SettingsWindow, preferences: Preferences
) -> None:
    qtbot.mouseClick(named(window, QLabel, "Stay in the tray when the window is closed"), Qt.MouseButton.LeftButton)
    assert preferences.stays_in_tray


def test_a_system_that_does_not_let_us_start_with_it_is_told_of(
    window: SettingsWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: bool) -> None:
        raise PermissionError

    monkeypatch.setattr(login, "start_at_login", refuse)
    box = named(window, QCheckBox, "Start with the computer")
    box.click()
    assert not box.isChecked()
    assert "does not let Phial" in next(row.trouble for row in window.findChildren(CheckRow) if row.trouble)


def test_the_keyboard_goes_through_it_as_it_stands(window: SettingsWindow) -> None:
    stops = [
        named(window, QCheckBox, "Stay in the tray when the window is closed"),
        named(window, QComboBox, "Read likely passages ahead"),
        named(window, QLineEdit, "Disk space for passages already read"),
        named(window, QPushButton, "Show in folder"),
    ]
    chain, one = [], window.nextInFocusChain()
    while one is not window:
        chain.append(one)
        one = one.nextInFocusChain()
    assert sorted(stops, key=chain.index) == stops


def headings(window: SettingsWindow) -> list[str]:
    """The headings, each followed by what stands below it."""
    found: list[str] = []
    for section in window.findChildren(SettingSection):
        label, *_ = section.findChildren(QLabel)
        found += [label.text(), *(stop.accessibleName() for stop in section.stops if stop.isVisible())]
    return found


def test_each_setting_stands_in_the_section_of_its_kind(window: SettingsWindow) -> None:
    said = headings(window)
    assert said.index("ANSWERS") < said.index("How strictly answers keep to the documents") < said.index(
        "PERFORMANCE AND BATTERY")  # fmt: skip
    assert said.index("PERFORMANCE AND BATTERY") < said.index("Tokens that the model holds") < said.index("CONNECTIONS")
    assert said.index("CONNECTIONS") < said.index("Where models come from") < said.index("DATA FOLDER")


def test_no_raw_value_is_shown_or_asked_for(qtbot: QtBot, window: SettingsWindow, worker: FakeWorker) -> None:
    field = named(window, QLineEdit, "Tokens that the model holds")
    assert field.text() == "As is safe"
    for written in ("8192", "as is SAFE", "nonsense"):
        field.selectAll()
        qtbot.keyClicks(field, written)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda written=written: field.text() != written or written in {"8192", "nonsense"})
        qtbot.wait(50)
    assert [one.value for one in worker.asked(ChangeSetting) if isinstance(one, ChangeSetting)] == [
        "8192", "safe", "nonsense",
    ]  # fmt: skip
    qtbot.waitUntil(lambda: "It takes: As is safe, 512 … 131,072." in row_of(window, field).trouble)


def test_what_other_windows_show_is_asked_for(qtbot: QtBot, window: SettingsWindow) -> None:
    with qtbot.waitSignal(window.connections_wanted):
        named(window, QPushButton, "Show every connection…").click()
    with qtbot.waitSignal(window.first_steps_wanted):
        named(window, QPushButton, "Show the first steps again").click()
    assert not window.isVisible()


def test_the_folder_is_named_and_how_it_is_moved(window: SettingsWindow, home: Path) -> None:
    said = " ".join(label.text() for label in window.findChildren(QLabel)).replace("\u200b", "")
    assert str(home) in said
    assert "PHIAL_HOME" in said


def test_settings_that_can_t_be_had_are_told_of(
    qtbot: QtBot, theme: Theme, client: WorkerClient, worker: FakeWorker, preferences: Preferences, home: Path
) -> None:
    worker.script.handlers[ListSettings] = lambda _, link, request: link.send(
        Failed(request.id, Problem("library_damaged", {"path": "/x"}))
    )
    window = SettingsWindow(theme, client, preferences, QuickAccess(Keyboard(theme), preferences.store, theme), home)
    qtbot.addWidget(window)
    window.show()
    notice = window.findChild(Notice)
    assert notice is not None
    qtbot.waitUntil(notice.isVisible)
