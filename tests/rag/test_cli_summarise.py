from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from engine.links import Link
from rag.cli import DONE, NOTHING_DONE, WRONG_USAGE, main
from rag.errors import LibraryProblem, Problem
from rag.json_summaries import summary_object
from rag.protocol import (
    Failed,
    Index,
    Request,
    Summarise,
    Summarised,
    SummaryLength,
    SummaryMode,
    SummaryProgress,
    Token,
)
from tests.fakes.worker import FakeWorker
from tests.rag.making_summaries import ROWS, SUMMARY


def answer(_worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(SummaryProgress(request.id, "reading", "study.pdf", 0, 2))
    link.send(Token(request.id, "The crane"))
    link.send(Summarised(request.id, SUMMARY))


@pytest.fixture(autouse=True)
def summing(worker: FakeWorker) -> None:
    worker.script.handlers[Summarise] = answer


def test_what_lies_there_is_read_first_and_what_is_only_in_the_library_is_not(
    worker: FakeWorker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text("The crane stands.")
    assert main(["summarise", str(paper), "a" * 64, "--quick"]) == DONE
    asked = worker.requests[1:3]
    assert asked == [
        Index(1, (str(paper),)),
        Summarise(2, (str(paper), "a" * 64), SummaryMode.QUICK),
    ]
    assert main(["summarise", "a" * 64]) == DONE
    assert worker.asked(Summarise)[-1] == Summarise(1, ("a" * 64,), SummaryMode.THOROUGH)
    assert len(worker.asked(Index)) == 1
    assert capsys.readouterr().err == ""


def test_every_wish_is_handed_on(worker: FakeWorker) -> None:
    arguments = ["--length", "bullets", "--language", "fr", "--focus", "risks", "--compare", "--model", "phi"]
    assert main(["summarise", "b" * 64, *arguments]) == DONE
    assert worker.asked(Summarise)[-1] == Summarise(
        1, ("b" * 64,), SummaryMode.THOROUGH, SummaryLength.BULLETS, "fr", "risks", True, "phi"
    )  # fmt: skip


def test_json_is_one_object_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "paper.md").write_text("The crane stands.")
    assert main(["summarise", str(tmp_path), "--json"]) == DONE
    captured = capsys.readouterr()
    (line,) = captured.out.splitlines()
    summary = json.loads(line)
    assert captured.err == ""
    assert (
        summary["summary"] == "The crane must withstand 42 m/s. The pins are in. La gru resta ferma. The pins are in."
    )
    first, quoted, translated = summary["sections"][0]["sentences"]
    assert (first["supported"], first["is_quoted"], first["citations"][0]["page"]) == (True, False, 57)
    assert quoted["is_quoted"]
    assert translated["original"] == "The crane stands still."
    study, locked = summary["documents"]
    assert study["covered"] == [{"first": 1, "last": 200}, {"first": 203, "last": 260}]
    assert [run["state"] for run in study["not_read"]] == ["waiting", "failed"]
    assert (study["parts"], study["parts_cached"]) == (110, 40)
    assert locked["reason_kind"] == "pdf_encrypted"
    assert summary.keys() == {
        "mode", "length", "focus", "language", "output_language", "summary", "sections", "rows", "citations",
        "documents", "model", "is_stand_in", "is_extractive", "sentences_left_out", "compression", "was_stopped",
        "timings", "conversation",
    }  # fmt: skip


def test_a_comparison_is_rows_of_cells() -> None:
    (row,) = summary_object(dataclasses.replace(SUMMARY, sections=(), rows=ROWS), "en")["rows"]
    assert row["aspect"] == "wind"
    assert [len(cell["sentences"]) for cell in row["cells"]] == [1, 0]


def test_a_failure_is_said(worker: FakeWorker, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_worker: FakeWorker, link: Link, request: Request) -> None:
        link.send(Failed(request.id, Problem(LibraryProblem.COMPARES_ONE.value)))

    worker.script.handlers[Summarise] = fail
    assert main(["summarise", "c" * 64, "--compare"]) == NOTHING_DONE
    assert "only one document" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["x", "--length", "endless"], ["x", "--language", "tlh"]])
def test_wrong_usage_is_said(arguments: list[str]) -> None:
    assert main(["summarise", *arguments]) == WRONG_USAGE
