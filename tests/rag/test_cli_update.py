from __future__ import annotations

import dataclasses
import json

import pytest

from engine.links import Link
from rag.cli import DONE, NOTHING_DONE, main
from rag.errors import LANGUAGES, LibraryProblem, Problem, size_words, text
from rag.protocol import Failed, GetUpdate, LookForUpdate, Request, UpdateArrived, UpdateFound, UpdateProgress
from tests.fakes.worker import FakeWorker

FOUND = UpdateFound(
    0, "9.0.0", "0.1.0", True, "2026-12-01", "Faster \x1b[2J.", "example.org", "linux-x64", "phial.deb", 200_000_000,
    "files.example.org",
)  # fmt: skip


def says(worker: FakeWorker, **changes: object) -> None:
    def answer(_worker: FakeWorker, link: Link, request: Request) -> None:
        link.send(dataclasses.replace(FOUND, id=request.id, **changes))

    worker.script.handlers[LookForUpdate] = answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_would_be_fetched_and_from_where_is_said(
    worker: FakeWorker, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("PHIAL_LANGUAGE", language)
    says(worker)
    assert main(["update"]) == DONE
    assert worker.asked(LookForUpdate) == [LookForUpdate(1, language)]
    assert worker.asked(GetUpdate) == []
    shown = " ".join(capsys.readouterr().out.split())
    assert text("update_newer", language, version="9.0.0", day="2026-12-01", ours="0.1.0") in shown
    assert size_words(200_000_000, language) in shown
    assert "files.example.org" in shown
    assert "\x1b" not in shown


def test_the_newest_version_and_one_for_other_computers_are_said(
    worker: FakeWorker, capsys: pytest.CaptureFixture[str]
) -> None:
    says(worker, is_newer=False)
    assert main(["update", "check"]) == DONE
    assert "newest" in capsys.readouterr().out
    says(worker, file="")
    assert main(["update", "check"]) == DONE
    assert "no installer for this computer (linux-x64)" in capsys.readouterr().out


def test_programs_are_told_everything(worker: FakeWorker, capsys: pytest.CaptureFixture[str]) -> None:
    says(worker)
    assert main(["update", "check", "--json"]) == DONE
    said = json.loads(capsys.readouterr().out)
    assert (said["event"], said["version"], said["bytes"]) == ("update_found", "9.0.0", 200_000_000)


def test_what_arrived_is_named_and_not_run(worker: FakeWorker, capsys: pytest.CaptureFixture[str]) -> None:
    def answer(_worker: FakeWorker, link: Link, request: Request) -> None:
        link.send(UpdateProgress(request.id, "9.0.0", "example.org", 5, 10))
        link.send(UpdateArrived(request.id, "9.0.0", "/x/phial.deb"))

    worker.script.handlers[GetUpdate] = answer
    assert main(["update", "get"]) == DONE
    assert "/x/phial.deb" in capsys.readouterr().out


def test_a_refusal_is_a_sentence(worker: FakeWorker, capsys: pytest.CaptureFixture[str]) -> None:
    def answer(_worker: FakeWorker, link: Link, request: Request) -> None:
        link.send(Failed(request.id, Problem(LibraryProblem.UPDATE_UNSIGNED.value, {"host": "example.org"})))

    worker.script.handlers[LookForUpdate] = answer
    assert main(["update", "check"]) == NOTHING_DONE
    assert "not signed" in capsys.readouterr().err
