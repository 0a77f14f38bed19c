"""The models that are being got: begun, followed, held, dropped, gone on with by the worker that starts again."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from engine.bundle import check_bundle, sources_in, write_bundle
from engine.catalogue import installed_models
from engine.download import Patience, Step, fetch
from engine.download_disk import sha256_of
from engine.download_hub import HubSource, endpoints
from engine.download_part import drop_part, kept_record
from engine.download_ranges import length
from engine.download_source import Halted, Source
from engine.download_transport import Transport
from engine.downloadable import Downloadable, DownloadKind, downloadable
from engine.errors import EngineProblem
from engine.model_notes import model_notes, note_hash, state_of
from engine.paths import embedders as embedders_folder
from engine.paths import models as models_folder
from rag import protocol
from rag.errors import LANGUAGES, LibraryProblem, PhialError, Problem, problem_of, text
from rag.feed import Feed
from rag.getting_job import POLL_SECONDS, UNDER_WAY, Job, followed, remember, remembered
from rag.models import Models
from rag.protocol import Download, DownloadChanged, DownloadState
from rag.settings import Settings
from rag.stores.connection_records import ConnectionRecords
from rag.stores.history import History

END_SECONDS = 20.0
"""How long a download that was told to stop is waited for: it may be in the middle of connecting."""

_log = logging.getLogger(__name__)


class Getting:
    """Gets models for one library. Safe from any thread."""

    def __init__(
        self,
        home: Path,
        history: History,
        connections: ConnectionRecords,
        feed: Feed,
        models: Models,
        settings: Settings,
        patience: Patience | None = None,
    ) -> None:
        """``settings`` name mirrors, ``feed`` hears of every download, and of ``models`` when there is one more."""
        self._home = home
        self._history = history
        self._connections = connections
        self._feed = feed
        self._models = models
        self._settings = settings
        self._patience = patience or Patience()
        self._jobs: dict[str, Job] = {}
        self._dropped: dict[str, Job] = {}
        self._lock = threading.RLock()
        self._has_started = False
        self._is_closing = False

    def start(self) -> None:
        """Go on with what was running when the last worker ended; what was held, or failed, waits."""
        with self._lock:
            if self._has_started:
                return
            self._has_started = True
            for kept in remembered(self._history):
                with contextlib.suppress(PhialError):  # a model that this version doesn't know any more
                    wanted = self.wanted(kept.model)
                    job = self._jobs[wanted.id] = Job(wanted, self._folder(wanted), kept.source)
                    record = kept_record(job.folder / wanted.file, wanted.sha256)
                    if record is not None:
                        # Where it goes on from; what has come may be from elsewhere.
                        host = "" if Path(record.source).is_absolute() else record.source
                        total = record.total or wanted.bytes or 0
                        job.take(Step(length(record.spans), total, kept.source or host))
                    job.end(kept.state, kept.reason)
                    if kept.state in UNDER_WAY:
                        self._run(job, None)

    def downloads(self) -> tuple[Download, ...]:
        """All that is under way, held, or has failed."""
        with self._lock:
            return tuple(job.download for job in self._jobs.values())

    def get(self, model: str, source: str, cancelled: threading.Event) -> Iterator[DownloadChanged]:
        """Get ``model`` (an id) from the network, or from the file or folder ``source``, and tell how it comes on.

        Two who ask for the same model follow one download. Raises PhialError MODEL_NOT_OFFERED, MODEL_NOT_THERE,
        DOWNLOAD_….
        """
        wanted = self.wanted(model)
        if self.place_of(wanted) is not None:
            return
        with self._lock:
            job = self._jobs.get(wanted.id)
            if job is None or job.download.state not in UNDER_WAY:
                former, job = job or self._dropped.pop(wanted.id, None), Job(wanted, self._folder(wanted), source)
                if former is not None and not former.is_dropped:
                    job.download = dataclasses.replace(former.download, state=DownloadState.RUNNING, reason=None)
                self._jobs[wanted.id] = job
                self._run(job, None if former is None else former.thread)
                remember(self._history, self._jobs.values())
        yield from followed(job, cancelled)

    def pause(self, model: str) -> None:
        """Hold the getting of ``model``; what isn't under way stays as it is. Raises PhialError MODEL_NOT_OFFERED."""
        wanted = self.wanted(model)
        with self._lock:
            job = self._jobs.get(wanted.id)
            if job is not None and job.download.state in UNDER_WAY:
                job.end(DownloadState.PAUSED)
                remember(self._history, self._jobs.values())
                self._feed.publish(DownloadChanged(0, job.download))
                job.halt.ask()

    def drop(self, model: str) -> None:
        """End the getting of ``model``, and erase what is there of it. Raises PhialError MODEL_NOT_OFFERED."""
        wanted = self.wanted(model)
        with self._lock:
            job = self._jobs.pop(wanted.id, None)
            remember(self._history, self._jobs.values())
            if job is not None:
                job.is_dropped = True
                self._dropped[wanted.id] = job
                job.end(DownloadState.DROPPED)
                self._feed.publish(DownloadChanged(0, job.download))
                job.halt.ask()
        if job is not None and job.thread is not None:
            job.thread.join(END_SECONDS)
        with self._lock:
            is_over = job is None or job.thread is None or not job.thread.is_alive()
            if is_over and wanted.id not in self._jobs:  # else somebody has begun anew meanwhile, from nothing
                self._erase(wanted)

    def bundle(
        self, wanted_models: Sequence[str], folder: str, cancelled: threading.Event
    ) -> Iterator[DownloadChanged]:
        """Write models into ``folder`` with their hashes; those that aren't here are got first.

        Raises PhialError MODEL_NOT_OFFERED, FILE_THERE_ALREADY, DOWNLOAD_….
        """
        every = tuple(dict.fromkeys(map(self.wanted, wanted_models)))
        target = Path(folder)
        in_the_way = check_bundle(target)
        if in_the_way is not None:
            raise PhialError(LibraryProblem.FILE_THERE_ALREADY, path=str(in_the_way))
        for wanted in every:
            yield from self.get(wanted.id, "", cancelled)
            place = self.place_of(wanted)
            if cancelled.is_set() or place is None:
                return
            job = Job(wanted, target, str(place))
            self._run(job, None)
            try:
                yield from followed(job, cancelled)
            finally:
                job.halt.ask()
        if not cancelled.is_set():
            write_bundle(target, every, "\n".join(text("bundle_readme", language) for language in LANGUAGES))

    def close(self) -> None:
        """End what is under way; the next worker goes on with it."""
        with self._lock:
            self._is_closing = True
            jobs = tuple(self._jobs.values())
        for job in jobs:
            job.halt.ask()
        for job in jobs:
            if job.thread is not None:
                job.thread.join(END_SECONDS)

    @staticmethod
    def wanted(model: str) -> Downloadable:
        """The model or the embedder with this id. Raises PhialError MODEL_NOT_OFFERED, MODEL_NOT_RUN."""
        try:
            return downloadable(model)
        except PhialError as error:
            if error.kind is not EngineProblem.MODEL_UNKNOWN:
                raise
            raise PhialError(EngineProblem.MODEL_NOT_OFFERED, model=model) from error

    def place_of(self, wanted: Downloadable) -> Path | None:
        """Where ``wanted`` is on this machine already; None where it isn't. What may be it is hashed if need be."""
        notes = model_notes(self._home)
        places = [self._folder(wanted) / wanted.file]
        if wanted.kind is DownloadKind.MODEL:
            places.extend(model.path for model in installed_models(self._home))
        for path in dict.fromkeys(places):
            state = state_of(path)
            if state is None or state[0] != (wanted.bytes or state[0]):
                continue
            known = notes.sha256_of(path)
            if not known and (wanted.bytes is not None or path.name == wanted.file):
                with contextlib.suppress(OSError):
                    known = sha256_of(path)
                    note_hash(self._home, path, state, known)
            if known == wanted.sha256:
                return path
        return None

    def _folder(self, wanted: Downloadable) -> Path:
        return (models_folder if wanted.kind is DownloadKind.MODEL else embedders_folder)(self._home)

    def _run(self, job: Job, former: threading.Thread | None) -> None:
        job.thread = threading.Thread(
            target=self._carry_out, args=(job, former), name=f"download of {job.wanted.id}", daemon=True
        )
        job.thread.start()

    def _carry_out(self, job: Job, former: threading.Thread | None) -> None:
        if former is not None:
            former.join()  # it was told to stop, and may still hold the part

        def tell(step: Step) -> None:
            with self._lock:
                if job.download.state not in UNDER_WAY:
                    return
                was = job.download
                job.take(step)
                is_news = (was.state, was.reason) != (job.download.state, job.download.reason)
            if self._is_shown(job) and (is_news or time.monotonic() - job.told_at >= POLL_SECONDS):
                job.told_at = time.monotonic()
                self._feed.publish(DownloadChanged(0, job.download))

        try:
            path = fetch(job.wanted, job.folder, self._sources(job), job.halt, tell, self._patience)
        except Halted:
            if job.is_dropped:
                self._erase(job.wanted)
            elif not self._is_shown(job):
                job.end(DownloadState.PAUSED)
        except PhialError as error:
            self._settle(job, DownloadState.FAILED, problem_of(error))
        except Exception as error:
            _log.exception("download of %s", job.wanted.id)
            self._settle(job, DownloadState.FAILED, problem_of(error))
        else:
            self._arrived(job, path)

    def _arrived(self, job: Job, path: Path) -> None:
        state = state_of(path)
        if state is not None:
            with contextlib.suppress(OSError):  # it is hashed once more, some day
                note_hash(self._home, path, state, job.wanted.sha256)
        if self._is_shown(job):
            self._feed.publish(protocol.Models(0, self._models.listed()))
            self._feed.publish(self._models.state())
        self._settle(job, DownloadState.DONE)

    def _settle(self, job: Job, state: DownloadState, reason: Problem | None = None) -> None:
        with self._lock:
            is_shown = self._is_shown(job)
            job.end(state, reason)
            if is_shown and state is DownloadState.DONE:
                del self._jobs[job.wanted.id]
            if is_shown and not self._is_closing:
                remember(self._history, self._jobs.values())
        if is_shown:
            self._feed.publish(DownloadChanged(0, job.download))

    def _is_shown(self, job: Job) -> bool:
        """Whether the download is one of the library's: not into a bundle, and not another's successor."""
        return self._jobs.get(job.wanted.id) is job

    def _sources(self, job: Job) -> Sequence[Source]:
        if job.source:
            return sources_in(Path(job.source), job.wanted)
        transport = Transport(
            lambda address: self._noted(address, job.wanted.id), self._patience.connect, self._patience.stall
        )
        return [
            HubSource(endpoint, job.wanted, transport) for endpoint in endpoints(self._settings.current().model_mirrors)
        ]

    def _noted(self, address: str, model: str) -> Callable[[int, str], None]:
        number = self._connections.begin(address, model)

        def finish(received: int, outcome: str) -> None:
            with contextlib.suppress(PhialError):  # that it was made stands there; the disk may be full
                self._connections.end(number, received, outcome)

        return finish

    def _erase(self, wanted: Downloadable) -> None:
        with contextlib.suppress(OSError):
            drop_part(self._folder(wanted) / wanted.file)
