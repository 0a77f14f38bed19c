"""Every screen that a person can meet, by name: each window, dialog and menu in each of its states.

A test that holds for all of them goes through ``SCREENS``; a window class that no screen shows fails one.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QMainWindow, QMenu, QWidget

import desktop.windows
from desktop.widgets.collection_list import CollectionList
from desktop.widgets.document_list import DocumentList
from desktop.widgets.history import HistoryView
from desktop.widgets.model_menu import ModelMenu
from desktop.widgets.setting_row import WrittenRow
from desktop.widgets.sort_button import SortButton
from desktop.windows.about import AboutWindow
from desktop.windows.connections import ConnectionsWindow
from desktop.windows.health import HealthWindow
from desktop.windows.main import MainWindow
from desktop.windows.models import ModelsWindow
from desktop.windows.quick_ask import QuickAskWindow
from desktop.windows.settings import SettingsWindow
from desktop.windows.shortcuts import ShortcutsDialog
from rag.protocol import (
    Models,
    Search,
)
from tests.desktop.windows.screens_of_main import (
    answered,
    asked_for_a_password,
    collected,
    failed,
    filled,
    finding_words,
    first_step,
    folded,
    folded_library,
    found_everywhere,
    in_trouble,
    limited,
    long_work,
    looking_back,
    looking_through_pages,
    naming_a_collection,
    reading,
    reading_a_note,
    refused,
    searching_beside_the_outline,
    summarising,
    telling_details,
    waiting,
    watching_activities,
)
from tests.desktop.windows.stage import Screen, Stage
from tests.fakes.plausible import STARTER, half_of

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
    window = AboutWindow(stage.shell.theme, stage.main, client=stage.client)
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
