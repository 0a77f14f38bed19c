"""That something long has ended, told to somebody who has turned to something else: once, and where they want it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QApplication

from desktop.activities import Activity, ActivityKind, ActivityState
from desktop.panes.activity_feed import ActivityFeed
from desktop.preferences import Preferences
from desktop.tray import Tray
from desktop.widgets.activity_words import ActivityWords

TOLD = frozenset(ActivityKind) - {ActivityKind.SCANS, ActivityKind.REBUILDING}
"""Kinds whose end is told. Scanned pages belong to the documents that are read; an index is mended unasked."""


class Notices(Protocol):
    """A way to show notifications."""

    @property
    def chosen(self) -> SignalInstance:
        """Carries the key of one that was clicked."""

    def show(self, title: str, text: str, key: str) -> None:
        """Show one."""


def is_in_front() -> bool:
    """Whether the person has one of the windows before them."""
    return QApplication.activeWindow() is not None


class Notifier(QObject):
    """``opened``: an Activity that the person wants to see what came of."""

    opened = Signal(object)

    def __init__(
        self,
        feed: ActivityFeed,
        preferences: Preferences,
        tray: Tray,
        desktop: Notices | None,
        parent: QObject,
        sees: Callable[[], bool] = is_in_front,
    ) -> None:
        """``desktop`` shows notifications where there is no tray; ``sees``: whether the person looks at Phial."""
        super().__init__(parent)
        self._preferences = preferences
        self._tray = tray
        self._desktop = desktop
        self._sees = sees
        self._words = ActivityWords(self)
        self._told: dict[str, Activity] = {}
        feed.ended.connect(self._tell)
        tray.notices.chosen.connect(self._open)
        if desktop is not None:
            desktop.chosen.connect(self._open)

    def take_over(self, other: Notifier) -> None:
        """Open what ``other``, which is to go, has told of."""
        self._told = other._told
        other._told = {}

    def _tell(self, activity: Activity) -> None:
        if activity.kind not in TOLD or not activity.is_worth_telling:
            return
        if not self._preferences.notifies or self._sees():
            return
        notices = self._tray.notices if self._tray.is_there else self._desktop
        if notices is not None:
            self._told[activity.key] = activity
            notices.show(self._title(activity), self._words.standing(activity), activity.key)

    def _title(self, activity: Activity) -> str:
        """What has ended; nothing of a question or of a document: other programs keep notifications."""
        has_failed = activity.state is ActivityState.FAILED
        match activity.kind:
            case ActivityKind.READING:
                return self.tr("Your documents could not all be read") if has_failed else self.tr("Documents are read")
            case ActivityKind.DOWNLOAD:
                return activity.subject
            case ActivityKind.SUMMARY:
                return self.tr("There is no summary") if has_failed else self.tr("The summary is ready")
            case ActivityKind.FINDING:
                return self.tr("Find all did not come to its end") if has_failed else self.tr("Find all has ended")
            case ActivityKind.ANSWER:
                return self.tr("There is no answer") if has_failed else self.tr("The answer is there")
            case _:
                return self._words.name(activity)

    def _open(self, key: str) -> None:
        activity = self._told.pop(key, None)
        if activity is not None:
            self.opened.emit(activity)


def make_desktop_notices(parent: QObject) -> Notices | None:
    """The notifications of a desktop that may have no tray; None where every desktop has one."""
    if sys.platform != "linux":
        return None
    from desktop.desktop_notices import DesktopNotices

    return DesktopNotices(parent)
