"""The models: a card for each Phi, held against this computer, and those that are here already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.panes.library_feed import LibraryFeed
from desktop.panes.model_cards import installed_card, offer_card
from desktop.panes.models_view import ModelsView
from desktop.theme import Theme
from desktop.widgets.buttons import Button
from desktop.widgets.labels import make_label
from desktop.widgets.model_card import ModelCard
from desktop.worker_client import WorkerClient
from rag.protocol import Download, Offers


class ModelsPane(ModelsView):
    """It follows the models while it is in sight."""

    def __init__(self, theme: Theme, client: WorkerClient, library: LibraryFeed, parent: QWidget | None = None) -> None:
        super().__init__(theme, client, library, parent)
        self._offered: dict[str, ModelCard] = {}
        self._here: dict[str, ModelCard] = {}
        self.setAccessibleName(self.tr("Models"))
        self._note = make_label("small")
        self._note.setText(
            self.tr(
                "A model writes the answers; finding the passages needs none. One is fetched only when you press "
                "Download, and stays on this computer. Each connection is written down."
            )
        )
        self._cards = QVBoxLayout()
        self._others = QVBoxLayout()
        self._others_heading = QLabel(self.tr("ON THIS COMPUTER"))
        self._others_heading.setProperty("role", "section")
        self._lay_out()

    # --- what the window asks of it ---------------------------------------------------------------------------------

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """The cards in their order: those of the catalogue, then the others."""
        return (*self._offered.values(), *self._here.values())

    def focus(self) -> None:
        """Take the keyboard."""
        self._scroll.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- what happens -----------------------------------------------------------------------------------------------

    def _show_offers(self, offers: Offers) -> None:
        by_id = {model.model: model for model in self._feed.models}
        _keep_cards(self._offered, [offer.model for offer in offers.offers], self._cards, self._make_offer_card)
        for offer in offers.offers:
            self._offered[offer.model].show_offer(offer, offers.machine, by_id.get(offer.installed))
        taken = {offer.installed for offer in offers.offers}
        others = [model for model in self._feed.models if model.model not in taken]
        _keep_cards(self._here, [model.model for model in others], self._others, self._make_card)
        for model in others:
            self._here[model.model].show_installed(model)
        self._others_heading.setVisible(bool(others))

    def _show_download(self, download: Download) -> None:
        card = self._offered.get(download.model)
        if card is not None:
            card.show_download(download)

    def _make_offer_card(self, model: str) -> ModelCard:
        return offer_card(self._theme, self._feed, model, self)

    def _make_card(self, model: str) -> ModelCard:
        return installed_card(self._theme, self._feed, model)

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Use a model file"), str(Path.home()), self.tr("Models (*.gguf)")
        )
        if path:
            self._feed.add(path)

    # --- its parts --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        space = self._theme.space
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, space(1), 0)
        column.setSpacing(space(1))
        for group in (self._cards, self._others):
            group.setSpacing(space(1))
        column.addLayout(self._cards)
        column.addWidget(self._others_heading)
        column.addLayout(self._others)
        column.addStretch()
        self._others_heading.hide()
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(self.tr("Models that answer"))
        self._scroll.setWidget(body)
        foot = QHBoxLayout()
        add = Button(self.tr("Use a model file (GGUF)…"))
        add.clicked.connect(self._choose_file)
        foot.addWidget(add)
        foot.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(2), space(2), space(1), space(2))
        layout.setSpacing(space(1))
        layout.addWidget(self._note)
        layout.addWidget(self._machine)
        layout.addWidget(self._stage)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._notice)
        layout.addLayout(foot)


def _keep_cards(
    cards: dict[str, ModelCard], wanted: list[str], place: QVBoxLayout, make: Callable[[str], ModelCard]
) -> None:
    """Have a card for each of ``wanted``, in their order; those that stay keep the keyboard and what they show."""
    for gone in [model for model in cards if model not in wanted]:
        card = cards.pop(gone)
        place.removeWidget(card)
        card.deleteLater()
    for model in wanted:
        if model not in cards:
            cards[model] = make(model)
    for position, model in enumerate(wanted):
        if place.indexOf(cards[model]) != position:
            place.removeWidget(cards[model])
            place.insertWidget(position, cards[model])
