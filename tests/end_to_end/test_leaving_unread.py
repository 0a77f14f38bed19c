"""Reading that is cancelled, by the real worker: what was not read goes, and nothing that was ever read."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.links import Link
from rag.client import connect
from rag.errors import LibraryProblem
from rag.protocol import (
    Cancel,
    Cancelled,
    Document,
    Documents,
    DocumentState,
    Failed,
    ForgetUnread,
    Found,
    Health,
    HealthReport,
    Index,
    Indexed,
    IndexedFile,
    LeaveScans,
    ListDocuments,
    PageState,
    Pause,
    Progress,
    ReadScans,
    Removed,
    Reply,
    Request,
    Retry,
    Search,
    Withhold,
)
from tests.fakes.plausible import STUDY
from tests.rag.extract.making import written
from tests.rag.extract.making_scans import scan, scanned_pdf

PATIENCE = 60.0


class Client:
    """A connection by which several requests are under way at once."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._number = 0
        self._last_words: dict[int, Reply] = {}

    def send(self, kind: type[Request], **fields: object) -> Request:
        self._number += 1
        request = kind(self._number, **fields)  # type: ignore[arg-type]
        self._link.send(request)
        return request

    def last_word(self, request: Request) -> Reply:
        """How ``request`` ends; of others only their last words are kept."""
        while request.id not in self._last_words:
            self._receive()
        reply = self._last_words.pop(request.id)
        assert not isinstance(reply, Failed), reply
        return reply

    def withhold(self, *keys: str) -> Request:
        """Have these documents withheld, from now on."""
        request = self.send(Withhold, keys=keys)
        while not isinstance(reply := self._receive(), Progress) or reply.id != request.id:
            pass
        return request

    def _receive(self) -> Reply:
        assert self._link.has_message(PATIENCE), "nothing more is said"
        reply = self._link.receive()
        assert isinstance(reply, Reply)
        if reply.is_final:
            self._last_words[reply.id] = reply
        return reply

    def ask(self, kind: type[Request], **fields: object) -> Reply:
        return self.last_word(self.send(kind, **fields))

    def documents(self) -> dict[str, Document]:
        """By their names; of two with the same name the one that has a path."""
        listed = self.ask(ListDocuments)
        assert isinstance(listed, Documents)
        return {document.name: document for document in sorted(listed.documents, key=lambda one: bool(one.paths))}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    link, _ = connect(tmp_path / "home", "test")
    yield Client(link)
    link.close()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def files_of(reply: Reply) -> dict[str, IndexedFile]:
    assert isinstance(reply, Indexed)
    return {Path(file.path).name: file for file in reply.files}


def test_what_is_queued_is_withheld_then_forgotten_and_what_was_read_stays(client: Client, tmp_path: Path) -> None:
    client.ask(Index, paths=(str(write(tmp_path, "read.md", "The crane stands in the harbour.")),))
    client.ask(Pause, paused=True)
    paths = tuple(str(write(tmp_path, f"{number}.md", f"Ship {number} lies at the quay.")) for number in range(3))
    indexing = client.send(Index, paths=paths)
    wait_for(lambda: len(client.documents()) == 4)
    keys = tuple(document.key for document in client.documents().values())
    withheld = client.withhold(*keys)
    client.ask(Pause, paused=False)
    other = write(tmp_path, "other.md", "The ferry sails at noon.")
    assert files_of(client.ask(Index, paths=(str(other),)))["other.md"].state is DocumentState.READY
    assert {client.documents()[f"{number}.md"].state for number in range(3)} == {DocumentState.QUEUED}
    removed = client.ask(ForgetUnread, keys=keys)
    assert isinstance(removed, Removed)
    assert sorted(document.name for document in removed.documents) == ["0.md", "1.md", "2.md"]
    assert sorted(client.documents()) == ["other.md", "read.md"]
    client.send(Cancel, request=withheld.id)
    assert isinstance(client.last_word(withheld), Cancelled)
    assert files_of(client.ask(Index, paths=paths[:1]))["0.md"].state is DocumentState.READY
    assert indexing.id < withheld.id


def test_what_is_taken_back_is_read_after_all(client: Client, tmp_path: Path) -> None:
    client.ask(Pause, paused=True)
    path = write(tmp_path, "a.md", "The crane stands in the harbour.")
    indexing = client.send(Index, paths=(str(path),))
    wait_for(lambda: bool(client.documents()))
    withheld = client.withhold(str(path))
    client.ask(Pause, paused=False)
    client.send(Cancel, request=withheld.id)
    assert files_of(client.last_word(indexing))["a.md"].state is DocumentState.READY


def test_a_document_that_was_ready_is_not_lost_when_its_file_was_edited(client: Client, tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", "The crane stands in the harbour.")
    client.ask(Index, paths=(str(path),))
    client.ask(Pause, paused=True)
    write(tmp_path, "a.md", "The crane lies on the quay by now.")
    indexing = client.send(Index, paths=(str(path),))
    removed = client.ask(ForgetUnread, keys=(str(path), *(one.key for one in client.documents().values())))
    assert isinstance(removed, Removed)
    assert removed.documents == ()
    assert client.documents()["a.md"].state is DocumentState.READY
    client.ask(Pause, paused=False)
    assert files_of(client.last_word(indexing))["a.md"].state is DocumentState.READY
    found = client.ask(Search, question="crane")
    assert isinstance(found, Found)
    assert "quay" in found.passages[0].text


def test_scans_that_are_left_unread_say_so_and_are_read_when_they_are_named_again(
    client: Client, tmp_path: Path
) -> None:
    """No page is read by OCR while a file waits: this one, until what it turns out to hold is no longer withheld."""
    waiting = write(tmp_path, "waiting.md", "The ferry sails at noon.")
    withheld = client.withhold(hashlib.sha256(waiting.read_bytes()).hexdigest())
    client.send(Index, paths=(str(waiting),))
    wait_for(lambda: bool(client.documents()))
    path = written(tmp_path, "scan.pdf", scanned_pdf([scan("The crane stands in the harbour.")]))
    indexing = client.send(Index, paths=(str(path),))
    wait_for(lambda: client.documents().get("scan.pdf", STUDY).pages_waiting == 1)
    document = client.documents()["scan.pdf"]
    client.ask(LeaveScans, keys=(document.key,))
    settled = files_of(client.last_word(indexing))["scan.pdf"]
    assert settled.reason is not None
    assert (settled.state, settled.reason.kind) == (DocumentState.EMPTY, LibraryProblem.SCAN_LEFT_UNREAD)
    health = client.ask(Health, keys=(document.key,))
    assert isinstance(health, HealthReport)
    assert [run.state for run in health.documents[0].pages] == [PageState.LEFT_UNREAD]
    assert health.documents[0].mends[0] == "read_after_all"
    for asks_for_it in (Retry, ReadScans):
        client.ask(asks_for_it, keys=(document.key,))
        assert client.documents()["scan.pdf"].pages_waiting == 1
        client.ask(LeaveScans, keys=(document.key,))
    again = client.send(Index, paths=(str(path),))
    wait_for(lambda: client.documents()["scan.pdf"].pages_waiting == 1)
    client.send(Cancel, request=withheld.id)
    assert files_of(client.last_word(again))["scan.pdf"].state is DocumentState.READY
