from __future__ import annotations

import dataclasses

import pytest

from rag.errors import LANGUAGES, Problem, describe, text
from rag.json_output import answer_object
from rag.terminal_answers import answer_lines
from tests.fakes.plausible import ANSWER

KILLED = dataclasses.replace(ANSWER, was_stopped=True, problem=Problem("model_memory_ran_out", {"model": "Phi-4-mini"}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_ended_the_model_stands_below_what_it_had_written(language: str) -> None:
    shown = [line.plain for line in answer_lines(KILLED, language)]
    assert KILLED.problem is not None
    assert str(describe(KILLED.problem, language)) in shown
    assert text("ask_stopped", language) not in shown, "nobody stopped it"
    assert any(ANSWER.sentences[0].text in line for line in shown)


def test_it_is_named_in_json() -> None:
    assert answer_object(KILLED)["problem"] == "model_memory_ran_out"
    assert answer_object(ANSWER)["problem"] is None
