"""The cards of models that can be had: what is pressed on them is asked of the worker."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.panes.models_feed import ModelsFeed
from desktop.theme import Theme
from desktop.widgets.model_card import ModelCard

translate = QCoreApplication.translate


def offer_card(theme: Theme, feed: ModelsFeed, model: str, window: QWidget) -> ModelCard:
    """A card for the ``model`` of the catalogue; ``window`` is beneath its dialogs."""
    card = ModelCard(theme)
    card.get_wanted.connect(partial(feed.get, model))
    card.pause_wanted.connect(partial(feed.pause, model))
    card.drop_wanted.connect(partial(feed.drop, model))
    card.file_wanted.connect(partial(_choose_source, feed, model, window))
    card.use_wanted.connect(partial(feed.use, model))
    return card


def installed_card(theme: Theme, feed: ModelsFeed, model: str) -> ModelCard:
    """A card for a ``model`` that is on this computer."""
    card = ModelCard(theme)
    card.use_wanted.connect(partial(feed.choose, model))
    return card


def _choose_source(feed: ModelsFeed, model: str, window: QWidget) -> None:
    path, _ = QFileDialog.getOpenFileName(
        window,
        translate("Models", "Use a file I already have"),
        str(Path.home()),
        translate("Models", "Models (*.gguf)"),
    )
    if path:
        feed.get(model, path)
