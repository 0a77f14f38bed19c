"""The window of the models: beside the main window, so that a download can be watched while one reads."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.panes.library_feed import LibraryFeed
from desktop.panes.models import ModelsPane
from desktop.theme import Theme
from desktop.windows.placement import first_size
from desktop.worker_client import WorkerClient

FIRST_SIZE = QSize(640, 720)
NARROWEST = 380
"""Device-independent pixels."""


class ModelsWindow(QDialog):
    """The models, and nothing else."""

    def __init__(self, theme: Theme, client: WorkerClient, library: LibraryFeed, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self.pane = ModelsPane(theme, client, library)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pane)
        self.setMinimumWidth(NARROWEST)
        self.resize(first_size(self, FIRST_SIZE, theme))

    def come_forward(self) -> None:
        """Be in sight, in front."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.pane.focus()
