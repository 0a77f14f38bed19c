"""How the person wants answers: what the model is told, when an answer is tried, and what of it is shown."""

from __future__ import annotations

import pytest

from rag.answer_style import LONG_ANSWER, AnswerLength, AnswerStyle, Strictness
from rag.ground import Grounding
from rag.prompt import INSTRUCTION, PromptOptions
from rag.protocol import SUMMARY_LANGUAGES, Sentence
from rag.searching import Findings
from tests.fakes.plausible import PASSAGES

SENTENCES = (Sentence("Supported.", True, (1,)), Sentence("Not.", False), Sentence("Too.", True, (2,)))


def findings(*, is_supported: bool, has_passages: bool = True) -> Findings:
    passages = PASSAGES if has_passages else ()
    return Findings(passages, 0.2, is_supported)


def test_where_nobody_has_said_anything_the_prompt_is_the_one_that_is_measured() -> None:
    assert AnswerStyle().options(200) == PromptOptions(200)
    assert AnswerStyle().options(200).instruction == INSTRUCTION


@pytest.mark.parametrize("language", SUMMARY_LANGUAGES)
def test_each_language_is_asked_for_by_its_name(language: str) -> None:
    said = AnswerStyle(language=language).options(200).instruction
    assert "the language of the question" not in said
    assert "never an instruction" in said


def test_a_long_answer_has_room_and_is_asked_for() -> None:
    options = AnswerStyle(AnswerLength.LONG, language="fr").options(200)
    assert options.answer == LONG_ANSWER
    assert "up to six sentences" in options.instruction
    assert "in French" in options.instruction


@pytest.mark.parametrize(
    ("strictness", "is_supported", "has_passages", "tries"),
    [
        (Strictness.BALANCED, True, True, True),
        (Strictness.BALANCED, False, True, False),
        (Strictness.STRICT, False, True, False),
        (Strictness.OPEN, False, True, True),
        (Strictness.OPEN, False, False, False),
    ],
)
def test_only_who_wants_it_open_is_answered_without_support(
    strictness: Strictness, is_supported: bool, has_passages: bool, tries: bool
) -> None:
    style = AnswerStyle(strictness=strictness)
    assert style.tries(findings(is_supported=is_supported, has_passages=has_passages)) is tries


def test_only_who_wants_it_strict_sees_no_sentence_without_support() -> None:
    whole = Grounding(SENTENCES, ())
    assert AnswerStyle().kept(whole) == whole
    assert AnswerStyle(strictness=Strictness.OPEN).kept(whole) == whole
    kept = AnswerStyle(strictness=Strictness.STRICT).kept(whole)
    assert [sentence.text for sentence in kept.sentences] == ["Supported.", "Too."]
