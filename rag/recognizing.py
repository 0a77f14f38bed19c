"""Recognizing, in the background: pages that wait for OCR are read one by one, after all text that needs none.

What is to be done stands in library.db, page by page, so a kill loses the page in hand. Passages follow while a
document goes on: those of a page that was there before stay as they are.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from rag.courtesy import Courtesy, lower_priority
from rag.cutting import CountTokens, cut_document
from rag.errors import LibraryProblem, PhialError, error_of, problem_of
from rag.extract import Cancelled, PageRecognizer, PageText
from rag.feed import Event, Feed
from rag.locating import unchanged_path
from rag.ocr_pace import OcrPace
from rag.protocol import DocumentChanged, DocumentGone, Progress
from rag.stores.database import RowGone
from rag.stores.records import Records, WaitingPage

LEAST_PAGES_A_CUT = 4
CUTS = 8
"""A document is cut anew after its first page, then when its pages have grown by this part (and by the least above):
its passages come soon, and cutting it, which costs its whole length each time, stays cheap."""

RETRY_SECONDS = 5.0
"""How long it rests after the library itself failed (a full disk) before it tries again."""

_log = logging.getLogger(__name__)


class Recognizing:
    """The thread and its OCR process."""

    def __init__(
        self,
        records: Records,
        count_tokens: CountTokens,
        password_of: Callable[[str], str],
        feed: Feed,
        courtesy: Courtesy,
        progress: Callable[[], Progress],
        on_passages: Callable[[], None],
        pace: OcrPace,
        left_alone: Callable[[], Collection[str]],
    ) -> None:
        """``password_of`` knows the password of a document by its SHA-256: "" where it needs none.

        ``on_passages`` is called whenever there are new passages. ``left_alone`` are the documents (paths and SHA-256
        sums) of which nothing is to be read just now; whoever changes them wakes who follows the ``feed``.
        """
        self._records = records
        self._count_tokens = count_tokens
        self._password_of = password_of
        self._feed = feed
        self._courtesy = courtesy
        self._progress = progress
        self._recognizer = PageRecognizer()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._pages_since_cut: dict[str, int] = {}
        self._cutting = threading.Lock()
        self._on_passages = on_passages
        self._pace = pace
        self._left_alone = left_alone

    def start(self) -> None:
        """Start the thread, once: it goes on where the last run ended."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="recognizing", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End the thread and the OCR process; the page in hand is read another time."""
        self._closing.set()
        self._feed.wake()
        if self._thread is not None:
            self._thread.join(timeout=10)
        self._recognizer.close()

    def leave(self, sha256s: Sequence[str]) -> None:
        """Read the scanned pages of these documents no more, until they are to be read after all."""
        for sha256 in self._records.leave_scans(sha256s):
            self._cut(sha256)
            self._announce(sha256)

    def read_after_all(self, sha256s: Sequence[str]) -> None:
        """Read the scanned pages of these documents that were left unread; what was read of them stays."""
        for sha256 in self._records.recognize_again(sha256s, (LibraryProblem.SCAN_LEFT_UNREAD,)):
            self._announce(sha256)

    def end_process(self) -> None:
        """End the OCR process at once: this process is about to end, and with it every thread."""
        self._closing.set()
        self._recognizer.close()

    # --- the thread ---------------------------------------------------------------------------------------------

    def _run(self) -> None:
        lower_priority()
        has_begun = False
        with self._feed.follow() as events:
            while not self._closing.is_set():
                try:
                    if not has_begun:
                        for sha256 in self._records.left_uncut():
                            self._cut(sha256)
                            self._announce(sha256)
                        has_begun = True
                    self._forget_told(events)
                    while self._read_next():
                        self._forget_told(events)
                except Exception as error:
                    self._rest(error)
                    continue
                self._wait(events)

    def _forget_told(self, events: queue.SimpleQueue[Event | None]) -> None:
        """What was told until now stands in library.db; in the hours that scans take it would heap up."""
        with contextlib.suppress(queue.Empty):
            while True:
                events.get_nowait()

    def _wait(self, events: queue.SimpleQueue[Event | None]) -> None:
        """Wait until something happened to a document, or who follows is woken: then there may be a page to read."""
        while not self._closing.is_set() and not isinstance(events.get(), DocumentChanged | DocumentGone | None):
            pass

    def _read_next(self) -> bool:
        """Read the page that is next; say whether there was one."""
        self._courtesy.wait(self._closing.is_set)
        left_alone = self._left_alone()
        if self._closing.is_set() or self._records.next_file(without=left_alone) is not None:
            return False
        page = self._records.next_waiting_page(left_alone)
        if page is None:
            return False
        with contextlib.suppress(Cancelled, RowGone):  # the library closes; the document was removed meanwhile
            self._read(page)
        return True

    def _read(self, page: WaitingPage) -> None:
        begun = time.monotonic()
        try:
            path = unchanged_path(self._records, page.sha256, page.name, self._closing.is_set)
            password = self._password_of(page.sha256)
            read = self._recognized(path, page, password)
        except PhialError as error:
            self._records.fail_recognition(page, problem_of(error))
        else:
            if read is None:
                return
            self._records.keep_recognized(page, read)
            self._pace.note(time.monotonic() - begun)
        new = self._pages_since_cut[page.sha256] = self._pages_since_cut.get(page.sha256, 0) + 1
        for document in self._records.documents([page.sha256]):
            if document.pages_waiting == 0 or is_cut_due(new, document.pages_by_ocr):
                self._cut(page.sha256)
        self._announce(page.sha256)

    def _recognized(self, path: Path, page: WaitingPage, password: str) -> PageText | None:
        try:
            return self._recognizer.recognize(path, page.format, page.number, password, self._closing.is_set)
        except PhialError:
            raise
        except Exception as error:  # the page would be tried for ever, and no other after it
            _log.exception("a page could not be read by OCR")
            raise error_of(problem_of(error)) from error

    def _cut(self, sha256: str) -> None:
        """Cut the document anew, unless its file is about to be read anew: then that does it."""
        with self._cutting:  # of two, the one that came first may have looked at fewer pages
            self._pages_since_cut.pop(sha256, None)
            for document in self._records.documents([sha256]):
                if document.paths and cut_document(
                    self._records, self._count_tokens, sha256, document.name, document.paths[0], unless_waiting=True
                ):
                    self._on_passages()

    def _announce(self, sha256: str) -> None:
        for document in self._records.documents([sha256]):
            self._feed.publish(DocumentChanged(0, document))
        self._feed.publish(self._progress())

    def _rest(self, error: Exception) -> None:
        """The library itself failed: wait, and try again; nothing that waits is lost."""
        if isinstance(error, PhialError):
            _log.warning("recognizing rests: %s", error)
        else:
            _log.exception("recognizing rests")
        self._closing.wait(RETRY_SECONDS)


def is_cut_due(new: int, read: int) -> bool:
    """Whether a document, ``new`` of whose ``read`` pages by OCR came since it was last cut, is to be cut anew."""
    return new >= read or new >= max(LEAST_PAGES_A_CUT, read / CUTS)
