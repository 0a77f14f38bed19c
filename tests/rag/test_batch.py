from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.links import Link
from rag import batch
from rag.errors import LibraryProblem, PhialError, Problem
from rag.protocol import Ask, Failed, Request, Scope, Search
from rag.session import Session
from tests.fakes.plausible import ANSWER, PASSAGES
from tests.fakes.worker import HANDLERS, FakeWorker

Run = Callable[..., tuple[bool, list[dict[str, Any]]]]


@pytest.fixture
def session(home: Path, worker: FakeWorker) -> Iterator[Session]:
    with Session(home) as opened:
        yield opened


@pytest.fixture
def search(session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Writes a file, looks its questions up; gives whether anything was done, and what was printed."""

    def run(content: str | bytes) -> tuple[bool, list[dict[str, Any]]]:
        path = tmp_path / "questions.jsonl"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        done = batch.search(session, str(path), 2, Scope(("/papers",)))
        return done, [json.loads(line) for line in capsys.readouterr().out.split("\n")[:-1]]

    return run


def refuse_empty(worker: FakeWorker, link: Link, request: Request) -> None:
    """Search as the worker does: a question without a word is refused."""
    assert isinstance(request, Search)
    if request.question.strip():
        HANDLERS[Search](worker, link, request)
    else:
        link.send(Failed(request.id, Problem("question_empty")))


def fail(kind: str) -> Callable[[FakeWorker, Link, Request], None]:
    return lambda _, link, request: link.send(Failed(request.id, Problem(kind)))


def test_every_question_is_answered_in_its_place(search: Run, worker: FakeWorker) -> None:
    done, printed = search('{"id": 7, "question": "One?"}\n\n  \n{"id": "b", "question": "Two?", "more": 1}')
    assert done
    assert [entry["id"] for entry in printed] == [7, "b"]
    assert [len(entry["passages"]) for entry in printed] == [2, 2]
    assert printed[0]["passages"][0]["text"] == PASSAGES[0].text
    asked = [request for request in worker.asked(Search) if isinstance(request, Search)]
    assert [(request.question, request.limit, request.scope) for request in asked] == [
        ("One?", 2, Scope(("/papers",))),
        ("Two?", 2, Scope(("/papers",))),
    ]


@pytest.mark.parametrize(
    "line",
    ["no JSON", "[1, 2]", "null", '{"id": 5}', '{"id": 5, "question": 3}', "[" * 100_000],
    ids=lambda line: line[:20],
)
def test_a_line_that_is_no_question_says_so_and_the_next_goes_on(search: Run, worker: FakeWorker, line: str) -> None:
    worker.script.handlers[Search] = refuse_empty
    done, (bad, good) = search("\n" + line + '\n{"id": 6, "question": "Two?"}')
    assert done
    assert bad["kind"] == LibraryProblem.LINE_NO_QUESTION
    assert "2" in bad["error"]
    assert bad["id"] == (5 if '"id"' in line else None)
    assert good["id"] == 6


def test_where_no_question_could_be_answered_nothing_was_done(search: Run, worker: FakeWorker) -> None:
    worker.script.handlers[Search] = refuse_empty
    done, (bad,) = search('{"id": 1, "question": " "}\n')
    assert not done
    assert bad["kind"] == LibraryProblem.QUESTION_EMPTY
    assert search("") == (False, [])


def test_a_strange_line_end_inside_a_question_is_part_of_it(search: Run, worker: FakeWorker) -> None:
    search('\ufeff{"id": 1, "question": "One\u2028and\u0085two?"}\r\n')
    (request,) = worker.asked(Search)
    assert isinstance(request, Search)
    assert request.question == "One\u2028and\u0085two?"


def test_an_id_that_is_no_text_can_still_be_printed(search: Run) -> None:
    assert search('{"id": "\\ud800", "question": "One?"}')[1][0]["id"] == "?"


@pytest.mark.parametrize("kind", [LibraryProblem.LIBRARY_EMPTY, LibraryProblem.WORKER_DIED])
def test_what_no_question_can_change_ends_it_at_once(search: Run, worker: FakeWorker, kind: LibraryProblem) -> None:
    worker.script.handlers[Search] = fail(kind)
    with pytest.raises(PhialError) as failure:
        search('{"id": 1, "question": "One?"}\n{"id": 2, "question": "Two?"}')
    assert failure.value.kind is kind
    assert len(worker.asked(Search)) == 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [(None, LibraryProblem.PATH_MISSING), (b"\xff\xfe\x00", LibraryProblem.PATH_UNREADABLE)],
)
def test_a_file_that_cannot_be_read_says_so(
    session: Session, tmp_path: Path, content: bytes | None, kind: LibraryProblem
) -> None:
    path = tmp_path / "questions.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PhialError) as failure:
        batch.search(session, str(path), 2, ())
    assert failure.value.kind is kind
    with pytest.raises(PhialError) as failure:
        batch.search(session, str(tmp_path), 2, ())
    assert failure.value.kind is LibraryProblem.PATH_UNREADABLE


def test_ask_prints_whole_answers(
    session: Session, worker: FakeWorker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worker.script.pause = 0.0
    worker.script.answer = dataclasses.replace(ANSWER, text="Yes.")
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": 1, "question": "One?"}', encoding="utf-8")
    assert batch.ask(session, str(path), Scope(("/papers",)), "phi")
    (printed,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (printed["id"], printed["question"], printed["answer"]) == (1, "One?", "Yes.")
    assert len(printed["citations"]) == len(ANSWER.citations)
    (request,) = worker.asked(Ask)
    assert isinstance(request, Ask)
    assert (request.scope, request.model, request.conversation) == (Scope(("/papers",)), "phi", 0)
