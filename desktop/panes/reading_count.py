"""How far reading is, and reading by OCR: two long works, counted from the library's news."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.activities import Activity, ActivityKind, ActivityList, ActivityState
from desktop.panes.library_feed import LibraryFeed
from desktop.widgets.document_model import is_under_way
from rag.protocol import Document, DocumentChanged, DocumentGone, Documents, Reply

READING, SCANS = "reading", "scans"


class ReadingCount:
    """Counts down what is left of what was most at once: what is added meanwhile makes it more."""

    def __init__(self, library: LibraryFeed) -> None:
        self._library = library
        self._read: dict[str, None] = {}

    def note(self, news: Reply) -> None:
        """Which documents the reading that is under way is about; under another key it is still the same one."""
        match news:
            case Documents():
                for document in news.documents:
                    self._note(document)
            case DocumentChanged():
                if news.was in self._read:
                    del self._read[news.was]
                    self._read[news.document.key] = None
                self._note(news.document)
            case DocumentGone():
                self._read.pop(news.key, None)

    def counted(self, activities: ActivityList) -> Iterator[Activity]:
        """Both as they are by now, where they are among ``activities`` or there is something to do."""
        progress, model = self._library.progress, self._library.model
        is_paused = progress is not None and progress.is_paused
        state = ActivityState.PAUSED if is_paused else ActivityState.RUNNING
        waiting = model.waiting
        if _is_there(activities, READING, waiting):
            targets = tuple(self._read)
            whole = max(len(targets), waiting)
            yield Activity(
                READING, ActivityKind.READING, state=state if waiting else ActivityState.DONE, done=whole - waiting,
                whole=whole, seconds_left=-1.0 if progress is None or is_paused else progress.seconds_left,
                targets=targets, can_be_held=True, can_be_cancelled=bool(model.unread),
            )  # fmt: skip
        if not waiting:
            self._read.clear()
        pages = model.pages_waiting
        if _is_there(activities, SCANS, pages):
            known = activities.get(SCANS)
            whole = max(pages, 0 if known is None or known.is_over else known.whole)
            yield Activity(
                SCANS, ActivityKind.SCANS, state=state if pages else ActivityState.DONE, done=whole - pages,
                whole=whole, can_be_held=True, can_be_cancelled=bool(model.scans),
            )  # fmt: skip

    def take_over(self, other: ReadingCount) -> None:
        """Know what ``other`` knows, which is to go."""
        self._read |= other._read

    def _note(self, document: Document) -> None:
        if is_under_way(document):
            self._read[document.key] = None


def _is_there(activities: ActivityList, key: str, waiting: int) -> bool:
    known = activities.get(key)
    return waiting > 0 or (known is not None and not known.is_over)
