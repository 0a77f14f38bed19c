"""Health: what came of every page of a document, why, and what a person can do about it."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterable, Sequence

from rag.errors import LibraryProblem
from rag.protocol import Document, DocumentHealth, DocumentState, PageRun, PageState
from rag.stores.health_records import HealthRecords, PageOutcome
from rag.stores.records import Records

ENTER_PASSWORD, TRY_AGAIN, READ_AFTER_ALL = "enter_password", "try_again", "read_after_all"
SHOW_IN_FOLDER, FIND_FILE, FORGET, OPEN_SETTINGS = "show_in_folder", "find_file", "forget", "open_settings"
"""The mends of a DocumentHealth."""

DOCUMENTS_AT_ONCE = 500

_OF_THE_FILE_ITSELF = (SHOW_IN_FOLDER, TRY_AGAIN, FORGET)
_MENDS: dict[str, tuple[str, ...]] = {
    LibraryProblem.PDF_ENCRYPTED: (ENTER_PASSWORD, SHOW_IN_FOLDER, FORGET),
    LibraryProblem.PATH_MISSING: (FIND_FILE, TRY_AGAIN, FORGET),
    LibraryProblem.PATH_UNREADABLE: _OF_THE_FILE_ITSELF,
    LibraryProblem.PATH_PROTECTED: (OPEN_SETTINGS, TRY_AGAIN, FORGET),
    LibraryProblem.FILE_CHANGED: (TRY_AGAIN, SHOW_IN_FOLDER, FORGET),
    LibraryProblem.FILE_IN_CLOUD: _OF_THE_FILE_ITSELF,
    LibraryProblem.SCAN_LEFT_UNREAD: (READ_AFTER_ALL, SHOW_IN_FOLDER, FORGET),
    LibraryProblem.PARSER_DIED: (TRY_AGAIN, SHOW_IN_FOLDER, FORGET),
    LibraryProblem.PARSER_TIMED_OUT: (TRY_AGAIN, SHOW_IN_FOLDER, FORGET),
    LibraryProblem.PARSER_OUT_OF_MEMORY: (TRY_AGAIN, SHOW_IN_FOLDER, FORGET),
    LibraryProblem.UNEXPECTED: (TRY_AGAIN, SHOW_IN_FOLDER, FORGET),
}
"""What helps against a reason, best first; against any other, a look at the file."""


class HealthReporter:
    """Reports on documents."""

    def __init__(self, records: Records, health: HealthRecords) -> None:
        self._records = records
        self._health = health

    def report(self, keys: Sequence[str]) -> tuple[DocumentHealth, ...]:
        """The health of the documents with these ``keys``, those that are there; of all where none is given."""
        documents = self._records.documents(tuple(keys) or None)
        runs: dict[str, tuple[PageRun, ...]] = {}
        sha256s = [document.sha256 for document in documents if document.sha256]
        for begin in range(0, len(sha256s), DOCUMENTS_AT_ONCE):
            outcomes = self._health.outcomes(sha256s[begin : begin + DOCUMENTS_AT_ONCE])
            for sha256, pages in itertools.groupby(outcomes, operator.attrgetter("sha256")):
                runs[sha256] = page_runs(pages)
        return tuple(
            DocumentHealth(document, pages, mends_for(document, pages))
            for document in documents
            for pages in (runs.get(document.sha256, ()),)
        )


def page_runs(pages: Iterable[PageOutcome]) -> tuple[PageRun, ...]:
    """Pages in order of their numbers, neighbours that came out alike as one.

    Alike are pages in the same state, for the same kind of reason, of which OCR was as sure to the hundredth. A run
    has the reason of its first page. Pages that are not read yet are in none.
    """
    runs: list[PageRun] = []
    for page in pages:
        confidence = round(page.confidence, 2)
        last = runs[-1] if runs else None
        kind = None if page.problem is None else page.problem.kind
        if last is not None and (last.last + 1, last.state, last.confidence, last.reason and last.reason.kind) == (
            page.number, page.state, confidence, kind,
        ):  # fmt: skip
            runs[-1] = PageRun(last.first, page.number, last.state, last.confidence, last.reason)
        else:
            runs.append(PageRun(page.number, page.number, page.state, confidence, page.problem))
    return tuple(runs)


def mends_for(document: Document, pages: Sequence[PageRun]) -> tuple[str, ...]:
    """What can be done for a document, best first; nothing where all is well or still under way."""
    if document.state is DocumentState.NEEDS_PASSWORD:
        return _MENDS[LibraryProblem.PDF_ENCRYPTED]
    if document.is_away:
        return (FIND_FILE, FORGET)
    if document.reason is not None:
        return _MENDS.get(document.reason.kind, _OF_THE_FILE_ITSELF)
    for state in (PageState.FAILED, PageState.LEFT_UNREAD):
        reason = next((run.reason for run in pages if run.state is state and run.reason is not None), None)
        if reason is not None:
            return _MENDS.get(reason.kind, _OF_THE_FILE_ITSELF)
    return ()
