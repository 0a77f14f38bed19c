"""The window of the index's health: beside the main window, so that both can be looked at."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.panes.health import HealthPane
from desktop.panes.library_feed import LibraryFeed
from desktop.theme import Theme
from desktop.windows.placement import first_size
from desktop.worker_client import WorkerClient

FIRST_SIZE = QSize(680, 640)
NARROWEST = 380
"""Device-independent pixels."""


class HealthWindow(QDialog):
    """``opened``: a Document to read in the main window."""

    opened = Signal(object)

    def __init__(self, theme: Theme, client: WorkerClient, library: LibraryFeed, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Index health"))
        self.pane = HealthPane(theme, client, library)
        self.pane.opened.connect(self.opened)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pane)
        self.setMinimumWidth(NARROWEST)
        self.resize(first_size(self, FIRST_SIZE, theme))

    def come_forward(self, key: str) -> None:
        """Be in sight, in front; ``key`` is that of the document to begin with, "" where it doesn't matter."""
        self.show()
        self.raise_()
        self.activateWindow()
        if key:
            self.pane.point_at(key)
        self.pane.focus()
