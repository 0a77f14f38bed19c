"""The name of a collection: what the window takes, the worker takes, and a fault is said where it is written."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets import collection_name
from desktop.widgets.collection_name import NameField, fault_of, same_name, tidy
from rag import collecting
from rag.errors import PhialError


@given(name=st.text(max_size=collecting.LONGEST_NAME))
def test_a_name_that_the_window_takes_is_kept_as_it_is(name: str) -> None:
    kept = ""
    with contextlib.suppress(PhialError):
        kept = collecting._checked(name)
    assert (fault_of(name, ()) is None) == bool(kept)
    if kept:
        assert tidy(name) == kept
    assert collection_name.LONGEST_NAME == collecting.LONGEST_NAME


@given(one=st.text(), other=st.text())
def test_two_names_are_one_where_they_are_one_for_the_worker(one: str, other: str) -> None:
    assert same_name(one, other) == (collecting._folded(one) == collecting._folded(other))
    assert same_name(one, f"  {one.upper()} ") == (collecting._folded(one) == collecting._folded(one.upper()))


@pytest.mark.parametrize(
    ("written", "said"), [("thesis  SOURCES", "already a collection Thesis sources"), ("   ", "1 to 100 characters")]
)
def test_a_name_that_cannot_be_had_is_said_where_it_is_written(
    qtbot: QtBot, theme: Theme, written: str, said: str
) -> None:
    field = NameField(theme)
    qtbot.addWidget(field)
    named: list[str] = []
    field.named.connect(named.append)
    field.ask(["Thesis sources"])
    field.activateWindow()
    edit = field.findChild(QLineEdit)
    label = field.findChild(QLabel)
    assert edit is not None
    assert label is not None
    qtbot.waitUntil(edit.hasFocus)
    qtbot.keyClicks(edit, written)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert named == []
    assert label.isVisible()
    assert said in label.text()
    edit.selectAll()
    qtbot.keyClicks(edit, " Cranes ")
    assert not label.isVisible()
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert named == ["Cranes"]
    assert field.isHidden()


def test_escape_asks_no_more(qtbot: QtBot, theme: Theme) -> None:
    field = NameField(theme)
    qtbot.addWidget(field)
    field.ask([])
    edit = field.findChild(QLineEdit)
    assert edit is not None
    qtbot.keyClicks(edit, "Cranes")
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert field.isHidden()
