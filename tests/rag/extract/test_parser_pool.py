"""Parser processes that read one document after another, and what ends them."""

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from rag.errors import PhialError
from rag.extract import PageText, ParserPool, read_document
from rag.extract import parser_pool as module
from rag.extract.parser_process import ParserProcess


@pytest.fixture
def pool() -> Iterator[ParserPool]:
    pool = ParserPool()
    yield pool
    pool.close()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[ParserProcess]:
    """Every process that the pool starts."""
    made: list[ParserProcess] = []

    class Noted(ParserProcess):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments)  # type: ignore[arg-type]
            made.append(self)

    monkeypatch.setattr(module, "ParserProcess", Noted)
    return made


def read(pool: ParserPool, folder: Path, text: str) -> str:
    path = folder / "note.md"
    path.write_text(text, encoding="utf-8")
    (page,) = (item for item in read_document(path, lambda: False, pool=pool) if isinstance(item, PageText))
    return page.text


def test_one_process_reads_one_document_after_another(
    pool: ParserPool, started: list[ParserProcess], tmp_path: Path
) -> None:
    assert [read(pool, tmp_path, text) for text in ("One.", "Two.", "Three.")] == ["One.", "Two.", "Three."]
    assert len(started) == 1
    pool.close()
    assert not psutil.pid_exists(started[0].pid) or not started[0].is_running


def test_a_document_that_fails_takes_its_process_along(
    pool: ParserPool, started: list[ParserProcess], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\n nothing more")
    with pytest.raises(PhialError):
        list(read_document(broken, lambda: False, pool=pool))
    assert read(pool, tmp_path, "Well.") == "Well."
    assert len(started) == 2
    assert not started[0].is_running


def test_a_reading_that_is_given_up_takes_its_process_along(
    pool: ParserPool, started: list[ParserProcess], tmp_path: Path
) -> None:
    path = tmp_path / "note.md"
    path.write_text("One.", encoding="utf-8")
    reading = read_document(path, lambda: False, pool=pool)
    next(reading)
    reading.close()  # type: ignore[attr-defined]
    assert not started[0].is_running


def test_a_process_that_died_while_it_was_idle_is_replaced(
    pool: ParserPool, started: list[ParserProcess], tmp_path: Path
) -> None:
    read(pool, tmp_path, "One.")
    psutil.Process(started[0].pid).kill()
    psutil.wait_procs([psutil.Process(started[0].pid)], timeout=5)
    assert read(pool, tmp_path, "Two.") == "Two."
    assert len(started) == 2


def test_no_process_reads_more_documents_than_it_may(
    pool: ParserPool, started: list[ParserProcess], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_DOCUMENTS", 2)
    for text in ("One.", "Two.", "Three."):
        read(pool, tmp_path, text)
    assert [parser.documents for parser in started] == [2, 1]


def test_what_a_document_left_behind_is_erased_before_the_next(
    pool: ParserPool, started: list[ParserProcess], tmp_path: Path
) -> None:
    read(pool, tmp_path, "One.")
    scratch = Path(started[0].scratch)
    assert scratch.is_dir()
    (scratch / "copy").write_text("of an attached file")
    started[0].clear_scratch()
    assert not list(scratch.iterdir())
