"""Hostile and strange files through the real parser: each ends with its pages or with a reason, within its limits."""

import os
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import psutil
import pytest

from rag.errors import LibraryProblem, PhialError
from rag.extract import DocumentInfo, Limits, PageText, ParserPool, parsers, read_document
from tests.rag.extract.making import kept_parsers, make_pdf, read, text_page, written
from tests.rag.extract.making_formats import SENTENCE, make_docx, make_text
from tests.rag.extract.making_hostile import PDFS, TEXTS
from tests.rag.extract.making_hostile_formats import BAIT, READ_OR_REFUSED, REFUSED, SECRET, SECRET_FILE

LIMITS = Limits(opening_seconds=20.0, page_seconds=20.0, document_seconds=40.0, memory=256 * 2**20)
"""Seconds that a busy machine keeps too; the memory is what a bomb meets first."""
POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="no such files there")

OF_DOCUMENTS = {
    LibraryProblem.FILE_EMPTY, LibraryProblem.FILE_TOO_LARGE, LibraryProblem.DOCUMENT_TOO_LONG,
    LibraryProblem.FILE_BROKEN, LibraryProblem.FILE_UNPACKS_TOO_LARGE, LibraryProblem.FILE_NOT_AS_NAMED,
    LibraryProblem.XML_REFUSED, LibraryProblem.PDF_BROKEN, LibraryProblem.PDF_WITHOUT_PAGES,
    LibraryProblem.TEXT_NOT_TEXT, LibraryProblem.IMAGE_BROKEN, LibraryProblem.IMAGE_TOO_LARGE,
    LibraryProblem.PARSER_OUT_OF_MEMORY,
}  # fmt: skip
"""What may come of a file here: not that its parser died, nor that it took its time."""
OF_PAGES = OF_DOCUMENTS | {
    LibraryProblem.PAGE_FAILED, LibraryProblem.PAGE_TOO_LONG, LibraryProblem.TABLE_TOO_LARGE,
    LibraryProblem.ATTACHMENT_TOO_DEEP,
}  # fmt: skip


@pytest.fixture(scope="module")
def pool() -> Iterator[ParserPool]:
    """Whatever a document did to its parser, the next is read by the same, as in the worker; one that failed is ended.

    In the end no parser is left: closing a pool ends those alone that wait in it.
    """
    with kept_parsers(), kept_parsers(LIMITS) as pool:
        yield pool
    assert parsers_running() == []


@pytest.fixture(autouse=True)
def no_parser_is_left(pool: ParserPool) -> Iterator[None]:
    """But the one that waits in each of the two pools."""
    yield
    assert len(parsers_running()) <= 2


def parsers_running() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "rag.extract.child" in child.cmdline()]


def outcome(path: Path, pool: ParserPool) -> tuple[str, list[PageText]]:
    """Why the file is not read, or "", and the pages that were."""
    items: list[DocumentInfo | PageText] = []
    reason = ""
    try:
        items.extend(read_document(path, lambda: False, pool.limits, pool=pool))
    except PhialError as error:
        reason, details, parameters = error.kind.value, error.details, error.parameters
    if reason:
        assert reason in OF_DOCUMENTS, (reason, details)
        assert parameters["path"] == str(path)
    pages = [item for item in items if isinstance(item, PageText)]
    problems = {page.problem.kind for page in pages if page.problem is not None}
    assert problems <= OF_PAGES, problems
    return reason, pages


@pytest.mark.parametrize("name", PDFS)
def test_a_hostile_pdf(tmp_path: Path, pool: ParserPool, name: str) -> None:
    make, expected = PDFS[name]
    path = tmp_path / "hostile.pdf"
    make(path)
    reason, pages = outcome(path, pool)
    assert (reason or any("The words of this page." in page.text for page in pages)) == expected


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text(tmp_path: Path, pool: ParserPool, name: str) -> None:
    suffix, make, expected = TEXTS[name]
    path = tmp_path / f"hostile{suffix}"
    make(path)
    reason, pages = outcome(path, pool)
    assert (reason or any("words" in page.text for page in pages)) == expected


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_must_be_refused(tmp_path: Path, pool: ParserPool, name: str) -> None:
    suffix, make = REFUSED[name]
    path = tmp_path / f"hostile{suffix}"
    make(path)
    assert outcome(path, pool)[0]


@pytest.mark.parametrize("name", READ_OR_REFUSED)
def test_a_hostile_document(tmp_path: Path, pool: ParserPool, name: str) -> None:
    suffix, make = READ_OR_REFUSED[name]
    path = tmp_path / f"hostile{suffix}"
    written(tmp_path, SECRET_FILE, SECRET.encode())
    make(path)
    reason, pages = outcome(path, pool)
    assert reason or pages
    assert SECRET not in repr(pages)
    assert sum(len(page.text) for page in pages) < 20_000_000


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """A server of the web, at ``http://127.0.0.1:PORT``, the first item; what is asked of it follows."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Handler)
    paths = [f"http://127.0.0.1:{server.server_port}"]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield paths
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("name", BAIT)
def test_a_document_leads_its_reader_nowhere_else(
    tmp_path: Path, pool: ParserPool, name: str, asked: list[str]
) -> None:
    suffix, make = BAIT[name]
    folder = tmp_path / "inner" / "folder"
    folder.mkdir(parents=True)
    path = folder / f"bait{suffix}"
    make(path, f"{asked[0]}/fetched")
    _, pages = outcome(path, pool)
    assert any(SENTENCE in page.text for page in pages)
    assert len(asked) == 1
    assert [found.name for found in tmp_path.rglob("*") if found.is_file()] == [path.name]


# --- the file itself ------------------------------------------------------------------------------------------------

NAMES = [
    "two\nlines.txt",
    "n" * 250 + ".docx",
    os.fsdecode(b"no \xff\xfe encoding.pdf"),
    "n" * 251 + ".txt",
    os.fsdecode(b"no \xff\xfe encoding.docx"),
    unicodedata.normalize("NFD", "été à Forlì.pdf"),
    os.fsdecode(b"no \xff\xfe encoding.txt"),
    unicodedata.normalize("NFC", "été à Forlì.docx"),
    "two\nlines.pdf",
    "%s {path} $(touch x).txt",
    "-rf.docx",
    "\u202efdp. ...pdf",
]


@POSIX_ONLY
@pytest.mark.parametrize("number", range(12))
def test_a_strange_name(tmp_path: Path, number: int) -> None:
    path = tmp_path / NAMES[number]
    (make_text, make_docx, _make_pdf)[number % 3](path)
    assert any(SENTENCE in page.text for page in read(path)[1])


def _make_pdf(path: Path) -> None:
    path.write_bytes(make_pdf([text_page(SENTENCE)]))


@POSIX_ONLY
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty", "/proc/self/mem"])
def test_a_device_is_no_document(tmp_path: Path, device: str) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(device)
    with pytest.raises(PhialError) as caught:
        read(link)
    assert caught.value.kind in {
        LibraryProblem.PATH_NOT_A_FILE, LibraryProblem.PATH_MISSING, LibraryProblem.FILE_EMPTY,
        LibraryProblem.PATH_UNREADABLE,
    }  # fmt: skip


@POSIX_ONLY
@pytest.mark.parametrize(
    ("format_name", "seconds", "kind"),
    [
        ("text", 20.0, LibraryProblem.PATH_NOT_A_FILE),
        ("pdf", 20.0, LibraryProblem.PATH_UNREADABLE),
        ("docx", 0.4, LibraryProblem.PARSER_TIMED_OUT),  # zipfile opens it, which is as good as a drive that hangs
    ],
)
def test_a_pipe_that_takes_the_files_place_is_given_up(
    tmp_path: Path, format_name: str, seconds: float, kind: LibraryProblem, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    monkeypatch.setattr(parsers, "accepted_format", lambda *_: format_name)
    with pytest.raises(PhialError) as caught:
        list(read_document(path, lambda: False, Limits(opening_seconds=seconds)))
    assert caught.value.kind is kind


@POSIX_ONLY
def test_a_file_that_vanishes_or_is_cut_while_it_is_read(tmp_path: Path) -> None:
    """Its pages come from the file that was opened, or have a problem; nothing hangs, nothing crashes."""
    lines = [f"line {number} of a page that is long enough to fill the link" for number in range(40)]
    content = make_pdf([text_page(f"Page {number}", *lines) for number in range(1, 121)])
    for harm in (Path.unlink, lambda path: os.truncate(path, 2_000)):
        path = written(tmp_path, "short-lived.pdf", content)
        assert_ends_well(path, harm)


def assert_ends_well(path: Path, harm: Callable[[Path], None]) -> None:
    reading = read_document(path, lambda: False, LIMITS)
    assert isinstance(next(reading), DocumentInfo)
    harm(path)
    numbers = [item.number for item in reading if isinstance(item, PageText)]
    assert numbers == list(range(1, 121))


def test_a_page_of_too_much_text_is_cut_and_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, "long.pdf", make_pdf([text_page(*["some words on a line"] * 30)]))
    (page,) = read(path, Limits(page_characters=400))[1]
    assert page.problem is not None
    assert page.problem.kind == LibraryProblem.PAGE_TOO_LONG
    assert 380 < len(page.text) <= 400
    assert all(word.end <= len(page.text) for word in page.words)


def test_a_document_of_more_pages_or_more_text_than_are_taken(tmp_path: Path) -> None:
    path = written(tmp_path, "many.pdf", make_pdf([text_page("some words")] * 30))
    for limits in (Limits(pages=29), Limits(document_characters=200)):
        assert outcome(path, ParserPool(limits, most_idle=0))[0] == LibraryProblem.DOCUMENT_TOO_LONG
    assert len(read(path, Limits(pages=30))[1]) == 30


def test_two_thousand_pages_take_little_memory(tmp_path: Path) -> None:
    path = written(tmp_path, "book.pdf", make_pdf([text_page(f"Page {number}") for number in range(1, 2_001)]))
    info, pages = read(path, Limits(memory=200 * 2**20))
    assert info.pages == len(pages) == 2_000
    assert all(page.problem is None for page in pages)


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "corpus").iterdir()), ids=lambda path: path.name)
def test_odd_files_that_are_fuzzed_are_read(path: Path) -> None:
    _, pages = read(path)
    assert any(page.text for page in pages)
    assert all(page.problem is None for page in pages)
