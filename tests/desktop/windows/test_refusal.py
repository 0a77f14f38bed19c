"""A data folder that can't be had: said before there is a window, tried again by a button, left at that by another."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.app import begin_in


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    handlers, former = list(logging.getLogger().handlers), qInstallMessageHandler(None)
    yield
    for handler in [one for one in logging.getLogger().handlers if one not in handlers]:
        logging.getLogger().removeHandler(handler)
        handler.close()
    qInstallMessageHandler(former)


def press(*words: str) -> None:
    """Press these buttons of the box, one after the other."""
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert box.text().startswith("Phial can’t write to")
    assert "Give yourself permission" in box.informativeText()
    for word in words:
        button = next(one for one in box.buttons() if one.text().replace("&", "") == word)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_begins_once_the_folder_can_be_had(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    in_the_way = tmp_path / "phial"
    in_the_way.write_text("a file")

    def make_room() -> None:
        in_the_way.unlink()
        press("Copy details", "Try now")

    QTimer.singleShot(0, make_room)
    instance = begin_in(in_the_way, qapp)
    assert instance is not None
    instance.deleteLater()
    assert "library_unwritable" in QGuiApplication.clipboard().text()
    assert (in_the_way / "logs").is_dir()


def test_who_closes_it_is_asked_no_more(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "phial").write_text("a file")
    QTimer.singleShot(0, lambda: press("Close"))
    assert begin_in(tmp_path / "phial", qapp) is None
