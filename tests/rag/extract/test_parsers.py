import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from rag.errors import LibraryProblem, PhialError
from rag.extract import DocumentInfo, Limits, PageText, read_document
from tests.rag.extract.making import bomb_page, make_pdf, read, text_page, written

LONG = [f"line {number} of a page that is long enough to fill the link" for number in range(40)]
POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def long_pdf(folder: Path) -> Path:
    """More pages than the link to the parser holds, so that the parser waits for its reader."""
    return written(folder, "long.pdf", make_pdf([text_page(f"Page {number}", *LONG) for number in range(1, 121)]))


def parsers() -> list[psutil.Process]:
    found = []
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            if "rag.extract.child" in child.cmdline():
                found.append(child)
    return found


def numbers_and_problems(pages: list[PageText]) -> list[tuple[int, str | None]]:
    return [(page.number, page.problem.kind if page.problem else None) for page in pages]


def test_a_parser_that_is_killed_costs_nothing(tmp_path: Path) -> None:
    reading = read_document(long_pdf(tmp_path), lambda: False)
    assert isinstance(next(reading), DocumentInfo)
    pages = [next(reading)]
    (parser,) = parsers()
    parser.kill()
    pages += list(reading)
    assert [page.number for page in pages if isinstance(page, PageText)] == list(range(1, 121))
    assert all(isinstance(page, PageText) and page.text.startswith(f"Page {page.number}\n") for page in pages)
    assert parsers() == []


@POSIX_ONLY
def test_a_parser_that_hangs_is_replaced(tmp_path: Path) -> None:
    reading = read_document(long_pdf(tmp_path), lambda: False, Limits(page_seconds=0.5))
    pages = [next(reading), next(reading)][1:]
    (parser,) = parsers()
    parser.send_signal(signal.SIGSTOP)
    pages += list(reading)
    assert [page.problem for page in pages if isinstance(page, PageText)] == [None] * 120
    assert parsers() == []


@contextlib.contextmanager
def every_parser_meets(what: signal.Signals) -> Iterator[None]:
    """Each parser gets the signal as soon as it is there."""
    is_over = threading.Event()

    def watch() -> None:
        while not is_over.wait(0.002):
            for parser in parsers():
                with contextlib.suppress(psutil.Error):
                    parser.send_signal(what)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        is_over.set()
        watcher.join()


@POSIX_ONLY
@pytest.mark.parametrize(
    ("what", "kind"),
    [(signal.SIGSTOP, LibraryProblem.PARSER_TIMED_OUT), (signal.SIGKILL, LibraryProblem.PARSER_DIED)],
)
def test_a_document_that_no_parser_survives(tmp_path: Path, what: signal.Signals, kind: LibraryProblem) -> None:
    path = long_pdf(tmp_path)
    with every_parser_meets(what), pytest.raises(PhialError) as caught:
        list(read_document(path, lambda: False, Limits(opening_seconds=0.5)))
    assert caught.value.kind is kind
    assert (caught.value.parameters["path"], caught.value.parameters["page"]) == (str(path), 1)
    assert parsers() == []


def bomb(folder: Path, *, is_sampled: bool = False) -> Path:
    """A document whose second page is a bomb; ``is_sampled``: one that is so short that every page is looked at."""
    pages = [text_page("One."), bomb_page(30_000_000), text_page("Three.")]
    return written(folder, "bomb.pdf", make_pdf(pages + [text_page("More.")] * (0 if is_sampled else 17)))


def test_a_page_that_takes_too_much_memory_is_marked_and_the_next_is_read(tmp_path: Path) -> None:
    _, pages = read(bomb(tmp_path), Limits(memory=200 * 2**20))
    assert numbers_and_problems(pages)[:3] == [(1, None), (2, "parser_out_of_memory"), (3, None)]
    assert pages[2].text == "Three."
    assert len(pages) == 20


def test_a_bomb_that_is_met_while_other_pages_are_read_costs_only_itself(tmp_path: Path) -> None:
    _, pages = read(bomb(tmp_path, is_sampled=True), Limits(memory=200 * 2**20))
    assert numbers_and_problems(pages) == [(1, None), (2, "parser_out_of_memory"), (3, None)]
    assert [page.text for page in pages] == ["One.", "", "Three."]


def test_a_page_that_takes_too_long_is_marked_and_the_next_is_read(tmp_path: Path) -> None:
    _, pages = read(bomb(tmp_path), Limits(page_seconds=0.5))
    assert numbers_and_problems(pages)[:3] == [(1, None), (2, "parser_timed_out"), (3, None)]
    assert pages[1].problem is not None
    assert pages[1].problem.parameters["seconds"] == 0.5


def test_a_document_that_takes_too_long_in_all(tmp_path: Path) -> None:
    reading = read_document(bomb(tmp_path), lambda: False, Limits(document_seconds=1.5))
    assert isinstance(next(reading), DocumentInfo)
    first = next(reading)
    with pytest.raises(PhialError) as caught:
        next(reading)
    assert isinstance(first, PageText)
    assert (first.number, first.text) == (1, "One.")
    assert caught.value.kind is LibraryProblem.PARSER_TIMED_OUT


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    with pytest.raises(PhialError) as caught:
        read(written(tmp_path, "a.txt", b"12345"), Limits(file_bytes=4))
    assert caught.value.kind is LibraryProblem.FILE_TOO_LARGE
    assert (caught.value.parameters["bytes"], caught.value.parameters["limit"]) == (5, 4)


def test_cancelled_reading_ends_quietly_and_leaves_no_process(tmp_path: Path) -> None:
    pages = []
    for page in read_document(long_pdf(tmp_path), lambda: len(pages) > 2):
        pages.append(page)  # noqa: PERF402 - what cancels it is in the list while it is made
    assert 2 < len(pages) < 120
    assert parsers() == []


def test_cancelling_ends_a_parser_in_native_code(tmp_path: Path) -> None:
    cancelled = threading.Event()
    reading = read_document(bomb(tmp_path), cancelled.is_set)
    assert isinstance(next(reading), DocumentInfo)
    next(reading)
    threading.Timer(0.2, cancelled.set).start()
    started = time.monotonic()
    assert list(reading) == []
    assert time.monotonic() - started < 2
    assert parsers() == []


def test_a_closed_reader_leaves_no_process(tmp_path: Path) -> None:
    reading = read_document(long_pdf(tmp_path), lambda: False)
    next(reading)
    assert len(parsers()) == 1
    reading.close()  # type: ignore[attr-defined]
    assert parsers() == []


@POSIX_ONLY
def test_a_parser_ends_with_its_parent_even_in_native_code(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib, psutil\n"
        "from rag.extract import read_document\n"
        "reading = read_document(pathlib.Path(sys.argv[1]), lambda: False)\n"
        "next(reading), next(reading)\n"
        "print(psutil.Process().children()[0].pid, flush=True)\n"
        "list(reading)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script, str(bomb(tmp_path))], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    parser = psutil.Process(int(parent.stdout.readline()))
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    try:
        parser.wait(timeout=2)
    except psutil.NoSuchProcess:
        return


def test_ten_thousand_pages(tmp_path: Path) -> None:
    path = written(tmp_path, "many.pdf", make_pdf([text_page(f"Page {number}") for number in range(1, 10_001)]))
    info, pages = read(path)
    assert info.pages == len(pages) == 10_000
    assert pages[-1].text == "Page 10000"
