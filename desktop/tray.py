"""The icon in the tray: how it stands, and the way to the windows. Where a desktop has no tray, it is not there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop.panes.library_feed import LibraryFeed
from desktop.theme import Theme


class Tray(QObject):
    """``window_wanted``, ``quick_wanted``, ``settings_wanted``: these windows. ``quit_wanted``: the end."""

    window_wanted = Signal()
    quick_wanted = Signal()
    settings_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, theme: Theme, library: LibraryFeed, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._library = library
        self._menu = QMenu()
        self._menu.addAction(self.tr("Open Phial"), self.window_wanted.emit)
        self._menu.addAction(self.tr("Ask a question"), self.quick_wanted.emit)
        self._menu.addSeparator()
        self._pause = self._menu.addAction(self.tr("Pause reading documents"), self._toggle)
        self._menu.addAction(self.tr("Settings…"), self.settings_wanted.emit)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Quit"), self.quit_wanted.emit)
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activate)
        library.changed.connect(self._show)
        theme.changed.connect(self._show)
        self._show()

    @property
    def is_there(self) -> bool:
        """Whether the desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def menu(self) -> QMenu:
        """What can be chosen."""
        return self._menu

    @property
    def words(self) -> str:
        """How it stands, in a line."""
        return self._icon.toolTip()

    def appear(self) -> None:
        """Be in the tray, where there is one."""
        if self.is_there:
            self._icon.show()

    def leave(self) -> None:
        """Be there no more, and hear of nothing: another may take its place."""
        self._library.changed.disconnect(self._show)
        self._theme.changed.disconnect(self._show)
        self._icon.hide()
        self._menu.deleteLater()
        self.deleteLater()

    def _toggle(self) -> None:
        self._library.pause(not self._is_paused)

    @property
    def _is_paused(self) -> bool:
        return self._library.progress is not None and self._library.progress.is_paused

    def _show(self) -> None:
        waiting = self._library.model.waiting
        words = "Phial"
        if waiting:
            state = self.tr("paused, %Ln document(s) left", "", waiting) if self._is_paused else ""
            words = f"Phial · {state or self.tr('reading %Ln document(s)', '', waiting)}"
        self._icon.setToolTip(words)
        self._icon.setIcon(self._theme.icon("phial", "amber_text" if waiting and not self._is_paused else "teal"))
        self._pause.setText(
            self.tr("Resume reading documents") if self._is_paused else self.tr("Pause reading documents")
        )
        self._pause.setEnabled(waiting > 0 or self._is_paused)

    def _activate(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.window_wanted.emit()
