"""One model that is being got: how it stands, for whoever follows it and for the next worker."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from engine.download import Step
from engine.download_source import Halt
from engine.downloadable import Downloadable
from engine.frames import FrameError, from_plain, plain
from rag.errors import PhialError, Problem, error_of, problem_of
from rag.protocol import Download, DownloadChanged, DownloadState
from rag.rate import Rate
from rag.stores.history import History

POLL_SECONDS = 0.2
"""How often at most whoever follows a download hears of it."""

UNDER_WAY = frozenset({DownloadState.RUNNING, DownloadState.CHECKING})

_KEPT = "downloads"


class Job:
    """A download in a thread of its own, and how it stands."""

    def __init__(self, wanted: Downloadable, folder: Path, source: str) -> None:
        """``source`` is the file or folder that it comes from, "" for the network."""
        self.wanted = wanted
        self.folder = folder
        self.source = source
        self.halt = Halt()
        self.is_dropped = False
        self.thread: threading.Thread | None = None
        self.told_at = 0.0
        self.download = Download(wanted.id, wanted.name, DownloadState.RUNNING, 0, wanted.bytes or 0, 0.0, source)
        self._rate = Rate()

    def take(self, step: Step) -> None:
        """It has come on."""
        self.download = dataclasses.replace(
            self.download,
            state=DownloadState.CHECKING if step.is_checking else DownloadState.RUNNING,
            bytes_done=step.arrived,
            bytes=step.total,
            bytes_per_s=self._rate.at(time.monotonic(), step.arrived),
            source=step.source,
            reason=None if step.waits_for is None else problem_of(step.waits_for),
        )

    def end(self, state: DownloadState, reason: Problem | None = None) -> None:
        """It has come to an end, for now."""
        self.download = dataclasses.replace(self.download, state=state, bytes_per_s=0.0, reason=reason)


def followed(job: Job, cancelled: threading.Event) -> Iterator[DownloadChanged]:
    """How ``job`` comes on, until it does so no more. Raises PhialError: why it failed."""
    told: Download | None = None
    while not cancelled.is_set():
        download = job.download
        if download != told:
            told = download
            yield DownloadChanged(0, download)
        if download.state not in UNDER_WAY:
            break
        cancelled.wait(POLL_SECONDS)
    if told is not None and told.state is DownloadState.FAILED and told.reason is not None:
        raise error_of(told.reason)


@dataclasses.dataclass(frozen=True)
class KeptJob:
    """What the library remembers of a download, so that the next worker knows of it."""

    model: str
    source: str
    state: DownloadState
    reason: Problem | None = None


def remember(history: History, jobs: Iterable[Job]) -> None:
    """Keep how ``jobs`` stand. On a full disk nothing is kept: the next worker won't go on with them by itself."""
    kept = [KeptJob(job.wanted.id, job.source, job.download.state, job.download.reason) for job in jobs]
    with contextlib.suppress(PhialError):
        history.set_setting(_KEPT, json.dumps([plain(job) for job in kept]))


def remembered(history: History) -> tuple[KeptJob, ...]:
    """What was kept; nothing of what another version wrote, if it can't be read: what has arrived is there anyway."""
    try:
        return tuple(from_plain(KeptJob, kept) for kept in json.loads(history.setting(_KEPT, "[]")))
    except (ValueError, FrameError, TypeError):
        return ()
