"""Every screen that a person can meet, by name: each window, dialog and menu in each of its states.

A test that holds for all of them goes through ``SCREENS``; a window class that no screen shows fails one.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTranslator
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QLineEdit, QMainWindow, QMenu, QWidget
from pytestqt.qtbot import QtBot

import desktop.windows
from desktop.call import WINDOW, Call
from desktop.shell import Shell
from desktop.widgets.collection_list import CollectionList
from desktop.widgets.collection_section import CollectionSection
from desktop.widgets.details import Details
from desktop.widgets.document_list import DocumentList
from desktop.widgets.history import HistoryView
from desktop.widgets.mode_bar import Mode
from desktop.widgets.model_menu import ModelMenu
from desktop.widgets.password_bar import PasswordBar
from desktop.widgets.reader_strip import ReaderStrip
from desktop.widgets.setting_row import WrittenRow
from desktop.widgets.sort_button import SortButton
from desktop.widgets.undo_bar import UndoBar
from desktop.windows.about import AboutWindow
from desktop.windows.connections import ConnectionsWindow
from desktop.windows.health import HealthWindow
from desktop.windows.main import MainWindow
from desktop.windows.models import ModelsWindow
from desktop.windows.quick_ask import QuickAskWindow
from desktop.windows.settings import SettingsWindow
from desktop.windows.shortcuts import ShortcutsDialog
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import (
    Answered,
    Ask,
    DocumentFinding,
    DocumentState,
    Download,
    DownloadChanged,
    DownloadState,
    Failed,
    FindAll,
    FoundAll,
    ListSettings,
    Models,
    Search,
    Setting,
    Settings,
    SettingUnit,
    Timings,
    WatchedFolder,
)
from tests.desktop.windows.walking import MARK
from tests.fakes.plausible import ANSWER, LEDGER, NOTES, PASSAGES, STARTER, STUDY, document, half_of
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


# --- the main window ------------------------------------------------------------------------------------------------


def filled(stage: Stage) -> QWidget:
    window = stage.show_main()
    stage.wait(lambda: len(window.library.documents) == len(stage.worker.script.documents))
    return window


def answered(stage: Stage) -> QWidget:
    window = stage.show_main()
    window.conversation.ask(ANSWER.question)
    stage.wait(lambda: window.conversation.answers and window.conversation.answers[-1].answer is not None)
    return window


def refused(stage: Stage) -> QWidget:
    window = stage.show_main()
    stage.worker.script.handlers[Ask] = lambda _, link, request: link.send(Answered(request.id, REFUSED, 1, 1))
    window.conversation.ask("Who painted it?")
    stage.wait(lambda: window.conversation.answers and window.conversation.answers[-1].answer is not None)
    return window


def failed(stage: Stage) -> QWidget:
    window = stage.show_main()
    stage.worker.script.handlers[Ask] = lambda _, link, request: link.send(Failed(request.id, Problem("model_died")))
    window.conversation.ask("Why?")
    stage.wait(lambda: window.conversation.turns and window.conversation.turns[-1].outcome is not None)
    return window


def waiting(stage: Stage) -> QWidget:
    window = stage.show_main()
    stage.worker.script.handlers[Ask] = lambda *_: None
    window.conversation.ask("Why?")
    stage.wait(lambda: window.conversation.is_answering)
    return window


def found_everywhere(stage: Stage) -> QWidget:
    finding = DocumentFinding(PASSAGES[0].sha256, PASSAGES[0].document, PASSAGES[0].path, 0.9, PASSAGES[:2], ())
    stage.worker.script.handlers[FindAll] = lambda _, link, request: link.send(
        FoundAll(request.id, 2, 2, (finding,), (), (), (), 1.0, was_stopped=False)
    )
    window = stage.show_main()
    composer = window.conversation.composer
    composer.modes.choose(Mode.FIND_ALL)
    composer.asked.emit("crane")
    stage.wait(lambda: window.conversation.turns and window.conversation.turns[-1].outcome is not None)
    return window


def summarising(stage: Stage) -> QWidget:
    window = stage.show_main()
    window.conversation.composer.modes.choose(Mode.SUMMARISE)
    return window


def limited(stage: Stage) -> QWidget:
    window = stage.show_main()
    window.library.findChild(DocumentList).selectAll()  # type: ignore[union-attr]
    return window


def reading(stage: Stage) -> QWidget:
    window = answered(stage)
    assert isinstance(window, MainWindow)
    window.conversation.citation_opened.emit(ANSWER.citations[0], ANSWER.citations)
    stage.wait(lambda: window.reader.page is not None and window.reader.page.page == ANSWER.citations[0].page)
    return window


def reading_a_note(stage: Stage) -> QWidget:
    window = stage.show_main()
    window.library.document_opened.emit(NOTES)
    stage.wait(lambda: window.reader.page is not None and window.reader.page.name == NOTES.name)
    return window


def telling_details(stage: Stage) -> QWidget:
    window = answered(stage)
    part(window, Details).unfold(True)
    return window


def finding_words(stage: Stage) -> QWidget:
    window = reading(stage)
    assert isinstance(window, MainWindow)
    window.reader.find_words()
    stage.qtbot.keyClicks(window.focusWidget(), "crane")
    return window


def looking_through_pages(stage: Stage) -> QWidget:
    window = reading(stage)
    part(window, ReaderStrip).fold()
    return window


def watching_activities(stage: Stage) -> QWidget:
    window = stage.show_main()
    window.show_activities()
    return window


def naming_a_collection(stage: Stage) -> QWidget:
    window = stage.show_main()
    part(window, CollectionSection).ask_name(())
    return window


def searching_beside_the_outline(stage: Stage) -> QWidget:
    window = reading(stage)
    assert isinstance(window, MainWindow)
    window.reader.strip.fold()
    window.reader.strip.turn_to(1)
    window.reader.find_words()
    window.reader.find_bar.open("gust")
    stage.wait(lambda: window.reader.strip.outline.model().rowCount() and window.reader.find_bar.said)
    return window


def folded(stage: Stage) -> QWidget:
    window = reading(stage)
    window.resize(round(700 * stage.shell.theme.scale), 800)
    return window


def folded_library(stage: Stage) -> QWidget:
    window = stage.show_main(640, 700)
    window.search()
    return window


def looking_back(stage: Stage) -> QWidget:
    window = answered(stage)
    assert isinstance(window, MainWindow)
    window.search_conversations()
    history = window.conversation.findChild(HistoryView)
    assert history is not None
    listed = history.findChild(QAbstractItemView)
    assert listed is not None
    stage.wait(lambda: listed.model().rowCount())
    return window


def asked_for_a_password(stage: Stage) -> QWidget:
    window = stage.show_main()
    bar = window.library.findChild(PasswordBar)
    assert bar is not None
    bar.ask(LOCKED)
    return window


def in_trouble(stage: Stage) -> QWidget:
    window = stage.show_main()
    window.show_problem(Problem("worker_died"))
    window.library.add_paths(["/gone"])
    return window


def long_work(stage: Stage) -> QWidget:
    """What is under way, held, has failed and is done, in the list of it."""
    window = stage.show_main()
    reason = Problem("download_unreachable", {"model": "Phi-3.5-mini", "host": "huggingface.co"})
    for name, state, why in (
        ("Phi-4-mini", DownloadState.RUNNING, None),
        ("Phi-4", DownloadState.PAUSED, None),
        ("Phi-3.5-mini", DownloadState.FAILED, reason),
    ):
        download = Download(name, name, state, 800_000_000, 2_490_000_000, 9_000_000, "huggingface.co", why)
        stage.worker.tell(lambda number, download=download: DownloadChanged(number, download))  # type: ignore[misc]
    stage.wait(lambda: window.activities.activities.get("Phi-3.5-mini"))
    window.show_activities()
    return window


def collected(stage: Stage) -> QWidget:
    """A collection is open, another was deleted a moment ago, a third would have the name of the first."""
    library = stage.show_main().library
    while library.back_out():
        pass
    section, documents = library.findChild(CollectionSection), library.findChild(DocumentList)
    assert section is not None
    assert documents is not None
    stage.wait(lambda: section.list.shown)
    section.list.opened.emit("Cranes")
    stage.wait(lambda: documents.model().rowCount() == 2)
    section.list.delete_wanted.emit("Contracts")
    section.ask_name(())
    stage.qtbot.keyClicks(section.findChild(QLineEdit), "cranes")
    stage.qtbot.keyClick(section.findChild(QLineEdit), Qt.Key.Key_Return)
    stage.wait(lambda: library.findChild(UndoBar).isVisible())  # type: ignore[union-attr]
    return stage.main


def first_step(stage: Stage, number: int) -> QWidget:
    window = stage.show_main()
    window.first_steps_wanted.emit()
    steps = stage.shell.beginning.steps
    assert steps is not None
    steps.show_step(number)
    return window


# --- the other windows ----------------------------------------------------------------------------------------------


def of_class(stage: Stage, name: str) -> QWidget:
    """The window in sight whose class is ``name``."""

    def find() -> list[QWidget]:
        return [one for one in QApplication.topLevelWidgets() if type(one).__name__ == name and one.isVisible()]

    stage.wait(find)
    return find()[0]


def quick(stage: Stage) -> QWidget:
    popup = stage.shell.quick
    popup.appear()
    return popup


def quick_answered(stage: Stage) -> QWidget:
    popup = stage.shell.quick
    popup.appear()
    field = popup.focusWidget()
    assert field is not None
    stage.qtbot.keyClicks(field, "gust")
    stage.wait(lambda: stage.worker.asked(Search))
    stage.qtbot.keyClick(field, "\r")
    stage.wait(lambda: popup.answer is not None)
    return popup


def models(stage: Stage) -> QWidget:
    stage.worker.tell_download(half_of("phi-4"))
    stage.main.models.come_forward()
    stage.wait(lambda: stage.main.models.pane.cards)
    return stage.main.models


def health(stage: Stage) -> QWidget:
    stage.main.show_health()
    stage.wait(lambda: len(stage.main.health.pane.rows) == len(stage.main.library.documents))
    return stage.main.health


def settings(stage: Stage) -> QWidget:
    stage.shell.show_settings()
    window = of_class(stage, "SettingsWindow")
    stage.wait(lambda: window.findChildren(WrittenRow))
    return window


def about(stage: Stage) -> QWidget:
    window = AboutWindow(stage.shell.theme, stage.main)
    window.show()
    stage.wait(window.list.count)
    return window


def shortcuts(stage: Stage) -> QWidget:
    stage.main.show_shortcuts()
    return of_class(stage, "ShortcutsDialog")


def connections(stage: Stage) -> QWidget:
    window = ConnectionsWindow(stage.shell.theme, stage.client, stage.main)
    window.show()
    stage.wait(window.model.rowCount)
    return window


# --- menus ----------------------------------------------------------------------------------------------------------


def document_menu(stage: Stage) -> QWidget:
    window = stage.show_main()
    documents = window.library.findChild(DocumentList)
    assert documents is not None
    documents.setCurrentIndex(documents.model().index(0, 0))
    documents.customContextMenuRequested.emit(QPoint(20, 10))
    return stage.popup()


def collection_menu(stage: Stage) -> QWidget:
    listed = stage.show_main().library.findChild(CollectionList)
    assert listed is not None
    stage.wait(lambda: listed.shown)
    listed.customContextMenuRequested.emit(QPoint(20, 10))
    return stage.popup()


def sort_menu(stage: Stage) -> QWidget:
    button = stage.show_main().library.findChild(SortButton)
    assert button is not None
    button.click()
    return stage.popup()


def conversation_menu(stage: Stage) -> QWidget:
    window = looking_back(stage)
    listed = window.findChild(HistoryView).findChild(QAbstractItemView)  # type: ignore[union-attr]
    listed.customContextMenuRequested.emit(QPoint(20, 10))
    return stage.popup()


def model_menu(stage: Stage) -> QWidget:
    menu = ModelMenu(Models(0, (STARTER,)), stage.show_main())
    menu.popup(QPoint(10, 10))
    return stage.popup()


def tray_menu(stage: Stage) -> QWidget:
    stage.shell.tray.menu.popup(QPoint(10, 10))
    return stage.popup()


SCREENS = (
    Screen("filled", MainWindow, filled),
    Screen("answered", MainWindow, answered),
    Screen("refused", MainWindow, refused),
    Screen("failed", MainWindow, failed),
    Screen("waiting", MainWindow, waiting),
    Screen("found everywhere", MainWindow, found_everywhere),
    Screen("summarising", MainWindow, summarising),
    Screen("limited", MainWindow, limited),
    Screen("reading", MainWindow, reading),
    Screen("a note", MainWindow, reading_a_note),
    Screen("details", MainWindow, telling_details),
    Screen("finding words", MainWindow, finding_words),
    Screen("pages", MainWindow, looking_through_pages),
    Screen("activities", MainWindow, watching_activities),
    Screen("naming a collection", MainWindow, naming_a_collection),
    Screen("outline beside", MainWindow, searching_beside_the_outline),
    Screen("folded", MainWindow, folded),
    Screen("folded library", MainWindow, folded_library),
    Screen("history", MainWindow, looking_back),
    Screen("password", MainWindow, asked_for_a_password),
    Screen("in trouble", MainWindow, in_trouble),
    Screen("long work", MainWindow, long_work),
    Screen("collected", MainWindow, collected),
    *(Screen(f"first step {number}", MainWindow, functools.partial(first_step, number=number)) for number in range(3)),
    Screen("quick question", QuickAskWindow, quick),
    Screen("quick answer", QuickAskWindow, quick_answered),
    Screen("models", ModelsWindow, models),
    Screen("health", HealthWindow, health),
    Screen("settings", SettingsWindow, settings),
    Screen("about", AboutWindow, about),
    Screen("shortcuts", ShortcutsDialog, shortcuts),
    Screen("connections", ConnectionsWindow, connections),
    Screen("document menu", QMenu, document_menu),
    Screen("collection menu", QMenu, collection_menu),
    Screen("sort menu", QMenu, sort_menu),
    Screen("conversation menu", QMenu, conversation_menu),
    Screen("model menu", QMenu, model_menu),
    Screen("tray menu", QMenu, tray_menu),
)


def window_classes() -> set[type[QWidget]]:
    """Every class of desktop.windows that is a window of its own."""
    found: set[type[QWidget]] = set()
    for module in pkgutil.iter_modules(desktop.windows.__path__):
        for kind in vars(importlib.import_module(f"desktop.windows.{module.name}")).values():
            is_ours = isinstance(kind, type) and kind.__module__ == f"desktop.windows.{module.name}"
            if is_ours and issubclass(kind, QWidget):
                is_window = issubclass(kind, (QDialog, QMainWindow)) or kind.__name__.endswith("Window")
                found |= {kind} if is_window else set()
    return found - {base for kind in found for base in kind.__mro__[1:]}


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
