"""What is under way, gathered from all that says so: the library's news, and the requests that take long."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.activities import REMEMBERED, Activity, ActivityKind, ActivityList, ActivityState, activity_of, request_key
from desktop.operations import Operation
from desktop.panes.library_feed import LibraryFeed
from desktop.panes.reading_count import READING, SCANS, ReadingCount
from desktop.undo import Undo
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import (
    Answered,
    Ask,
    ChooseEmbedder,
    Documents,
    Download,
    DownloadState,
    DropDownload,
    EmbedderProgress,
    Embedders,
    FindAll,
    FindProgress,
    FoundAll,
    GetModel,
    IndexRebuilding,
    ListEmbedders,
    PauseDownload,
    Reply,
    Summarise,
    Summarised,
    SummaryProgress,
)

EMBEDDER, REBUILDING = "embedder", "rebuilding"

KINDS = {Ask: ActivityKind.ANSWER, Summarise: ActivityKind.SUMMARY, FindAll: ActivityKind.FINDING}
"""Requests that are long work, and of which kind."""


class ActivityFeed(QObject):
    """``changed``: something is not as it was. ``ended`` carries an Activity that has just come to its end.

    ``failed`` carries a Problem of what was asked here.
    """

    changed = Signal()
    ended = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        client: WorkerClient,
        library: LibraryFeed,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._library = library
        self._clock = clock
        self.activities = ActivityList()
        self._operations: dict[str, Operation] = {}
        self._sources: dict[str, str] = {}
        self._count = ReadingCount(library)
        self._forgetting = QTimer(self, singleShot=True, interval=round(REMEMBERED * 1000))
        self._forgetting.timeout.connect(self._forget)
        client.begun.connect(self._follow)
        client.lost.connect(self._wait)
        library.changed.connect(self._take_library)
        library.document_news.connect(self._take_document)
        library.download_changed.connect(self._take_download)
        library.upkeep_changed.connect(self._take_upkeep)

    @property
    def undo(self) -> Undo:
        """What brings back what was cancelled, where that can be."""
        return self._library.undo

    def hold(self, activity: Activity, held: bool) -> None:
        """Pause it, or let it go on."""
        if activity.kind in {ActivityKind.READING, ActivityKind.SCANS}:
            self._library.pause(held)
        elif activity.kind is ActivityKind.DOWNLOAD and held:
            self._expect(self._client.run(PauseDownload, model=activity.key))
        elif activity.kind is ActivityKind.DOWNLOAD:
            source = self._sources.get(activity.key, "")
            self._expect(self._client.run(GetModel, model=activity.key, source=source))

    def cancel(self, activity: Activity) -> None:
        """End it before its time."""
        if activity.kind in {ActivityKind.READING, ActivityKind.SCANS} and self.undo.refuses():
            return
        if activity.kind is ActivityKind.READING:
            self.activities.drop(READING)  # it did not come to its end: what is still read begins a row of its own
            self._library.leave_unread()
            self.changed.emit()
        elif activity.kind is ActivityKind.SCANS:
            self.activities.drop(SCANS)
            self._library.leave_scans()
            self.changed.emit()
        elif activity.kind is ActivityKind.EMBEDDER:
            self._stay_with_embedder()
        elif activity.kind is ActivityKind.DOWNLOAD:
            self._expect(self._client.run(DropDownload, model=activity.key))
        elif (operation := self._operations.get(activity.key)) is not None:
            operation.cancel()

    def _stay_with_embedder(self) -> None:
        """Choose the embedder that answers still: what was embedded by the other is kept for a change of mind."""

        def choose(known: Embedders) -> None:
            for embedder in known.embedders:
                if embedder.is_answering:
                    self._expect(self._client.run(ChooseEmbedder, embedder=embedder.embedder))

        listing = self._client.run(ListEmbedders)
        listing.succeeded.connect(choose)
        self._expect(listing)

    def put_away(self, activity: Activity) -> None:
        """It was seen how it ended."""
        if activity.is_over:
            self.activities.drop(activity.key)
            self.changed.emit()

    def take_over(self, other: ActivityFeed) -> None:
        """Know what ``other`` knows, and hear instead of it how all of that comes on."""
        for activity in other.activities:
            self.activities.adopt(activity)
        for key, operation in other._operations.items():
            self._hear(key, operation)
        self._sources |= other._sources
        self._count.take_over(other._count)
        other.end()
        self.changed.emit()

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The requests that are long work, and have not ended yet."""
        return tuple(self._operations.values())

    def end(self) -> None:
        """Nobody looks any more."""
        self._client.begun.disconnect(self._follow)
        self._client.lost.disconnect(self._wait)
        self._operations.clear()

    def _put(self, activity: Activity) -> None:
        ended = self.activities.put(activity, self._clock())
        if ended is not None:
            self.activities.forget_old(self._clock())
            self._forgetting.start()
            self.ended.emit(ended)
        self.changed.emit()

    def _forget(self) -> None:
        self.activities.forget_old(self._clock())
        if any(one.is_over for one in self.activities):
            self._forgetting.start()
        self.changed.emit()

    def _wait(self, problem: Problem) -> None:  # noqa: ARG002 - the window says what it is
        self.activities.wait_for_the_worker()
        self.changed.emit()

    def _expect(self, operation: Operation) -> None:
        operation.failed.connect(self.failed)

    # --- the library ------------------------------------------------------------------------------------------------

    def _take_library(self) -> None:
        for activity in self._count.counted(self.activities):
            self._put(activity)

    def _take_document(self, news: Reply) -> None:
        self._count.note(news)
        for key in (EMBEDDER, REBUILDING) if isinstance(news, Documents) else ():
            known = self.activities.get(key)  # a worker is there: what it does for itself it tells anew
            if known is not None and known.state is ActivityState.WAITING:
                self.activities.drop(key)

    def _take_download(self, download: Download) -> None:
        known = self.activities.get(download.model)
        if download.state == DownloadState.DROPPED:
            self.activities.drop(download.model)
            self.changed.emit()
            return
        if known is None and download.state == DownloadState.DONE:
            return  # it was here before anybody looked
        self._sources[download.model] = download.source if Path(download.source).is_absolute() else ""
        self._put(activity_of(download))

    def _take_upkeep(self, news: EmbedderProgress | IndexRebuilding) -> None:
        if isinstance(news, EmbedderProgress) and news.is_given_up:
            self.activities.drop(EMBEDDER)
            self.changed.emit()
            return
        if isinstance(news, EmbedderProgress):
            key, kind, name, done, whole = (
                EMBEDDER, ActivityKind.EMBEDDER, news.name, news.passages_embedded, news.passages,
            )  # fmt: skip
        else:
            key, kind, name, done, whole = REBUILDING, ActivityKind.REBUILDING, "", news.passages_taken, news.passages
        known = self.activities.get(key)
        is_over = done >= whole
        if not is_over or (known is not None and not known.is_over):
            state = ActivityState.DONE if is_over else ActivityState.RUNNING
            can_be_cancelled = kind is ActivityKind.EMBEDDER  # without an index there would be no search by meaning
            self._put(Activity(key, kind, name, state, done, whole, can_be_cancelled=can_be_cancelled))

    # --- requests ---------------------------------------------------------------------------------------------------

    def _follow(self, operation: Operation) -> None:
        """A request was sent: where it is long work, hear how it comes on."""
        kind = KINDS.get(type(operation.request))
        if kind is None:
            return
        request = operation.request
        key = request_key(request.id)
        subject = request.question if isinstance(request, Ask | FindAll) else ""
        targets: tuple[str, ...] = ()
        if isinstance(request, Summarise):
            targets = request.documents
            names = [held.name for held in map(self._library.model.by_key, targets) if held is not None]
            subject = names[0] if len(names) == 1 else ""
        activity = Activity(key, kind, subject, targets=targets, can_be_cancelled=True)
        self._hear(key, operation)
        self._put(activity)

    def _hear(self, key: str, operation: Operation) -> None:
        self._operations[key] = operation
        operation.received.connect(lambda reply: self._come_on(key, reply))
        operation.succeeded.connect(lambda reply: self._finish(key, reply))
        operation.failed.connect(lambda problem: self._come_to(key, ActivityState.FAILED, problem))
        operation.cancelled.connect(lambda: self._come_to(key, ActivityState.STOPPED))

    def _come_on(self, key: str, reply: Reply) -> None:
        known = self.activities.get(key)
        if known is None or key not in self._operations:
            return
        if isinstance(reply, SummaryProgress):
            self._put(dataclasses.replace(known, done=reply.done, whole=reply.parts, seconds_left=reply.seconds_left))
        elif isinstance(reply, FindProgress):
            done = max(reply.checked, reply.looked_through)
            self._put(dataclasses.replace(known, done=done, whole=reply.total, seconds_left=reply.seconds_left))

    def _finish(self, key: str, reply: Reply) -> None:
        match reply:
            case Answered():
                was_stopped = reply.answer.was_stopped
            case Summarised():
                was_stopped = reply.summary.was_stopped
            case FoundAll():
                was_stopped = reply.was_stopped
                self._count_found(key, reply)
            case _:
                was_stopped = False
        self._come_to(key, ActivityState.STOPPED if was_stopped else ActivityState.DONE)

    def _count_found(self, key: str, found: FoundAll) -> None:
        known = self.activities.get(key)
        if known is not None and key in self._operations:
            self._put(dataclasses.replace(known, done=len(found.findings), whole=found.total))

    def _come_to(self, key: str, state: ActivityState, problem: Problem | None = None) -> None:
        known = self.activities.get(key)
        if self._operations.pop(key, None) is not None and known is not None:
            self._put(
                dataclasses.replace(known, state=state, problem=problem, can_be_cancelled=False, can_be_held=False)
            )
