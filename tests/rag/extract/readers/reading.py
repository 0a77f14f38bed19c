"""Reading by a reader itself, without a parser process: quick, and what it raises is seen."""

from pathlib import Path

from rag.extract.formats import detect_format
from rag.extract.readers import reader_of
from rag.pages import DocumentInfo, PageText


def pages_of(path: Path, first_page: int = 1) -> list[PageText]:
    info, *pages = reader_of(detect_format(path))(path, first_page, "")
    assert isinstance(info, DocumentInfo)
    assert info.pages == len(pages) + first_page - 1
    return [page for page in pages if isinstance(page, PageText)]


def info_of(path: Path) -> DocumentInfo:
    info = next(iter(reader_of(detect_format(path))(path, 1, "")))
    assert isinstance(info, DocumentInfo)
    return info


def text_of(path: Path) -> str:
    """The text of the one page that there is."""
    (page,) = pages_of(path)
    return page.text
