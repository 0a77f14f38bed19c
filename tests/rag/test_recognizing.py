"""The journey of scanned pages on a real library.db; what OCR would say of a page is told by the test."""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import recognizing
from rag.courtesy import Courtesy
from rag.errors import LibraryProblem, PhialError, Problem
from rag.extract import PageText
from rag.feed import Feed
from rag.ocr_pace import OcrPace
from rag.pages import Word
from rag.protocol import Document, DocumentChanged, DocumentState, PageState, Progress
from rag.recognizing import Recognizing, is_cut_due
from rag.stores.database import Database
from rag.stores.records import Records, WaitingFile

VERSIONS = (1, 1)
SAID = ("The crane stands on the quay.", "Bread rises slowly in winter.", "Eleven hours burns the heater.")
"""What is written on the pages: nothing that repeats itself, which would be left out as a header."""
IDLE = Progress(0, 0, 0, 0, 0, 0, -1.0)


class Reader:
    """Stands for OCR: says of every page what is written on it, or does what the test wants of it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int, str]] = []
        self.before: Callable[[str, int], None] = lambda name, page: None
        self.closed = threading.Event()

    def recognize(
        self, path: Path, format_name: str, page: int, password: str, is_cancelled: Callable[[], bool]
    ) -> PageText | None:
        self.asked.append((path.name, page, password))
        self.before(path.name, page)
        if is_cancelled():
            return None
        text = SAID[page - 1]
        word = Word(0, 4, (10.0, 10.0, 40.0, 20.0))
        return PageText(page, "", text, (word,), 595.0, 842.0, (), None, True, confidence=0.8)

    def close(self) -> None:
        self.closed.set()


class Workshop:
    """A library.db with the thread that reads its scans."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self.records = Records(database)
        self.feed = Feed()
        self.courtesy = Courtesy()
        self.reader = Reader()
        self.pace = OcrPace(self.records)
        self.new_passages = 0
        self.left_alone: set[str] = set()
        self.recognizing = Recognizing(
            self.records, count_tokens, lambda sha256: f"password of {sha256[:1]}", self.feed, self.courtesy,
            lambda: self.pace.added_to(IDLE), self._count, self.pace, lambda: self.left_alone,
        )  # fmt: skip
        self.recognizing._recognizer = self.reader  # type: ignore[assignment]

    def _count(self) -> None:
        self.new_passages += 1

    def add(self, name: str, pages: int, *, is_read: bool = True) -> str:
        """A scan of so many pages; gives its SHA-256."""
        path = self.folder / name
        path.write_bytes(name.encode())
        status, sha256 = path.stat(), name[:1] * 64
        self.records.note_file(str(path), status.st_size, status.st_mtime_ns, retries=False)
        file = WaitingFile(str(path), "", status.st_size, status.st_mtime_ns)
        self.records.begin_document(file, sha256, VERSIONS)
        self.records.describe_document(sha256, "pdf", pages)
        waiting = [
            PageText(number, "", "", (), 595.0, 842.0, (), None, True, waits=True) for number in range(1, pages + 1)
        ]
        self.records.add_pages(sha256, waiting)
        if is_read:
            self.records.settle_file(str(path))
        return sha256

    def run_until(self, is_reached: Callable[[], bool]) -> list[Document]:
        """Start the thread, and follow what it tells until the library is as wanted."""
        told: list[Document] = []
        with self.feed.follow() as events:
            self.recognizing.start()
            while not is_reached():
                try:
                    event = events.get(timeout=10)
                except queue.Empty:
                    pytest.fail("it did not happen")
                if isinstance(event, DocumentChanged):
                    told.append(event.document)
        return told

    def states(self, sha256: str) -> list[PageState]:
        return [page.state for page in self.records.pages(sha256)]

    def document(self, sha256: str) -> Document:
        return self.records.documents([sha256])[0]


def count_tokens(texts: Sequence[str]) -> list[int]:
    return [len(text) // 4 + 1 for text in texts]


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    home = tmp_path / "home"
    home.mkdir()
    database = Database(home)
    made = Workshop(tmp_path, database)
    yield made
    made.recognizing.close()
    assert made.reader.closed.is_set()
    database.close()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def test_pages_are_read_one_by_one_and_each_is_told(workshop: Workshop) -> None:
    first, second = workshop.add("a.pdf", 3), workshop.add("b.pdf", 1)
    told = workshop.run_until(lambda: workshop.records.count_waiting_pages() == 0 and workshop.new_passages == 3)
    assert workshop.reader.asked == [(name, page, f"password of {name[0]}") for name, page in
                                     (("a.pdf", 1), ("a.pdf", 2), ("a.pdf", 3), ("b.pdf", 1))]  # fmt: skip
    assert workshop.states(first) == [PageState.OCR] * 3
    of_first = [(document.pages_waiting, document.pages_by_ocr) for document in told if document.sha256 == first]
    assert of_first == [(2, 1), (1, 2), (0, 3)]
    # It was answerable from its first page on, not cut anew after its second, and whole with its last.
    assert [document.passages for document in told if document.sha256 == first] == [1, 1, 3]
    assert all(document.state is DocumentState.ANSWERABLE for document in told)
    assert workshop.document(second).passages == 1


def test_text_that_needs_no_ocr_goes_first(workshop: Workshop) -> None:
    workshop.add("a.pdf", 1)
    workshop.add("b.pdf", 1, is_read=False)
    workshop.recognizing.start()
    workshop.feed.publish(DocumentChanged(0, workshop.document("a" * 64)))
    assert workshop.reader.asked == []
    workshop.records.settle_file(str(workshop.folder / "b.pdf"))
    workshop.feed.publish(DocumentChanged(0, workshop.document("b" * 64)))
    workshop.run_until(lambda: workshop.records.count_waiting_pages() == 0)


def test_it_goes_on_where_the_last_run_ended(workshop: Workshop, tmp_path: Path) -> None:
    sha256, whole = workshop.add("a.pdf", 3), workshop.add("b.pdf", 1)
    read = workshop.reader.recognize(workshop.folder / "a.pdf", "pdf", 1, "", lambda: False)
    assert read is not None
    for page in (1, 2):
        waiting = workshop.records.next_waiting_page()
        assert waiting is not None
        assert (waiting.sha256, waiting.number) == (sha256, page)
        workshop.records.keep_recognized(waiting, read)
    last = workshop.records.next_waiting_page()
    assert last is not None
    workshop.records.fail_recognition(last, Problem(LibraryProblem.OCR_FAILED, {}))
    only = workshop.records.next_waiting_page()
    assert only is not None
    workshop.records.keep_recognized(only, read)
    workshop.reader.asked.clear()
    workshop.run_until(lambda: workshop.new_passages == 2)
    assert workshop.reader.asked == []
    assert workshop.document(sha256).passages == 2
    assert workshop.document(whole).passages == 1


def test_a_file_that_changed_or_went_costs_the_pages_that_are_left(workshop: Workshop) -> None:
    changed, gone = workshop.add("a.pdf", 2), workshop.add("b.pdf", 1)

    def change(name: str, page: int) -> None:
        (workshop.folder / "a.pdf").write_bytes(b"something else")
        (workshop.folder / "b.pdf").unlink(missing_ok=True)

    workshop.reader.before = change
    workshop.run_until(lambda: workshop.document(gone).state is DocumentState.FAILED)
    assert workshop.states(changed) == [PageState.OCR, PageState.FAILED]
    assert [page.problem.kind for page in workshop.records.pages(changed) if page.problem] == ["file_changed"]
    assert workshop.document(changed).passages == 1
    reason = workshop.document(gone).reason
    assert reason is not None
    assert (reason.kind, reason.parameters["path"]) == ("path_missing", str(workshop.folder / "b.pdf"))


def test_a_page_that_can_not_be_read_has_its_reason_and_the_next_is_read(workshop: Workshop) -> None:
    sha256 = workshop.add("a.pdf", 3)

    def fail(name: str, page: int) -> None:
        if page == 2:
            raise PhialError(LibraryProblem.OCR_FAILED, path=name, page=page)

    workshop.reader.before = fail
    workshop.run_until(lambda: workshop.document(sha256).passages == 2)
    assert workshop.states(sha256) == [PageState.OCR, PageState.FAILED, PageState.OCR]


def test_a_page_that_fails_in_an_unknown_way_holds_up_no_other(workshop: Workshop) -> None:
    sha256 = workshop.add("a.pdf", 2)

    def fail(name: str, page: int) -> None:
        if page == 1:
            raise AssertionError

    workshop.reader.before = fail
    workshop.run_until(lambda: workshop.document(sha256).passages == 1)
    assert workshop.states(sha256) == [PageState.FAILED, PageState.OCR]
    assert workshop.reader.asked[1][1] == 2


def test_what_is_told_meanwhile_does_not_heap_up(workshop: Workshop) -> None:
    sha256 = workshop.add("a.pdf", 3)
    lengths: list[int] = []

    def tell(name: str, page: int) -> None:
        lengths.append(max(follower.qsize() for follower in workshop.feed._followers))
        for _ in range(1_000):
            workshop.feed.publish(IDLE)

    workshop.reader.before = tell
    workshop.recognizing.start()
    wait_for(lambda: workshop.document(sha256).passages == 3)
    assert max(lengths) < 1_000


def test_a_document_that_is_to_be_read_anew_while_it_is_cut_waits_for_that(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = workshop.add("a.pdf", 1)
    counted = threading.Event()

    def retry_meanwhile(texts: Sequence[str]) -> list[int]:
        workshop.records.wait_again([sha256])
        counted.set()
        return count_tokens(texts)

    monkeypatch.setattr(workshop.recognizing, "_count_tokens", retry_meanwhile)
    workshop.recognizing.start()
    assert counted.wait(10)
    workshop.recognizing.close()
    document = workshop.document(sha256)
    assert (document.state, document.passages, workshop.new_passages) == (DocumentState.QUEUED, 0, 0)


def test_a_document_that_is_removed_while_it_is_read_is_gone(workshop: Workshop) -> None:
    gone, kept = workshop.add("a.pdf", 2), workshop.add("b.pdf", 1)
    workshop.reader.before = lambda name, page: workshop.records.remove_documents([gone])
    workshop.run_until(lambda: workshop.new_passages == 1)
    assert [document.sha256 for document in workshop.records.documents()] == [kept]
    assert workshop.reader.asked == [("a.pdf", 1, "password of a"), ("b.pdf", 1, "password of b")]
    assert list(workshop.records.pages(gone)) == []


def test_a_document_that_is_about_to_be_read_anew_is_not_cut(workshop: Workshop) -> None:
    sha256 = workshop.add("a.pdf", 1)
    path = workshop.folder / "a.pdf"
    workshop.reader.before = lambda name, page: workshop.records.note_file(str(path), 1, 1, retries=False) and None
    workshop.run_until(lambda: workshop.records.count_waiting_pages() == 0)
    workshop.recognizing.close()
    assert workshop.document(sha256).passages == 0


def test_nothing_is_read_while_indexing_is_paused(workshop: Workshop) -> None:
    workshop.add("a.pdf", 2)

    def pause(name: str, page: int) -> None:
        workshop.courtesy.pause(page == 1)

    workshop.reader.before = pause
    workshop.run_until(lambda: workshop.records.count_waiting_pages() == 1)
    assert workshop.reader.asked == [("a.pdf", 1, "password of a")]
    workshop.courtesy.pause(False)
    workshop.run_until(lambda: workshop.records.count_waiting_pages() == 0)


def test_what_is_left_unread_is_settled_at_once_though_reading_is_paused(workshop: Workshop) -> None:
    begun, untouched = workshop.add("a.pdf", 3), workshop.add("b.pdf", 2)

    def pause(name: str, page: int) -> None:
        workshop.courtesy.pause(True)

    workshop.reader.before = pause
    workshop.run_until(lambda: workshop.new_passages == 1)
    workshop.recognizing.leave([begun, untouched])
    assert workshop.states(begun) == [PageState.OCR, PageState.LEFT_UNREAD, PageState.LEFT_UNREAD]
    assert (workshop.document(begun).passages, workshop.document(begun).pages_waiting) == (1, 0)
    nothing = workshop.document(untouched)
    assert nothing.reason is not None
    assert (nothing.state, nothing.reason.kind) == (DocumentState.EMPTY, LibraryProblem.SCAN_LEFT_UNREAD)
    workshop.courtesy.pause(False)
    workshop.recognizing.close()
    assert len(workshop.reader.asked) == 1


def test_what_was_left_unread_is_read_after_all_and_nothing_else_again(workshop: Workshop) -> None:
    whole, left = workshop.add("a.pdf", 2), workshop.add("b.pdf", 1)
    workshop.recognizing.leave([left])
    workshop.run_until(lambda: workshop.document(whole).passages == 2)
    assert workshop.states(left) == [PageState.LEFT_UNREAD]
    workshop.recognizing.leave([whole])
    workshop.recognizing.read_after_all([whole, left])
    workshop.run_until(lambda: workshop.document(left).passages == 1)
    assert [page[:2] for page in workshop.reader.asked] == [("a.pdf", 1), ("a.pdf", 2), ("b.pdf", 1)]
    assert (workshop.states(whole), workshop.document(whole).passages) == ([PageState.OCR] * 2, 2)


def test_a_page_that_is_left_unread_while_ocr_reads_it_is_left(workshop: Workshop) -> None:
    sha256 = workshop.add("a.pdf", 1)
    workshop.reader.before = lambda name, page: workshop.recognizing.leave([sha256])
    workshop.run_until(lambda: len(workshop.reader.asked) == 1 and workshop.records.count_waiting_pages() == 0)
    workshop.recognizing.close()
    assert workshop.states(sha256) == [PageState.LEFT_UNREAD]


def test_nothing_is_read_of_what_is_withheld(workshop: Workshop) -> None:
    withheld, other = workshop.add("a.pdf", 1), workshop.add("b.pdf", 1)
    workshop.left_alone.add(withheld)
    workshop.run_until(lambda: workshop.states(other) == [PageState.OCR])
    assert [name for name, *_ in workshop.reader.asked] == ["b.pdf"]
    workshop.left_alone.clear()
    workshop.feed.wake()
    workshop.run_until(lambda: workshop.states(withheld) == [PageState.OCR])


def test_a_file_that_is_withheld_holds_up_no_other(workshop: Workshop) -> None:
    scan = workshop.add("a.pdf", 1)
    workshop.add("b.pdf", 1, is_read=False)
    workshop.recognizing.start()
    workshop.feed.publish(DocumentChanged(0, workshop.document(scan)))
    assert workshop.states(scan) == [PageState.WAITING]
    workshop.left_alone.add(str(workshop.folder / "b.pdf"))
    workshop.feed.wake()
    workshop.run_until(lambda: workshop.states(scan) == [PageState.OCR])
    assert [name for name, *_ in workshop.reader.asked] == ["a.pdf"]


def test_closing_leaves_the_page_in_hand_waiting(workshop: Workshop) -> None:
    sha256 = workshop.add("a.pdf", 2)
    is_reading, goes_on = threading.Event(), threading.Event()

    def wait(name: str, page: int) -> None:
        is_reading.set()
        goes_on.wait(10)

    workshop.reader.before = wait
    workshop.recognizing.start()
    assert is_reading.wait(10)
    workshop.recognizing._closing.set()
    goes_on.set()
    workshop.recognizing.close()
    assert workshop.states(sha256) == [PageState.WAITING] * 2


def test_a_library_that_can_not_be_written_is_tried_again(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    sha256 = workshop.add("a.pdf", 1)
    monkeypatch.setattr(recognizing, "RETRY_SECONDS", 0.01)
    keep, failures = workshop.records.keep_recognized, [PhialError(LibraryProblem.DISK_FULL, path="/")] * 2

    def keep_at_last(*arguments: object) -> None:
        if failures:
            raise failures.pop()
        keep(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(workshop.records, "keep_recognized", keep_at_last)
    workshop.run_until(lambda: workshop.new_passages == 1)
    assert workshop.states(sha256) == [PageState.OCR]
    assert len(workshop.reader.asked) == 3


# --- how far, and when passages are cut -------------------------------------------------------------------------------


def test_progress_counts_the_pages_that_wait_and_how_long_they_will_take(workshop: Workshop) -> None:
    assert workshop.pace.added_to(IDLE) == IDLE
    workshop.add("a.pdf", 4)
    told = workshop.pace.added_to(Progress(0, 1, 1, 4, 10, 10, 3.0))
    assert (told.pages_waiting, told.seconds_left) == (4, -1.0)
    workshop.pace.note(2.0)
    assert workshop.pace.added_to(IDLE).seconds_left == 8.0
    workshop.pace.note(7.0)
    assert workshop.pace.added_to(IDLE).seconds_left == 12.0
    assert workshop.pace.added_to(Progress(0, 1, 1, 4, 10, 90, 60.0)).seconds_left == 60.0


@given(st.integers(1, 3000))
def test_passages_come_soon_and_are_cut_seldom(pages: int) -> None:
    cuts, new = [], 0
    for read in range(1, pages + 1):
        new += 1
        if is_cut_due(new, read) or read == pages:
            cuts.append(read)
            new = 0
    assert cuts[0] == 1
    # All pages are cut each time: in all no more than a few times the last time's work.
    assert sum(cuts) <= 10 * pages + 20
    assert all(after - before <= max(4, after / 8 + 1) for before, after in itertools.pairwise(cuts))
