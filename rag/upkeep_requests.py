"""What the worker does for requests that are about Phial itself: models, settings, backups, updates, how it stands."""
# ruff: noqa: ARG002 - they are all called alike

from __future__ import annotations

import threading
from collections.abc import Iterator

from rag.doctor import examine
from rag.errors import system_language
from rag.library import Library
from rag.protocol import (
    AddEmbedder,
    AddModel,
    BackUp,
    BundleModels,
    ChangeSetting,
    ChooseEmbedder,
    ChooseModel,
    Connections,
    Done,
    DropDownload,
    Examine,
    Examined,
    GetModel,
    GetUpdate,
    ListConnections,
    ListEmbedders,
    ListModels,
    ListOffers,
    ListSettings,
    LookForUpdate,
    Models,
    PauseDownload,
    Reply,
    Restore,
    Settings,
    Status,
)


class UpkeepRequests:
    """One function a kind of request, named as it is; see rag.requests.Respond, which calls them."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def _list_models(self, request: ListModels, cancelled: threading.Event) -> Iterator[Reply]:
        self._library.discovering.freshen()
        yield Models(0, self._library.models.listed())

    def _choose_model(self, request: ChooseModel, cancelled: threading.Event) -> Iterator[Reply]:
        self._library.models.choose(request.model)
        self._library.feed.publish(self._library.model_state())
        yield Models(0, self._library.models.listed())

    def _add_model(self, request: AddModel, cancelled: threading.Event) -> Iterator[Reply]:
        self._library.models.add(request.path)
        yield Models(0, self._library.models.listed())

    def _list_offers(self, request: ListOffers, cancelled: threading.Event) -> Iterator[Reply]:
        self._library.discovering.freshen()
        yield self._library.offering.offers(request.language or system_language())

    def _get_model(self, request: GetModel, cancelled: threading.Event) -> Iterator[Reply]:
        yield from self._library.getting.get(request.model, request.source, cancelled)
        if not cancelled.is_set():
            yield Models(0, self._library.models.listed())

    def _pause_download(self, request: PauseDownload, cancelled: threading.Event) -> Iterator[Reply]:
        self._library.getting.pause(request.model)
        yield Done(0)

    def _drop_download(self, request: DropDownload, cancelled: threading.Event) -> Iterator[Reply]:
        self._library.getting.drop(request.model)
        yield Done(0)

    def _bundle_models(self, request: BundleModels, cancelled: threading.Event) -> Iterator[Reply]:
        yield from self._library.getting.bundle(request.models, request.folder, cancelled)
        if not cancelled.is_set():
            yield Done(0)

    def _list_embedders(self, request: ListEmbedders, cancelled: threading.Event) -> Iterator[Reply]:
        yield self._library.embedders.listed()

    def _choose_embedder(self, request: ChooseEmbedder, cancelled: threading.Event) -> Iterator[Reply]:
        yield from self._library.embedders.choose(request.embedder, cancelled, waits=request.waits)

    def _add_embedder(self, request: AddEmbedder, cancelled: threading.Event) -> Iterator[Reply]:
        yield self._library.embedders.add(request.path)

    def _list_settings(self, request: ListSettings, cancelled: threading.Event) -> Iterator[Reply]:
        yield Settings(0, self._library.settings.listed(request.language or system_language()))

    def _change_setting(self, request: ChangeSetting, cancelled: threading.Event) -> Iterator[Reply]:
        self._library.settings.change(request.setting, request.value)
        yield Settings(0, self._library.settings.listed(request.language or system_language()))

    def _list_connections(self, request: ListConnections, cancelled: threading.Event) -> Iterator[Reply]:
        yield Connections(0, self._library.connections.all())

    def _back_up(self, request: BackUp, cancelled: threading.Event) -> Iterator[Reply]:
        yield from self._library.back_up(request, cancelled)

    def _restore(self, request: Restore, cancelled: threading.Event) -> Iterator[Reply]:
        yield from self._library.restore(request, cancelled)

    def _look_for_update(self, request: LookForUpdate, cancelled: threading.Event) -> Iterator[Reply]:
        yield self._library.updating.look(request.language or system_language())

    def _get_update(self, request: GetUpdate, cancelled: threading.Event) -> Iterator[Reply]:
        yield from self._library.updating.get(cancelled)

    def _status(self, request: Status, cancelled: threading.Event) -> Iterator[Reply]:
        yield self._library.status()

    def _examine(self, request: Examine, cancelled: threading.Event) -> Iterator[Reply]:
        yield Examined(0, tuple(examine(self._library, request.language or system_language())))
