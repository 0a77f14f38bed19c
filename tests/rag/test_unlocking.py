"""Opening locked documents, on a real library.db; what a password opens is told by the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from rag import unlocking
from rag.errors import LibraryProblem, PhialError, Problem
from rag.extract import DocumentInfo, PageText, ParserPool
from rag.passwords import Passwords
from rag.protocol import DocumentState, PageState
from rag.stores.database import Database
from rag.stores.history import History
from rag.stores.records import Records, WaitingFile
from rag.unlocking import Unlocker

SHA256 = "a" * 64
ENCRYPTED = Problem(LibraryProblem.PDF_ENCRYPTED, {"path": "locked.pdf"})


class Locked:
    """A locked document, and who opens it."""

    def __init__(self, folder: Path) -> None:
        database = Database(folder)
        self.close = database.close
        self.records = Records(database)
        self.passwords = Passwords(History(database))
        self.unlocker = Unlocker(self.records, self.passwords, ParserPool())
        path = folder / "locked.pdf"
        path.write_bytes(b"locked")
        status = path.stat()
        self.records.note_file(str(path), status.st_size, status.st_mtime_ns, retries=False)
        self.file = WaitingFile(str(path), "", status.st_size, status.st_mtime_ns)
        self.records.begin_document(self.file, SHA256, (1, 1))

    def keep_pages(self, *, waits: bool) -> None:
        pages = [PageText(1, "", "", (), 595.0, 842.0, (), None, True, waits=waits)]
        self.records.add_pages(SHA256, pages)

    @property
    def states(self) -> list[PageState]:
        return [page.state for page in self.records.pages(SHA256)]


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Locked]:
    def refuse(path: Path, _is_stopped: object, **_options: object) -> Iterator[DocumentInfo | PageText]:
        raise PhialError(LibraryProblem.PDF_ENCRYPTED, path=str(path))
        yield

    def find(_path: Path, passwords: Sequence[str], is_cancelled: Callable[[], bool]) -> str | None:
        return None if is_cancelled() else next(iter(passwords), None)

    monkeypatch.setattr(unlocking, "read_document", refuse)
    monkeypatch.setattr(unlocking, "find_password", find)
    monkeypatch.setattr(Passwords, "_ask", lambda _self, _question: None)
    made = Locked(tmp_path)
    yield made
    made.close()


def test_a_library_that_closes_while_passwords_are_tried_says_nothing_of_the_document(locked: Locked) -> None:
    with pytest.raises(PhialError) as raised:
        list(locked.unlocker.read(locked.file, SHA256, lambda: False, 1))
    assert raised.value.kind is LibraryProblem.PDF_ENCRYPTED
    assert list(locked.unlocker.read(locked.file, SHA256, lambda: True, 1)) == []


def test_pages_that_ocr_met_locked_are_read_once_the_password_is_known(locked: Locked) -> None:
    locked.keep_pages(waits=True)
    locked.records.settle_file(locked.file.path)
    page = locked.records.next_waiting_page()
    assert page is not None
    locked.records.fail_recognition(page, ENCRYPTED)
    locked.records.set_state(SHA256, DocumentState.FAILED, ENCRYPTED)
    assert locked.unlocker.unlock(SHA256, "sesame", lambda: False) is False
    assert locked.states == [PageState.WAITING]
    assert locked.records.documents([SHA256])[0].state is DocumentState.READING


def test_a_document_that_is_being_read_keeps_its_pages_when_it_is_unlocked_once_more(
    locked: Locked, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its first pages come while the second password is tried.
    def find(_path: Path, passwords: Sequence[str], _is_cancelled: object) -> str:
        locked.keep_pages(waits=False)
        return passwords[0]

    monkeypatch.setattr(unlocking, "find_password", find)
    locked.unlocker.unlock(SHA256, "sesame", lambda: False)
    assert locked.states == [PageState.EMPTY]


def test_a_document_that_waits_for_its_password_is_read_when_that_is_known(locked: Locked) -> None:
    locked.records.settle_file(locked.file.path)
    locked.records.set_state(SHA256, DocumentState.NEEDS_PASSWORD, ENCRYPTED)
    locked.unlocker.unlock(SHA256, "sesame", lambda: False)
    assert locked.records.next_file() is not None
