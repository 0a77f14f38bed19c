"""The façade on real stores, with the real embedder and the real starter model, in this process."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from engine.errors import EngineProblem
from rag import cutting, holdings, reading, unlocking
from rag.dense import Dense
from rag.embed import FOLDER_VARIABLE, Embedder, find_embedder, find_weights
from rag.embed_folder import EXPORT, WEIGHTS
from rag.errors import LibraryProblem, PhialError
from rag.library import Library
from rag.protocol import (
    Answered,
    Document,
    DocumentState,
    Evidence,
    Indexed,
    ModelState,
    Stage,
    Token,
)
from rag.stores.vectors import VectorIndex
from tests.end_to_end.conftest import SAMPLES

PDF = SAMPLES / "halden-greenhouse.pdf"
NOTE = SAMPLES / "sourdough-notebook.md"
QUESTION = "How long does one filling of the paraffin heater in the greenhouse burn?"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "home") as opened:
        yield opened


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of all samples, to be read from."""
    with Library.open(tmp_path_factory.mktemp("home")) as opened:
        index(opened, SAMPLES)
        yield opened


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that the embedder is asked for."""
    texts: list[str] = []
    embed = Embedder.embed

    def counted(self: Embedder, asked: list[str], **how: bool) -> object:
        texts.extend(asked)
        return embed(self, asked, **how)

    monkeypatch.setattr(Embedder, "embed", counted)
    return texts


def index(library: Library, *paths: Path) -> Indexed:
    *_, last = library.index([str(path) for path in paths])
    assert isinstance(last, Indexed)
    return last


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def only(library: Library) -> Document:
    (document,) = library.documents()
    return document


def test_indexing_tells_of_each_document_until_it_is_ready(library: Library) -> None:
    events = list(library.index([str(PDF), str(NOTE)]))
    indexed = events[-1]
    assert isinstance(indexed, Indexed)
    assert [(Path(file.path).name, file.state, file.reason) for file in indexed.files] == [
        (PDF.name, DocumentState.READY, None),
        (NOTE.name, DocumentState.READY, None),
    ]
    states = [
        event.document.state for event in events if hasattr(event, "document") and PDF.name in event.document.name
    ]
    assert states[0] is DocumentState.QUEUED
    assert DocumentState.ANSWERABLE in states
    assert library.is_vector_index_sound()


def test_an_unchanged_file_is_not_read_again(
    library: Library, embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    index(library, NOTE)
    embedded.clear()
    monkeypatch.setattr(unlocking, "read_document", lambda *_, **__: pytest.fail("it was read again"))
    again = index(library, NOTE)
    assert again.files[0].state is DocumentState.READY
    assert embedded == []


def test_the_same_content_under_two_paths_is_one_document(library: Library, tmp_path: Path) -> None:
    copy = tmp_path / "copy of it.md"
    shutil.copy(NOTE, copy)
    index(library, NOTE, copy)
    assert set(only(library).paths) == {str(NOTE), str(copy)}
    library.remove([str(copy)])
    assert only(library).paths == (str(NOTE),)
    assert library.search("core temperature of the loaf")


def test_a_moved_file_is_the_same_document_at_its_new_place(
    library: Library, tmp_path: Path, embedded: list[str]
) -> None:
    before, after = tmp_path / "before.md", tmp_path / "after.md"
    shutil.copy(NOTE, before)
    index(library, before)
    embedded.clear()
    before.rename(after)
    index(library, after)
    assert (only(library).name, only(library).paths) == ("after.md", (str(after),))
    assert embedded == []
    found = library.search("core temperature of the loaf")[0]
    assert (found.document, found.path) == ("after.md", str(after))


def test_a_document_that_changed_since_it_failed_is_retried_as_it_is_now(library: Library, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing follows")
    index(library, broken)
    assert only(library).state is DocumentState.FAILED
    shutil.copy(PDF, broken)
    library.retry([only(library).key])
    assert index(library, broken).files[0].state is DocumentState.READY
    assert only(library).name == "broken.pdf"
    broken.unlink()
    library.retry([only(library).key])
    deadline = time.monotonic() + 60
    while only(library).state is not DocumentState.FAILED and time.monotonic() < deadline:
        time.sleep(0.05)
    assert only(library).reason is not None
    assert only(library).reason.kind == LibraryProblem.PATH_MISSING


def test_an_edited_document_embeds_only_what_changed(library: Library, tmp_path: Path, embedded: list[str]) -> None:
    note = tmp_path / "log.md"
    sections = [f"# Day {day}\n\n{f'The tide gauge stood at mark {day} all day long. ' * 12}\n" for day in range(8)]
    note.write_text("\n".join(sections), encoding="utf-8")
    index(library, note)
    first = only(library)
    assert len(embedded) == first.passages >= 8
    embedded.clear()
    sections[3] = sections[3].replace("tide gauge", "barometer")
    note.write_text("\n".join(sections), encoding="utf-8")
    index(library, note)
    assert only(library).sha256 != first.sha256
    assert 1 <= len(embedded) <= 2
    assert all("barometer" in text for text in embedded)
    found = library.search("What stood at mark 3?", limit=20)
    assert any("barometer" in passage.text for passage in found)
    assert not any("tide gauge stood at mark 3" in passage.text for passage in found)


def test_what_was_removed_is_gone_and_the_rest_stays(library: Library) -> None:
    index(library, PDF, NOTE)
    removed = library.remove([str(PDF)])
    assert [document.name for document in removed.documents] == [PDF.name]
    assert [document.name for document in library.documents()] == [NOTE.name]
    assert {passage.document for passage in library.search(QUESTION)} <= {NOTE.name}
    assert library.is_vector_index_sound()
    assert PDF.exists()
    with pytest.raises(PhialError) as caught:
        library.remove([str(PDF)])
    assert caught.value.kind is LibraryProblem.PATH_NOT_IN_LIBRARY


def test_everything_is_there_after_closing_and_opening(tmp_path: Path, embedded: list[str]) -> None:
    with Library.open(tmp_path / "home") as library:
        index(library, NOTE)
        before = library.search("core temperature")
    embedded.clear()
    with Library.open(tmp_path / "home") as library:
        library.resume()
        assert library.search("core temperature") == before
    assert embedded == ["core temperature"]


def test_what_is_told_to_be_ready_is_found_by_its_meaning(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    follow = Dense.follow

    def follow_late(dense: Dense) -> None:
        time.sleep(1)  # in which library.db has the vectors, and the index has not
        follow(dense)

    monkeypatch.setattr(Dense, "follow", follow_late)
    index(library, NOTE)
    assert library._dense.nearest("core temperature", 1, None)


@pytest.mark.parametrize("harm", ["deleted", "emptied", "scribbled"])
def test_the_vector_index_is_rebuilt_without_embedding(tmp_path: Path, embedded: list[str], harm: str) -> None:
    home = tmp_path / "home"
    with Library.open(home) as library:
        index(library, PDF)
        if harm == "emptied":
            library._dense.change.index.opened().clear()
    if harm == "deleted":
        shutil.rmtree(home / "chroma")
    if harm == "scribbled":
        for file in (home / "chroma").rglob("*.sqlite3"):
            file.write_bytes(b"no database" * 100)
    embedded.clear()
    with Library.open(home) as library:
        assert not library.is_vector_index_sound()
        index(library, PDF)
        library.mend()
        assert library.is_vector_index_sound()
        assert embedded == []


def test_words_are_found_before_the_embedder_has_loaded(tmp_path: Path) -> None:
    with Library.open(tmp_path / "home") as library:
        index(library, NOTE)
    with Library.open(tmp_path / "home") as library:
        events = library.look_up("core temperature of the loaf")
        first = next(events)
        assert isinstance(first, Evidence)
        assert not first.is_complete
        assert not library._dense.is_ready
        assert "97 degrees" in first.passages[0].text
        assert isinstance(next(events), Stage)
        last = next(events)
        assert isinstance(last, Evidence)
        assert last.is_complete


def test_words_are_found_while_the_embedder_is_busy(samples: Library) -> None:
    assert samples.search("core temperature of the loaf")  # it has loaded
    assert samples._dense.embedder is not None
    with samples._dense.embedder._turns.taken(is_urgent=False):
        first = next(samples.look_up("core temperature of the loaf"))
    assert isinstance(first, Evidence)
    assert not first.is_complete
    assert "97 degrees" in first.passages[0].text


def test_an_answer_comes_as_evidence_words_and_citations_and_is_kept(samples: Library) -> None:
    events = list(samples.ask("What core temperature does the loaf have when it is done?"))
    kinds = [type(event) for event in events]
    assert kinds.index(Evidence) < kinds.index(Token) < kinds.index(Answered)
    answered = events[-1]
    assert isinstance(answered, Answered)
    answer = answered.answer
    assert answer.citations[0].document == NOTE.name
    page = samples.show_page(answer.citations[0].sha256, 1, 1.0, [])
    assert page is not None
    for citation in answer.citations:
        if citation.document == NOTE.name:
            assert page.text[citation.start : citation.end] == citation.quote
    title, turns = samples.history.conversation(answered.conversation)
    assert title == answer.question
    assert [turn.answer for turn in turns] == [answer]


def test_a_citation_is_marked_on_the_picture_of_its_page(samples: Library) -> None:
    passage = samples.search(QUESTION)[0]
    page = samples.show_page(passage.sha256, passage.page, 1.5, [(passage.start, passage.end)])
    assert page is not None
    assert page.picture.startswith(b"\x89PNG")
    assert page.text[passage.start : passage.end] == passage.text
    assert page.boxes
    for left, top, right, bottom in page.boxes:
        assert 0 <= left < right <= page.width
        assert 0 <= top < bottom <= page.height


def test_pages_that_can_not_be_shown_say_why(library: Library, tmp_path: Path) -> None:
    copy = tmp_path / PDF.name
    shutil.copy(PDF, copy)
    index(library, copy)
    sha256 = only(library).sha256

    def kind_of(sha256: str, page: int) -> object:
        with pytest.raises(PhialError) as caught:
            library.show_page(sha256, page, 1.0, [])
        return caught.value.kind

    assert kind_of("0" * 64, 1) is LibraryProblem.DOCUMENT_GONE
    assert kind_of(sha256, 99) is LibraryProblem.PAGE_MISSING
    copy.write_bytes(copy.read_bytes() + b"\n")
    assert kind_of(sha256, 1) is LibraryProblem.DOCUMENT_CHANGED
    copy.unlink()
    assert kind_of(sha256, 1) is LibraryProblem.PATH_MISSING


def test_stopping_keeps_what_was_written(samples: Library) -> None:
    stop = threading.Event()
    tokens = 0
    for event in samples.ask("What does the manual of the greenhouse say about frost?", is_cancelled=stop.is_set):
        if isinstance(event, Token):
            tokens += 1
            stop.set()
    assert isinstance(event, Answered)
    assert event.answer.was_stopped
    assert tokens < 20


def test_stopping_before_the_first_word_ends_without_an_answer(samples: Library) -> None:
    events = list(samples.ask("What does the manual say about frost?", is_cancelled=lambda: True))
    assert not any(isinstance(event, Answered | Token) for event in events)


def kill_model_processes() -> None:
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # one that was killed before is still to be waited for
            if "engine.runtime" in " ".join(child.cmdline()):
                os.kill(child.pid, signal.SIGKILL)


def test_a_killed_model_is_said_what_it_wrote_is_kept_and_the_next_answer_comes(samples: Library) -> None:
    written = ""
    with samples.feed.follow() as feed:
        for event in samples.ask("What does the manual of the greenhouse say about frost?"):
            if isinstance(event, Token):
                written += event.text
                kill_model_processes()
    assert isinstance(event, Answered)
    assert event.answer.was_stopped
    assert event.answer.problem is not None
    assert event.answer.problem.kind == EngineProblem.MODEL_MEMORY_RAN_OUT
    assert event.answer.text
    assert written
    kept = samples.history.conversation(event.conversation)[1][-1].answer
    assert (kept.text, kept.problem) == (event.answer.text, event.answer.problem)
    states = []
    while not feed.empty():
        news = feed.get()
        if isinstance(news, ModelState):
            states.append(news.state)
    assert "died" in states
    *_, last = samples.ask("What core temperature does the loaf have when it is done?")
    assert isinstance(last, Answered)


def test_a_paused_library_reads_nothing_until_it_goes_on(library: Library) -> None:
    library.pause(paused=True)
    events = library.index([str(NOTE)])
    waiting = threading.Event()

    def go_on() -> None:
        waiting.wait(1.0)
        assert only(library).state is DocumentState.QUEUED
        library.pause(paused=False)

    thread = threading.Thread(target=go_on)
    thread.start()
    *_, last = events
    thread.join()
    assert isinstance(last, Indexed)
    assert last.files[0].state is DocumentState.READY


def test_a_cancelled_report_leaves_the_reading_to_go_on(library: Library) -> None:
    library.pause(paused=True)
    *_, last = library.index([str(NOTE)], is_cancelled=lambda: True)
    assert isinstance(last, Indexed)
    assert [file.state for file in last.files] == [DocumentState.QUEUED]
    assert only(library).state is DocumentState.QUEUED
    library.pause(paused=False)
    assert index(library, NOTE).files[0].state is DocumentState.READY


def test_a_newer_chunker_cuts_again_without_reading_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedded: list[str]
) -> None:
    with Library.open(tmp_path / "home") as library:
        index(library, PDF)
        before = [passage.text for passage in library.search(QUESTION)]
    embedded.clear()
    for module in (holdings, reading, cutting):
        monkeypatch.setattr(module, "CHUNKER_VERSION", 999)
    with Library.open(tmp_path / "home") as library, library.feed.follow() as feed:
        library.resume()
        while only(library).state is not DocumentState.READY:
            feed.get(timeout=60)
        assert [passage.text for passage in library.search(QUESTION)] == before
        assert library._records.outdated(0, 999) == ((), ())  # it was done, once
    # The texts are the same, so their vectors are too: only the question was embedded.
    assert embedded == [QUESTION]


def test_a_library_that_is_held_says_by_whom(library: Library) -> None:
    with pytest.raises(PhialError) as caught:
        Library.open(library.home)
    assert caught.value.kind is LibraryProblem.LIBRARY_HELD
    assert caught.value.parameters["pid"] == os.getpid()


def test_without_an_embedder_words_still_find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Path:
        raise PhialError(LibraryProblem.NO_EMBEDDER)

    monkeypatch.setattr("rag.embedders.find_embedder", none)
    with Library.open(tmp_path / "home") as library:
        for _ in range(2):  # the second time nothing is left to be read
            (file,) = index(library, NOTE).files
            assert file.state is DocumentState.ANSWERABLE
            assert file.passages
            assert file.reason is not None
            assert file.reason.kind == LibraryProblem.NO_EMBEDDER
        assert "97 degrees" in library.search("core temperature of the loaf")[0].text
        assert [notice.kind for notice in library.status().notices] == [LibraryProblem.NO_EMBEDDER]


@pytest.mark.parametrize(("find", "model"), [(find_embedder, EXPORT), (find_weights, WEIGHTS)])
def test_with_a_damaged_embedder_words_still_find(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, find: Callable[[], Path], model: str
) -> None:
    damaged = shutil.copytree(find(), tmp_path / "embedder")
    with (damaged / model).open("r+b") as weights:
        weights.truncate(1000)
    monkeypatch.setenv(FOLDER_VARIABLE, str(damaged))
    with Library.open(tmp_path / "home") as library:
        (file,) = index(library, NOTE).files
        assert file.state is DocumentState.ANSWERABLE
        assert file.reason is not None
        assert file.reason.kind == LibraryProblem.EMBEDDER_FAILED
        assert "97 degrees" in library.search("core temperature of the loaf")[0].text
        assert [notice.kind for notice in library.status().notices] == [LibraryProblem.EMBEDDER_FAILED]


def test_an_index_that_is_stopped_names_every_file_and_where_it_stands(library: Library, tmp_path: Path) -> None:
    library.pause(paused=True)
    folder = shutil.copytree(SAMPLES, tmp_path / "samples")
    (folder / "empty.md").touch()
    given = [str(tmp_path / "missing.md"), str(folder)]
    *_, last = library.index(given, is_cancelled=lambda: len(library.documents()) == len(list(folder.iterdir())))
    assert isinstance(last, Indexed)
    states = {Path(file.path).name: file.state for file in last.files}
    assert states.pop("missing.md") is DocumentState.FAILED
    assert states
    assert set(states.values()) == {DocumentState.QUEUED}
    assert set(states) == {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(("free", "kind"), [(0, LibraryProblem.DISK_FULL), (10**12, LibraryProblem.UNEXPECTED)])
def test_where_the_vector_index_fails_words_still_find_and_it_is_made_good(
    library: Library, monkeypatch: pytest.MonkeyPatch, free: int, kind: LibraryProblem
) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("what Chroma says")

    monkeypatch.setattr("rag.indexing.RETRY_SECONDS", 0.2)
    with monkeypatch.context() as broken:
        broken.setattr("rag.followed_index.shutil.disk_usage", lambda _folder: SimpleNamespace(free=free))
        broken.setattr(VectorIndex, "add", fail)
        broken.setattr(VectorIndex, "nearest", fail)
        with pytest.raises(PhialError) as caught:
            index(library, NOTE, PDF)
        assert caught.value.kind is kind
        assert "97 degrees" in library.search("core temperature of the loaf")[0].text
    assert {file.state for file in index(library, NOTE, PDF).files} == {DocumentState.READY}
    wait_for(lambda: library._vectors.to_index(1)[0] == [])
    assert library.is_vector_index_sound()
    wait_for(lambda: library.status().notices == ())
