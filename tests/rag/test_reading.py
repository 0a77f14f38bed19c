"""Reading a file into library.db while it doesn't hold still, with the real parser."""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from rag.errors import LibraryProblem, PhialError
from rag.extract import DocumentInfo, PageText, read_document
from rag.protocol import Document, DocumentState
from rag.reading import FileReader, Interrupted
from rag.stores.database import Database
from rag.stores.records import Records, WaitingFile
from tests.rag.extract.making import make_pdf, text_page, written

PAGES = 80
LONG = [f"line {number} of a page that is long enough to fill the link" for number in range(40)]


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    (tmp_path / "home").mkdir()
    database = Database(tmp_path / "home")
    yield Records(database)
    database.close()


def count_tokens(texts: Sequence[str]) -> list[int]:
    return [len(text) // 4 + 1 for text in texts]


def long_pdf(folder: Path, name: str = "long.pdf") -> Path:
    return written(folder, name, make_pdf([text_page(f"Page {number}", *LONG) for number in range(1, PAGES + 1)]))


def note(records: Records, path: Path) -> None:
    status = path.stat()
    records.note_file(str(path), status.st_size, status.st_mtime_ns, retries=True)


def read_file(
    file: WaitingFile, sha256: str, is_stopped: Callable[[], bool], first_page: int
) -> Iterator[DocumentInfo | PageText]:
    return read_document(Path(file.path), is_stopped, first_page=first_page)


def read_all(records: Records, after_a_batch: Callable[[], None] = lambda: None) -> None:
    """Read whatever waits; ``after_a_batch`` happens once, when the first pages are kept."""
    events = [after_a_batch]

    def pause() -> None:
        if events:
            events.pop()()

    reader = FileReader(
        records, count_tokens, lambda _key, _was: None, pause, lambda _: contextlib.nullcontext(), read_file
    )
    while file := records.next_file():
        reader.read(file, lambda: False)
    records.remove_documents(records.orphans())


def only(records: Records) -> Document:
    (document,) = records.documents()
    return document


def kind_of(document: Document) -> str | None:
    return None if document.reason is None else document.reason.kind


def test_a_file_that_changes_while_it_is_read_is_not_kept_as_what_it_was(tmp_path: Path, records: Records) -> None:
    path = long_pdf(tmp_path)
    twin = long_pdf(tmp_path, "twin.pdf")
    note(records, path)
    read_all(records, lambda: os.truncate(path, 5_000))
    assert (only(records).key, kind_of(only(records))) == (str(path), LibraryProblem.FILE_CHANGED)
    # The same content in another file owes nothing to it.
    note(records, twin)
    read_all(records)
    states = {document.name: (document.state, document.pages_read) for document in records.documents()}
    assert states == {"long.pdf": (DocumentState.FAILED, 0), "twin.pdf": (DocumentState.ANSWERABLE, PAGES)}
    path.write_bytes(twin.read_bytes())
    note(records, path)
    read_all(records)
    assert set(only(records).paths) == {str(path), str(twin)}


def test_another_file_of_the_same_content_is_read_in_its_place(tmp_path: Path, records: Records) -> None:
    path, twin = long_pdf(tmp_path), long_pdf(tmp_path, "twin.pdf")
    note(records, path)
    note(records, twin)
    read_all(records)
    records.wait_again([only(records).sha256])
    read_all(records, lambda: os.truncate(path, 5_000))
    states = {document.name: document.state for document in records.documents() if document.sha256}
    assert set(states.values()) == {DocumentState.ANSWERABLE}
    paths = {path: document.state for document in records.documents() for path in document.paths}
    assert paths == {str(path): DocumentState.FAILED, str(twin): DocumentState.ANSWERABLE}


def test_a_file_that_vanishes_while_it_is_read_goes_on_where_it_turns_up(tmp_path: Path, records: Records) -> None:
    path = long_pdf(tmp_path)
    note(records, path)
    read_all(records, path.unlink)
    assert kind_of(only(records)) == LibraryProblem.PATH_MISSING
    assert only(records).pages_read == PAGES
    moved = long_pdf(tmp_path, "moved.pdf")
    note(records, moved)
    read_all(records)
    assert (only(records).paths, only(records).state) == ((str(moved),), DocumentState.ANSWERABLE)


def test_a_file_that_changed_since_it_was_noticed_is_not_read(tmp_path: Path, records: Records) -> None:
    path = long_pdf(tmp_path)
    note(records, path)
    os.truncate(path, 5_000)
    read_all(records)
    assert (only(records).key, kind_of(only(records))) == (str(path), LibraryProblem.FILE_CHANGED)


def test_what_a_parser_says_of_a_file_that_changed_is_not_said_of_what_it_was(tmp_path: Path, records: Records) -> None:
    path = written(tmp_path, "a.pdf", make_pdf([text_page("One", *LONG)]))
    note(records, path)

    def meet_the_change(*_: object) -> Iterator[DocumentInfo | PageText]:
        path.write_bytes(b"%PDF-1.7 half of another")
        raise PhialError(LibraryProblem.PDF_BROKEN, path=str(path))
        yield

    reader = FileReader(
        records, count_tokens, lambda *_: None, lambda: None, lambda _: contextlib.nullcontext(), meet_the_change
    )
    file = records.next_file()
    assert file is not None
    reader.read(file, lambda: False)
    records.remove_documents(records.orphans())
    assert (only(records).key, kind_of(only(records))) == (str(path), LibraryProblem.FILE_CHANGED)


def test_a_document_does_not_fail_for_another_of_its_files(tmp_path: Path, records: Records) -> None:
    path, twin = (written(tmp_path, name, make_pdf([text_page("One", *LONG)])) for name in ("a.pdf", "twin.pdf"))
    for each in (path, twin):
        note(records, each)
    read_all(records)
    records.wait_again([only(records).key])
    path.write_bytes(b"\0\1\2 no format at all")
    note(records, path)
    read_all(records)
    states = {document.paths: document.state for document in records.documents()}
    assert DocumentState.FAILED not in [state for paths, state in states.items() if str(twin) in paths]


def test_a_document_that_is_stopped_while_it_is_cut_waits_as_before(tmp_path: Path, records: Records) -> None:
    note(records, long_pdf(tmp_path))
    counted: list[int] = []

    def count(texts: Sequence[str]) -> list[int]:
        counted.append(len(texts))
        return count_tokens(texts)

    reader = FileReader(
        records, count, lambda _key, _was: None, lambda: None, lambda _: contextlib.nullcontext(), read_file
    )
    file = records.next_file()
    assert file is not None
    with pytest.raises(Interrupted):
        reader.read(file, lambda: len(counted) > 3)
    assert len(counted) == 4
    document = only(records)
    assert (document.state, document.pages_read, document.is_unread) == (DocumentState.READING, PAGES, True)
    read_all(records)
    assert only(records).state is DocumentState.ANSWERABLE
