"""About: what is shipped is listed without holding the window up, and its licence is shown, copied and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.notice import Notice
from desktop.windows.about import AboutWindow


@pytest.fixture
def about(qtbot: QtBot, theme: Theme) -> AboutWindow:
    window = AboutWindow(theme)
    qtbot.addWidget(window)
    window.show()
    assert window.list.count() == 0
    qtbot.waitSignal(window.listed).wait()
    return window


def shown(window: AboutWindow) -> list[str]:
    items = [window.list.item(row) for row in range(window.list.count())]
    return [item.text() for item in items if not item.isHidden()]


def press(qtbot: QtBot, window: AboutWindow, words: str) -> None:
    button = next(one for one in window.findChildren(QPushButton) if one.text() == words)
    qtbot.waitUntil(button.isEnabled)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_licence_of_each_part_is_shown(qtbot: QtBot, about: AboutWindow) -> None:
    names = shown(about)
    about.list.setCurrentRow(next(row for row, name in enumerate(names) if name.startswith("numpy ")))
    qtbot.waitUntil(lambda: "BSD" in about.text.toPlainText())
    about.list.setCurrentRow(names.index("Qt"))
    qtbot.waitUntil(lambda: "GNU LESSER GENERAL PUBLIC LICENSE" in about.text.toPlainText())


def test_parts_are_found_by_their_name_and_by_their_licence(qtbot: QtBot, about: AboutWindow) -> None:
    qtbot.keyClicks(about.search, "numpy")
    assert [name.split()[0] for name in shown(about)] == ["numpy"]
    qtbot.waitUntil(lambda: about.text.toPlainText().startswith("numpy"))
    about.search.clear()
    qtbot.keyClicks(about.search, "lgpl qt")
    assert "Qt" in shown(about)
    assert not any(name.startswith("numpy") for name in shown(about))
    qtbot.keyClicks(about.search, "nothing of the kind")
    assert shown(about) == []
    assert about.text.toPlainText() == ""


def test_one_licence_is_copied(qtbot: QtBot, about: AboutWindow) -> None:
    qtbot.keyClicks(about.search, "phial")
    qtbot.waitUntil(lambda: about.text.toPlainText().startswith("phial"))
    press(qtbot, about, "Copy this licence")
    assert "Permission is hereby granted" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize("is_writable", [True, False])
def test_all_licences_are_kept_in_a_file(
    qtbot: QtBot, about: AboutWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_writable: bool
) -> None:
    path = tmp_path / ("all.txt" if is_writable else "nowhere/all.txt")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    press(qtbot, about, "Save all licences…")
    notice = about.findChild(Notice)
    assert notice is not None
    qtbot.waitUntil(notice.isVisible)
    assert path.exists() is is_writable
    if is_writable:
        text = path.read_text(encoding="utf-8")
        assert all(word in text for word in ("numpy", "PDFium", "SmolLM2", "GNU GENERAL PUBLIC LICENSE"))
