"""What the terminal keeps in the history beside answers: summaries, and what was found everywhere."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from engine.links import Link
from rag import cli
from rag.cli import DONE, INTERRUPTED, NOTHING_DONE, WRONG_USAGE, main
from rag.errors import LANGUAGES, LibraryProblem, Problem, describe, text
from rag.protocol import (
    Conversation,
    Failed,
    FindAll,
    FoundAll,
    KeepTurn,
    Reply,
    Request,
    Scope,
    Summarise,
    Summarised,
    Summary,
    Turn,
)
from tests.fakes.plausible import ANSWER
from tests.fakes.worker import FakeWorker
from tests.rag.making_summaries import CITATION, ROWS, SUMMARY
from tests.rag.test_cli_find import FINDING, FOUND

KEY = "a" * 64


@pytest.fixture(autouse=True)
def journeys(worker: FakeWorker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    worker.script.conversations = [Conversation(0, 7, "Wind", (Turn(1, 1_750_000_000.0, ANSWER),))]
    ends(worker, Summarise, Summarised(0, SUMMARY))
    ends(worker, FindAll, FOUND)


def ends(worker: FakeWorker, kind: type[Request], *replies: Reply) -> None:
    def answer(_worker: FakeWorker, link: Link, request: Request) -> None:
        for reply in replies:
            link.send(dataclasses.replace(reply, id=request.id))

    worker.script.handlers[kind] = answer


def kept(worker: FakeWorker) -> KeepTurn:
    (request,) = worker.asked(KeepTurn)
    assert isinstance(request, KeepTurn)
    return request


@pytest.mark.parametrize("json_option", [[], ["--json"]])
@pytest.mark.parametrize("command", [["summarise", KEY], ["find", "bird strike"]])
@pytest.mark.parametrize(
    ("which", "conversation"), [([], 0), (["--conversation", "7"], 7), (["--conversation", "last"], 7)]
)
def test_it_begins_a_conversation_or_goes_on_in_one(
    worker: FakeWorker,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
    json_option: list[str],
    which: list[str],
    conversation: int,
) -> None:
    assert main([*command, *which, *json_option]) == DONE
    assert kept(worker).conversation == conversation
    printed = capsys.readouterr()
    assert printed.err == ""
    if json_option:
        told = json.loads(printed.out)["conversation"]
        assert told in {one.conversation for one in worker.script.conversations}
        assert (told == 7) == bool(which)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_summary_is_kept_as_it_reads_with_what_it_is_made_of(
    worker: FakeWorker, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("PHIAL_LANGUAGE", language)
    one = dataclasses.replace(SUMMARY, documents=SUMMARY.documents[:1])
    ends(worker, Summarise, Summarised(0, one))
    assert main(["summarise", KEY, "--focus", "risks"]) == DONE
    request = kept(worker)
    assert request.answer.question == f"{text('kept_summarise', language, what='study.pdf')}: risks"
    assert request.answer.text.startswith("The crane must withstand 42 m/s. The pins are in.")
    assert "**" not in request.answer.text
    assert [citation.number for citation in request.answer.citations] == [CITATION.number]
    assert (request.summary, request.found, request.words) == (one, None, "risks")


def test_a_comparison_is_called_one(worker: FakeWorker) -> None:
    compared = dataclasses.replace(SUMMARY, sections=(), rows=ROWS, compares=True)
    ends(worker, Summarise, Summarised(0, compared))
    assert main(["summarise", KEY, "b" * 64, "--compare"]) == DONE
    request = kept(worker)
    assert request.answer.question == "Compare 2 documents"
    assert request.answer.text == "wind\nstudy.pdf: The crane must withstand 42 m/s."
    worker.requests.clear()
    nothing = dataclasses.replace(compared, rows=(), citations=(), was_stopped=False)
    ends(worker, Summarise, Summarised(0, nothing))
    assert main(["summarise", KEY, "b" * 64, "--compare"]) == DONE
    assert kept(worker).answer.text == text("summary_not_compared")


def test_what_was_found_is_kept_with_its_places(worker: FakeWorker) -> None:
    assert main(["find", "bird strike", "--in", "/papers"]) == DONE
    request = kept(worker)
    assert (request.answer.question, request.words) == ("Find all: bird strike", "bird strike")
    assert request.answer.scope == Scope(("/papers",))
    outcome, _, document, *quotes = request.answer.text.split("\n")
    assert outcome == "checked 465 of 465, found in 1, 3 could not be read, or not whole"
    assert document == FINDING.document
    assert len(quotes) == len(FINDING.citations)
    assert "page" in quotes[0]
    assert request.found == dataclasses.replace(FOUND, id=0)
    assert request.summary is None


def test_nothing_is_kept_of_what_came_to_nothing(worker: FakeWorker, capsys: pytest.CaptureFixture[str]) -> None:
    empty: Summary = dataclasses.replace(SUMMARY, sections=(), citations=())
    ends(worker, Summarise, Summarised(0, empty))
    assert main(["summarise", KEY, "--json"]) == DONE
    assert json.loads(capsys.readouterr().out)["conversation"] == 0
    ends(worker, FindAll, Failed(0, Problem(LibraryProblem.LIBRARY_EMPTY.value)))
    assert main(["find", "bird strike"]) == NOTHING_DONE
    assert not worker.asked(KeepTurn)


def test_what_is_stopped_is_kept_as_far_as_it_came(worker: FakeWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = dataclasses.replace(FOUND, checked=12, was_stopped=True)

    ends(worker, FindAll, stopped)
    replies = cli.Session._replies

    def heard(session: cli.Session, request: Request, interrupts: object) -> object:
        yield from replies(session, request, interrupts)  # type: ignore[arg-type]
        if isinstance(request, FindAll):
            raise KeyboardInterrupt  # as where an interrupt was noted while it ran

    monkeypatch.setattr(cli.Session, "_replies", heard)
    assert main(["find", "bird strike"]) == INTERRUPTED
    found = kept(worker).found
    assert isinstance(found, FoundAll)
    assert found.was_stopped


@pytest.mark.parametrize("command", [["summarise", KEY], ["find", "bird strike"]])
def test_a_conversation_that_is_gone_is_said_before_the_work_begins(
    worker: FakeWorker, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert main([*command, "--conversation", "99"]) == NOTHING_DONE
    gone = describe(Problem(LibraryProblem.CONVERSATION_GONE.value))
    assert str(gone) in capsys.readouterr().err
    assert not worker.asked(Summarise)
    assert not worker.asked(FindAll)
    assert main([*command, "--conversation", "first"]) == WRONG_USAGE


def test_what_can_not_be_kept_is_shown_all_the_same(worker: FakeWorker, capsys: pytest.CaptureFixture[str]) -> None:
    full = Problem(LibraryProblem.DISK_FULL.value, {"path": "/home"})
    ends(worker, KeepTurn, Failed(0, full))
    assert main(["find", "bird strike"]) == DONE
    printed = capsys.readouterr()
    assert FINDING.document in printed.out
    assert printed.err == text("not_kept", "en", why=describe(full).title) + "\n"


def test_the_history_shows_it_as_it_was_shown(worker: FakeWorker, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["find", "bird strike"]) == DONE
    shown = capsys.readouterr().out
    assert main(["summarise", KEY]) == DONE
    summed_up = capsys.readouterr().out
    found = Turn(1, 1.0, ANSWER, found=FOUND)
    worker.script.conversations = [Conversation(0, 7, "Wind", (found, Turn(2, 2.0, ANSWER, SUMMARY)))]
    assert main(["conversations", "show", "7"]) == DONE
    whole = capsys.readouterr().out
    assert shown in whole
    assert summed_up in whole
    assert main(["conversations", "show", "7", "--json"]) == DONE
    first, second = json.loads(capsys.readouterr().out)["turns"]
    assert first["found"]["findings"][0]["document"] == FINDING.document
    assert (first["summary"], second["found"]) == (None, None)
    assert second["summary"]["mode"] == "thorough"
