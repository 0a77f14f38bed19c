"""The parts of the main window and how they stand: its panes, what covers them, and the windows beside it."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.panes.activities import ActivityPane
from desktop.panes.activity_feed import ActivityFeed
from desktop.panes.conversation import ConversationPane
from desktop.panes.library import LibraryPane
from desktop.panes.reader import ReaderPane
from desktop.theme import Theme
from desktop.widgets.trouble_bar import TroubleBar
from desktop.windows.connections import ConnectionsWindow
from desktop.windows.folding import Pane
from desktop.windows.health import HealthWindow
from desktop.windows.models import ModelsWindow
from desktop.windows.pane_splitter import NARROWEST, PaneSplitter
from desktop.windows.shortcuts import ShortcutsDialog
from desktop.worker_client import WorkerClient
from rag.errors import Problem

LOWEST = 320
"""Device-independent pixels: the composer and some lines above it."""


class MainFrame(QMainWindow):
    """Holds the parts; what they do with each other is the window's.

    ``first_steps_wanted``: they are to cover the panes. ``uncovered``: what covered the panes is gone.
    ``trouble_changed``: whether something of Phial itself is not well.
    """

    first_steps_wanted = Signal()
    uncovered = Signal()
    trouble_changed = Signal(bool)

    def __init__(self, theme: Theme, client: WorkerClient, store: QSettings) -> None:
        """``store`` keeps how documents are listed."""
        super().__init__()
        self._theme = theme
        self._client = client
        self.setWindowTitle("Phial")
        self.library = LibraryPane(theme, client, store)
        self.conversation = ConversationPane(theme, client)
        self.reader = ReaderPane(theme, client)
        self.health = HealthWindow(theme, client, self.library.feed, self)
        self.models = ModelsWindow(theme, client, self.library.feed, self)
        self.activities = ActivityFeed(client, self.library.feed, self)
        self._trouble = TroubleBar(theme)
        self._trouble.changed.connect(self.trouble_changed)
        self.panes = PaneSplitter(
            theme,
            {Pane.LIBRARY: self.library, Pane.CONVERSATION: self.conversation, Pane.READER: self.reader},
        )
        # Panes fold for whatever width there is: those in sight now must not keep the window from getting narrow.
        self.setMinimumSize(round(max(NARROWEST.values()) * theme.scale), LOWEST)
        self._cover = QStackedWidget()
        self._lay_out()
        self.activity_pane = ActivityPane(theme, self.activities, self.library.activity_button, self)

    def come_forward(self) -> None:
        """Be on the screen, in front, with the keyboard."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    @property
    def problem(self) -> Problem | None:
        """What of Phial itself is not well; None where all is."""
        return self._trouble.problem

    def show_problem(self, problem: Problem) -> None:
        """Say that something of Phial itself is not well."""
        self._trouble.show_problem(problem)

    def cover(self, widget: QWidget) -> None:
        """Show ``widget`` in the place of the panes, until one of them is wanted."""
        for inside in widget.findChildren(QWidget):
            inside.setAcceptDrops(False)  # the whole window takes what is dropped
        self._cover.addWidget(widget)
        self._cover.setCurrentWidget(widget)

    def uncover(self) -> None:
        """Show the panes again, whatever covers them."""
        covering = self._cover.currentWidget()
        if self._cover.currentIndex() > 0 and covering is not None:
            self._cover.removeWidget(covering)
            covering.hide()
            self.uncovered.emit()

    # --- the windows beside it --------------------------------------------------------------------------------------

    @property
    def connections(self) -> ConnectionsWindow | None:
        """The list of connections, while it is open."""
        return next((one for one in self.findChildren(ConnectionsWindow) if one.isVisible()), None)

    def show_health(self, key: str = "") -> None:
        """Show what was read of every page; ``key`` is that of the document to begin with."""
        self.health.come_forward(key)

    def show_connections(self) -> ConnectionsWindow:
        """List every connection that was ever made, in one window however often it is asked for."""
        window = self.connections
        if window is None:
            window = ConnectionsWindow(self._theme, self._client, self)
            window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.show()
        window.raise_()
        window.activateWindow()
        return window

    def show_shortcuts(self) -> None:
        """List the keys."""
        dialog = ShortcutsDialog(self._theme, self)
        dialog.first_steps_wanted.connect(self.first_steps_wanted)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # --- its parts --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._trouble)
        layout.addWidget(self._cover, 1)
        beneath = QWidget()
        inside = QVBoxLayout(beneath)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.panes.fold_bar)
        inside.addWidget(self.panes, 1)
        self._cover.addWidget(beneath)
        self.setCentralWidget(body)
