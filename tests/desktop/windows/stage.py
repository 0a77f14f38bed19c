"""The whole program over a fake worker, brought to what a test looks at."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QTranslator
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.call import WINDOW, Call
from desktop.shell import Shell
from desktop.widgets.document_list import DocumentList
from desktop.widgets.mode_bar import Mode
from desktop.windows.main import MainWindow
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import (
    Ask,
    DocumentState,
    ListSettings,
    Setting,
    Settings,
    SettingUnit,
    Timings,
    WatchedFolder,
)
from tests.desktop.windows.walking import MARK
from tests.fakes.plausible import ANSWER, LEDGER, NOTES, STUDY, document
from tests.fakes.worker import FakeWorker

TALLEST = 1.25
"""How much higher a window may be for larger letters: screens are no higher than so."""

SETTINGS = (
    Setting(
        "reads_ahead", "on_mains", "on_mains", False, SettingUnit.WORD, ("always", "never", "on_mains"), 0, 0, "M."
    ),
    Setting("kv_disk_bytes", "1000000000", "2000000000", True, SettingUnit.BYTES, (), 0, 1e12, "How much disk.", "C."),
)
LOCKED = document("Locked.pdf", DocumentState.NEEDS_PASSWORD, reason=Problem("pdf_encrypted", {"path": "x"}))
UNDER_WAY = document("Tender.docx", DocumentState.READING, pages=40, read=10)
REFUSED = dataclasses.replace(
    ANSWER, refused=True, text="", sentences=(), citations=(), nearest=ANSWER.citations[:1],
    timings=Timings(0.04, 1.8, 6.2, 612, 0),
)  # fmt: skip


class PseudoLanguage(QTranslator):
    """Puts every string that passes through the translations between marks, and makes it half as long again."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """``source`` between marks; “%n” is the number."""
        said = source.replace("%Ln", str(n)).replace("%n", str(n))
        return f"{MARK}{said}{'~' * (len(source) // 3)}⟧"


@dataclasses.dataclass
class Stage:
    """The whole program over a fake worker."""

    qtbot: QtBot
    shell: Shell
    client: WorkerClient
    worker: FakeWorker

    @property
    def main(self) -> MainWindow:
        return self.shell.window

    def wait(self, until: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(until()))

    def show_main(self, width: int = 1360, height: int = 860) -> MainWindow:
        """The main window, alone in sight, with a new conversation and the reader closed."""
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and window is not self.main:
                window.close()
        self.worker.script.handlers.pop(Ask, None)
        self.main.uncover()
        self.main.activity_pane.put_away()
        scale = self.shell.theme.scale
        self.main.resize(round(width * scale), round(height * min(scale, TALLEST)))
        self.main.show()
        self.main.activateWindow()
        self.main.reader.closed.emit()
        self.main.reader.strip.hide()
        self.main.reader.find_bar.hide()
        self.main.conversation.new_conversation()
        self.main.conversation.composer.modes.choose(Mode.ASK)
        self.main.conversation.focus_composer()
        return self.main

    def popup(self) -> QMenu:
        self.wait(QApplication.activePopupWidget)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu


@dataclasses.dataclass(frozen=True)
class Screen:
    """``window`` is the class of what ``reach`` brings to sight."""

    name: str
    window: type[QWidget]
    reach: Callable[[Stage], QWidget]


Kind = TypeVar("Kind", bound=QWidget)


def part(window: QWidget, kind: type[Kind]) -> Kind:
    """The last of ``kind`` in ``window``."""
    found = window.findChildren(kind)
    assert found
    return found[-1]


Staging = Callable[[str], contextlib.AbstractContextManager[Stage]]
"""Is given a language."""


@contextlib.contextmanager
def on_stage(
    qtbot: QtBot, application: QApplication, home: Path, client: WorkerClient, worker: FakeWorker, language: str
) -> Iterator[Stage]:
    """The whole program in ``language``, with a library of some documents."""
    script = worker.script
    script.handlers[ListSettings] = lambda _, link, request: link.send(Settings(request.id, SETTINGS))
    script.ledger = LEDGER
    script.documents += [LOCKED, UNDER_WAY]
    script.collections = {"Cranes": {STUDY.key, NOTES.key}, "Contracts": set()}
    script.folders = [WatchedFolder("/home/ada/Notes", "watched", 3), WatchedFolder("/media/Backup", "away", 3)]
    shell = Shell(application, home, client, language)
    shell.preferences.appearance = "light"
    shell.preferences.store.setValue("window/has_begun", True)
    shell.theme.choose("light")
    shell.begin(Call(WINDOW))
    shell.window.resize(round(1360 * shell.theme.scale), 860)
    stage = Stage(qtbot, shell, client, worker)
    stage.wait(lambda: len(shell.window.library.documents) == len(script.documents))
    stage.wait(lambda: any(listed.isVisible() for listed in shell.window.findChildren(DocumentList)))
    try:
        yield stage
    finally:
        shell.end()
        for window in QApplication.topLevelWidgets():
            if window.parent() is None:  # else it goes with what it belongs to, as the list of a box does
                window.hide()
                window.deleteLater()
        shell.theme.deleteLater()
        shell.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
