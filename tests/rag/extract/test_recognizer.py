"""Real OCR in its real process. One process reads for all tests that don't hurt it."""

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PIL import Image

from rag.errors import LibraryProblem, PhialError
from rag.extract import Limits, PageRecognizer, PageText
from rag.pages import document_boxes
from rag.protocol import Box, PageState
from tests.rag.extract.making import encrypted, make_pdf, text_page, written
from tests.rag.extract.making_scans import SCALE, painted, saved, scan, scanned_pdf
from tests.rag.extract.test_parsers import parsers

POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="signals")
LINES = (
    "The paraffin heater burns for eleven hours.",
    "Où est l'été ? Perché no? Größe: fünf süße Äpfel.",
    "Its lowest shelf holds the seed trays.",
)


def never() -> bool:
    return False


@pytest.fixture(scope="module")
def recognizer() -> Iterator[PageRecognizer]:
    started = PageRecognizer()
    yield started
    started.close()


def recognized(recognizer: PageRecognizer, path: Path, page: int = 1, password: str = "") -> PageText:
    format_name = "pdf" if path.suffix == ".pdf" else "image"
    read = recognizer.recognize(path, format_name, page, password, never)
    assert read is not None
    return read


def ink(picture: Image.Image) -> int:
    """How much is printed on a picture."""
    return sum(count * (255 - level) for level, count in enumerate(picture.convert("L").histogram()))


def pixels(box: Box) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(edge * SCALE) for edge in box)
    return left, top, right, bottom


@pytest.mark.parametrize(("askew", "turned"), [(2.5, 0), (-2.0, 90), (1.0, 180)])
def test_a_scan_is_read_however_it_lies(recognizer: PageRecognizer, tmp_path: Path, askew: float, turned: int) -> None:
    picture = scan(*LINES, askew=askew, turned=turned)
    page = recognized(recognizer, saved(picture, tmp_path / "scan.png"))
    assert page.text.replace("\u2019", "'").split("\n") == [*LINES]
    assert page.confidence > 0.9
    assert page.state is PageState.OCR
    assert (page.width, page.height) == pytest.approx((picture.width / SCALE, picture.height / SCALE), abs=0.1)
    start = page.text.index("eleven")
    (box,) = document_boxes(page.words, start, start + len("eleven"))
    # Six letters of fourteen points: the mark is about as large as the word.
    assert max(box[2] - box[0], box[3] - box[1]) == pytest.approx(43, abs=6)
    assert ink(picture.crop(pixels(box))) > ink(picture) / 40
    # What is printed lies under the words' boxes.
    before = ink(picture)
    for word in page.words:
        picture.paste(255, pixels(word.box))
    assert ink(picture) < before / 12


def test_words_are_marked_where_the_pdf_had_them(recognizer: PageRecognizer, tmp_path: Path) -> None:
    content = make_pdf([text_page(*LINES)])
    page = recognized(recognizer, written(tmp_path, "scan.pdf", scanned_pdf([painted(content)])))
    words = {page.text[word.start : word.end]: word.box for word in page.words}
    # Helvetica of 14 points begins 72 points from the left; "paraffin" after "The " of 28.0 points.
    assert words["The"][0] == pytest.approx(72, abs=3)
    assert words["paraffin"][0] == pytest.approx(100, abs=3)
    assert (words["The"][1] + words["The"][3]) / 2 == pytest.approx(792 - 700 - 5, abs=3)


def test_a_title_in_larger_type_is_a_heading(recognizer: PageRecognizer, tmp_path: Path) -> None:
    picture = scan("", "", "", *LINES, *LINES)
    title = scan("Paraffin heaters").crop((140, 165, 400, 215))
    picture.paste(title.resize((title.width * 2, title.height * 2)), (140, 60))
    page = recognized(recognizer, saved(picture, tmp_path / "scan.png"))
    assert page.text.startswith("Paraffin heaters\n\nThe paraffin heater")
    assert [heading.text for heading in page.headings] == ["Paraffin heaters"]


def test_a_page_on_which_nothing_is_written_is_empty(recognizer: PageRecognizer, tmp_path: Path) -> None:
    page = recognized(recognizer, saved(Image.new("L", (600, 800), 255), tmp_path / "white.png"))
    assert (page.text, page.words, page.confidence, page.state) == ("", (), -1.0, PageState.EMPTY)


def test_very_flat_and_very_small_pictures_are_read_too(recognizer: PageRecognizer, tmp_path: Path) -> None:
    picture = scan(LINES[0])
    flat = picture.crop((140, 175, 830, 215))
    page = recognized(recognizer, saved(flat, tmp_path / "flat.png"))
    assert page.text == LINES[0]
    assert all(0 <= word.box[1] < word.box[3] <= page.height + 0.01 for word in page.words)
    assert recognized(recognizer, saved(Image.new("L", (1, 1)), tmp_path / "dot.png")).text == ""


def test_a_locked_pdf_is_read_with_its_password(recognizer: PageRecognizer, tmp_path: Path) -> None:
    locked = encrypted(scanned_pdf([scan(LINES[0]), scan(LINES[2])]), "open")
    path = written(tmp_path, "locked.pdf", locked)
    assert recognized(recognizer, path, 2, "open").text == LINES[2]


def test_what_can_not_be_painted_says_why(recognizer: PageRecognizer, tmp_path: Path) -> None:
    kinds = []
    for path, page in ((tmp_path / "none.png", 1), (written(tmp_path, "odd.png", b"odd"), 1),
                       (written(tmp_path, "a.pdf", make_pdf([text_page("One.")])), 2)):  # fmt: skip
        with pytest.raises(PhialError) as caught:
            recognized(recognizer, path, page)
        kinds.append(caught.value.kind)
    assert kinds == [LibraryProblem.PATH_MISSING, LibraryProblem.IMAGE_BROKEN, LibraryProblem.PAGE_MISSING]


# --- the process --------------------------------------------------------------------------------------------------


@pytest.fixture
def own() -> Iterator[PageRecognizer]:
    started = PageRecognizer(Limits(page_seconds=60), idle_seconds=30)
    yield started
    started.close()


@contextlib.contextmanager
def first_processes_killed(count: int) -> Iterator[list[int]]:
    """The first processes that come after now are killed as soon as they are there; gives their ids."""
    known = {parser.pid for parser in parsers()}
    killed: list[int] = []
    is_over = threading.Event()

    def watch() -> None:
        while not is_over.wait(0.002) and len(killed) < count:
            for parser in parsers():
                if parser.pid not in {*known, *killed}:
                    with contextlib.suppress(psutil.Error):
                        parser.send_signal(signal.SIGKILL)
                    killed.append(parser.pid)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield killed
    finally:
        is_over.set()
        watcher.join()


@POSIX_ONLY
def test_a_page_that_ends_the_process_is_tried_once_more(own: PageRecognizer, tmp_path: Path) -> None:
    path = saved(scan(LINES[0]), tmp_path / "scan.png")
    with first_processes_killed(1) as killed:
        assert recognized(own, path).text == LINES[0]
    assert len(killed) == 1
    own.close()
    with first_processes_killed(2) as killed, pytest.raises(PhialError) as caught:
        recognized(own, path)
    assert len(killed) == 2
    assert caught.value.kind is LibraryProblem.OCR_FAILED
    assert caught.value.parameters == {"path": str(path), "page": 1}
    assert caught.value.details.startswith("parser_died")


def test_a_page_that_takes_too_long_or_too_much_memory(tmp_path: Path) -> None:
    path = saved(scan(LINES[0]), tmp_path / "scan.png")
    for limits, details in (
        (Limits(opening_seconds=0.2, page_seconds=0.1), "parser_timed_out"),
        (Limits(memory=60 * 2**20), "parser_out_of_memory"),
    ):
        hurried = PageRecognizer(limits)
        with pytest.raises(PhialError) as caught:
            recognized(hurried, path)
        hurried.close()
        assert caught.value.kind is LibraryProblem.OCR_FAILED
        assert caught.value.details.startswith(details)


def test_stopping_ends_the_process_at_once(own: PageRecognizer, tmp_path: Path) -> None:
    before = parsers()
    begun = time.monotonic()
    path = saved(scan(*LINES * 3), tmp_path / "scan.png")
    assert own.recognize(path, "image", 1, "", lambda: time.monotonic() > begun + 0.3) is None
    assert time.monotonic() - begun < 5
    assert parsers() == before


def test_an_idle_process_ends(tmp_path: Path) -> None:
    before = parsers()
    idle = PageRecognizer(idle_seconds=0.05)
    recognized(idle, saved(scan(LINES[0]), tmp_path / "scan.png"))
    deadline = time.monotonic() + 10
    while parsers() != before:
        assert time.monotonic() < deadline, "it is still there"
        time.sleep(0.02)
    idle.close()
