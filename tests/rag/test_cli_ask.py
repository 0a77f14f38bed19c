from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from rag.cli import DONE, WRONG_USAGE, main
from rag.protocol import Ask, Conversation, Request, Scope, Turn
from tests.fakes.plausible import ANSWER
from tests.fakes.worker import FakeWorker
from tests.rag.making_summaries import SUMMARY

SCOPE = Scope(("/papers/wind",), ("Harbour",), since="2024-01-01")


@pytest.fixture(autouse=True)
def kept(worker: FakeWorker) -> None:
    turn = Turn(1, 1_750_000_000.0, dataclasses.replace(ANSWER, scope=SCOPE))
    worker.script.conversations = [Conversation(0, 7, "Wind", (turn,))]


def asked(worker: FakeWorker) -> list[Request]:
    return [dataclasses.replace(request, id=0) for request in worker.requests if isinstance(request, Ask)]


@pytest.mark.parametrize("which", ["7", "last"])
def test_a_conversation_goes_on_where_it_was_last_asked(worker: FakeWorker, which: str) -> None:
    assert main(["ask", "--conversation", which, "and in 2021?", "--json"]) == DONE
    assert asked(worker) == [Ask(0, "and in 2021?", SCOPE, "", 7, "en")]


def test_a_summary_says_nothing_of_where_was_asked(worker: FakeWorker) -> None:
    (conversation,) = worker.script.conversations
    summary = Turn(2, 2.0, ANSWER, SUMMARY)
    worker.script.conversations = [dataclasses.replace(conversation, turns=(*conversation.turns, summary))]
    assert main(["ask", "--conversation", "last", "and in 2021?", "--json"]) == DONE
    assert asked(worker) == [Ask(0, "and in 2021?", SCOPE, "", 7, "en")]


def test_another_place_that_is_named_is_where_is_looked(worker: FakeWorker) -> None:
    assert main(["ask", "--conversation", "last", "and here?", "--in", "/papers/other", "--json"]) == DONE
    assert asked(worker) == [Ask(0, "and here?", Scope(("/papers/other",)), "", 7, "en")]


def test_without_a_conversation_the_last_one_is_a_new_one(worker: FakeWorker) -> None:
    worker.script.conversations = []
    assert main(["ask", "--conversation", "last", "Which gust?"]) == DONE
    assert asked(worker) == [Ask(0, "Which gust?", language="en")]


def test_a_file_of_questions_is_asked_in_a_conversation(
    worker: FakeWorker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": 1, "question": "Which gust?"}\n{"id": 2, "question": "And in 2021?"}\n', encoding="utf-8")
    assert main(["ask", "--conversation", "7", "--batch", str(file)]) == DONE
    assert [request.conversation for request in asked(worker) if isinstance(request, Ask)] == [7, 7]
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == [1, 2]


@pytest.mark.parametrize("which", ["", "0", "-1", "first", str(2**63)])
def test_what_is_no_conversation_is_wrong_usage(worker: FakeWorker, which: str) -> None:
    assert main(["ask", "--conversation", which, "Which gust?"]) == WRONG_USAGE
    assert asked(worker) == []
