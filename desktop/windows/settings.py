"""The settings: how it looks, what it speaks, the shortcut, and how the worker works. Each applies at once."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.languages import OWN_NAMES
from desktop.panes.settings_feed import SettingsFeed
from desktop.preferences import SYSTEM, Preferences
from desktop.quick_access import QuickAccess
from desktop.theme import Theme
from desktop.widgets.buttons import Button
from desktop.widgets.login_row import LoginRow
from desktop.widgets.setting_row import CheckRow, ChoiceRow, WrittenRow, setting_row, show_setting
from desktop.widgets.shortcut_row import ShortcutRow
from desktop.windows.about import AboutWindow
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import Setting

FIRST_SIZE = QSize(620, 680)
NARROWEST = 360
"""Device-independent pixels."""


class SettingsWindow(QDialog):
    """``language_chosen``: every window is to be made anew in the language that the preferences now name."""

    language_chosen = Signal()

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
        self._preferences = preferences
        self._access = access
        self._home = home
        self._rows: dict[str, ChoiceRow | WrittenRow] = {}
        self._last_stop: QWidget = self
        self.setWindowTitle(self.tr("Settings"))
        self._feed = SettingsFeed(client, self)
        self._feed.changed.connect(self._show_settings)
        self._feed.failed.connect(self._show_failure)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.space(1.5))
        self._answers = QVBoxLayout()
        self._answers.setSpacing(theme.space(1.5))
        self._lay_out()
        self.setMinimumWidth(NARROWEST)
        self.resize(FIRST_SIZE)
        self._feed.ask()

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _show_settings(self, settings: tuple[Setting, ...]) -> None:
        for setting in settings:
            if setting.setting not in self._rows:
                row = self._rows[setting.setting] = setting_row(self._theme, setting)
                row.changed.connect(partial(self._feed.change, setting.setting))
                self._answers.addWidget(row)
                for stop in row.stops:  # in the order in which they stand, though they come after what is below them
                    self.setTabOrder(self._last_stop, stop)
                    self._last_stop = stop
            show_setting(self._rows[setting.setting], setting)

    def _show_failure(self, setting: str, problem: Problem) -> None:
        if setting in self._rows:
            self._rows[setting].show_problem(problem)

    # --- what is chosen ---------------------------------------------------------------------------------------------

    def _choose_appearance(self, appearance: str) -> None:
        self._preferences.appearance = appearance
        self._theme.choose(appearance)

    def _choose_language(self, language: str) -> None:
        self._preferences.language = language
        self.language_chosen.emit()

    def _stay_in_tray(self, stays: bool) -> None:
        self._preferences.stays_in_tray = stays

    def _notify(self, notifies: bool) -> None:
        self._preferences.notifies = notifies

    def _show_about(self) -> None:
        dialog = AboutWindow(self._theme, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._home)))

    # --- its parts --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        space = self._theme.space
        self._section(self.tr("APPEARANCE"), self._make_appearance(), self._make_language())
        self._section(self.tr("QUICK QUESTION"), ShortcutRow(self._theme, self._access, self.tr("Shortcut")))
        self._section(self.tr("STARTING AND CLOSING"), *self._make_starting())
        self._section(self.tr("ANSWERS AND PERFORMANCE"))
        self._column.addLayout(self._answers)
        self._section(self.tr("DATA FOLDER"), self._make_folder())
        self._column.addStretch()
        body = QWidget()
        body.setLayout(self._column)
        self._column.setContentsMargins(space(3), space(2), space(3), space(3))
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.windowTitle())
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _section(self, heading: str, *rows: QWidget) -> None:
        label = QLabel(heading)
        label.setProperty("role", "section")
        label.setContentsMargins(0, self._theme.space(1), 0, 0)
        self._column.addWidget(label)
        for row in rows:
            self._column.addWidget(row)

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

    def _make_starting(self) -> tuple[QWidget, ...]:
        start = LoginRow(self._theme, self.tr("Start with the computer"))
        tray = CheckRow(self._theme, self.tr("Stay in the tray when the window is closed"))
        tray.show_value(self._preferences.stays_in_tray)
        tray.toggled.connect(self._stay_in_tray)
        notices = CheckRow(self._theme, self.tr("Tell me when something long has ended and Phial is not in front"))
        notices.show_value(self._preferences.notifies)
        notices.toggled.connect(self._notify)
        self._last_stop = notices.stops[-1]
        return start, tray, notices

    def _make_folder(self) -> QWidget:
        row = QWidget()
        layout = QVBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._theme.space(1))
        path = QLabel(str(self._home))
        path.setProperty("role", "muted")
        path.setWordWrap(True)
        path.setMinimumWidth(1)
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        show = Button(self.tr("Show in folder"))
        show.clicked.connect(self._show_folder)
        about = Button(self.tr("About Phial…"))
        about.clicked.connect(self._show_about)
        layout.addWidget(path)
        for button in (show, about):  # one below the other: in some languages both need the width of a narrow window
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        return row
