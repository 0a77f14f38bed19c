"""The indexing threads around real stores and the real parser: two readers, one document, nothing lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag.library import Library
from rag.protocol import DocumentState, Indexed, IndexedFile


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "home") as opened:
        yield opened


def index(library: Library, *paths: Path) -> tuple[IndexedFile, ...]:
    for event in library.index([str(path) for path in paths]):
        if isinstance(event, Indexed):
            return event.files
    raise AssertionError("indexing ends with its report")


def test_files_that_hold_the_same_are_read_once_though_two_readers_take_them(library: Library, tmp_path: Path) -> None:
    paths = []
    for number in range(6):
        paths.append(tmp_path / f"{number}.md")
        paths[-1].write_text("# Cranes\n\nThe crane stands in the harbour.\n" * 40)
    files = index(library, *paths)
    assert {file.state for file in files} == {DocumentState.READY}
    (document,) = library.documents()
    assert document.paths == tuple(map(str, paths))
    assert document.pages == document.pages_read


def test_what_the_person_asks_about_is_read_first(library: Library, tmp_path: Path) -> None:
    read: list[str] = []
    for number in range(8):
        (tmp_path / f"{number}.md").write_text(f"Crane {number} stands in the harbour.")
    records = library._records
    following: Callable[..., object] = records.next_file
    guard = threading.Lock()

    def noted(first: object = (), without: object = ()) -> object:
        file = following(first, without)
        with guard:
            if first and file is not None:
                read.append(Path(getattr(file, "path", "")).name)
        return file

    records.next_file = noted  # type: ignore[method-assign, assignment]
    library._holdings.interest.note([str(tmp_path / "6.md"), str(tmp_path / "3.md")])
    index(library, tmp_path)
    assert set(read[:2]) == {"3.md", "6.md"}


def test_progress_counts_everything_and_ends(library: Library, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.md").write_text(f"Crane {number} stands in the harbour.")
    index(library, tmp_path)
    library.progress()  # the last of this count, if it was not told yet
    progress = library.progress()
    assert (progress.documents, progress.pages_done, progress.passages, progress.passages_done) == (0, 5, 5, 5)
    assert progress.seconds_left == -1.0
