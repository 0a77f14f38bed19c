"""The program whose pictures are taken: its windows over a fresh library, and what it takes to have them hold still.

A *scene* brings the program to what is to be seen and yields a `Shot` of it, or several; what it opened it puts away
after the last.
"""

from __future__ import annotations

import dataclasses
import enum
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

from picture_files import APPEARANCES, Box, Variant, keep
from PIL import Image, ImageQt
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QCursor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.call import Call
from desktop.shell import Shell
from desktop.widgets.document_model import is_under_way
from desktop.windows.main import MainWindow
from desktop.windows.pane_splitter import PaneSplitter
from desktop.windows.placement import FIRST_WIDTHS
from desktop.windows.settings import SettingsWindow
from desktop.worker_client import WorkerClient
from engine.paths import make_private_folder

SIZE = (1360, 860)
PATIENCE = 240.0
"""Seconds for each thing that is waited for; a first answer loads the embedder and the model."""

REST = 0.25
"""Seconds for a window to lay itself out and to be painted."""

_VARIES = re.compile(r"\d[\d.,]*\s?(s|tokens/s|jetons/s|token/s|GB|Go|MB|Mo|min|h)\b|\d:\d\d")
"""A figure that another run, or another computer, gives otherwise."""


class Stage(enum.IntEnum):
    """What is in the library when a scene is taken."""

    EMPTY = 0
    READING = 1
    READY = 2
    BUSY = 3
    CROWDED = 4
    WITHOUT_MODEL = 5


@dataclasses.dataclass(frozen=True)
class Shot:
    """The picture ``name`` of ``widget``; what lies over it (a menu) is on it where ``has_popup``.

    ``varying``: parts that no run has as another had them.
    """

    name: str
    widget: QWidget
    varying: Sequence[QWidget] = ()
    has_popup: bool = False


@dataclasses.dataclass(frozen=True)
class Scene:
    """``play`` yields the shots called ``names``, at ``stage``."""

    names: tuple[str, ...]
    stage: Stage
    play: Callable[[Studio], Iterator[Shot]]


class NotThere(Exception):
    """What was waited for did not come."""


class Studio:
    """The program at one scale, which speaks one language after the other."""

    def __init__(self, folder: Path, scale: int, appearances: Sequence[str] = APPEARANCES) -> None:
        """``folder`` is for the library and for the documents that it is given."""
        self.folder, self.scale, self.appearances = folder, scale, appearances
        self.home = make_private_folder(folder / "home")
        self.application = QApplication(sys.argv[:1])
        self.application.setApplicationDisplayName("Phial")
        self.application.setCursorFlashTime(0)  # it stands, wherever it is
        self.client = WorkerClient(self.home, self.application)
        self.language = "en"
        self.shell = Shell(self.application, self.home, self.client, self.language)
        self.window.resize(*SIZE)
        self.shell.preferences.has_begun = True  # a scene of its own shows the first steps
        self.shell.begin(Call())
        self.client.start()
        QCursor.setPos(QPoint(0, self.window.screen().size().height() - 1))  # it points at nothing
        self.taken: set[str] = set()
        self.mishaps: list[str] = []
        sys.excepthook = self._note

    def _note(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What failed inside of the program while it was called by Qt, which goes on."""
        sys.__excepthook__(kind, error, trace)
        self.mishaps.append(f"{kind.__name__}: {error}")

    @property
    def window(self) -> MainWindow:
        """The main window of now: another language has another."""
        return self.shell.window

    def speak(self, language: str) -> None:
        """Change the language in the program, as the settings do."""
        if language != self.language:
            self.language = language
            self.shell.preferences.language = language
            self.renew()

    def renew(self) -> None:
        """Have every window made anew, as another language has it."""
        count = len(self.window.library.documents)
        self.shell.change_language()
        self.rest()
        for settings in self.window.findChildren(SettingsWindow):
            settings.close()
        self.wait(lambda: len(self.window.library.documents) == count, "the documents")
        self.show_main()

    def show_main(self) -> None:
        """Have the main window as it is for most scenes, and as wide as it is at first."""
        self.show_wide(*SIZE, FIRST_WIDTHS)

    def show_wide(self, width: int, height: int, widths: Sequence[int]) -> None:
        """Have the main window in this size, with panes of these ``widths``."""
        self.window.resize(width, height)
        self.rest()
        panes = self.window.findChild(PaneSplitter)
        assert panes is not None
        panes.setSizes(widths)
        self.rest()

    def wait(self, until: Callable[[], object], what: str) -> None:
        """Let the program live until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > deadline:
                raise NotThere(f"waited {PATIENCE:.0f} s in vain for {what}")
            self.application.processEvents()
            time.sleep(0.01)

    def rest(self, seconds: float = REST) -> None:
        """Let the program live for so long."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > end, "a rest")

    def add(self, paths: Sequence[Path]) -> None:
        """Take ``paths`` into the library, and wait until each can be asked or is known to be none."""
        window = self.window
        known = len(window.library.documents)
        window.library.add_paths(map(str, paths))
        count = sum(len(list(path.iterdir())) if path.is_dir() else 1 for path in paths)
        self.wait(lambda: len(window.library.documents) >= known + count, f"{count} documents")
        self.settle()

    def settle(self) -> None:
        """Wait until no document is being read."""
        self.wait(lambda: self.window.library.documents, "the documents")
        self.wait(lambda: not any(map(is_under_way, self.window.library.documents)), "what is being read")

    def opened_by(self, act: Callable[[], object], what: str) -> QWidget:
        """The window that ``act`` brings."""
        before = set(self._windows())
        act()
        self.wait(lambda: set(self._windows()) - before, what)
        return (set(self._windows()) - before).pop()

    def _windows(self) -> list[QWidget]:
        return [one for one in QApplication.topLevelWidgets() if one.isVisible()]

    def take(self, shot: Shot) -> None:
        """Write the pictures of ``shot`` in every appearance."""
        # The theme in force first: a change of it paints everything anew.
        for appearance in sorted(self.appearances, key=lambda one: one != self.shell.theme.choice):
            if self.shell.theme.choice != appearance:
                self.shell.theme.choose(appearance)
            self.rest()
            path = Variant(self.language, self.scale, appearance).path(shot.name)
            if keep(_picture_of(shot), path, self.scale, _varying_of(shot)):
                print(os.path.relpath(path), flush=True)
        self.taken.add(shot.name)


def _picture_of(shot: Shot) -> Image.Image:
    if shot.has_popup:
        place = QRect(shot.widget.mapToGlobal(QPoint(0, 0)), shot.widget.size())
        seen = shot.widget.screen().grabWindow(0, place.x(), place.y(), place.width(), place.height())
    else:
        seen = shot.widget.grab()
    # What a popup's round corners leave free is white, as the page is that shows the picture.
    ground = QPixmap(seen.size())
    ground.fill(Qt.GlobalColor.white)
    seen.setDevicePixelRatio(1.0)
    painter = QPainter(ground)
    painter.drawPixmap(0, 0, seen)
    painter.end()
    picture: Image.Image = ImageQt.fromqpixmap(ground)
    return picture


def _varying_of(shot: Shot) -> Iterator[Box]:
    """Where the figures of this run stand in the picture."""
    labels = (one for one in shot.widget.findChildren(QLabel) if one.isVisible() and _VARIES.search(one.text()))
    ratio = shot.widget.devicePixelRatioF()
    for one in (*labels, *shot.varying):
        corner = one.mapTo(shot.widget, QPoint(0, 0))
        edges = (corner.x(), corner.y(), corner.x() + one.width(), corner.y() + one.height())
        left, top, right, bottom = (round(edge * ratio) for edge in edges)
        yield left, top, right, bottom
