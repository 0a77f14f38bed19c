"""The real window with a person in it: asks, scrolls, opens what is cited, turns pages, looks around, all day long.

Started by window_soak.py in a process of its own, so that what is measured there is the window and little else. Nobody
waits inside: each step is done by a timer between two turns of the event loop, and a watchdog tells the longest turn
of each kind of doing.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import logging
import random
import sys
import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop import app, keys
from desktop.call import QUICK, Call
from desktop.preferences import Preferences
from desktop.shell import Shell
from desktop.widgets.evidence import EvidenceStrip
from desktop.widgets.following_scroll import FollowingScroll
from desktop.widgets.mode_bar import Mode
from desktop.widgets.question_edit import QuestionEdit
from tests.desktop.watchdog import LIMIT, Turn, Watchdog

PATIENCE = 90.0
"""Seconds that a person waits for an answer before pressing Esc."""

LOOK, KEY, GLANCE = 0.1, 0.03, 0.4
"""Seconds between two looks whether something came, between two keys, of a look at what has come."""

QUESTIONS = (
    "What is said about {word}?",
    "Which figures are given for {word}?",
    "Who is responsible for {word}?",
    "When did {word} change, and why?",
    "How does {word} compare with the year before?",
    "What are the risks of {word}?",
)
WORDS = (
    "revenue",
    "the engine",
    "the pilot",
    "patients",
    "the treatment",
    "the runway",
    "net income",
    "cash",
    "the dose",
)
LANGUAGES = ("fr", "it", "en")
SIZE = (1360, 860)

_log = logging.getLogger(__name__)

Kind = TypeVar("Kind", bound=QWidget)

Step = float | Callable[[], object]
"""Seconds to wait, or what is to come true (within PATIENCE)."""


@dataclasses.dataclass
class Report:
    """What is written down after every question. ``longest`` is by what the person was doing."""

    questions: int = 0
    answered: int = 0
    given_up: int = 0
    waited_in_vain: list[str] = dataclasses.field(default_factory=list)
    longest: dict[str, Turn] = dataclasses.field(default_factory=dict)
    over: int = 0
    """Kinds of doing, each time in which a turn took longer than the limit."""


class Person:
    """Lives in the windows of ``shell`` for ``minutes`` and asks ``questions``; writes ``told`` as they go on."""

    def __init__(self, shell: Shell, documents: Path, minutes: float, questions: int, told: Path) -> None:
        self._shell = shell
        self._documents = documents
        self._minutes = minutes
        self._questions = questions
        self._told = told
        self._source = random.Random(20261122)
        self._report = Report()
        self._doing = "starting"
        self._watchdog = Watchdog()
        self._watchdog.__enter__()
        self._steps = self._live()
        self._until: Callable[[], object] | None = None
        self._deadline = 0.0
        self._timer = QTimer(shell, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(1000)

    # --- how it goes on ---------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        if self._until is not None:
            if not self._until() and time.monotonic() < self._deadline:
                self._timer.start(round(LOOK * 1000))
                return
            if time.monotonic() >= self._deadline:
                self._report.waited_in_vain.append(self._doing)
            self._until = None
        try:
            step = next(self._steps)
        except Exception as error:
            if not isinstance(error, StopIteration):
                _log.exception("the person stopped while %s", self._doing)
            self._watchdog.__exit__(None, None, None)
            self._tell()
            self._shell.quit()
            return
        if callable(step):
            self._until, self._deadline = step, time.monotonic() + PATIENCE
            step = LOOK
        self._timer.start(max(1, round(step * 1000)))

    def _do(self, doing: str) -> None:
        """What was done until now ends, and ``doing`` begins."""
        longest = self._watchdog.begin_anew()
        self._report.over += longest.processor > LIMIT
        if longest.processor > self._report.longest.get(self._doing, Turn()).processor:
            self._report.longest[self._doing] = longest
        self._doing = doing

    def _tell(self) -> None:
        beside = self._told.with_suffix(".new")
        beside.write_text(json.dumps(dataclasses.asdict(self._report)), encoding="utf-8")
        beside.replace(self._told)

    # --- the day ----------------------------------------------------------------------------------------------------

    def _live(self) -> Generator[Step, None, None]:
        begun = time.monotonic()
        window = self._shell.window
        window.resize(*SIZE)
        yield GLANCE
        self._do("dropping documents")
        self._drop(sorted(self._documents.rglob("*.pdf")))
        yield lambda: any(one.state.is_settled for one in self._shell.window.library.documents)
        for number in range(self._questions):
            yield max(0.0, begun + number * self._minutes * 60 / self._questions - time.monotonic())
            yield from self._ask(number)
            for each, look in (
                (1, self._read_citation),
                (8, self._ask_quickly),
                (9, self._look_into_history),
                (10, self._look_at_windows),
                (25, self._change_looks),
                (50, self._change_language),
            ):
                if number % each == each - 1:
                    yield from look(number)
            if number % 12 == 11:
                self._press(keys.NEW_CONVERSATION)
            self._report.questions = number + 1
            self._tell()
        self._do("resting")
        yield max(0.0, begun + self._minutes * 60 - time.monotonic())
        self._do("")

    def _ask(self, number: int) -> Generator[Step, None, None]:
        conversation = self._shell.window.conversation
        modes = conversation.composer.modes
        self._do("typing")
        modes.choose(Mode.FIND_ALL if number % 15 == 13 else Mode.SUMMARISE if number % 30 == 29 else Mode.ASK)
        field = conversation.composer.findChild(QuestionEdit)
        assert field is not None
        yield from self._type(field, self._question())
        QTest.keyClick(field, Qt.Key.Key_Return)
        self._do("waiting for an answer")
        deadline = time.monotonic() + PATIENCE / 2
        yield lambda: not conversation.is_answering or time.monotonic() > deadline
        if conversation.is_answering:
            QTest.keyClick(field, Qt.Key.Key_Escape)
            self._report.given_up += 1
        else:
            self._report.answered += 1
        modes.choose(Mode.ASK)
        self._do("scrolling the conversation")
        bar = _seen(conversation, FollowingScroll).verticalScrollBar()
        for share in (0.8, 0.5, 0.2, 0.6, 1.0):
            bar.setValue(round(bar.maximum() * share))
            yield KEY

    def _read_citation(self, _: int) -> Generator[Step, None, None]:
        self._do("reading a page")
        window = self._shell.window
        strips = [one for one in window.conversation.findChildren(EvidenceStrip) if one.isVisible() and one.cards]
        if not strips:
            return
        QTest.mouseClick(strips[-1].cards[0], Qt.MouseButton.LeftButton)
        yield lambda: window.reader.page is not None
        yield GLANCE
        for key in (*[Qt.Key.Key_PageDown] * 6, *[Qt.Key.Key_PageUp] * 3):
            QTest.keyClick(window.reader.page_view, key)
            yield GLANCE
        QTest.keyClick(window.reader, Qt.Key.Key_Escape)
        yield GLANCE

    def _ask_quickly(self, _: int) -> Generator[Step, None, None]:
        self._do("asking quickly")
        self._shell.call(Call(QUICK))
        quick = self._shell.quick
        field = _seen(quick, QLineEdit)
        yield from self._type(field, self._question())
        yield 2 * GLANCE
        QTest.keyClick(field, Qt.Key.Key_Return)
        deadline = time.monotonic() + PATIENCE / 2
        yield lambda: quick.answer is not None or time.monotonic() > deadline
        QTest.keyClick(field, Qt.Key.Key_Escape)
        yield GLANCE

    def _look_into_history(self, _: int) -> Generator[Step, None, None]:
        self._do("opening an earlier conversation")
        conversation = self._shell.window.conversation
        conversation.focus_composer()
        self._press(keys.SEARCH_CONVERSATIONS)
        yield GLANCE
        conversation.show_history()
        field = _seen(conversation, QLineEdit)
        yield from self._type(field, "what")
        yield 2 * GLANCE
        QTest.keyClick(field, Qt.Key.Key_Return)
        yield 2 * GLANCE

    def _look_at_windows(self, number: int) -> Generator[Step, None, None]:
        for key in (keys.SETTINGS, keys.HEALTH, keys.MODELS, keys.SHORTCUTS):
            self._do(f"opening with {key}")
            self._press(key)
            yield 3 * GLANCE
            self._close_others()
            yield GLANCE
        self._do("making the window narrow and wide")
        for width in (1100, 900, 640, 960, 1360):
            self._shell.window.resize(width, 860 - number % 3)
            yield GLANCE
        self._do("searching documents")
        self._press(keys.SEARCH_DOCUMENTS)
        self._shell.window.search()
        field = _seen(self._shell.window.library, QLineEdit)
        yield from self._type(field, "report")
        QTest.keyClick(field, Qt.Key.Key_Escape)
        yield GLANCE

    def _change_looks(self, number: int) -> Generator[Step, None, None]:
        self._do("light and dark")
        self._shell.preferences.appearance = "dark" if number % 50 == 24 else "light"
        self._shell.theme.choose(self._shell.preferences.appearance)
        yield GLANCE

    def _change_language(self, number: int) -> Generator[Step, None, None]:
        self._do("another language")
        self._shell.preferences.language = LANGUAGES[number // 50 % len(LANGUAGES)]
        self._shell.change_language()
        self._shell.window.resize(*SIZE)  # a new window keeps within the screen, and that without one is small
        yield 2 * GLANCE
        self._close_others()
        yield GLANCE

    # --- what hands do ----------------------------------------------------------------------------------------------

    def _question(self) -> str:
        return self._source.choice(QUESTIONS).format(word=self._source.choice(WORDS))

    def _type(self, field: QWidget, words: str) -> Generator[Step, None, None]:
        for letter in words:
            QTest.keyClicks(field, letter)
            yield KEY

    def _press(self, key: str) -> None:
        self._shell.window.activateWindow()
        QTest.keySequence(self._shell.window, QKeySequence(key))

    def _close_others(self) -> None:
        for one in QApplication.topLevelWidgets():
            if one.isVisible() and one is not self._shell.window and one.isWindow():
                one.close()

    def _drop(self, paths: Sequence[Path]) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        window = self._shell.window
        QApplication.sendEvent(window, QDragEnterEvent(QPoint(9, 9), action, data, left, none))
        QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), action, data, left, none))


def _seen(inside: QWidget, kind: type[Kind]) -> Kind:
    """The first of its kind that is in sight."""
    return next(one for one in inside.findChildren(kind) if one.isVisible())


def main() -> int:
    """Open the window as the program does, with a person in it, until the day is over."""
    parser = argparse.ArgumentParser(description="A window with a person in it.")
    parser.add_argument("home", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("told", type=Path)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--questions", type=int, required=True)
    options = parser.parse_args()
    people: list[Person] = []

    class InhabitedShell(Shell):
        def begin(self, call: Call) -> None:
            super().begin(call)
            people.append(Person(self, options.documents, options.minutes, options.questions, options.told))

    preferences = Preferences(options.home)
    preferences.has_begun, preferences.language, preferences.appearance = True, "en", "light"
    vars(app)["Shell"] = InhabitedShell  # the program is put together as ever, with these windows
    return app.open_window(options.home, "en", Call())


if __name__ == "__main__":
    sys.exit(main())
