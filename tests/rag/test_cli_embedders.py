from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.links import Link
from rag.cli import DONE, NOTHING_DONE, WRONG_USAGE, main
from rag.errors import LANGUAGES, LibraryProblem, Problem, text
from rag.protocol import (
    AddEmbedder,
    ChooseEmbedder,
    EmbedderProgress,
    Embedders,
    Failed,
    InstalledEmbedder,
    ListEmbedders,
    OfferedEmbedder,
    Request,
)
from tests.fakes.worker import FakeWorker

AWAY = Problem(LibraryProblem.EMBEDDER_AWAY.value, {"embedder": "mine", "path": "/models/mine.gguf"})
OWN = InstalledEmbedder(
    "all-minilm-l6-v2", "all-MiniLM-L6-v2", "/e", "folder", ("en",), 384,
    is_chosen=False, is_answering=True, passages_embedded=36, passages=36,
)  # fmt: skip
MINE = InstalledEmbedder(
    "mine", "mine\x1b[2J", "/models/mine.gguf", "gguf", (), 768,
    is_chosen=True, is_answering=False, passages_embedded=12, passages=36, problem=AWAY,
)  # fmt: skip
OFFERED = OfferedEmbedder("embeddinggemma-300m", ("*",), "somebody/embeddinggemma", "gemma.gguf", "0" * 64)


@pytest.fixture(autouse=True)
def kept(worker: FakeWorker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(_worker: FakeWorker, link: Link, request: Request) -> None:
        if isinstance(request, ChooseEmbedder):
            if request.embedder == "nothing":
                unknown = Problem(LibraryProblem.EMBEDDER_UNKNOWN.value, {"embedder": "nothing"})
                link.send(Failed(request.id, unknown))
                return
            link.send(EmbedderProgress(request.id, MINE.name, 12, 36))
        link.send(Embedders(request.id, (OWN, MINE), (OFFERED,)))

    monkeypatch.chdir(tmp_path)
    for kind in (ListEmbedders, ChooseEmbedder, AddEmbedder):
        worker.script.handlers[kind] = answer


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        ([], ListEmbedders(1)),
        (["list"], ListEmbedders(1)),
        (["use", "mine"], ChooseEmbedder(1, "mine", waits=True)),
        (["add", "mine.gguf"], AddEmbedder(1, "mine.gguf")),
    ],
)
@pytest.mark.parametrize("place", ["before", "after", "plain"])
def test_each_action_asks_the_worker(
    worker: FakeWorker,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    arguments: list[str],
    asked: Request,
    place: str,
) -> None:
    before, after = ["--json"] * (place == "before"), ["--json"] * (place == "after")
    assert main(["embedders", *before, *arguments, *after]) == DONE
    wanted = AddEmbedder(1, str(tmp_path / "mine.gguf")) if isinstance(asked, AddEmbedder) else asked
    assert worker.requests[1:] == [wanted]
    captured = capsys.readouterr()
    assert captured.err == ""
    assert captured.out
    if place != "plain":
        assert all(isinstance(json.loads(line), dict) for line in captured.out.splitlines())


def test_the_json_has_the_names_that_others_rely_on(capsys: pytest.CaptureFixture[str]) -> None:
    main(["embedders", "use", "mine", "--json"])
    progress, listed = map(json.loads, capsys.readouterr().out.splitlines())
    assert progress == {"event": "progress", "name": MINE.name, "passages_embedded": 12, "passages": 36}
    own, mine = listed["embedders"]
    assert own == {
        "embedder": "all-minilm-l6-v2", "name": "all-MiniLM-L6-v2", "path": "/e", "kind": "folder",
        "languages": ["en"], "dimensions": 384, "is_chosen": False, "is_answering": True, "passages_embedded": 36,
        "passages": 36, "reason": None, "reason_kind": None,
    }  # fmt: skip
    assert (mine["reason_kind"], mine["is_chosen"]) == ("embedder_away", True)
    assert mine["reason"].startswith("The embedder mine can’t be used now.")
    assert listed["offered"] == [
        {"name": "embeddinggemma-300m", "languages": ["*"], "repository": "somebody/embeddinggemma",
         "file": "gemma.gguf", "sha256": "0" * 64}
    ]  # fmt: skip


def test_a_person_sees_which_answers_which_is_coming_and_what_could_be_had(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["embedders"])
    shown = capsys.readouterr().out
    assert "● all-MiniLM-L6-v2 (all-minilm-l6-v2)" in shown
    assert "○ mine\ufffd[2J (mine)" in shown
    assert "12 / 36" in shown
    assert "mine.gguf, is gone or damaged" in shown
    assert "embeddinggemma-300m (over 100 languages)" in shown
    assert "somebody/embeddinggemma: gemma.gguf" in shown
    main(["embedders", "add", "mine.gguf"])
    assert "embeddinggemma" not in capsys.readouterr().out


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_persons_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("PHIAL_LANGUAGE", language)
    main(["embedders"])
    shown = capsys.readouterr().out
    assert text("embedders_unknown_languages", language) in shown
    assert text("embedders_offered", language) in shown


def test_what_can_not_be_done_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["embedders", "use", "nothing"]) == NOTHING_DONE
    assert capsys.readouterr().err.startswith("There is no embedder called nothing.")
    assert main(["embedders", "use"]) == WRONG_USAGE
    assert main(["embedders", "list", "more"]) == WRONG_USAGE
