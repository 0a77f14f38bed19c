from __future__ import annotations

from rag.chunk import PassageDraft
from rag.errors import LibraryProblem, Problem
from rag.pages import PageText
from rag.protocol import DocumentState, PageState
from rag.stores.database import Database
from rag.stores.ocr_records import WaitingPage
from rag.stores.records import Records
from tests.rag.stores.filling import VERSIONS, WORDS, add_document, sum_of

FAILED = Problem(LibraryProblem.OCR_FAILED, {"path": "/scan.pdf", "page": 2})


def waiting(number: int, text: str = "") -> PageText:
    return PageText(number, f"p{number}", text, (), 595.0, 842.0, (), None, has_pictures=False, waits=True)


def read(number: int, text: str, confidence: float = 0.9) -> PageText:
    return PageText(number, "", text, WORDS if text else (), 1.0, 1.0, (), None, True, confidence=confidence)


def add_scan(records: Records, path: str, pages: int = 2) -> str:
    """A document whose pages wait for OCR; gives its SHA-256."""
    add_document(records, path)
    sha256 = sum_of(path[1:])
    records.add_pages(sha256, [waiting(number) for number in range(1, pages + 1)])
    records.set_state(sha256, DocumentState.READING)
    return sha256


def next_page(records: Records) -> WaitingPage:
    page = records.next_waiting_page()
    assert page is not None
    return page


def test_pages_wait_in_order_of_the_document_that_was_added_first(records: Records) -> None:
    one, other = add_scan(records, "/z.pdf"), add_scan(records, "/a.pdf", 1)
    seen = []
    for remaining in range(3, 0, -1):
        assert records.count_waiting_pages() == remaining
        page = next_page(records)
        seen.append((page.sha256, page.number))
        records.keep_recognized(page, read(page.number, "words"))
    assert seen == [(one, 1), (one, 2), (other, 1)]
    assert records.next_waiting_page() is None


def test_what_is_being_read_or_is_away_has_to_wait(records: Records, database: Database) -> None:
    away, in_hand = add_scan(records, "/away.pdf"), add_scan(records, "/in-hand.pdf")
    here = add_scan(records, "/here.pdf")
    with database.transaction() as connection:
        connection.execute("UPDATE files SET is_away = 1 WHERE sha256 = ?", (away,))
    records.note_file("/in-hand.pdf", 999, 2, retries=False)
    assert (records.is_waiting(in_hand), records.is_waiting(here)) == (True, False)
    assert next_page(records).sha256 == here


def test_a_page_that_was_read_keeps_its_number_and_its_label(records: Records) -> None:
    sha256 = add_scan(records, "/scan.pdf")
    records.keep_recognized(next_page(records), read(1, "The words."))
    page = records.page(sha256, 1)
    assert page is not None
    assert (page.number, page.label, page.text, page.words) == (1, "p1", "The words.", WORDS)
    assert (page.width, page.height, page.confidence, page.waits) == (595.0, 842.0, 0.9, False)
    assert page.state is PageState.OCR
    (document,) = records.documents()
    assert (document.pages_waiting, document.pages_by_ocr) == (1, 1)


def test_a_page_on_which_nothing_was_read_keeps_the_words_that_it_had(records: Records) -> None:
    sha256 = add_scan(records, "/scan.pdf")
    records.add_pages(sha256, [waiting(1, "Page 1 of 2")])
    for page in (next_page(records), WaitingPage(sha256, 2, "pdf", "scan.pdf")):
        records.keep_recognized(page, read(page.number, "", -1.0))
    states = [(page.text, page.state) for page in records.pages(sha256)]
    assert states == [("Page 1 of 2", PageState.TEXT), ("", PageState.EMPTY)]


def test_what_comes_too_late_changes_nothing(records: Records) -> None:
    sha256 = add_scan(records, "/scan.pdf")
    page = next_page(records)
    records.keep_recognized(page, read(1, "first"))
    records.keep_recognized(page, read(1, "second"))
    records.fail_recognition(page, FAILED)
    kept = records.page(sha256, 1)
    assert kept is not None
    assert (kept.text, kept.problem) == ("first", None)
    records.remove_documents([sha256])
    records.keep_recognized(page, read(1, "third"))
    assert records.page(sha256, 1) is None


def test_only_what_ocr_could_not_read_waits_once_more(records: Records) -> None:
    sha256, well = add_scan(records, "/scan.pdf", 3), add_scan(records, "/well.pdf", 1)
    broken = Problem(LibraryProblem.PAGE_FAILED, {"path": "/scan.pdf", "page": 3})
    records.keep_recognized(next_page(records), read(1, "words"))
    records.fail_recognition(next_page(records), FAILED)
    records.fail_recognition(next_page(records), broken)
    records.keep_recognized(next_page(records), read(1, "well"))
    records.set_state(sha256, DocumentState.FAILED, FAILED)
    assert records.recognize_again([sha256, well, "/unknown"]) == (sha256,)
    assert [page.state for page in records.pages(sha256)] == [PageState.OCR, PageState.WAITING, PageState.FAILED]
    document = records.documents([sha256])[0]
    assert (document.state, document.reason) == (DocumentState.READING, None)
    records.fail_recognition(next_page(records), FAILED)
    records.replace_passages(sha256, "scan", [PassageDraft(1, 0, 5, "words", "")], VERSIONS)
    records.recognize_again([sha256])
    assert records.documents([sha256])[0].state is DocumentState.ANSWERABLE


def test_a_document_whose_last_page_came_is_left_to_be_cut(records: Records) -> None:
    add_document(records, "/text.md", "Text.")
    sha256 = add_scan(records, "/scan.pdf")
    for _ in range(2):
        assert records.left_uncut() == ()
        page = next_page(records)
        records.keep_recognized(page, read(page.number, f"words {page.number}"))
    assert records.left_uncut() == (sha256,)
    records.note_file("/scan.pdf", 999, 2, retries=False)
    assert records.left_uncut() == ()


def test_only_pages_with_such_a_reason_wait_once_more(records: Records) -> None:
    sha256 = add_scan(records, "/scan.pdf", 2)
    records.fail_recognition(next_page(records), Problem(LibraryProblem.PDF_ENCRYPTED, {"path": "/scan.pdf"}))
    records.fail_recognition(next_page(records), FAILED)
    assert records.recognize_again([sha256], (LibraryProblem.PATH_MISSING,)) == ()
    assert records.recognize_again([sha256, "/\udcff"], (LibraryProblem.PDF_ENCRYPTED,)) == (sha256,)
    assert [page.state for page in records.pages(sha256)] == [PageState.WAITING, PageState.FAILED]


def test_scans_that_are_left_unread_stay_so_until_they_are_asked_for_by_name(records: Records) -> None:
    left, other = add_scan(records, "/left.pdf"), add_scan(records, "/other.pdf", 1)
    records.keep_recognized(next_page(records), read(1, "The words."))
    assert records.leave_scans([left, "none"]) == (left,)
    assert records.leave_scans([left]) == ()
    assert [page.state for page in records.pages(left)] == [PageState.OCR, PageState.LEFT_UNREAD]
    assert [page.problem.parameters for page in records.pages(left) if page.problem] == [{"path": "/left.pdf"}]
    assert next_page(records).sha256 == other
    assert records.recognize_again([left]) == (), "another look at the file does not bring them back"
    assert records.recognize_again([left], (LibraryProblem.SCAN_LEFT_UNREAD,)) == (left,)
    assert [page.state for page in records.pages(left)] == [PageState.OCR, PageState.WAITING]


def test_nothing_is_left_of_a_document_that_is_still_being_read(records: Records) -> None:
    sha256 = add_scan(records, "/scan.pdf")
    records.note_file("/scan.pdf", 999, 2, retries=False)
    assert records.leave_scans([sha256]) == ()
    assert records.count_waiting_pages() == 2


def test_no_page_is_next_of_what_is_withheld(records: Records) -> None:
    one, other = add_scan(records, "/a.pdf"), add_scan(records, "/b.pdf")
    page = records.next_waiting_page([one])
    assert page is not None
    assert page.sha256 == other
    assert records.next_waiting_page([one, other]) is None
