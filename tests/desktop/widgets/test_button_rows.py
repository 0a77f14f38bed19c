"""Buttons beside each other while there is room, else in columns; what is hidden leaves no hole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.button_rows import ButtonRows
from desktop.widgets.buttons import QuietButton

WORDS = ("Réessayer", "Retirer de Phial", "Copier les détails")


@pytest.fixture
def house(qtbot: QtBot) -> QWidget:
    house = QWidget()
    qtbot.addWidget(house)
    house.resize(600, 200)
    return house


@pytest.fixture
def rows(house: QWidget, theme: Theme) -> ButtonRows:
    rows = ButtonRows(theme, [QuietButton(words) for words in WORDS])
    layout = QVBoxLayout(house)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(rows, 0, Qt.AlignmentFlag.AlignTop)
    house.show()
    return rows


def places(rows: ButtonRows) -> list[tuple[int, int]]:
    """Each button's row and column, as the eye sees them."""
    QApplication.processEvents()
    shown = [one for one in rows.findChildren(QuietButton) if one.isVisible()]
    tops, lefts = sorted({one.y() for one in shown}), sorted({one.x() for one in shown})
    return [(tops.index(one.y()), lefts.index(one.x())) for one in shown]


def test_all_stand_in_a_row_while_there_is_room(house: QWidget, rows: ButtonRows) -> None:
    assert places(rows) == [(0, 0), (0, 1), (0, 2)]
    house.resize(rows.minimumSizeHint().width(), 200)
    assert places(rows) == [(0, 0), (0, 1), (1, 0)]
    assert all(rows.rect().contains(one.geometry()) for one in rows.findChildren(QuietButton)), "none is cut"
    house.resize(600, 200)
    assert places(rows) == [(0, 0), (0, 1), (0, 2)]


def test_what_is_hidden_takes_no_place(house: QWidget, rows: ButtonRows) -> None:
    house.resize(rows.minimumSizeHint().width(), 200)
    rows.findChildren(QuietButton)[0].hide()
    rows.arrange()
    assert places(rows) == [(0, 0), (0, 1)]


def test_other_buttons_take_the_place_of_those_that_were_there(rows: ButtonRows) -> None:
    kept = rows.findChildren(QuietButton)[2]
    hidden = QuietButton("hidden")
    hidden.hide()
    rows.set_buttons([kept, QuietButton("new"), hidden])
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [one.text() for one in rows.findChildren(QuietButton) if one.isVisible()] == [WORDS[2], "new"]
    assert len(places(rows)) == 2
