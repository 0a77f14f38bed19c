"""The terminal's commands about getting models: what is asked of the worker, and what is printed of its answers."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest

from engine.links import Link
from rag.cli import DONE, INTERRUPTED, NOTHING_DONE, WRONG_USAGE, main
from rag.cli_models import LONG_WAIT_S
from rag.errors import LANGUAGES, EngineProblem, Problem, text
from rag.protocol import (
    BundleModels,
    Cancelled,
    Done,
    Download,
    DownloadChanged,
    DownloadState,
    DropDownload,
    Failed,
    GetModel,
    ListModels,
    Models,
    PauseDownload,
    Request,
)
from tests.fakes.worker import FakeWorker

WAITS = Problem(EngineProblem.DOWNLOAD_WAITING.value, {"model": "Phi-4", "host": "hub.example", "seconds": 7})


def download(state: DownloadState, arrived: int, reason: Problem | None = None) -> Download:
    return Download("phi-4", "Phi-4\x1b[2J", state, arrived, 2000, 100.0, "hub.example", reason)


@pytest.fixture(autouse=True)
def hub(worker: FakeWorker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def get(_worker: FakeWorker, link: Link, request: Request) -> None:
        for step in (
            download(DownloadState.RUNNING, 1000, WAITS),
            download(DownloadState.CHECKING, 2000),
            download(DownloadState.DONE, 2000),
        ):
            link.send(DownloadChanged(request.id, step))
        final = Models(request.id, worker.script.models) if isinstance(request, GetModel) else Done(request.id)
        link.send(final)

    monkeypatch.chdir(tmp_path)
    worker.script.handlers[GetModel] = worker.script.handlers[BundleModels] = get
    for kind in (PauseDownload, DropDownload):
        worker.script.handlers[kind] = lambda _, link, request: link.send(Done(request.id))


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (["get", "phi-4"], [GetModel(1, "phi-4")]),
        (["get", "phi-4", "--from", "stick"], [GetModel(1, "phi-4", "{cwd}/stick")]),
        (["pause", "phi-4"], [PauseDownload(1, "phi-4"), ListModels(2)]),
        (["drop", "phi-4"], [DropDownload(1, "phi-4"), ListModels(2)]),
        (["bundle", "phi-4", "phi-2", "stick"], [BundleModels(1, ("phi-4", "phi-2"), "{cwd}/stick")]),
    ],
)
@pytest.mark.parametrize("place", ["before", "after", "plain"])
def test_each_action_asks_the_worker(
    worker: FakeWorker,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    arguments: list[str],
    asked: list[Request],
    place: str,
) -> None:
    before, after = ["--json"] * (place == "before"), ["--json"] * (place == "after")
    assert main(["models", *before, *arguments, *after]) == DONE
    assert repr(worker.requests[1:]) == repr(asked).replace("{cwd}", str(tmp_path))
    captured = capsys.readouterr()
    assert captured.out
    assert "\x1b[2J" not in captured.out + captured.err
    if place != "plain":
        assert all(isinstance(json.loads(line), dict) for line in captured.out.splitlines())


def test_programs_are_told_every_step(worker: FakeWorker, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "get", "phi-4", "--json"]) == DONE
    captured = capsys.readouterr()
    first, *_, last, listed = map(json.loads, captured.out.splitlines())
    assert {name: first[name] for name in ("event", "model", "state", "bytes_done", "bytes", "bytes_per_s")} == {
        "event": "download", "model": "phi-4", "state": "running", "bytes_done": 1000, "bytes": 2000,
        "bytes_per_s": 100.0,
    }  # fmt: skip
    assert first["reason_kind"] == "download_waiting"
    assert (last["state"], last["reason"]) == ("done", None)
    assert "models" in listed
    assert captured.err == ""


def test_people_are_told_what_it_waits_for(worker: FakeWorker, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "get", "phi-4"]) == DONE
    assert capsys.readouterr().err.count("Waiting 7 s for hub.example.") == 1


def test_short_waits_for_one_place_are_told_once_and_a_long_one_once_more(
    worker: FakeWorker, capsys: pytest.CaptureFixture[str]
) -> None:
    def get(_worker: FakeWorker, link: Link, request: Request) -> None:
        for seconds in (1, 2, LONG_WAIT_S, LONG_WAIT_S + 1, 3):
            waits = dataclasses.replace(WAITS, parameters={**WAITS.parameters, "seconds": seconds})
            link.send(DownloadChanged(request.id, download(DownloadState.RUNNING, 1000, waits)))
            link.send(DownloadChanged(request.id, download(DownloadState.RUNNING, 1000)))
        link.send(Models(request.id, ()))

    worker.script.handlers[GetModel] = get
    assert main(["models", "get", "phi-4"]) == DONE
    assert re.findall(r"Waiting (\d+) s", capsys.readouterr().err) == ["1", str(LONG_WAIT_S)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", [DownloadState.PAUSED, DownloadState.DROPPED])
@pytest.mark.parametrize("arguments", [["get", "phi-4"], ["bundle", "phi-4", "stick"], ["get", "phi-4", "--json"]])
def test_a_download_that_was_ended_elsewhere_is_not_told_as_here(
    worker: FakeWorker,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    state: DownloadState,
    arguments: list[str],
) -> None:
    def get(_worker: FakeWorker, link: Link, request: Request) -> None:
        link.send(DownloadChanged(request.id, download(state, 1000)))
        link.send(Models(request.id, worker.script.models) if isinstance(request, GetModel) else Done(request.id))

    monkeypatch.setenv("PHIAL_LANGUAGE", language)
    worker.script.handlers[GetModel] = worker.script.handlers[BundleModels] = get
    assert main(["models", *arguments]) == NOTHING_DONE
    captured = capsys.readouterr()
    assert captured.err == text(f"models_{state}", language, model="phi-4") + "\n"
    assert bool(captured.out) == ("--json" in arguments)


@pytest.mark.parametrize("action", ["pause", "drop"])
def test_what_became_of_a_download_is_said(worker: FakeWorker, capsys: pytest.CaptureFixture[str], action: str) -> None:
    assert main(["models", action, "phi-4"]) == DONE
    said = text("models_paused" if action == "pause" else "models_dropped", "en", model="phi-4")
    assert capsys.readouterr().err == said + "\n"


def test_why_it_failed_is_told_once(worker: FakeWorker, capsys: pytest.CaptureFixture[str]) -> None:
    gone = Problem(EngineProblem.DOWNLOAD_NOT_FOUND.value, {"model": "Phi-4", "host": "hub.example"})

    def get(_worker: FakeWorker, link: Link, request: Request) -> None:
        link.send(DownloadChanged(request.id, download(DownloadState.FAILED, 0, gone)))
        link.send(Failed(request.id, gone))

    worker.script.handlers[GetModel] = get
    assert main(["models", "get", "phi-4"]) == NOTHING_DONE
    assert capsys.readouterr().err.count("hub.example no longer has Phi-4.") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bundle_says_how_it_is_used(
    worker: FakeWorker, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("PHIAL_LANGUAGE", language)
    assert main(["models", "bundle", "phi-4", "/media/stick"]) == DONE
    assert capsys.readouterr().out == text("models_bundled", language, folder="/media/stick") + "\n"
    assert main(["models", "bundle", "phi-4", "/media/stick", "--json"]) == DONE
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {
        "event": "bundled", "models": ["phi-4"], "folder": "/media/stick",
    }  # fmt: skip


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_an_interrupt_holds_the_download_and_says_so(
    worker: FakeWorker, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    worker.script.handlers[GetModel] = lambda _, link, request: link.send(Cancelled(request.id))
    assert main(["models", "get", "phi-4", *options]) == INTERRUPTED
    assert worker.requests[2:] == [PauseDownload(2, "phi-4")]
    assert capsys.readouterr().err == text("models_paused", "en", model="phi-4") + "\n"


def test_why_it_could_not_be_got(worker: FakeWorker, capsys: pytest.CaptureFixture[str]) -> None:
    gone = Problem(EngineProblem.DOWNLOAD_NOT_FOUND.value, {"model": "Phi-4", "host": "hub.example"})
    worker.script.handlers[GetModel] = lambda _, link, request: link.send(Failed(request.id, gone))
    assert main(["models", "get", "phi-4", "--json"]) == NOTHING_DONE
    captured = capsys.readouterr()
    assert captured.err.startswith("hub.example no longer has Phi-4.")
    assert json.loads(captured.out)["reason_kind"] == "download_not_found"


@pytest.mark.parametrize(
    "arguments", [["get"], ["get", "a", "b"], ["pause"], ["drop"], ["bundle", "phi-4"], ["get", "a", "--from"]], ids=str
)
def test_wrong_usage(home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(["models", *arguments]) == WRONG_USAGE
    assert "usage: phial" in capsys.readouterr().err
