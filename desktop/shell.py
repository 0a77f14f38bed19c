"""The windows of the program and what they say to each other; made anew when the person changes the language."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop.call import BACKGROUND, OPEN, QUICK, QUIT, Call
from desktop.hotkey import make_hotkey
from desktop.languages import speak
from desktop.notifications import Notifier, make_desktop_notices
from desktop.preferences import SYSTEM, Preferences
from desktop.quick_access import QuickAccess
from desktop.taskbar import make_taskbar
from desktop.theme import Theme
from desktop.tray import Tray
from desktop.windows.beginning import Beginning
from desktop.windows.main import MainWindow
from desktop.windows.quick_ask import QuickAskWindow
from desktop.windows.settings import SettingsWindow
from desktop.windows.taking_over import take_over
from desktop.worker_client import WorkerClient
from rag.errors import Problem


class Shell(QObject):
    """The main window, the quick question, the tray, the shortcut, the settings; ``renewed`` once they are others."""

    renewed = Signal()

    def __init__(self, application: QApplication, home: Path, client: WorkerClient, system_language: str) -> None:
        """``system_language`` is spoken where the person prefers none."""
        super().__init__(application)
        self._application = application
        self._home = home
        self._client = client
        self._system_language = system_language
        self.preferences = Preferences(home)
        speak(application, self._language)
        self.theme = Theme(application, self.preferences.appearance)
        application.setWindowIcon(self.theme.icon("phial", "teal"))
        self.access = QuickAccess(make_hotkey(self), self.preferences.store, self)
        self._settings: SettingsWindow | None = None
        self._is_quitting = False
        self._taskbar = make_taskbar(self)
        self._desktop_notices = make_desktop_notices(self)
        self._make(None)
        self.access.wanted.connect(self._toggle_quick)
        self.access.moved.connect(self.show_problem)

    @property
    def _language(self) -> str:
        chosen = self.preferences.language
        return self._system_language if chosen == SYSTEM else chosen

    def begin(self, call: Call) -> None:
        """Show what was asked for when the program was started."""
        self.tray.appear()
        is_quiet = call.wanted == BACKGROUND and self.preferences.has_begun
        if not is_quiet:
            self.window.show()
        elif not self.tray.is_there:  # never beyond reach
            self.window.showMinimized()
        self.access.begin()
        if not self.preferences.has_begun:
            self.beginning.begin()
        if call.wanted in {QUICK, OPEN}:
            self.call(call)

    def call(self, call: Call) -> None:
        """Do what another start, or the system, asks for."""
        if call.wanted == QUIT:  # an installer's, before it puts another version in the place of this one
            self.keep_state()
            self.quit()
            return
        if call.activation:  # where Qt looks for the desktop's leave to come to the front
            os.environ["XDG_ACTIVATION_TOKEN"] = call.activation
        if call.wanted == QUICK:
            self.quick.appear()
        elif call.wanted != BACKGROUND:
            self.window.come_forward()
        if call.wanted == OPEN:
            self.window.take_opened(call.paths)

    def keep_state(self) -> None:
        """The session, or the program, may end: write down how everything stands."""
        self.window.keep_state()

    def quit(self) -> None:
        """End, whatever closing the window means otherwise; what is under way goes on with the next start."""
        self._is_quitting = True
        self._application.quit()

    def end(self) -> None:
        """The program ends."""
        self.access.end()
        self.tray.leave()

    def show_problem(self, problem: Problem) -> None:
        """Say that something of Phial itself is not well."""
        self.window.show_problem(problem)

    def show_settings(self) -> None:
        """Show the settings."""
        self.tray.appear()  # in one that has come up since: they say that there is one
        settings = self._have_settings()
        settings.show()
        settings.raise_()
        settings.activateWindow()

    def _have_settings(self) -> SettingsWindow:
        if self._settings is None:
            self._settings = SettingsWindow(
                self.theme, self._client, self.preferences, self.access, self._home, self.window
            )
            # Once the box that was chosen from has done with the choice: it goes with its window.
            self._settings.language_chosen.connect(lambda: QTimer.singleShot(0, self.change_language))
            self._settings.restored.connect(lambda said: QTimer.singleShot(0, lambda: self._show_restored(said)))
            self._settings.connections_wanted.connect(self.window.show_connections)
            self._settings.first_steps_wanted.connect(self.beginning.begin)
            self._settings.tray_found.connect(self.tray.appear)
        return self._settings

    def change_language(self, *, takes_over: bool = True) -> None:
        """Speak what the preferences name: every window is made anew, and shows what it showed.

        Not so where another library is here: ``takes_over`` is false then.
        """
        window, quick, settings = self.window, self.quick, self._settings
        beginning, notifier, asked = self.beginning, self.notifier, self._client.under_way
        undo = self.window.library.feed.undo
        if takes_over:
            undo.settle()  # before the new windows ask what there is
        else:
            undo.drop()  # it was taken from the library that was here, and the same may stand in this one
        speak(self._application, self._language)
        self._settings = None
        self._make(self.tray)
        if not takes_over:
            self.window.restoreGeometry(window.saveGeometry())
        else:
            take_over(self.window, window)
            self.quick.take_over(quick)
            self.notifier.take_over(notifier)
        self.beginning.take_over(beginning)
        self.window.setVisible(window.isVisible())
        self.tray.appear()
        backup = None
        if settings is not None:  # closed, they may still wait for what was begun in them
            self._have_settings().take_over(settings)
            backup = self._have_settings().awaited
            if settings.isVisible():
                self.show_settings()
        notifier.deleteLater()
        for one in (settings, quick, window):
            if one is not None:
                one.hide()
                one.deleteLater()
        window.library.feed.end()
        activities, conversation, feed = self.window.activities, self.window.conversation, self.window.library.feed
        awaited = (*activities.operations, *conversation.awaited, *feed.giving, backup)
        for operation in asked:
            if operation not in awaited:
                operation.abandon()  # the windows that asked are gone; the new ones have asked for themselves
        self.renewed.emit()

    def _show_restored(self, said: str) -> None:
        """Another library is here, with the preferences beside it: nothing that the windows show is of it."""
        self.preferences.read_again()
        self.theme.choose(self.preferences.appearance)
        self.change_language(takes_over=False)
        self.access.begin_anew()
        self.show_settings()
        if self._settings is not None:
            self._settings.say_restored(said)

    def _show_in_taskbar(self) -> None:
        self._taskbar.show_activities(self.window.activities.activities, self.window)

    def _tell_it_goes_on(self) -> None:
        """The window was closed with work under way: say once that it goes on, and where."""
        under_way = self.window.activities.activities.under_way
        if under_way and not self.preferences.knows_of_tray:
            self.preferences.knows_of_tray = True
            said = self.tr("Closing the window leaves Phial in the tray, and what is under way goes on.")
            self.tray.notices.show(self.tr("Phial goes on"), said, "")

    def _stays_open(self) -> bool:
        self.tray.appear()  # in one that has come up since
        return self.preferences.stays_in_tray and self.tray.is_there and not self._is_quitting

    def _toggle_quick(self) -> None:
        if not self.beginning.take_press():
            self.quick.toggle()

    def _note_begun(self) -> None:
        self.preferences.has_begun = True

    def _make(self, former: Tray | None) -> None:
        """Have windows, and a tray at the icon of the ``former`` one."""
        self.window = MainWindow(self.theme, self._client, self.preferences.store)
        self.window.settings_wanted.connect(self.show_settings)
        self.beginning = Beginning(self.theme, self._client, self.access, self.window)
        self.beginning.ended.connect(self._note_begun)
        self.quick = QuickAskWindow(self.theme, self._client)
        self.quick.page_wanted.connect(self.window.show_page)
        self.quick.continue_wanted.connect(self.window.go_on_with)
        self.tray = Tray(self.theme, self.window.library.feed, self.window.activities, self, former)
        self.notifier = Notifier(self.window.activities, self.preferences, self.tray, self._desktop_notices, self)
        self.notifier.opened.connect(self.window.show_outcome)
        self.tray.activities_wanted.connect(self.window.show_activities)
        self.window.trouble_changed.connect(self.tray.show_trouble)
        self.window.activities.changed.connect(self._show_in_taskbar)
        self.window.went_away.connect(self._tell_it_goes_on)
        self.tray.window_wanted.connect(self.window.come_forward)
        self.tray.quick_wanted.connect(self.quick.appear)
        self.tray.settings_wanted.connect(self.show_settings)
        self.tray.quit_wanted.connect(self.quit)
        self.window.closed.connect(self._application.quit)
        self.window.stays_open = self._stays_open
