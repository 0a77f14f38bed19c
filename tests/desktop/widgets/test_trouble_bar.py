"""The calm bar: what is not well, its mend as a button, and that it is well again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.languages import speak
from desktop.theme import Theme
from desktop.widgets import trouble_buttons
from desktop.widgets.mends import MENDS
from desktop.widgets.trouble import TroubleCard
from desktop.widgets.trouble_bar import TroubleBar
from rag.errors import LANGUAGES, Problem

DIED = Problem("worker_died")
HELD = Problem("library_held", {"path": "/home/ada/.local/share/phial", "pid": 77})


class House(QWidget):
    """A window that mends."""

    def __init__(self) -> None:
        super().__init__()
        self.mended: list[Problem] = []

    def mend(self, problem: Problem) -> None:
        self.mended.append(problem)


@pytest.fixture
def house(qtbot: QtBot) -> House:
    house = House()
    qtbot.addWidget(house)
    QVBoxLayout(house)
    house.show()
    return house


@pytest.fixture
def bar(house: House, theme: Theme) -> TroubleBar:
    bar = TroubleBar(theme)
    layout = house.layout()
    assert layout is not None
    layout.addWidget(bar)
    return bar


def shown(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QPushButton) if one.isVisibleTo(widget) and one.text()]


def press(qtbot: QtBot, widget: QWidget, words: str) -> None:
    button = next(one for one in widget.findChildren(QPushButton) if words in {one.text(), one.accessibleName()})
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_says_again_when_it_is_well_and_goes(qtbot: QtBot, bar: TroubleBar, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    bar.changed.connect(told.append)
    bar._farewell.setInterval(20)
    bar.show_problem(DIED)
    assert bar.words.startswith("Phial’s helper stopped unexpectedly.")
    assert shown(bar) == ["Copy details"]
    bar.recover()
    assert bar.words == "All is well again: what was under way goes on."
    assert shown(bar) == []
    assert bar.property("role") == "well"
    qtbot.waitUntil(bar.isHidden)
    bar.show_problem(HELD)
    assert bar.property("role") == "bar"
    assert told == [True, False, True]


def test_a_worker_heals_no_shortcut(bar: TroubleBar) -> None:
    bar.show_problem(Problem("shortcut_moved", {"shortcut": "Ctrl+Alt+Space", "other": "Ctrl+Alt+P"}))
    said = bar.words
    bar.recover()
    assert bar.words == said
    assert shown(bar) == ["Choose another", "Copy details"]


def test_what_was_put_away_does_not_come_back_until_it_was_well(qtbot: QtBot, bar: TroubleBar) -> None:
    bar.show_problem(HELD)
    press(qtbot, bar, "Close")
    bar.show_problem(HELD)  # the next try failed as well
    assert bar.isHidden()
    bar.recover()
    bar.show_problem(HELD)
    assert bar.words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mend_is_a_button_in_every_language(
    qtbot: QtBot, qapp: QApplication, house: House, theme: Theme, language: str
) -> None:
    speak(qapp, language)
    QLocale.setDefault(QLocale(language))
    parameters = {
        "path": "/x", "pid": 7, "shortcut": "F9", "other": "F8", "model": "Phi", "needed": 1, "free": 1, "part": 1,
        "parts": 2, "architecture": "x", "instead": "y", "ours": "1", "theirs": "2", "copy": "/y",
    }  # fmt: skip
    layout = house.layout()
    assert layout is not None
    for widget in (TroubleBar(theme), TroubleCard(theme)):
        layout.addWidget(widget)
        for kind in MENDS:
            problem = Problem(kind, parameters)
            widget.show_problem(problem)
            assert "?" not in widget.accessibleName() + widget.accessibleDescription()
            mend, _ = shown(widget)
            press(qtbot, widget, mend)
            assert house.mended.pop() == problem


def test_details_are_copied_with_the_log_and_without_names(
    qtbot: QtBot, bar: TroubleBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trouble_buttons, "log_excerpt", lambda: "window.log:\nERROR desktop: unexpected")
    bar.show_problem(Problem("disk_full", {"path": "/home/ada/Secret papers"}))
    press(qtbot, bar, "Copy details")
    copied = QGuiApplication.clipboard().text()
    assert "disk_full" in copied
    assert "ERROR desktop: unexpected" in copied
    assert "ada" not in copied
    assert "Copied" in shown(bar)


def test_two_lines_have_air_around_them(bar: TroubleBar, house: House, theme: Theme) -> None:
    house.resize(520, 300)
    bar.show_problem(DIED)
    QApplication.processEvents()
    words = next(one for one in bar.findChildren(QLabel) if one.text())
    assert words.heightForWidth(words.width()) > 2 * words.fontMetrics().height() - 1, "it is meant to need two lines"
    assert words.y() >= theme.space(1)
    assert bar.height() - words.geometry().bottom() > theme.space(1) - 1
    assert words.height() >= words.heightForWidth(words.width())
