"""The icon in the tray: how it stands, and the way to the windows. Where a desktop has no tray, it is not there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop.activities import ActivityState
from desktop.panes.activity_feed import ActivityFeed
from desktop.panes.library_feed import LibraryFeed
from desktop.theme import Theme
from desktop.widgets.activity_words import ActivityWords
from desktop.widgets.tray_icon import TrayState, tray_icon

MOST_LINES = 5
"""Works that the menu and the tooltip name; the list in the window has all."""

NOTICE_TIME = 8_000
"""Milliseconds, where the system lets a program choose."""


class TrayNotices(QObject):
    """Notifications at the icon. ``chosen`` carries the key of the last one, when it is clicked."""

    chosen = Signal(str)

    def __init__(self, icon: QSystemTrayIcon, parent: QObject) -> None:
        super().__init__(parent)
        self._key = ""
        self.stand_at(icon)

    def stand_at(self, icon: QSystemTrayIcon) -> None:
        """Be shown at ``icon`` from now on."""
        self._icon = icon
        icon.messageClicked.connect(self._choose)

    def show(self, title: str, text: str, key: str) -> None:
        """Show one."""
        self._key = key
        self._icon.showMessage(title, text, self._icon.icon(), NOTICE_TIME)

    def _choose(self) -> None:
        self.chosen.emit(self._key)


class Tray(QObject):
    """``window_wanted``, ``quick_wanted``, ``settings_wanted``: these windows. ``quit_wanted``: the end.

    ``activities_wanted``: the list of what is under way. ``notices`` are shown at the icon, where that is in a tray.
    """

    window_wanted = Signal()
    quick_wanted = Signal()
    settings_wanted = Signal()
    activities_wanted = Signal()
    quit_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        library: LibraryFeed,
        activities: ActivityFeed,
        parent: QObject,
        former: Tray | None = None,
    ) -> None:
        """``former`` is to go: this one stands at its icon, where what was told can still be clicked."""
        super().__init__(parent)
        self._theme = theme
        self._library = library
        self._feed = activities
        self._words = ActivityWords(self)
        self._has_trouble = False
        self._has_left = False
        self._shown: tuple[TrayState, int] | None = None
        self._lines: list[QAction] = []
        self._menu, self._icon, self.notices = self._make_parts() if former is None else former._give_up(self)
        self._icon.activated.connect(self._activate)
        self._menu.addAction(self.tr("Open Phial"), self.window_wanted.emit)
        self._menu.addAction(self.tr("Ask a question"), self.quick_wanted.emit)
        self._menu.addSeparator()
        self._pause = self._menu.addAction(self.tr("Pause reading documents"), self._toggle)
        self._menu.addAction(self.tr("Settings…"), self.settings_wanted.emit)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Quit"), self.quit_wanted.emit)
        activities.changed.connect(self._show)
        theme.changed.connect(self._dress)
        self._show()

    @property
    def is_there(self) -> bool:
        """Whether the icon is in a tray."""
        return self._icon.isVisible() and QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def menu(self) -> QMenu:
        """What can be chosen."""
        return self._menu

    @property
    def words(self) -> str:
        """How it stands: a line for each work."""
        return self._icon.toolTip()

    @property
    def state(self) -> TrayState:
        """What the icon tells."""
        activities = self._feed.activities
        has_failed = any(one.state is ActivityState.FAILED for one in activities.listed)
        if self._has_trouble or has_failed:
            return TrayState.ATTENTION
        if activities.is_held:
            return TrayState.PAUSED
        return TrayState.BUSY if activities.under_way else TrayState.IDLE

    def appear(self) -> None:
        """Be in the tray, where there is one by now."""
        if self._icon.isVisible() or not QSystemTrayIcon.isSystemTrayAvailable():
            return
        # An icon that was made while there was no tray never comes into one of the kind that is found by D-Bus.
        words, former = self.words, self._icon
        self._icon = self._make_icon(self._menu)
        self._icon.activated.connect(self._activate)
        self._icon.setToolTip(words)
        self.notices.stand_at(self._icon)
        former.deleteLater()
        self._dress()
        self._icon.show()

    def show_trouble(self, has_trouble: bool) -> None:
        """Whether something of Phial itself is not well; windows that go may still say so to a tray that has gone."""
        self._has_trouble = has_trouble
        if not self._has_left:
            self._show()

    def leave(self) -> None:
        """Be there no more, and hear of nothing."""
        self._hear_no_more()
        self._icon.hide()
        self._menu.deleteLater()

    def _make_parts(self) -> tuple[QMenu, QSystemTrayIcon, TrayNotices]:
        menu = QMenu()
        icon = self._make_icon(menu)
        return menu, icon, TrayNotices(icon, self)

    def _make_icon(self, menu: QMenu) -> QSystemTrayIcon:
        icon = QSystemTrayIcon(self)
        icon.setContextMenu(menu)
        return icon

    def _give_up(self, heir: Tray) -> tuple[QMenu, QSystemTrayIcon, TrayNotices]:
        """Leave the menu, empty, the icon and its notifications to ``heir``."""
        self._hear_no_more()
        self._menu.clear()
        self._icon.activated.disconnect(self._activate)
        for part in (self._icon, self.notices):
            part.setParent(heir)
        return self._menu, self._icon, self.notices

    def _hear_no_more(self) -> None:
        self._has_left = True
        self._feed.changed.disconnect(self._show)
        self._theme.changed.disconnect(self._dress)
        self.deleteLater()

    def _toggle(self) -> None:
        self._library.pause(not self._is_paused)

    @property
    def _is_paused(self) -> bool:
        return self._library.progress is not None and self._library.progress.is_paused

    def _show(self) -> None:
        lines = [self._words.line(one) for one in self._feed.activities.under_way[:MOST_LINES]]
        words = "\n".join([f"Phial · {lines[0]}", *lines[1:]]) if lines else "Phial"
        if words != self.words:  # each is a message to another program
            self._icon.setToolTip(words)
        self._name_lines(lines)
        self._pause.setText(
            self.tr("Resume reading documents") if self._is_paused else self.tr("Pause reading documents")
        )
        self._pause.setEnabled(self._library.model.waiting > 0 or self._is_paused)
        fraction = self._feed.activities.fraction
        shown = (self.state, round(fraction * 100) if fraction >= 0 else -1)
        if shown != self._shown:
            self._shown = shown
            self._dress()

    def _name_lines(self, lines: list[str]) -> None:
        while len(self._lines) > len(lines):
            gone = self._lines.pop()
            self._menu.removeAction(gone)
            gone.deleteLater()
        while len(self._lines) < len(lines):
            line = QAction(self._menu)
            line.triggered.connect(self.activities_wanted)
            self._menu.insertAction(self._pause, line)
            self._lines.append(line)
        for action, words in zip(self._lines, lines, strict=True):
            action.setText(words.replace("&", "&&"))

    def _dress(self) -> None:
        if self._shown is not None:
            self._icon.setIcon(tray_icon(self._theme, *self._shown))

    def _activate(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.window_wanted.emit()
