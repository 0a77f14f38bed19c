"""Everything by keyboard: each stop is reached, seen and left, each key is listed, and Escape always backs out."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QScrollArea, QWidget

from desktop import keys
from desktop.windows.main import MainWindow
from desktop.windows.shortcuts import ShortcutsDialog
from tests.desktop.windows.screens import SCREENS
from tests.desktop.windows.stage import Screen, Stage
from tests.desktop.windows.walking import report, settle, stops_of, told

SAME_PRESS = {keys.LARGER_WITHOUT_SHIFT}
"""The same key as another, as some keyboards send it."""

MAC_S_OWN = {
    "Ctrl+H",
    "Ctrl+M",
    "Ctrl+Space",
    "Ctrl+Tab",
    "Ctrl+Shift+3",
    "Ctrl+Shift+4",
    "Ctrl+Shift+5",
    "Ctrl+Shift+Q",
}
"""What macOS takes for itself, in Qt's words: Ctrl is the Command key there."""

RING = 3
"""Device-independent pixels around a widget in which it may show that it has the keyboard."""


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def shown(stage: Stage) -> Iterator[tuple[Screen, QWidget]]:
    """Each screen but the menus, whose keys are Qt's own."""
    for screen in SCREENS:
        if issubclass(screen.window, QMenu):
            continue
        window = screen.reach(stage)
        settle()
        yield screen, window
        if shiboken6.isValid(window) and window is not stage.main:
            window.close()


def tabbed(stage: Stage, window: QWidget, key: Qt.Key) -> list[QWidget]:
    """What has the keyboard after each press of ``key``, until it has been everywhere twice."""
    visited: list[QWidget] = []
    expected = stops_of(window)
    for _ in range(3 * len(expected) + 10):
        at = window.focusWidget() or window
        stage.qtbot.keyClick(at, key)
        now = window.focusWidget()
        if now is not None:
            visited.append(now)
        if visited.count(visited[0]) > 1 and set(expected) <= set(visited):
            break
    return visited


def not_reached(stage: Stage, window: QWidget) -> list[str]:
    """What Tab, or Shift and Tab, pass over or never come to."""
    stops = stops_of(window)
    return [
        f"{key.name} never comes to {told(stop)}"
        for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        for stop in set(stops) - set(tabbed(stage, window, key))
    ]


def goes_back(window: QWidget, *, is_mirrored: bool) -> list[str]:
    """Steps against the direction of reading, within what stands in one row or one column."""
    found = []
    for first, second in itertools.pairwise(stops_of(window)):
        if first.parentWidget() is not second.parentWidget():
            continue
        one, two = (QRect(stop.mapTo(window, stop.rect().topLeft()), stop.size()) for stop in (first, second))
        is_above = two.bottom() <= one.top()
        is_before = one.right() <= two.left() if is_mirrored else two.right() <= one.left()
        overlaps = one.top() < two.bottom() and two.top() < one.bottom()
        if is_above or (overlaps and is_before):
            found.append(f"back from {told(first)} to {told(second)}")
    return found


def ambiguous(window: QWidget) -> list[str]:
    """Keys that two shortcuts of the window want: they do nothing at all in Qt."""
    wide = {Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut}
    taken: dict[str, list[QShortcut]] = {}
    for shortcut in window.findChildren(QShortcut):
        holder = shortcut.parent()
        if shortcut.isEnabled() and isinstance(holder, QWidget) and holder.window() is window:
            taken.setdefault(shortcut.key().toString(), []).append(shortcut)
    return [
        key
        for key, all_of_it in taken.items()
        if len(all_of_it) > 1 and any(one.context() in wide for one in all_of_it)
    ]


def not_backed_out(stage: Stage, window: QWidget) -> list[str]:
    """Where Escape, pressed again and again, leads: out of a window, and in the main one to the question."""
    for _ in range(6):
        if not shiboken6.isValid(window) or not window.isVisible():
            return []
        stage.qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Escape)
        settle()
    if not isinstance(window, MainWindow):
        return ["Escape doesn't close it"] if shiboken6.isValid(window) and window.isVisible() else []
    at = window.focusWidget()
    is_back = window.conversation.composer.isAncestorOf(at) and not window.conversation.is_answering
    return [] if is_back else [f"Escape leads to {told(at)}"]


def test_tab_goes_everywhere_as_one_reads_no_key_means_two_things_and_escape_leads_out(stage: Stage) -> None:
    found = {}
    for screen, window in shown(stage):
        found[screen.name] = [
            *goes_back(window, is_mirrored=False), *not_reached(stage, window), *ambiguous(window),
            *not_backed_out(stage, window),
        ]  # fmt: skip
    assert not report(found), report(found)


def picture_of(window: QWidget, stop: QWidget) -> QImage:
    for area in window.findChildren(QScrollArea):
        if area.isAncestorOf(stop):
            area.ensureWidgetVisible(stop)  # as Tab does
    place = QRect(stop.mapTo(window, stop.rect().topLeft()), stop.size())
    return window.grab(place.adjusted(-RING, -RING, RING, RING)).toImage()


def unseen(stage: Stage, window: QWidget, looked_at: set[str]) -> list[str]:
    """What looks alike with the keyboard and without; kinds that were ``looked_at`` are not looked at again."""
    window.activateWindow()
    stage.wait(window.isActiveWindow)
    found = []
    for stop in stops_of(window):
        if not shiboken6.isValid(stop):
            continue  # what was made anew meanwhile: a chip for which there is other room
        kind = f"{type(stop).__name__} {stop.property('role')} {type(stop.parentWidget()).__name__}"
        elsewhere = next((other for other in stops_of(window) if other is not stop), None)
        if kind in looked_at or elsewhere is None:
            continue
        pictures: list[QImage] = []
        for one in (elsewhere, stop):
            one.setFocus(Qt.FocusReason.TabFocusReason)
            window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # as after a press of Tab
            settle()
            if not (shiboken6.isValid(stop) and shiboken6.isValid(elsewhere)):
                break
            pictures.append(picture_of(window, stop))
        if len(pictures) < 2:
            continue
        looked_at.add(kind)
        if pictures[0] == pictures[1]:
            found.append(f"{told(stop)} doesn't show that it has the keyboard")
    return found


@pytest.mark.usefixtures("right_to_left")
def test_what_has_the_keyboard_is_seen_and_from_right_to_left_the_order_is_mirrored(stage: Stage) -> None:
    looked_at: set[str] = set()
    found = {
        screen.name: goes_back(window, is_mirrored=True) + unseen(stage, window, looked_at)
        for screen, window in shown(stage)
    }
    assert len(looked_at) > 30
    assert not report(found), report(found)


# --- keys -----------------------------------------------------------------------------------------------------------


def every_key() -> dict[str, str]:
    return {name: value for name, value in vars(keys).items() if name.isupper() and isinstance(value, str)}


def test_each_key_is_listed_in_the_window_of_shortcuts(stage: Stage) -> None:
    dialog = ShortcutsDialog(stage.shell.theme)
    stage.qtbot.addWidget(dialog)
    listed = " · ".join(label.text() for label in dialog.findChildren(QLabel)).split(" · ")
    missing = [name for name, key in every_key().items() if key not in SAME_PRESS and keys.native(key) not in listed]
    assert missing == []


def test_each_key_is_one_that_there_is_also_on_a_mac() -> None:
    for name, key in every_key().items():
        sequence = QKeySequence(key)
        assert sequence.count() == 1, name
        assert sequence.toString(QKeySequence.SequenceFormat.PortableText) == key, name
        assert key not in MAC_S_OWN, name
        assert "Meta" not in key, name  # the Control key on a Mac, which belongs to its text fields


def test_only_the_keys_module_binds_keys_of_the_window() -> None:
    """What is bound as written text elsewhere would be listed nowhere."""
    desktop = Path(sys.modules["desktop"].__path__[0])
    for path in desktop.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert 'QKeySequence("' not in source, path.name
