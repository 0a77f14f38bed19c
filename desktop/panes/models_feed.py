"""What the models pane knows, and what it asks of the worker."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from desktop.operations import Operation
from desktop.panes.library_feed import LibraryFeed
from desktop.worker_client import WorkerClient
from rag.errors import LibraryProblem, Problem
from rag.protocol import (
    AddModel,
    ChooseModel,
    Download,
    DownloadState,
    DropDownload,
    GetModel,
    ListModels,
    ListOffers,
    Model,
    Models,
    Offers,
    PauseDownload,
)

MOMENT = 300
"""Milliseconds within which changes are asked for together."""


class ModelsFeed(QObject):
    """Follows the models while somebody looks at them. ``changed``: what there is, or could be had.

    ``download_changed`` carries a Download. ``failed``: a Problem; that the worker died is the window's to say.
    """

    changed = Signal()
    download_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, client: WorkerClient, library: LibraryFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._follows = False
        self.offers: Offers | None = None
        self.models: tuple[Model, ...] = ()
        self._heard: dict[str, Download] = {}
        self._moment = QTimer(self, singleShot=True, interval=MOMENT)
        self._moment.timeout.connect(self._ask)
        library.download_changed.connect(self._take_download)
        library.model_state_changed.connect(self._look_again)
        client.connected.connect(self._look_again)

    def begin(self) -> None:
        """Follow what there is from now on."""
        self._follows = True
        self._ask()

    def end(self) -> None:
        """Nobody looks any more; what is under way goes on."""
        self._follows = False
        self._moment.stop()

    def get(self, model: str, source: str = "") -> None:
        """Get a model of the catalogue: from the network, or from the file or folder ``source``.

        What was begun from a file goes on from there, as nobody has asked for the network.
        """
        self._expect(self._client.run(GetModel, model=model, source=source or self._begun_from(model)))

    def pause(self, model: str) -> None:
        """Hold the getting of it."""
        self._expect(self._client.run(PauseDownload, model=model))

    def drop(self, model: str) -> None:
        """End the getting of it, and erase what is there of it."""
        self._expect(self._client.run(DropDownload, model=model))

    def choose(self, model: str) -> None:
        """Answer with this model from now on."""
        self._expect(self._client.run(ChooseModel, model=model))

    def use(self, model: str) -> None:
        """Answer with the ``model`` of the catalogue that is here."""
        offers = self.offers.offers if self.offers is not None else ()
        installed = next((offer.installed for offer in offers if offer.model == model), "")
        if installed:
            self.choose(installed)

    def add(self, path: str) -> None:
        """Use the GGUF file at ``path``."""
        self._expect(self._client.run(AddModel, path=path))

    def _look_again(self) -> None:
        if self._follows and not self._moment.isActive():
            self._moment.start()

    def _begun_from(self, model: str) -> str:
        """The file or folder that what has come of ``model`` is from; "" where it is from a server, or nothing came."""
        offers = self.offers.offers if self.offers is not None else ()
        offered = next((offer.download for offer in offers if offer.model == model), None)
        begun = self._heard.get(model, offered)
        if begun is None or begun.state in {DownloadState.DONE, DownloadState.DROPPED}:
            return ""
        return begun.source if Path(begun.source).is_absolute() else ""

    def _take_download(self, download: Download) -> None:
        self._heard[download.model] = download
        if not self._follows:
            return
        self.download_changed.emit(download)
        if download.state in {DownloadState.DONE, DownloadState.DROPPED}:
            self._look_again()

    def _ask(self) -> None:
        listing = self._client.run(ListModels)
        listing.succeeded.connect(self._take_models)
        listing.failed.connect(self._report)
        offering = self._client.run(ListOffers, language=QLocale().name().partition("_")[0])
        offering.succeeded.connect(self._take_offers)
        offering.failed.connect(self._report)

    def _take_models(self, models: Models) -> None:
        self.models = models.models
        self.changed.emit()

    def _take_offers(self, offers: Offers) -> None:
        self.offers = offers
        self.changed.emit()

    def _expect(self, operation: Operation) -> None:
        operation.failed.connect(self._report)
        operation.ended.connect(self._look_again)

    def _report(self, problem: Problem) -> None:
        if problem.kind != LibraryProblem.WORKER_DIED:
            self.failed.emit(problem)
