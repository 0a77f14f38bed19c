import contextlib
import io
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PIL import Image

from rag.errors import LibraryProblem, PhialError
from rag.extract import Limits, PagePainter
from tests.rag.extract.making import make_pdf, text_page, written
from tests.rag.extract.test_parsers import bomb, parsers

PDF = make_pdf([text_page("One."), text_page("Two.", rotate=90)])


MakePainter = Callable[..., PagePainter]


def never() -> bool:
    return False


@pytest.fixture
def make_painter() -> Iterator[MakePainter]:
    with contextlib.ExitStack() as painters:

        def make(limits: Limits | None = None, idle_seconds: float = 30.0) -> PagePainter:
            painter = PagePainter(limits or Limits(), idle_seconds)
            painters.callback(painter.close)
            return painter

        yield make


def test_pages_are_painted_by_one_process_that_is_kept(tmp_path: Path, make_painter: MakePainter) -> None:
    path = written(tmp_path, "a.pdf", PDF)
    painter = make_painter()
    first = painter.paint(path, 1, 2.0, never, "pdf", "")
    (parser,) = parsers()
    second = painter.paint(path, 2, 1.5, never, "pdf", "")
    assert parsers() == [parser]
    assert first is not None
    assert second is not None
    assert (first.width, first.height, first.pages) == (612, 792, 2)
    assert Image.open(io.BytesIO(first.png)).size == (1224, 1584)
    assert (second.width, second.height) == (792, 612)
    assert Image.open(io.BytesIO(second.png)).size == (1188, 918)
    painter.close()
    assert parsers() == []


def test_a_changed_file_is_opened_anew(tmp_path: Path, make_painter: MakePainter) -> None:
    path = written(tmp_path, "a.pdf", PDF)
    painter = make_painter()
    painter.paint(path, 1, 1.0, never, "pdf", "")
    path.write_bytes(make_pdf([text_page("Only one now.")]))
    picture = painter.paint(path, 1, 1.0, never, "pdf", "")
    assert picture is not None
    assert picture.pages == 1


def test_a_huge_scale_gives_the_largest_picture_that_is_allowed(tmp_path: Path, make_painter: MakePainter) -> None:
    painter = make_painter(Limits(picture_pixels=100_000))
    picture = painter.paint(written(tmp_path, "a.pdf", PDF), 1, 1000.0, never, "pdf", "")
    assert picture is not None
    width, height = Image.open(io.BytesIO(picture.png)).size
    assert 90_000 <= width * height <= 110_000


def test_what_can_not_be_painted_is_said_and_the_next_page_still_comes(
    tmp_path: Path, make_painter: MakePainter
) -> None:
    path = written(tmp_path, "a.pdf", PDF)
    painter = make_painter()
    for asked, page, kind in (
        (path, 3, LibraryProblem.PAGE_MISSING),
        (path, 0, LibraryProblem.PAGE_MISSING),
        (tmp_path / "gone.pdf", 1, LibraryProblem.PATH_MISSING),
        (written(tmp_path, "b.pdf", b"%PDF-1.7 broken"), 1, LibraryProblem.PDF_BROKEN),
    ):
        with pytest.raises(PhialError) as caught:
            painter.paint(asked, page, 1.0, never, "pdf", "")
        assert caught.value.kind is kind
    assert painter.paint(path, 1, 1.0, never, "pdf", "") is not None


def test_a_painter_whose_process_was_killed_starts_another(tmp_path: Path, make_painter: MakePainter) -> None:
    path = written(tmp_path, "a.pdf", PDF)
    painter = make_painter()
    painter.paint(path, 1, 1.0, never, "pdf", "")
    (parser,) = parsers()
    parser.kill()
    psutil.wait_procs([parser], timeout=5)
    assert painter.paint(path, 2, 1.0, never, "pdf", "") is not None


def test_a_page_that_takes_too_long_is_given_up(tmp_path: Path, make_painter: MakePainter) -> None:
    painter = make_painter(Limits(page_seconds=0.5))
    assert painter.paint(written(tmp_path, "a.pdf", PDF), 1, 1.0, never, "pdf", "") is not None
    with pytest.raises(PhialError) as caught:
        painter.paint(bomb(tmp_path), 2, 1.0, never, "pdf", "")
    assert caught.value.kind is LibraryProblem.PARSER_TIMED_OUT
    assert parsers() == []
    assert painter.paint(tmp_path / "a.pdf", 1, 1.0, never, "pdf", "") is not None


def test_a_cancelled_page_is_none(tmp_path: Path, make_painter: MakePainter) -> None:
    painter = make_painter()
    assert painter.paint(bomb(tmp_path), 2, 1.0, lambda: True, "pdf", "") is None
    assert parsers() == []


def test_an_idle_process_is_ended(tmp_path: Path, make_painter: MakePainter) -> None:
    painter = make_painter(idle_seconds=0.2)
    painter.paint(written(tmp_path, "a.pdf", PDF), 1, 1.0, never, "pdf", "")
    gone, _ = psutil.wait_procs(parsers(), timeout=10)
    assert len(gone) == 1
    assert painter.paint(tmp_path / "a.pdf", 1, 1.0, never, "pdf", "") is not None


def test_many_threads_paint_at_once(tmp_path: Path, make_painter: MakePainter) -> None:
    path = written(tmp_path, "a.pdf", PDF)
    painter = make_painter()
    widths: list[float] = []

    def paint(page: int) -> None:
        picture = painter.paint(path, page, 0.5, never, "pdf", "")
        assert picture is not None
        widths.append(picture.width)

    threads = [threading.Thread(target=paint, args=(1 + number % 2,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(widths) == [612] * 4 + [792] * 4
    painter.close()
    assert parsers() == []
