"""Which shortcut is held, and what is said where another program has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSettings
from pytestqt.qtbot import QtBot

from desktop.hotkey import ALTERNATIVES, DEFAULT, Chord, Grip, Hotkey
from desktop.quick_access import QuickAccess


class Keyboard(Hotkey):
    """Gives every chord that is not ``taken``."""

    def __init__(self, parent: QObject, *taken: str) -> None:
        super().__init__(parent)
        self.taken = {Chord.parse(text) for text in taken}
        self.held: Chord | None = None

    def hold(self, chord: Chord) -> Grip:
        self.held = None if chord in self.taken else chord
        return self._come_to(Grip.TAKEN if self.held is None else Grip.HELD)

    def release(self) -> None:
        self.held = None


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def parent(qtbot: QtBot) -> QObject:
    return QObject()


def begin(parent: QObject, settings: QSettings, *taken: str) -> tuple[QuickAccess, Keyboard, list[str]]:
    keyboard = Keyboard(parent, *taken)
    access = QuickAccess(keyboard, settings, parent)
    said: list[str] = []
    access.moved.connect(lambda problem: said.append(problem.kind))
    access.begin()
    return access, keyboard, said


def test_the_default_is_held(parent: QObject, settings: QSettings, qtbot: QtBot) -> None:
    access, keyboard, said = begin(parent, settings)
    assert keyboard.held == access.chord == Chord.parse(DEFAULT)
    assert said == []
    with qtbot.waitSignal(access.wanted):
        keyboard.pressed.emit()


def test_where_it_is_taken_the_next_is_held_and_said(parent: QObject, settings: QSettings) -> None:
    access, keyboard, said = begin(parent, settings, DEFAULT, ALTERNATIVES[0])
    assert keyboard.held == access.chord == Chord.parse(ALTERNATIVES[1])
    assert said == ["shortcut_moved"]


def test_where_all_are_taken_that_is_said(parent: QObject, settings: QSettings) -> None:
    access, keyboard, said = begin(parent, settings, DEFAULT, *ALTERNATIVES)
    assert (keyboard.held, access.chord, said) == (None, None, ["shortcut_taken"])


def test_what_was_chosen_is_kept_and_not_replaced(parent: QObject, settings: QSettings) -> None:
    access, _, _ = begin(parent, settings)
    chosen = Chord.parse("Ctrl+Alt+F8")
    assert chosen is not None
    assert access.choose(chosen) is Grip.HELD
    again, keyboard, said = begin(parent, settings)
    assert (keyboard.held, said) == (chosen, [])
    third, keyboard, said = begin(parent, settings, "Ctrl+Alt+F8")
    assert (keyboard.held, third.chord, said) == (None, None, ["shortcut_taken"])
    assert again.chord == chosen


def test_one_that_is_taken_changes_nothing(parent: QObject, settings: QSettings) -> None:
    access, keyboard, _ = begin(parent, settings, "Ctrl+Alt+F8")
    taken = Chord.parse("Ctrl+Alt+F8")
    assert taken is not None
    assert access.choose(taken) is Grip.TAKEN
    assert keyboard.held == access.chord == Chord.parse(DEFAULT)
    assert begin(parent, settings)[1].held == Chord.parse(DEFAULT)


def test_none_can_be_chosen(parent: QObject, settings: QSettings) -> None:
    access, keyboard, _ = begin(parent, settings)
    access.choose(None)
    assert keyboard.held is None
    assert begin(parent, settings)[1].held is None


def test_other_settings_bring_their_own_shortcut_and_the_same_one_is_not_asked_for_again(
    parent: QObject, settings: QSettings
) -> None:
    access, keyboard, said = begin(parent, settings)
    keyboard.held = None
    access.begin_anew()
    assert keyboard.held is None, "a desktop may ask the person each time"
    settings.setValue("quick/shortcut", "Ctrl+Alt+F8")
    access.begin_anew()
    assert keyboard.held == access.chord == Chord.parse("Ctrl+Alt+F8")
    settings.setValue("quick/shortcut", "none")
    access.begin_anew()
    assert (keyboard.held, access.chord, said) == (None, None, [])
