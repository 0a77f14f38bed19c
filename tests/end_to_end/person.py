"""A person at the real windows: drops, types, clicks on what is in sight, and looks at what comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from desktop.call import Call
from desktop.garbage import GarbageCollector
from desktop.preferences import Preferences
from desktop.shell import Shell
from desktop.widgets.answer import AnswerText
from desktop.widgets.journey import Journey
from desktop.widgets.question_edit import QuestionEdit
from desktop.widgets.turn import TurnView
from desktop.windows.main import MainWindow
from desktop.worker_client import WorkerClient
from engine.paths import make_private_folder

PATIENCE = 60.0
"""Seconds, where something does not come at all."""

Kind = TypeVar("Kind", bound=QWidget)


class Person:
    """Works with the program whose windows are ``shell``'s."""

    def __init__(self, shell: Shell, client: WorkerClient, home: Path) -> None:
        self.shell, self.client, self.home = shell, client, home

    @property
    def window(self) -> MainWindow:
        return self.shell.window

    def wait(self, until: Callable[[], object], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < deadline, what
            QApplication.processEvents()
            time.sleep(0.005)

    def find(self, kind: type[Kind], inside: QWidget | None = None) -> Kind:
        """The first of its kind in sight, once there is one."""
        there: list[Kind] = []

        def look() -> bool:
            there[:] = [one for one in (inside or self.window).findChildren(kind) if one.isVisible()]
            return bool(there)

        self.wait(look, kind.__name__)
        return there[0]

    def button(self, words: str, inside: QWidget | None = None) -> QAbstractButton:
        """The button in sight that says ``words``, or is called so where it is an icon."""
        buttons = [one for one in (inside or self.window).findChildren(QAbstractButton) if one.isVisible()]
        return next(one for one in buttons if words in {one.text(), one.accessibleName()})

    def click(self, words: str, inside: QWidget | None = None) -> None:
        QTest.mouseClick(self.button(words, inside), Qt.MouseButton.LeftButton)

    def said(self, inside: QWidget | None = None) -> str:
        """All that labels in sight say."""
        return " ".join(one.text() for one in (inside or self.window).findChildren(QLabel) if one.isVisible())

    def drop(self, paths: Sequence[Path]) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.window, QDragEnterEvent(QPoint(9, 9), action, data, left, none))
        QApplication.sendEvent(self.window, QDropEvent(QPointF(9, 9), action, data, left, none))

    # --- the conversation -------------------------------------------------------------------------------------------

    def write(self, words: str) -> None:
        """Type ``words`` where questions are written, and press Enter."""
        field = self.window.conversation.composer.findChild(QuestionEdit)
        assert field is not None
        QTest.keyClicks(field, words)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def begin_anew(self) -> None:
        QTest.keyClick(self.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    def last(self) -> Journey:
        """What was asked last."""
        return self.window.conversation.turns[-1]

    def answer(self, question: str) -> TurnView:
        """Ask, and wait for the answer."""
        self.write(question)
        turn = self.window.conversation.answers[-1]
        assert turn.question == question
        self.wait(lambda: turn.answer is not None and not self.window.conversation.is_answering, question)
        return turn

    def click_chip(self, turn: QWidget, number: int) -> None:
        """Click the chip of citation ``number``."""
        text = self.find(AnswerText, turn)
        cursor = QTextCursor(text.document())
        while cursor.charFormat().anchorHref() != f"#{number}":
            assert cursor.movePosition(QTextCursor.MoveOperation.NextCharacter), f"no chip {number}"
        place = text.cursorRect(cursor).center()
        QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x() - 2, place.y()))


@contextmanager
def begun(application: QApplication, home: Path, *, greets: bool = False) -> Iterator[Person]:
    """The program over the library in ``home``, in English and light, whether a worker can be had or not.

    ``greets``: the first steps are shown where it is the first start.
    """
    make_private_folder(home)
    preferences = Preferences(home)
    preferences.appearance, preferences.language = "light", "en"
    if not greets:
        preferences.has_begun = True
    garbage = GarbageCollector(application)
    client = WorkerClient(home, application)
    shell = Shell(application, home, client, "en")
    shell.begin(Call())
    client.start()
    try:
        yield Person(shell, client, home)
    finally:
        shell.end()
        client.close()
        for window in QApplication.topLevelWidgets():
            if window.parent() is None:  # else it goes with what it belongs to
                window.hide()
                window.deleteLater()
        shell.deleteLater()
        client.deleteLater()
        garbage.end()
        garbage.deleteLater()
        QApplication.processEvents()


@contextmanager
def opened(application: QApplication, home: Path) -> Iterator[Person]:
    """The same with its worker there and the first steps left, until it is closed."""
    with begun(application, home, greets=True) as person:
        person.wait(lambda: person.client.is_connected, "the worker")
        if not person.shell.preferences.has_begun:
            person.click("Skip these steps")
        yield person
