"""The first step: the Phi that fits this computer, from the network, from a file, or found here already."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.panes.library_feed import LibraryFeed
from desktop.panes.model_cards import installed_card, offer_card
from desktop.panes.models_view import ModelsView
from desktop.theme import Theme
from desktop.widgets.buttons import QuietButton
from desktop.widgets.labels import make_label
from desktop.widgets.model_card import ModelCard
from desktop.worker_client import WorkerClient
from rag.protocol import Download, DownloadState, Machine, Model, Offer, Offers

_BEGUN = frozenset({DownloadState.RUNNING, DownloadState.CHECKING, DownloadState.PAUSED, DownloadState.DONE})


class FirstModel(ModelsView):
    """``done``: a model of Phi is here, or is on its way."""

    done = Signal()

    def __init__(self, theme: Theme, client: WorkerClient, library: LibraryFeed, parent: QWidget | None = None) -> None:
        super().__init__(theme, client, library, parent)
        self._card: ModelCard | None = None
        self._offer = ""
        self._found: dict[str, ModelCard] = {}
        self._nothing = make_label(is_shown=False)
        self._nothing.setText(
            self.tr("No Phi fits into the memory of this computer. The passages are found all the same.")
        )
        self._heading = make_label("section", is_shown=False)
        self._heading.setText(self.tr("FOUND ON THIS COMPUTER"))
        self._until = make_label("muted", is_shown=False)
        self._offline = make_label("small", is_shown=False)
        self._offline.setText(
            self.tr(
                "No network here? On a computer that has one, “phial models bundle” writes the model into a folder, on "
                "a USB stick for instance. Take it in from there:"
            )
        )
        self._folder = QuietButton(self.tr("Take a model from a folder or stick…"))
        self._folder.clicked.connect(self._choose_folder)
        self._folder.hide()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.space(1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1.5))
        layout.addWidget(self._stage)
        layout.addWidget(self._machine)
        layout.addLayout(self._cards)
        for part in (self._nothing, self._until, self._offline):
            layout.addWidget(part)
        layout.addWidget(self._folder, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self._notice)
        self._cards.addWidget(self._heading)

    def _show_offers(self, offers: Offers) -> None:
        best = next((offer for offer in offers.offers if offer.is_recommended), None)
        here = {model.model: model for model in self._feed.models}
        self._nothing.setVisible(best is None)
        if best is not None:
            self._show_best(best, offers.machine, here.get(best.installed))
        self._show_found([model for model in self._feed.models if _can_answer(model)], best)
        is_here = any(model.is_chosen and not model.is_stand_in for model in self._feed.models)
        stand_in = next((model for model in self._feed.models if model.is_stand_in), None)
        self._show_until(stand_in, is_waited_for=best is not None and not is_here)
        has_come = best is not None and best.installed != ""
        self._offline.setVisible(best is not None and not has_come)
        self._folder.setVisible(best is not None and not has_come)
        if is_here or (best is not None and best.download is not None and best.download.state in _BEGUN):
            self.done.emit()

    def _show_best(self, best: Offer, machine: Machine, installed: Model | None) -> None:
        if self._card is None or self._offer != best.model:
            if self._card is not None:
                self._card.deleteLater()
            self._offer = best.model
            self._card = offer_card(self._theme, self._feed, best.model, self)
            self._cards.insertWidget(0, self._card)
        self._card.show_offer(best, machine, installed)

    def _show_found(self, found: list[Model], best: Offer | None) -> None:
        others = [model for model in found if best is None or model.model != best.installed]
        for gone in set(self._found) - {model.model for model in others}:
            self._found.pop(gone).deleteLater()
        for model in others:
            if model.model not in self._found:
                self._found[model.model] = installed_card(self._theme, self._feed, model.model)
                self._cards.addWidget(self._found[model.model])
            self._found[model.model].show_installed(model)
        self._heading.setVisible(bool(others))

    def _show_until(self, stand_in: Model | None, *, is_waited_for: bool) -> None:
        """What answers until a Phi is here."""
        self._until.setVisible(is_waited_for)
        self._until.setText(
            self.tr("Until it is here, the sentences of your documents that are nearest to a question answer it.")
            if stand_in is None
            else self.tr(
                "Until it is here, {model} stands in: a small model. Trust the passages rather than its words."
            ).format(model=stand_in.name)
        )

    def _show_download(self, download: Download) -> None:
        if download.model == self._offer and self._card is not None:
            self._card.show_download(download)
            if download.state in _BEGUN:
                self.done.emit()

    def _choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self.tr("The folder that holds the model"), str(Path.home()))
        if path:
            self._feed.get(self._offer, path)


def _can_answer(model: Model) -> bool:
    return bool(model.phi) and not model.is_stand_in and model.problem is None
