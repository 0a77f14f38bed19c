"""What is said of long work: what it is, what is done of what, how it ended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QObject

from desktop.activities import Activity, ActivityKind, ActivityState
from desktop.widgets.counted_words import CountedWords
from desktop.widgets.direction import isolated
from desktop.widgets.model_words import locale_size
from desktop.widgets.trouble import briefly

LONGEST_SUBJECT = 60
"""Characters of a question or a name, in a line that is said of it."""


class ActivityWords(QObject):
    """A QObject, as only ``tr`` knows plural forms."""

    def name(self, activity: Activity) -> str:
        """What it is."""
        subject = _shortened(activity.subject)
        match activity.kind:
            case ActivityKind.READING:
                return self.tr("Reading documents")
            case ActivityKind.SCANS:
                return self.tr("Reading scanned pages")
            case ActivityKind.DOWNLOAD:
                return self.tr("Getting {model}").format(model=subject)
            case ActivityKind.SUMMARY if subject:
                return self.tr("Summing up “{document}”").format(document=isolated(subject))
            case ActivityKind.SUMMARY:
                return self.tr("Summing up %Ln document(s)", "", len(activity.targets))
            case ActivityKind.FINDING:
                return self.tr("Finding all: {what}").format(what=isolated(subject))
            case ActivityKind.ANSWER:
                return self.tr("Answering “{question}”").format(question=subject)
            case ActivityKind.EMBEDDER:
                return self.tr("Changing the search by meaning to {name}").format(name=subject)
            case ActivityKind.REBUILDING:
                return self.tr("Mending the search index")

    def standing(self, activity: Activity) -> str:
        """What is done of what and how long it still takes, or how it ended."""
        match activity.state:
            case ActivityState.RUNNING:
                left = CountedWords().time_left(activity.seconds_left) if activity.seconds_left >= 0 else ""
                return " · ".join(filter(None, (self._share(activity) or self.tr("Under way"), left)))
            case ActivityState.PAUSED:
                return " · ".join(filter(None, (self.tr("Paused"), self._share(activity))))
            case ActivityState.WAITING:
                return self.tr("Phial’s helper is starting again; this then goes on from where it was")
            case ActivityState.DONE:
                return " · ".join(filter(None, (self.tr("Done"), self._outcome(activity))))
            case ActivityState.STOPPED:
                return self.tr("Stopped")
            case ActivityState.FAILED:
                return briefly(activity.problem) if activity.problem is not None else self.tr("It did not work")

    def line(self, activity: Activity) -> str:
        """What it is and how far, in one line: “Reading 12 of 40 documents · 3 min left”."""
        if activity.kind is ActivityKind.READING and activity.state is ActivityState.RUNNING and activity.whole:
            read = self.tr("Reading {done} of %Ln document(s)", "", activity.whole)
            parts = [read.format(done=QLocale().toString(activity.done))]
            if activity.seconds_left >= 0:
                parts.append(CountedWords().time_left(activity.seconds_left))
            return " · ".join(parts)
        return f"{self.name(activity)} · {self.standing(activity)}"

    def count(self, under_way: Sequence[Activity]) -> str:
        """How much is under way."""
        return self.tr("%Ln under way", "", len(under_way)) if under_way else self.tr("nothing under way")

    def _share(self, activity: Activity) -> str:
        if activity.whole <= 0:
            return ""
        whole = activity.whole
        match activity.kind:
            case ActivityKind.READING | ActivityKind.FINDING:
                said = self.tr("{done} of %Ln document(s)", "", whole)
            case ActivityKind.SCANS:
                said = self.tr("{done} of %Ln page(s)", "", whole)
            case ActivityKind.SUMMARY:
                said = self.tr("{done} of %Ln part(s)", "", whole)
            case ActivityKind.EMBEDDER | ActivityKind.REBUILDING:
                said = self.tr("{done} of %Ln passage(s)", "", whole)
            case ActivityKind.DOWNLOAD:
                return self.tr("{done} of {total}").format(done=locale_size(activity.done), total=locale_size(whole))
            case ActivityKind.ANSWER:
                return ""
        return said.format(done=QLocale().toString(activity.done))

    def _outcome(self, activity: Activity) -> str:
        match activity.kind:
            case ActivityKind.READING:
                return CountedWords().documents(activity.whole)
            case ActivityKind.SCANS:
                return self.tr("%Ln page(s)", "", activity.whole)
            case ActivityKind.DOWNLOAD:
                return locale_size(activity.whole) if activity.whole else ""
            case ActivityKind.FINDING:
                return self.tr("found in %Ln document(s)", "", activity.done)
            case _:
                return ""


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + "…"
