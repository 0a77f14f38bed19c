from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.links import Link
from rag.cli import DONE, NOTHING_DONE, WRONG_USAGE, main
from rag.errors import LANGUAGES, LibraryProblem, Problem, text
from rag.protocol import (
    ChangeCollection,
    Collection,
    CollectionRow,
    Collections,
    DeleteCollection,
    Failed,
    ListCollections,
    OpenCollection,
    RenameCollection,
    Request,
)
from tests.fakes.plausible import STUDY
from tests.fakes.worker import FakeWorker

ROWS = (CollectionRow("Leases", 2), CollectionRow("to\x1b[2J read", 0))


def answer(_worker: FakeWorker, link: Link, request: Request) -> None:
    if isinstance(request, OpenCollection):
        link.send(Collection(request.id, request.name, (STUDY,)))
    else:
        link.send(Collections(request.id, ROWS))


@pytest.fixture(autouse=True)
def kept(worker: FakeWorker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kinds = (ListCollections, OpenCollection, ChangeCollection, RenameCollection, DeleteCollection)
    worker.script.handlers.update(dict.fromkeys(kinds, answer))


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        ([], ListCollections(1)),
        (["list"], ListCollections(1)),
        (["show", "Leases"], OpenCollection(1, "Leases")),
        (["add", "Leases"], ChangeCollection(1, "Leases")),
        (["rename", "Leases", "Flats"], RenameCollection(1, "Leases", "Flats")),
        (["delete", "Leases"], DeleteCollection(1, "Leases")),
    ],
)
@pytest.mark.parametrize("place", ["before", "after", "plain"])
def test_each_action_asks_the_worker(
    worker: FakeWorker, capsys: pytest.CaptureFixture[str], arguments: list[str], asked: Request, place: str
) -> None:
    before, after = ["--json"] * (place == "before"), ["--json"] * (place == "after")
    assert main(["collections", *before, *arguments, *after]) == DONE
    assert worker.requests[1:] == [asked]
    captured = capsys.readouterr()
    assert captured.err == ""
    if place != "plain":
        assert all(isinstance(json.loads(line), dict) for line in captured.out.splitlines())
    assert "\x1b" not in captured.out


def test_paths_are_absolute_and_sums_stay(worker: FakeWorker, tmp_path: Path) -> None:
    main(["collections", "add", "Leases", "a.pdf", "f" * 64])
    main(["collections", "take", "Leases", "a.pdf"])
    added, taken = worker.asked(ChangeCollection)
    assert added == ChangeCollection(1, "Leases", add=(str(tmp_path / "a.pdf"), "f" * 64))
    assert taken == ChangeCollection(1, "Leases", take=(str(tmp_path / "a.pdf"),))


def test_the_json_has_the_names_that_others_rely_on(capsys: pytest.CaptureFixture[str]) -> None:
    main(["collections", "--json"])
    main(["collections", "show", "Leases", "--json"])
    listed, shown = map(json.loads, capsys.readouterr().out.splitlines())
    assert listed == {"collections": [{"name": "Leases", "documents": 2}, {"name": "to\x1b[2J read", "documents": 0}]}
    assert shown["document"] == STUDY.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_collections_are_a_sentence(
    worker: FakeWorker, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("PHIAL_LANGUAGE", language)
    worker.script.handlers[ListCollections] = lambda _, link, request: link.send(Collections(request.id, ()))
    assert main(["collections"]) == DONE
    assert capsys.readouterr().out.strip() == text("collections_none", language)


def test_what_is_unknown_is_a_sentence(worker: FakeWorker, capsys: pytest.CaptureFixture[str]) -> None:
    problem = Problem(LibraryProblem.COLLECTION_UNKNOWN.value, {"name": "Leases"})
    worker.script.handlers[OpenCollection] = lambda _, link, request: link.send(Failed(request.id, problem))
    assert main(["collections", "show", "Leases"]) == NOTHING_DONE
    assert "Leases" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["show"], ["take", "Leases"], ["rename", "Leases"], ["forget"]])
def test_wrong_usage(arguments: list[str]) -> None:
    assert main(["collections", *arguments]) == WRONG_USAGE
