from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from engine.links import Link
from rag.cli import DONE, WRONG_USAGE, main
from rag.errors import LANGUAGES, LibraryProblem, Problem, text
from rag.protocol import (
    Ask,
    CheckedDocument,
    DocumentFinding,
    DocumentState,
    FindAll,
    FindProgress,
    FoundAll,
    FoundIn,
    Request,
    Scope,
    Search,
    UnreadDocument,
)
from tests.fakes.plausible import ANSWER, PASSAGES
from tests.fakes.worker import FakeWorker

PASSAGE = PASSAGES[0]
CITATION = dataclasses.replace(ANSWER.citations[0], passage=PASSAGE.number)
FINDING = DocumentFinding(
    PASSAGE.sha256, PASSAGE.document, PASSAGE.path, 0.87, (PASSAGE,), (dataclasses.replace(CITATION, number=1),)
)
FOUND = FoundAll(
    0, checked=465, total=465, findings=(FINDING,), nothing=(CheckedDocument("b" * 64, "b.md", "/b.md"),),
    unread=(
        UnreadDocument("/c.pdf", "c\x1b[2J.pdf", "/c.pdf", DocumentState.FAILED,
                       Problem(LibraryProblem.PDF_BROKEN.value, {"path": "/c.pdf"})),
        UnreadDocument("d" * 64, "d.pdf", "/d.pdf", DocumentState.READY, None, 4, 2, 3),
        UnreadDocument("/e.pdf", "e.pdf", "/e.pdf", DocumentState.QUEUED),
    ),
    by_words=(CheckedDocument("b" * 64, "b.md", "/b.md"),), seconds=1.25,
)  # fmt: skip


def finding(_worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(FindProgress(request.id, 100, 465, 12.0))
    link.send(FoundIn(request.id, FINDING))
    link.send(dataclasses.replace(FOUND, id=request.id))


@pytest.fixture(autouse=True)
def finds(worker: FakeWorker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    worker.script.handlers[FindAll] = finding


def test_the_scope_goes_with_the_question(worker: FakeWorker, tmp_path: Path) -> None:
    arguments = ["--in", "a", "--in", "b.pdf", "--collection", "Leases", "--since", "2022", "--until", "2023-05"]
    assert main(["find", "bird strike", *arguments]) == DONE
    scope = Scope((str(tmp_path / "a"), str(tmp_path / "b.pdf")), ("Leases",), "2022", "2023-05")
    assert worker.asked(FindAll) == [FindAll(1, "bird strike", scope, "en")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_read_where_it_stands_and_what_was_not_looked_at(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("PHIAL_LANGUAGE", language)
    assert main(["find", "bird strike"]) == DONE
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert shown.index(PASSAGE.document) < shown.index(CITATION.quote[:20]) < shown.index("c\ufffd[2J.pdf")
    assert text("health_waiting", language, pages=4) in shown
    assert text("health_failed", language, pages=2) in shown
    assert text("health_left_unread", language, pages=3) in shown
    assert text("state_queued", language) in shown
    *_, last = shown.strip().splitlines()
    parts = [
        text("find_checked", language, checked=465, total=465),
        text("find_found", language, found=1),
        text("find_unread", language, unread=3),
    ]
    assert last.startswith(", ".join(parts))
    assert text("find_stopped", language) not in last


def test_what_was_stopped_says_so(worker: FakeWorker, capsys: pytest.CaptureFixture[str]) -> None:
    stopped = dataclasses.replace(FOUND, checked=12, was_stopped=True, unread=(), by_words=())
    worker.script.handlers[FindAll] = lambda _, link, request: link.send(dataclasses.replace(stopped, id=request.id))
    main(["find", "bird strike"])
    last = capsys.readouterr().out.strip().splitlines()[-1]
    assert last.startswith("checked 12 of 465, found in 1, stopped")


def test_the_json_has_the_names_that_others_rely_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", "bird strike", "--json"]) == DONE
    (line,) = capsys.readouterr().out.splitlines()
    assert "\x1b" not in line
    found = json.loads(line)
    assert (found["question"], found["checked"], found["total"], found["was_stopped"]) == (
        "bird strike",
        465,
        465,
        False,
    )
    (one,) = found["findings"]
    assert (one["document"], one["sha256"], one["strength"]) == (PASSAGE.document, PASSAGE.sha256, 0.87)
    assert one["citations"][0]["quote"] == CITATION.quote
    assert one["passages"][0]["text"] == PASSAGE.text
    assert found["nothing"] == [{"document": "b.md", "path": "/b.md", "key": "b" * 64}]
    assert found["by_words"] == found["nothing"]
    broken, scan, queued = found["unread"]
    assert (broken["state"], broken["reason_kind"]) == ("failed", "pdf_broken")
    assert (scan["pages_waiting"], scan["pages_failed"], scan["pages_left_unread"], scan["reason"]) == (4, 2, 3, None)
    assert queued["state"] == "queued"
    assert found["notice"] is None
    assert found["conversation"] > 0


@pytest.mark.parametrize("command", ["search", "ask"])
def test_every_question_takes_a_scope(worker: FakeWorker, tmp_path: Path, command: str) -> None:
    main(
        [
            command,
            "Which cranes?",
            "--in",
            "a",
            "--collection",
            "Leases",
            "--since",
            "2022",
            "--until",
            "2023",
            "--json",
        ]
    )
    scope = Scope((str(tmp_path / "a"),), ("Leases",), "2022", "2023")
    assert [request.scope for request in worker.requests[1:] if isinstance(request, Ask | Search)] == [scope]


def test_a_question_is_needed() -> None:
    assert main(["find"]) == WRONG_USAGE
