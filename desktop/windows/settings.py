"""The settings: how it looks, what it speaks, the shortcut, and how the worker works. Each applies at once."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.languages import OWN_NAMES
from desktop.operations import Operation
from desktop.panes.keeping import KeepingRow
from desktop.panes.settings_feed import SettingsFeed
from desktop.preferences import SYSTEM, Preferences
from desktop.quick_access import QuickAccess
from desktop.theme import Theme
from desktop.widgets.login_row import LoginRow
from desktop.widgets.notice import Notice
from desktop.widgets.setting_row import CheckRow, ChoiceRow, WrittenRow, setting_row, show_setting
from desktop.widgets.setting_section import SettingSection
from desktop.widgets.shortcut_row import ShortcutRow
from desktop.widgets.soft_breaks import breakable
from desktop.widgets.tray_row import TrayRow
from desktop.windows.about import AboutWindow
from desktop.windows.placement import first_size
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import Setting

ANSWERS = ("answer_length", "strictness", "answer_language", "first_word_s")
CONNECTIONS = ("model_mirrors",)
"""The worker's settings that stand in a section of their own; all others are of performance and battery."""

FIRST_SIZE = QSize(620, 680)
NARROWEST = 360
"""Device-independent pixels."""


class SettingsWindow(QDialog):
    """``language_chosen``: every window is to be made anew in the language that the preferences now name.

    ``connections_wanted``, ``first_steps_wanted``: what the main window shows of them. ``restored``: another library is
    here, and every window is to be made anew; what is to be said of it. ``tray_found``: there is one now.
    """

    language_chosen = Signal()
    connections_wanted = Signal()
    first_steps_wanted = Signal()
    restored = Signal(str)
    tray_found = Signal()

    def __init__(
        self,
        theme: Theme,
        client: WorkerClient,
        preferences: Preferences,
        access: QuickAccess,
        home: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._client = client
        self._preferences = preferences
        self._access = access
        self._home = home
        self._rows: dict[str, ChoiceRow | WrittenRow] = {}
        self._scroll = QScrollArea()
        self._stood: tuple[int, int, int] | None = None
        self._standing = QTimer(self, singleShot=True, interval=0)  # rows are shown a turn after they are added
        self._standing.timeout.connect(self._stand)
        self.setWindowTitle(self.tr("Settings"))
        self._feed = SettingsFeed(client, self)
        self._feed.changed.connect(self._show_settings)
        self._feed.failed.connect(self._show_failure)
        self._notice = Notice(theme)
        self._answers = SettingSection(theme, self.tr("ANSWERS"))
        self._performance = SettingSection(theme, self.tr("PERFORMANCE AND BATTERY"))
        self._connections = SettingSection(theme, self.tr("CONNECTIONS"))
        self._keeping = KeepingRow(theme, client, self._notice)
        self._keeping.restored.connect(self.restored)
        self._sections = self._make_sections()
        self._lay_out()
        self.setMinimumWidth(NARROWEST)
        self.resize(first_size(self, FIRST_SIZE, theme))
        self._feed.ask()

    def say_restored(self, said: str) -> None:
        """Say what is to be known of the library that is here now."""
        self._notice.say(self.tr("The backup was restored"), said)

    @property
    def awaited(self) -> Operation | None:
        """What the worker does for it that takes long."""
        return self._keeping.awaited

    def take_over(self, other: SettingsWindow) -> None:
        """Be where ``other`` is, which is to go: as large, scrolled as far, the keyboard at what had it there."""
        self._keeping.take_over(other._keeping)
        self.restoreGeometry(other.saveGeometry())
        self._stood = (*other._focused_stop(), other._scroll.verticalScrollBar().value())

    def showEvent(self, event: QShowEvent) -> None:
        """Stand where the one before stood."""
        super().showEvent(event)
        self._stand()

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _show_settings(self, settings: tuple[Setting, ...]) -> None:
        for setting in settings:
            if setting.setting not in self._rows:
                row = self._rows[setting.setting] = setting_row(self._theme, setting)
                row.changed.connect(partial(self._feed.change, setting.setting))
                self._section_of(setting.setting).add(row)
            show_setting(self._rows[setting.setting], setting)
        # In the order in which they stand, though some come after what is below them.
        chain = [stop for section in self._sections for stop in section.stops]
        for before, after in pairwise(chain):
            self.setTabOrder(before, after)
        self._standing.start()

    def _focused_stop(self) -> tuple[int, int]:
        """The number of the section that has the keyboard, and of the stop in it; the first where none has."""
        focus: QWidget | None = self.focusWidget()
        for number, section in enumerate(self._sections):
            for place, stop in enumerate(section.stops):
                if focus is not None and (stop is focus or stop.isAncestorOf(focus)):
                    return number, place
        return 0, 0

    def _stand(self) -> None:
        """Go where the one before stood, once that is there: what the worker tells comes a little later."""
        if self._stood is None or not self.isVisible():
            return
        number, place, down = self._stood
        section = self._sections[number]
        is_whole = bool(self._rows) or section not in {self._answers, self._performance, self._connections}
        if is_whole and place < len(section.stops):
            section.stops[place].setFocus(Qt.FocusReason.OtherFocusReason)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # how far it can be scrolled is known then
        bar = self._scroll.verticalScrollBar()
        bar.setValue(down)
        if self._rows or (is_whole and bar.value() == down):
            self._stood = None

    def _section_of(self, setting: str) -> SettingSection:
        if setting in ANSWERS:
            return self._answers
        return self._connections if setting in CONNECTIONS else self._performance

    def _show_failure(self, setting: str, problem: Problem) -> None:
        if setting in self._rows:
            self._rows[setting].show_problem(problem)
        else:
            self._notice.say_problem(problem)

    # --- what is chosen ---------------------------------------------------------------------------------------------

    def _choose_appearance(self, appearance: str) -> None:
        self._preferences.appearance = appearance
        self._theme.choose(appearance)

    def _choose_language(self, language: str) -> None:
        self._preferences.language = language
        self.language_chosen.emit()

    def _notify(self, notifies: bool) -> None:
        self._preferences.notifies = notifies

    def _show_about(self) -> None:
        dialog = AboutWindow(self._theme, self, client=self._client)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _show_first_steps(self) -> None:
        self.hide()
        self.first_steps_wanted.emit()

    # --- its parts --------------------------------------------------------------------------------------------------

    def _make_sections(self) -> tuple[SettingSection, ...]:
        looks = SettingSection(self._theme, self.tr("APPEARANCE"), self._make_appearance(), self._make_language())
        shortcut = ShortcutRow(self._theme, self._access, self.tr("Shortcut"))
        quick = SettingSection(self._theme, self.tr("QUICK QUESTION"), shortcut)
        starting = SettingSection(self._theme, self.tr("STARTING AND CLOSING"), *self._make_starting())
        self._connections.add_button(self.tr("Show every connection…"), self.connections_wanted.emit)
        folder = SettingSection(self._theme, self.tr("DATA FOLDER"))
        folder.add_words(breakable(str(self._home)), "muted", can_be_copied=True)
        folder.add_words(
            self.tr(
                "It holds the library, the models and these settings, and no document of yours. To have it elsewhere, "
                "quit Phial, move it, and start Phial with PHIAL_HOME set to its new place."
            )
        )
        folder.add_button(self.tr("Show in folder"), lambda: self._notice.show_folder(str(self._home)))
        folder.add_part(self._keeping, self._keeping.stops)
        about = SettingSection(self._theme, self.tr("ABOUT"))
        about.add_button(self.tr("About Phial, and licences…"), self._show_about)
        about.add_button(self.tr("Show the first steps again"), self._show_first_steps)
        return looks, quick, starting, self._answers, self._performance, self._connections, folder, about

    def _lay_out(self) -> None:
        space = self._theme.space
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(space(3), space(2), space(3), space(3))
        column.setSpacing(space(2.5))
        for section in self._sections:
            column.addWidget(section)
        column.addStretch()
        scroll = self._scroll
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.windowTitle())
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        layout.addWidget(self._notice)

    def _make_appearance(self) -> ChoiceRow:
        names = [(SYSTEM, self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))]
        row = ChoiceRow(self._theme, self.tr("Light or dark"), names)
        row.show_value(self._preferences.appearance)
        row.changed.connect(self._choose_appearance)
        return row

    def _make_language(self) -> ChoiceRow:
        names = [(SYSTEM, self.tr("As the system")), *OWN_NAMES.items()]
        row = ChoiceRow(self._theme, self.tr("Language"), names)
        row.show_value(self._preferences.language)
        row.changed.connect(self._choose_language)
        return row

    def _make_starting(self) -> tuple[CheckRow, ...]:
        start = LoginRow(self._theme, self.tr("Start with the computer"))
        tray = TrayRow(self._theme, self._preferences, self.tr("Stay in the tray when the window is closed"))
        tray.found.connect(self.tray_found)
        notices = CheckRow(self._theme, self.tr("Tell me when something long has ended and Phial is not in front"))
        notices.show_value(self._preferences.notifies)
        notices.toggled.connect(self._notify)
        return start, tray, notices
