"""Forgetting beside threads that read: nothing goes that was not to go."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, cast
from unittest.mock import MagicMock

import pytest

from rag.courtesy import Courtesy
from rag.extract import DocumentInfo, PageText
from rag.feed import Feed
from rag.forgetting import Forgetter
from rag.indexing import Indexer
from rag.library import Library
from rag.protocol import DocumentState, Indexed
from rag.reading import Interrupted
from rag.scan import FoundFile, look
from rag.stores.database import Database
from rag.stores.folder_records import FolderRecords
from rag.stores.history import History
from rag.stores.records import Records, WaitingFile
from rag.stores.vector_records import VectorRecords
from rag.unlocking import Unlocker
from tests.rag.stores.filling import VERSIONS, add_document, sum_of


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path)
    yield opened
    opened.close()


def forgetter(database: Database, records: Records, indexer: object) -> Forgetter:
    others: Any = MagicMock()
    return Forgetter(
        database, records, FolderRecords(database), others, VectorRecords(database), History(database), others, Feed(),
        cast("Indexer", indexer), lambda _: None,
    )  # fmt: skip


def test_a_copy_that_is_found_while_its_original_is_forgotten_stays(database: Database) -> None:
    records = Records(database)
    add_document(records, "/a.md", "The crane stands.")
    indexer = MagicMock()
    copies = ["/copy.md"]

    @contextlib.contextmanager
    def without(_keys: Sequence[str]) -> Iterator[None]:
        for path in copies:  # a reader that was at it has finished before nobody reads the document any more
            records.note_file(path, 100, 1, retries=True)
            records.begin_document(WaitingFile(path, "", 100, 1), sum_of("a.md"), VERSIONS)
        copies.clear()
        yield

    indexer.without = without
    forgetter(database, records, indexer).forget_paths(["/a.md"])
    assert [document.paths for document in records.documents()] == [("/copy.md",)]
    forgetter(database, records, indexer).forget_paths(["/copy.md"])
    assert records.documents() == ()


def test_no_other_file_becomes_a_document_that_is_being_forgotten(database: Database) -> None:
    others: Any = MagicMock()
    indexer = Indexer(Records(database), VectorRecords(database), others, Feed(), Courtesy(), others, others)
    sha256 = "a" * 64
    with indexer.without([sha256]), pytest.raises(Interrupted), indexer._alone(sha256):
        pass
    with indexer._alone(sha256):
        pass


# --- what was not read yet, by the real threads -----------------------------------------------------------------------


class HeldReading:
    """The first reading of a file goes on only when somebody wants its document left alone; it ends if it is stopped.

    Later ones go on at once.
    """

    def __init__(self) -> None:
        self.left_alone: Callable[[], Collection[str]] = frozenset
        self.is_in_hand = threading.Event()
        self.was_stopped = False
        self._read = Unlocker.read

    def read(
        self, unlocker: Unlocker, file: WaitingFile, sha256: str, is_stopped: Callable[[], bool], first_page: int
    ) -> Iterator[DocumentInfo | PageText]:
        if not self.is_in_hand.is_set():
            self.is_in_hand.set()
            while sha256 not in self.left_alone() and not is_stopped():  # the library that closes stops it, too
                time.sleep(0.01)
            self.was_stopped = is_stopped()
        yield from self._read(unlocker, file, sha256, is_stopped, first_page)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> HeldReading:
    reading = HeldReading()

    def read(unlocker: Unlocker, *arguments: Any) -> Iterator[DocumentInfo | PageText]:
        return reading.read(unlocker, *arguments)

    monkeypatch.setattr(Unlocker, "read", read)
    return reading


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "home") as opened:
        yield opened


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def note(library: Library, path: Path) -> None:
    """Let ``path`` wait to be read; nothing reads before ``index``."""
    found = look(str(path))
    assert isinstance(found, FoundFile)
    assert library._records.note_file(found.path, found.size, found.modified_ns, retries=True)


def index(library: Library, *paths: Path) -> dict[str, DocumentState]:
    """What comes of ``paths``, by the names of the files."""
    for event in library.index([str(path) for path in paths]):
        if isinstance(event, Indexed):
            return {Path(file.path).name: file.state for file in event.files}
    raise AssertionError("indexing ends with its report")


def names(library: Library) -> list[str]:
    return [document.name for document in library.documents()]


def test_what_was_not_read_yet_goes_and_what_was_read_stays(library: Library, tmp_path: Path) -> None:
    index(library, write(tmp_path, "read.md", "The crane stands."))
    waiting = [write(tmp_path, f"{number}.md", f"Crane {number}.") for number in range(3)]
    library.pause(True)
    for path in waiting:
        note(library, path)
    keys = [document.key for document in library.documents()]
    assert library.progress().documents == 3
    removed = library.forget_unread(keys)
    assert [document.name for document in removed.documents] == ["0.md", "1.md", "2.md"]
    assert (library.progress().documents_done, library.progress().documents) == (0, 0)
    assert names(library) == ["read.md"]
    assert all(path.exists() for path in waiting)
    library.pause(False)
    assert index(library, waiting[1]) == {"1.md": DocumentState.READY}, "until it is given again"
    assert names(library) == ["read.md", "1.md"]


def test_in_a_folder_that_is_followed_it_is_left_out(library: Library, tmp_path: Path) -> None:
    library.pause(True)
    path = write(tmp_path, "a.md", "The crane stands.")
    folders = FolderRecords(library._database)
    folders.add_folder(str(tmp_path))
    note(library, path)
    library.forget_unread([str(path)])
    assert folders.left_out(str(tmp_path)) == {str(path)}


def test_a_document_whose_file_was_edited_is_not_lost_while_it_is_read_anew(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", "The crane stands in the harbour.")
    index(library, path)
    (former,) = library.documents()
    library.pause(True)
    write(tmp_path, "a.md", "The crane lies on the quay by now.")
    note(library, path)
    assert library.forget_unread([former.key, str(path)]).documents == (), "before anybody looks into it"
    status = path.stat()
    waiting = WaitingFile(str(path), former.sha256, status.st_size, status.st_mtime_ns)
    records = library._records
    assert records.begin_document(waiting, sum_of("edited"), VERSIONS) is DocumentState.READING
    removed = library.forget_unread([document.key for document in library.documents()])
    assert removed.documents == (), "and while it is read"
    assert former.key in {document.key for document in library.documents()}
    library.pause(False)
    assert index(library, path) == {"a.md": DocumentState.READY}
    assert "quay" in library.search("crane")[0].text


def test_a_key_may_be_of_before_its_file_was_looked_into(library: Library, tmp_path: Path) -> None:
    library.pause(True)
    path = write(tmp_path, "a.md", "The crane stands.")
    note(library, path)
    library._records.begin_document(WaitingFile(str(path), "", 1, 1), sum_of("a"), VERSIONS)
    assert len(library.forget_unread([str(path)]).documents) == 1
    assert names(library) == []


def test_who_waits_for_news_looks_anew_when_something_is_withheld_and_when_it_no_longer_is(library: Library) -> None:
    with library.feed.follow() as events:
        with library.withheld(["/a.md"]):
            assert events.get_nowait() is None
        assert events.get_nowait() is None


def test_what_is_withheld_is_read_afterwards_and_all_else_meanwhile(library: Library, tmp_path: Path) -> None:
    withheld, other = write(tmp_path, "a.md", "The crane stands."), write(tmp_path, "b.md", "The ferry sails.")
    note(library, withheld)
    with library.withheld([str(withheld)]), library.withheld([str(withheld)]):
        assert index(library, other) == {"b.md": DocumentState.READY}
        assert {one.name: one.state for one in library.documents()}["a.md"] is DocumentState.QUEUED
    assert index(library, withheld) == {"a.md": DocumentState.READY}


def read_in_the_background(library: Library, path: Path, held: HeldReading) -> str:
    """Have ``path`` in hand; gives its key, which is its SHA-256 by now."""
    held.left_alone = lambda: library._holdings.indexer.left_alone
    note(library, path)
    library.resume()
    assert held.is_in_hand.wait(60)
    (document,) = library.documents()
    assert (document.key, document.is_unread) == (document.sha256, True)
    return document.key


def test_a_document_in_hand_is_stopped_when_it_is_withheld_and_read_on_afterwards(
    held: HeldReading, library: Library, tmp_path: Path
) -> None:
    path = write(tmp_path, "a.md", "The crane stands.")
    key = read_in_the_background(library, path, held)
    with library.withheld([key]):
        assert held.was_stopped
        assert library.documents()[0].is_unread
    assert index(library, path) == {"a.md": DocumentState.READY}


def test_a_document_in_hand_is_stopped_and_forgotten(held: HeldReading, library: Library, tmp_path: Path) -> None:
    key = read_in_the_background(library, write(tmp_path, "a.md", "The crane stands."), held)
    removed = library.forget_unread([key])
    assert held.was_stopped
    assert [document.key for document in removed.documents] == [key]
    assert library.documents() == ()
