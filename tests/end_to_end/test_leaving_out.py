"""Documents that a request leaves out, over the real stores and the real embedder: no journey comes upon them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.catalogue import STARTER_VARIABLE
from rag.errors import LibraryProblem, PhialError
from rag.library import Library
from rag.protocol import (
    Answered,
    Anticipate,
    Ask,
    Done,
    Errand,
    Estimate,
    Estimated,
    FindAll,
    FoundAll,
    Reply,
    Request,
    Search,
    Summarise,
    SummaryMode,
)
from rag.requests import Respond
from tests.fakes.obeying import ObeyingHost

QUESTION = "What does the ferry across the sound cost?"
KEPT = "The ferry across the sound costs nine crowns in summer. Children travel free of charge."
REMOVED = "The ferry across the sound costs forty crowns in winter, says Olga Brandt. Dogs need a muzzle."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notes")
    (folder / "summer.md").write_text(f"# The ferry\n\n{KEPT}\n", encoding="utf-8")
    (folder / "winter.md").write_text(f"# The ferry\n\n{REMOVED}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("home")) as opened:
        list(opened.index([str(folder)]))
        yield opened


@pytest.fixture(params=["path", "key"])
def removed(request: pytest.FixtureRequest, library: Library, folder: Path) -> tuple[str, ...]:
    """What names the note of the winter."""
    if request.param == "path":
        return (str(folder / "winter.md"),)
    return tuple(document.key for document in library.documents() if document.name == "winter.md")


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(STARTER_VARIABLE, "")


def last_of(library: Library, request: Request) -> Reply:
    *_, last = Respond(library)(request, threading.Event())
    return last


@pytest.mark.usefixtures("no_model")
def test_every_journey_leaves_them_out(library: Library, removed: tuple[str, ...], folder: Path) -> None:
    def replies(request: Request) -> list[Reply]:
        return list(Respond(library)(request, threading.Event()))

    for without, is_there in (((), True), (removed, False)):
        summary = Summarise(1, (str(folder),), SummaryMode.QUICK, focus="the ferry in winter", without=without)
        for request in (
            Search(1, QUESTION, without=without),
            Search(1, "“forty crowns” winter muzzle", without=without),
            Ask(1, QUESTION, without=without),
            FindAll(1, "the cost of the ferry", without=without),
            summary,
        ):
            said = repr(replies(request))
            assert ("winter.md" in said) == is_there, request
            assert ("forty crowns" in said) == is_there, request
            assert "nine crowns" in said, request
    found = last_of(library, FindAll(1, "the cost of the ferry", without=removed))
    assert isinstance(found, FoundAll)
    assert (found.checked, found.total, found.unread) == (1, 1, ())
    estimated = last_of(library, Estimate(1, Errand.SUMMARISE, without=removed))
    assert isinstance(estimated, Estimated)
    assert estimated.documents == 1


@pytest.mark.usefixtures("no_model")
def test_where_nothing_else_is_there_is_no_library(library: Library, folder: Path) -> None:
    everything = (str(folder),)
    for request, kind in (
        (Search(1, QUESTION, without=everything), LibraryProblem.LIBRARY_EMPTY),
        (Ask(1, QUESTION, without=everything), LibraryProblem.LIBRARY_EMPTY),
        (FindAll(1, QUESTION, without=everything), LibraryProblem.LIBRARY_EMPTY),
        (Summarise(1, everything, without=everything), LibraryProblem.PATH_NOT_IN_LIBRARY),
    ):
        with pytest.raises(PhialError) as caught:
            last_of(library, request)
        assert caught.value.kind is kind


def test_the_model_reads_nothing_of_them_not_even_what_it_said_of_them_before(
    library: Library, removed: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    host = ObeyingHost({"forty crowns": "The ferry costs forty crowns in winter, says Olga Brandt."})
    monkeypatch.setattr(library._writing.asker, "_host", host)
    monkeypatch.setattr(library._writing.prompter, "_host", host)
    first = last_of(library, Ask(1, QUESTION))
    assert isinstance(first, Answered)
    assert "forty crowns" in first.answer.text
    for without in ((), removed):
        answered = last_of(library, Ask(1, "And for children?", conversation=first.conversation, without=without))
        assert isinstance(answered, Answered)
        assert answered.answer.understood
        read = "\n".join(message.text for message in host.prompts[-1])
        assert ("forty crowns" in read) == (not without)
        assert "nine crowns" in read


def test_what_is_typed_is_anticipated_without_them(
    library: Library, removed: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    anticipator = library._writing._anticipator
    monkeypatch.setattr(anticipator._host, "load", lambda *_, **__: True)
    monkeypatch.setattr(anticipator._prompter, "read", lambda _asked, findings, *_: looked_up.append(repr(findings)))
    for without in ((), removed):
        assert isinstance(last_of(library, Anticipate(1, QUESTION, without=without)), Done)
    everything, others = looked_up
    assert "forty crowns" in everything
    assert "forty crowns" not in others
    assert "nine crowns" in others
