"""Folders that are followed, locked documents and health, through the façade, with all that is real."""

from __future__ import annotations

import dataclasses
import io
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pypdf
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from rag import watching
from rag.embed import Embedder
from rag.errors import LibraryProblem, PhialError
from rag.following import Pace
from rag.library import Library
from rag.protocol import Collections, Document, DocumentGone, DocumentState, Folders, Indexed, PageRun, PageState, Watch
from rag.requests import Respond
from tests.end_to_end.test_library import wait_for
from tests.rag.extract.making import make_pdf, text_page, written

PASSWORD = "s3same öffne dich"
QUICK = Pace(gather=0.05, quiet=0.2, probe=0.2, look=60.0, poll=0.5, patience=5.0)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setattr(watching, "Pace", lambda: QUICK)
    former = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())  # whatever this machine has is not for tests
    with Library.open(tmp_path / "home") as opened:
        yield opened
    keyring.set_keyring(former)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "lamp.md").write_text("# The lamp\n\nThe harbour lamp burns a litre of oil a night.\n")
    return folder


def locked_pdf(folder: Path, name: str, password: str = PASSWORD, said: str = "The kettle is blue.") -> Path:
    writer = pypdf.PdfWriter(io.BytesIO(make_pdf([text_page("Secret", said), text_page("Second", "And no more.")])))
    writer.encrypt(password, "owner of it", algorithm="AES-256")
    held = io.BytesIO()
    writer.write(held)
    return written(folder, name, held.getvalue())


def named(library: Library) -> dict[str, Document]:
    return {document.name: document for document in library.documents()}


def index(library: Library, *paths: Path, passwords: tuple[str, ...] = ()) -> dict[str, tuple[DocumentState, str]]:
    *_, last = library.index([str(path) for path in paths], passwords=passwords)
    assert isinstance(last, Indexed)
    return {Path(file.path).name: (file.state, file.reason.kind if file.reason else "") for file in last.files}


def in_data_folder(library: Library, secret: str) -> list[Path]:
    files = [path for path in library.home.rglob("*") if path.is_file()]
    return [path for path in files if secret.encode() in path.read_bytes()]


def is_settled(library: Library, name: str) -> Callable[[], bool]:
    return lambda: name in named(library) and named(library)[name].state is DocumentState.READY


def test_a_followed_folder_and_the_library_stay_one(
    library: Library, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with library.feed.follow() as events:
        (folder,) = library.folders.watch(str(papers))
        assert (folder.path, folder.state) == (str(papers), "watched")
        wait_for(is_settled(library, "lamp.md"))
        told: list[object] = []
        while not events.empty():
            told.append(events.get())
    assert [event.folders for event in told if isinstance(event, Folders)]
    asked: list[str] = []
    embed = Embedder.embed
    monkeypatch.setattr(Embedder, "embed", lambda self, texts, **how: asked.extend(texts) or embed(self, texts, **how))
    before = named(library)["lamp.md"]
    (papers / "lamp.md").rename(papers / "light.md")
    wait_for(lambda: named(library).keys() == {"light.md"})
    after = named(library)["light.md"]
    assert after == dataclasses.replace(before, name="light.md", paths=(str(papers / "light.md"),))
    assert asked == [], "a file that was renamed keeps everything"
    aside = papers.rename(papers.with_name("unplugged"))
    wait_for(lambda: named(library)["light.md"].is_away)
    assert library.folders.listed()[0].state == "away"
    assert "litre of oil" in library.search("harbour lamp oil")[0].text, "it is still found"
    aside.rename(papers)
    wait_for(lambda: not named(library)["light.md"].is_away)
    library.remove([str(papers / "light.md")])
    (papers / "other.md").write_text("Another.")
    wait_for(lambda: named(library).keys() == {"other.md"})  # what a person removes doesn't come back by itself
    index(library, papers / "light.md")
    assert named(library).keys() == {"light.md", "other.md"}
    (papers / "other.md").unlink()
    (papers / "light.md").unlink()
    wait_for(lambda: not library.documents())
    assert library.folders.unwatch(str(papers)) == ()
    with pytest.raises(PhialError) as raised:
        library.folders.unwatch(str(papers))
    assert raised.value.kind is LibraryProblem.FOLDER_NOT_WATCHED


def test_who_watches_hears_that_fewer_documents_lie_in_a_folder(library: Library, papers: Path) -> None:
    library.folders.watch(str(papers))
    wait_for(is_settled(library, "lamp.md"))
    news = Respond(library)(Watch(1), threading.Event())
    assert any(isinstance(event, Folders) and event.folders[0].documents == 1 for event in news)
    library.remove([str(papers / "lamp.md")])
    assert any(isinstance(event, DocumentGone) for event in news)
    heard: list[object] = []
    while not heard or not isinstance(heard[-1], Collections):
        heard.append(next(news))
    assert [event.folders[0].documents for event in heard if isinstance(event, Folders)] == [0]


def test_what_was_away_is_not_so_for_ever_once_nobody_follows_it(library: Library, papers: Path) -> None:
    inner = papers / "inner"
    inner.mkdir()
    (inner / "in.md").write_text("Within.")
    library.folders.watch(str(papers))
    library.folders.watch(str(inner))
    wait_for(lambda: named(library).keys() == {"lamp.md", "in.md"})
    papers.rename(papers.with_name("unplugged"))
    wait_for(lambda: all(document.is_away for document in named(library).values()))
    library.folders.unwatch(str(papers))
    assert not named(library)["lamp.md"].is_away
    assert named(library)["in.md"].is_away, "another folder that is followed speaks for it"


def test_folders_within_folders_each_have_their_own_rules(library: Library, papers: Path) -> None:
    inner = papers / "inner"
    inner.mkdir()
    (inner / "in.md").write_text("Within.")
    (papers / ".phialignore").write_text("inner/\n")
    library.folders.watch(str(papers))
    library.folders.watch(str(inner))
    wait_for(lambda: named(library).keys() == {"lamp.md", "in.md"})
    library.folders.unwatch(str(inner))
    wait_for(lambda: named(library).keys() == {"lamp.md"})


@pytest.mark.parametrize(
    ("name", "kind"), [("missing", LibraryProblem.PATH_MISSING), ("lamp.md", LibraryProblem.PATH_NOT_A_FOLDER)]
)
def test_only_a_folder_is_followed(library: Library, papers: Path, name: str, kind: LibraryProblem) -> None:
    with pytest.raises(PhialError) as raised:
        library.folders.watch(str(papers / name))
    assert raised.value.kind is kind
    assert library.folders.listed() == ()


def test_a_locked_document_is_unlocked_and_its_password_lies_nowhere(library: Library, papers: Path) -> None:
    path = locked_pdf(papers, "locked.pdf")
    assert index(library, path) == {"locked.pdf": (DocumentState.NEEDS_PASSWORD, "pdf_encrypted")}
    document = named(library)["locked.pdf"]
    (health,) = library.health([document.key])
    assert (health.pages, health.mends[0]) == ((), "enter_password")
    with pytest.raises(PhialError) as raised:
        library.unlock(document.key, "wrong")
    assert raised.value.kind is LibraryProblem.PASSWORD_WRONG
    assert library.status().notices == ()
    assert library.unlock(document.key, PASSWORD) is False, "no keyring keeps it"
    assert [notice.kind for notice in library.status().notices] == [LibraryProblem.PASSWORD_NOT_KEPT]
    wait_for(is_settled(library, "locked.pdf"))
    assert "kettle is blue" in library.search("What colour is the kettle?")[0].text
    shown = library.show_page(document.sha256, 1, 1.0, ())
    assert shown is not None
    assert shown.picture
    assert library.health([document.key])[0].pages == (PageRun(1, 2, PageState.TEXT),)
    assert in_data_folder(library, PASSWORD) == []
    # People use one password for many documents.
    other = locked_pdf(papers, "other.pdf", said="The lid is red.")
    assert index(library, other) == {"other.pdf": (DocumentState.READY, "")}


def test_passwords_that_come_with_the_files(library: Library, papers: Path) -> None:
    locked_pdf(papers, "one.pdf")
    locked_pdf(papers, "two.pdf", "another", "Two.")
    wrong = {"lamp.md": (DocumentState.READY, ""), "one.pdf": (DocumentState.NEEDS_PASSWORD, "password_wrong"),
             "two.pdf": (DocumentState.NEEDS_PASSWORD, "password_wrong")}  # fmt: skip
    assert index(library, papers, passwords=("wrong",)) == wrong
    found = index(library, papers, passwords=("wrong too", PASSWORD, "another"))
    assert found == dict.fromkeys(wrong, (DocumentState.READY, ""))
