"""What takes long and is under way, and how what has ended ended: values alone, without a window.

Times are seconds of one clock that only goes forward.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from enum import StrEnum

from rag.errors import Problem
from rag.protocol import Download, DownloadState

REMEMBERED = 600.0
"""Seconds for which it is shown how something ended."""

MOST_ENDED = 8
"""Of those that have ended; older ones go."""

WORTH_TELLING = 10.0
"""Seconds; what took less was waited for."""


class ActivityKind(StrEnum):
    """What is being done."""

    READING = "reading"
    SCANS = "scans"
    DOWNLOAD = "download"
    SUMMARY = "summary"
    FINDING = "finding"
    ANSWER = "answer"
    EMBEDDER = "embedder"
    REBUILDING = "rebuilding"


class ActivityState(StrEnum):
    """How it stands. ``waiting``: the worker has died, and another goes on with it as soon as it is there."""

    RUNNING = "running"
    PAUSED = "paused"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


ENDED = frozenset({ActivityState.DONE, ActivityState.FAILED, ActivityState.STOPPED})


@dataclasses.dataclass(frozen=True)
class Activity:
    """One long work. ``subject`` is what it is about (a model, a document, a question), "" where its kind says all.

    ``done`` of ``whole`` are documents, pages, passages, parts or bytes by its kind; ``whole`` 0: not known.
    ``seconds_left`` -1: not known. ``targets`` are the keys of the documents it is about. ``begun``, ``ended``: times.
    """

    key: str
    kind: ActivityKind
    subject: str = ""
    state: ActivityState = ActivityState.RUNNING
    done: int = 0
    whole: int = 0
    seconds_left: float = -1.0
    begun: float = 0.0
    ended: float = 0.0
    targets: tuple[str, ...] = ()
    problem: Problem | None = None
    can_be_held: bool = False
    can_be_cancelled: bool = False

    @property
    def is_over(self) -> bool:
        """Whether it has ended, in whatever way."""
        return self.state in ENDED

    @property
    def fraction(self) -> float:
        """How far it is, in [0, 1]; -1 where nobody knows."""
        return max(0.0, min(1.0, self.done / self.whole)) if self.whole > 0 else -1.0

    @property
    def is_worth_telling(self) -> bool:
        """Whether somebody who has turned to something else wants to hear of its end."""
        is_news = self.state in {ActivityState.DONE, ActivityState.FAILED}
        return is_news and self.ended - self.begun >= WORTH_TELLING


_REQUEST = "request "

_DOWNLOAD_STATES = {
    DownloadState.RUNNING: ActivityState.RUNNING,
    DownloadState.CHECKING: ActivityState.RUNNING,
    DownloadState.PAUSED: ActivityState.PAUSED,
    DownloadState.FAILED: ActivityState.FAILED,
    DownloadState.DONE: ActivityState.DONE,
}


def activity_of(download: Download) -> Activity:
    """A download that was not dropped, as long work: how long it takes yet is told at its present pace."""
    is_known = download.state == DownloadState.RUNNING and download.bytes > 0 and download.bytes_per_s > 0
    left = (download.bytes - download.bytes_done) / download.bytes_per_s if is_known else -1.0
    return Activity(
        download.model, ActivityKind.DOWNLOAD, download.name, _DOWNLOAD_STATES[download.state], download.bytes_done,
        download.bytes, left, problem=download.reason, can_be_held=download.state != DownloadState.CHECKING,
        can_be_cancelled=True,
    )  # fmt: skip


def request_key(request: int) -> str:
    """The key of the activity that the request with this number is."""
    return f"{_REQUEST}{request}"


def request_of(activity: Activity) -> int:
    """The number of the request that ``activity`` is; 0 where it is none."""
    return int(activity.key.removeprefix(_REQUEST)) if activity.key.startswith(_REQUEST) else 0


class ActivityList:
    """All of them by their keys, in the order in which they began; what has ended stays for a while."""

    def __init__(self) -> None:
        self._activities: dict[str, Activity] = {}

    def __iter__(self) -> Iterator[Activity]:
        return iter(tuple(self._activities.values()))

    def get(self, key: str) -> Activity | None:
        """The one with this key."""
        return self._activities.get(key)

    def put(self, activity: Activity, now: float) -> Activity | None:
        """Hold ``activity`` as it is now; where this is its end, give it with its times.

        One that has ended and goes on is a new one: its time counts anew.
        """
        known = self._activities.get(activity.key)
        if known is None or (known.is_over and not activity.is_over):
            self._activities.pop(activity.key, None)  # it stands where it begins
            activity = dataclasses.replace(activity, begun=now, ended=0.0)
        else:
            activity = dataclasses.replace(activity, begun=known.begun, ended=known.ended)
        is_its_end = activity.is_over and (known is None or not known.is_over)
        if is_its_end:
            activity = dataclasses.replace(activity, ended=now, seconds_left=-1.0)
        self._activities[activity.key] = activity
        return activity if is_its_end else None

    def adopt(self, activity: Activity) -> None:
        """Hold ``activity`` with the times that it has."""
        self._activities[activity.key] = activity

    def drop(self, key: str) -> None:
        """Hold it no more: it was given up, and nobody needs to hear of it."""
        self._activities.pop(key, None)

    def wait_for_the_worker(self) -> None:
        """The worker has died: what goes on by itself waits for the next one."""
        for activity in self:
            if activity.state is ActivityState.RUNNING:
                self._activities[activity.key] = dataclasses.replace(
                    activity, state=ActivityState.WAITING, seconds_left=-1.0
                )

    def forget_old(self, now: float) -> None:
        """Let go of what has ended long ago, and of the oldest of very many."""
        ended = sorted((one for one in self if one.is_over), key=lambda one: -one.ended)
        for place, activity in enumerate(ended):
            if place >= MOST_ENDED or now - activity.ended >= REMEMBERED:
                self.drop(activity.key)

    @property
    def listed(self) -> tuple[Activity, ...]:
        """What is under way, then what has ended, the last first; but no answer: it is seen where it is written."""
        shown = [one for one in self if one.kind is not ActivityKind.ANSWER]
        ended = sorted((one for one in shown if one.is_over), key=lambda one: -one.ended)
        return (*(one for one in shown if not one.is_over), *ended)

    @property
    def under_way(self) -> tuple[Activity, ...]:
        """Of those that are shown, what has not ended."""
        return tuple(one for one in self.listed if not one.is_over)

    @property
    def fraction(self) -> float:
        """How far all that is under way is, in [0, 1], each counting alike; -1 where nobody knows of any."""
        known = [one.fraction for one in self.under_way if one.fraction >= 0]
        return sum(known) / len(known) if known else -1.0

    @property
    def is_held(self) -> bool:
        """Whether something is under way, and all of it is held."""
        states = {one.state for one in self.under_way}
        return bool(states) and states == {ActivityState.PAUSED}
