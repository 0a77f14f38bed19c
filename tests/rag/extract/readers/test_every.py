from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.chunk import cut
from rag.errors import LibraryProblem, PhialError
from rag.extract.formats import detect_format
from rag.extract.readers import reader_of
from rag.pages import DocumentInfo, PageText
from rag.protocol import PAGE_UNITS, PageForm, PageState
from tests.rag.extract.making import read
from tests.rag.extract.making_formats import ALL, Format
from tests.rag.extract.readers.reading import pages_of

pytestmark = pytest.mark.usefixtures("one_parser")

every = pytest.mark.parametrize("format_", ALL, ids=lambda format_: format_.suffix)


def made(folder: Path, format_: Format) -> Path:
    path = folder / f"made{format_.suffix}"
    format_.make(path)
    return path


def count(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


@every
def test_the_sentence_is_found_on_its_page_and_in_its_section(tmp_path: Path, format_: Format) -> None:
    info, pages = read(made(tmp_path, format_))
    assert info.format in PAGE_UNITS
    passages = [passage for passage in cut(pages, count) if format_.sentence in passage.text]
    assert [(passage.page, passage.section) for passage in passages] == [(format_.page, format_.section)]
    assert all(page.state in {PageState.TEXT, PageState.EMPTY} for page in pages)


@every
def test_headings_stand_in_the_text_in_order(tmp_path: Path, format_: Format) -> None:
    for page in pages_of(made(tmp_path, format_)):
        starts = [heading.start for heading in page.headings]
        assert starts == sorted(starts)
        for heading in page.headings:
            assert page.text[heading.start :].lstrip("# ").startswith(heading.text)
            assert 1 <= heading.level <= 6


@every
def test_reading_goes_on_where_it_was(tmp_path: Path, format_: Format) -> None:
    path = made(tmp_path, format_)
    pages = pages_of(path)
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    for first in range(1, len(pages) + 2):
        assert pages_of(path, first) == pages[first - 1 :]


@every
def test_pages_that_are_no_pictures_have_no_boxes(tmp_path: Path, format_: Format) -> None:
    if format_.suffix != ".pdf":
        for page in pages_of(made(tmp_path, format_)):
            assert page.form in {PageForm.MARKDOWN, PageForm.TEXT}
            assert not page.words


@every
@pytest.mark.parametrize("part", [0.3, 0.7, 0.97])
def test_a_file_that_was_cut_off_has_pages_or_a_reason(tmp_path: Path, format_: Format, part: float) -> None:
    path = made(tmp_path, format_)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    assert outcome(path) in {"read", LibraryProblem.FILE_BROKEN, LibraryProblem.PDF_BROKEN}


@every
def test_changed_bytes_end_in_pages_or_a_reason(tmp_path: Path, format_: Format) -> None:
    path = made(tmp_path, format_)
    content = path.read_bytes()
    for start in range(0, len(content), max(1, len(content) // 12)):
        path.write_bytes(content[:start] + b"\xff\0<&]{" + content[start + 6 :])
        assert outcome(path)


def outcome(path: Path) -> str:
    """The kind of failure, or "read"; anything but a reason is raised."""
    try:
        info, *pages = reader_of(detect_format(path))(path, 1, "")
    except PhialError as error:
        return error.kind
    assert isinstance(info, DocumentInfo)
    assert all(isinstance(page, PageText) for page in pages)
    return "read"
