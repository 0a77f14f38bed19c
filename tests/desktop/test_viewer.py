"""Opening at a page: the command by value, and the program itself where a desktop says which it is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from desktop.viewer import Viewer, command_for

PATH = Path("/home/ada/a study #1.pdf")


@pytest.mark.parametrize(
    ("viewer", "command"),
    [
        ("org.gnome.Evince.desktop\n", ["evince", "--page-index=7", str(PATH)]),
        ("okular.desktop", ["okular", "--page=7", str(PATH)]),
        ("org.kde.okular.desktop", ["okular", "--page=7", str(PATH)]),
        ("org.pwmt.zathura.desktop", ["zathura", "--page=7", str(PATH)]),
        ("firefox_firefox.desktop", ["firefox", "file:///home/ada/a study %231.pdf#page=7"]),
        ("google-chrome.desktop", ["google-chrome", "file:///home/ada/a study %231.pdf#page=7"]),
        ("some.other.Viewer.desktop", []),
        ("", []),
    ],
)
def test_a_known_program_is_told_the_page(viewer: str, command: list[str]) -> None:
    assert command_for(viewer, PATH, 7) == command


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the system was asked to open."""
    found: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(QUrl.toLocalFile(url)) or True)
    return found


def script(folder: Path, name: str, words: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{words}\n")
    (folder / name).chmod(0o755)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems name no page")
@pytest.mark.parametrize(("named", "is_at_page"), [("org.gnome.Evince.desktop", True), ("unknown.desktop", False)])
def test_the_persons_own_program_is_asked_for(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str], named: str, is_at_page: bool
) -> None:
    path, note = tmp_path / "study.pdf", tmp_path / "note"
    path.touch()
    script(tmp_path, "xdg-mime", f"echo {named}")
    script(tmp_path, "evince", f'echo "$@" > {note}')
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    Viewer().open(path, 1)
    assert opened == [str(path)], "at its beginning there is nothing to ask"
    viewer = Viewer()
    viewer.open(path, 3)
    if is_at_page:
        qtbot.waitUntil(lambda: note.exists() and note.read_text() == f"--page-index=3 {path}\n")
    else:
        qtbot.waitUntil(lambda: opened == [str(path)] * 2)


def test_a_file_that_nothing_opens_is_said(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    viewer = Viewer()
    with qtbot.waitSignal(viewer.failed):
        viewer.open(Path("/nowhere/a.txt"), 4)
