"""Nothing moves where the person has asked their system for stillness."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.motion import FORCED, LONGEST, Motion, portal_reduces
from desktop.theme import Theme
from desktop.widgets.stage import Spinner

DESKTOP = Path(__file__).resolve().parents[2] / "desktop"


@pytest.mark.parametrize(
    ("settings", "reduces"),
    [
        ({}, False),
        ({"org.freedesktop.appearance": {"reduced-motion": ("u", 1)}}, True),
        ({"org.freedesktop.appearance": {"reduced-motion": ("u", 0)}}, False),
        ({"org.freedesktop.appearance": {"reduced-motion": ("u", 7)}}, False),
        ({"org.gnome.desktop.interface": {"enable-animations": ("b", False)}}, True),
        ({"org.gnome.desktop.interface": {"enable-animations": ("b", True)}}, False),
        ({"org.kde.kdeglobals.KDE": {"AnimationDurationFactor": ("s", "0")}}, True),
        ({"org.kde.kdeglobals.KDE": {"AnimationDurationFactor": ("s", "0.5")}}, False),
        ({"org.kde.kdeglobals.KDE": {"AnimationDurationFactor": ("s", "")}}, False),
    ],
)
def test_what_linux_says(settings: dict[str, dict[str, Any]], reduces: bool) -> None:
    assert portal_reduces(settings) is reduces


def pictures_of(qtbot: QtBot, theme: Theme) -> list[QImage]:
    """What the sign of waiting looks like at two moments."""
    spinner = Spinner(theme)
    qtbot.addWidget(spinner)
    spinner.show()
    first = spinner.grab().toImage()
    qtbot.wait(3 * 50)
    return [first, spinner.grab().toImage()]


def test_the_sign_of_waiting_turns_unless_stillness_is_asked_for(
    qtbot: QtBot, qapp: QApplication, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = pictures_of(qtbot, theme)
    assert first != second
    monkeypatch.setenv(FORCED, "1")
    still = Theme(qapp, "light")
    first, second = pictures_of(qtbot, still)
    assert first == second
    still.deleteLater()


def test_menus_and_lists_neither_fade_nor_roll_where_stillness_is_asked_for(
    qapp: QApplication, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    rolling = Qt.UIEffect.UI_AnimateCombo
    for effect in (Qt.UIEffect.UI_General, rolling):
        qapp.setEffectEnabled(effect, True)
    Motion(qapp, theme)
    assert qapp.isEffectEnabled(rolling)
    monkeypatch.setenv(FORCED, "1")
    Motion(qapp, theme)
    assert not qapp.isEffectEnabled(rolling)
    qapp.setEffectEnabled(rolling, False)


def test_the_system_is_asked_beside_the_window(
    qtbot: QtBot, qapp: QApplication, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(FORCED)
    monkeypatch.setattr("desktop.motion._system_reduces", lambda: True)
    motion = Motion(qapp, theme)
    qtbot.waitUntil(lambda: motion.is_reduced)


def test_whoever_lets_something_move_asks_first_and_is_quick() -> None:
    for path in DESKTOP.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if re.search(r"Q(Property|Variant|Abstract|Sequential)\w*Animation|QTimeLine", source):
            assert "motion.is_reduced" in source, path.name
        for duration in re.findall(r"setDuration\((\d+)\)", source):
            assert int(duration) <= LONGEST, path.name
