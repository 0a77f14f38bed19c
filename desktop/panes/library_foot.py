"""The foot of the library: what is under way, which model writes, and the way to the other windows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import keys
from desktop.panes.library_feed import LibraryFeed
from desktop.theme import Theme
from desktop.widgets.activity_button import ActivityButton
from desktop.widgets.buttons import IconButton
from desktop.widgets.model_menu import ModelMenu
from desktop.widgets.progress import IndexingLine
from desktop.widgets.status import ModelChip, OfflineChip
from rag.protocol import Models


class LibraryFoot(QWidget):
    """``models_wanted`` and its like: a window is to be shown."""

    models_wanted = Signal()
    connections_wanted = Signal()
    settings_wanted = Signal()
    health_wanted = Signal()
    shortcuts_wanted = Signal()

    def __init__(self, theme: Theme, feed: LibraryFeed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._feed = feed
        self._line = IndexingLine(theme)
        self._line.pause_wanted.connect(feed.pause)
        self._model = ModelChip(theme)
        self._model.clicked.connect(lambda: feed.ask_models(self._open_models))
        self.activity_button = ActivityButton(theme)
        offline = OfflineChip()
        offline.clicked.connect(self.connections_wanted)
        feed.model_state_changed.connect(self._model.show_state)
        feed.connections_counted.connect(offline.show_count)
        feed.changed.connect(self._show_progress)
        model = QHBoxLayout()
        model.addWidget(self._model)
        model.addStretch()
        model.addWidget(self.activity_button)
        windows = QHBoxLayout()
        windows.setSpacing(0)
        windows.addWidget(offline)
        windows.addStretch()
        for icon, name, key, wanted in (
            ("settings", self.tr("Settings"), keys.SETTINGS, self.settings_wanted),
            ("health", self.tr("Index health"), keys.HEALTH, self.health_wanted),
            ("help", self.tr("Shortcuts"), keys.SHORTCUTS, self.shortcuts_wanted),
        ):
            button = IconButton(theme, icon, name, key)
            button.clicked.connect(wanted)
            windows.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.space(0.5), 0, 0)
        layout.setSpacing(theme.space(0.5))
        layout.addWidget(self._line)
        layout.addLayout(model)
        layout.addLayout(windows)

    def _show_progress(self) -> None:
        self._line.show_progress(self._feed.model.waiting, self._feed.progress)

    def _open_models(self, models: Models) -> None:
        menu = ModelMenu(models, self)
        menu.model_chosen.connect(self._feed.choose_model)
        menu.file_chosen.connect(self._feed.add_model)
        menu.all_wanted.connect(self.models_wanted)
        menu.open_above(self._model)
