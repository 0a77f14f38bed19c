"""The card with buttons: what macOS keeps from Phial is undone on a page of its settings, one click away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets import notice
from desktop.widgets.notice import Notice
from rag.errors import PRIVACY_SETTINGS, Problem

PROTECTED = Problem("path_protected", {"path": "/Users/ada/Documents", "settings": "https://elsewhere.example"})


def buttons(card: Notice) -> dict[str, QPushButton]:
    return {button.text(): button for button in card.findChildren(QPushButton) if button.text()}


def test_the_settings_that_let_phial_in_are_a_click_away(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(notice.QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    card = Notice(theme)
    qtbot.addWidget(card)
    card.say_problem(PROTECTED)
    buttons(card)["Open System Settings"].click()
    # Our own address, whatever a message says.
    assert opened == [QUrl(PRIVACY_SETTINGS)]


def test_other_refusals_have_no_such_button(qtbot: QtBot, theme: Theme) -> None:
    card = Notice(theme)
    qtbot.addWidget(card)
    card.say_problem(Problem("path_unreadable", {"path": "/Users/ada/Documents"}))
    assert "Open System Settings" not in buttons(card)
