"""What every view of the models has in common: it follows them while it is in sight, and says what goes wrong."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.panes.library_feed import LibraryFeed
from desktop.panes.models_feed import ModelsFeed
from desktop.theme import Theme
from desktop.widgets.labels import make_label
from desktop.widgets.model_words import machine_words
from desktop.widgets.notice import Notice
from desktop.widgets.stage import StageLine
from desktop.worker_client import WorkerClient
from rag.protocol import Download, Offers


class ModelsView(QFrame):
    """Holds a feed, a line about this computer, and a notice. What is under way goes on while it is out of sight."""

    def __init__(self, theme: Theme, client: WorkerClient, library: LibraryFeed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._feed = ModelsFeed(client, library, self)
        self._stage = StageLine(theme)
        self._machine = make_label("small")
        self._notice = Notice(theme)
        self._feed.changed.connect(self._show)
        self._feed.download_changed.connect(self._show_download)
        self._feed.failed.connect(self._notice.say_problem)
        self._feed.failed.connect(self._stage.end)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the models."""
        super().showEvent(event)
        if self._feed.offers is None:
            self._stage.begin(self.tr("Looking at this computer…"))
        self._feed.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        """Follow them no longer."""
        super().hideEvent(event)
        self._feed.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts a notice away; where there is none, it is the window's."""
        if event.key() == Qt.Key.Key_Escape and self._notice.isVisible():
            self._notice.put_away()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        if (offers := self._feed.offers) is not None:
            self._stage.end()
            self._machine.setText(machine_words(offers.machine))
            self._show_offers(offers)

    @abstractmethod
    def _show_offers(self, offers: Offers) -> None:
        """Show what could be had, and what is here."""

    @abstractmethod
    def _show_download(self, download: Download) -> None:
        """Show how the getting of one stands."""
