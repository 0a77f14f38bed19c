"""Answers in a conversation, with the real embedder and the real starter model: what is read, reused, completed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.catalogue import STARTER_VARIABLE
from engine.errors import EngineProblem
from rag.errors import LibraryProblem, PhialError, text
from rag.first_word import FEWEST, MOST
from rag.library import Library
from rag.protocol import Answer, Answered, Errand, Estimate, Evidence, FoundAll, Scope, Stage, Token
from tests.end_to_end.conftest import SAMPLES
from tests.fakes.obeying import ObeyingHost

NOTE = SAMPLES / "sourdough-notebook.md"
QUESTION = "What core temperature does the loaf have when it is done?"
ELSEWHERE = "Who was the emperor of Ethiopia in 1930?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("home")) as opened:
        *_, _ = opened.index([str(NOTE)])
        yield opened


@pytest.fixture
def ask(library: Library) -> Callable[..., Answered]:
    def asked(question: str, conversation: int = 0, model: str = "") -> Answered:
        *_, last = library.ask(question, model=model, conversation=conversation)
        assert isinstance(last, Answered)
        return last

    return asked


def speeds(library: Library) -> list[float]:
    rows = library._database.reader.execute("SELECT value FROM settings WHERE key LIKE 'reading_speed%'")
    return [float(value) for (value,) in rows]


def test_the_first_prompt_measures_the_machine_and_the_next_ones_reuse_what_was_read(
    library: Library, ask: Callable[..., Answered]
) -> None:
    assert speeds(library) == []
    first = ask(QUESTION)
    (measured,) = speeds(library)
    assert measured > 0
    # What begins every prompt had been read when the machine was measured.
    stable = first.answer.timings.cached_tokens
    assert 0 < stable < first.answer.timings.prompt_tokens <= MOST + 200
    other = ask("How much salt goes into the dough?", first.conversation)
    assert other.conversation == first.conversation
    assert stable <= other.answer.timings.cached_tokens < other.answer.timings.prompt_tokens
    again = ask("How much salt goes into the dough?")
    assert again.answer.timings.cached_tokens == again.answer.timings.prompt_tokens - 1
    assert again.answer.text == other.answer.text


def test_a_slow_machine_is_given_a_shorter_prompt(library: Library, ask: Callable[..., Answered]) -> None:
    usual = ask(QUESTION).answer.timings.prompt_tokens
    with library._database.transaction() as connection:
        connection.execute("UPDATE settings SET value = '1.0' WHERE key LIKE 'reading_speed%'")
    slow = ask(QUESTION).answer.timings.prompt_tokens
    assert slow < usual
    assert usual - slow <= MOST - FEWEST + 50


def test_a_follow_up_is_looked_up_and_read_as_it_is_meant(library: Library, ask: Callable[..., Answered]) -> None:
    first = ask(QUESTION)
    follow_up = ask("And how long does it bake?", first.conversation).answer
    assert follow_up.question == "And how long does it bake?"
    assert follow_up.understood == f"And how long does it bake? ({QUESTION})"
    assert any("bak" in passage.text for passage in follow_up.passages[:2])
    _, turns = library.history.conversation(first.conversation)
    assert turns[-1].answer == follow_up
    alone = ask("And how long does it bake?").answer
    assert alone.understood == ""


def test_a_question_that_stands_by_itself_is_not_changed_by_its_conversation(ask: Callable[..., Answered]) -> None:
    first = ask(QUESTION)
    assert ask("How much salt goes into the dough?", first.conversation).answer.understood == ""


def test_a_conversation_that_is_gone_is_said_before_anything_is_looked_up(library: Library) -> None:
    with pytest.raises(PhialError) as caught:
        next(library.ask(QUESTION, conversation=10**6))
    assert caught.value.kind is LibraryProblem.CONVERSATION_GONE


# --- without a model --------------------------------------------------------------------------------------------------


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(STARTER_VARIABLE, "")


def whole(library: Library, question: str, **options: str) -> tuple[list[object], Answer]:
    events = list(library.ask(question, **options))
    answered = events[-1]
    assert isinstance(answered, Answered)
    return events, answered.answer


@pytest.mark.usefixtures("no_model")
def test_without_a_model_the_documents_answer_in_their_own_words(library: Library) -> None:
    events, answer = whole(library, QUESTION)
    assert not any(isinstance(event, Token) or (isinstance(event, Stage) and event.model) for event in events)
    assert any(isinstance(event, Evidence) for event in events)
    assert (answer.refused, answer.is_quoted, answer.model, answer.is_stand_in) == (False, True, "", False)
    (citation,) = answer.citations
    assert "97 degrees" in citation.quote
    assert citation.quote in answer.passages[citation.passage - 1].text
    assert answer.sentences[0].supported


def test_what_no_document_holds_is_refused_with_what_is_nearest_and_no_model_is_asked(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = []
    for starter in (True, False):
        if not starter:
            monkeypatch.setenv(STARTER_VARIABLE, "")
        events, answer = whole(library, ELSEWHERE, language="it")
        assert not any(isinstance(event, Token) for event in events)
        refusals.append(answer)
    for answer in refusals:
        assert (answer.refused, answer.is_quoted, answer.model, answer.citations) == (True, False, "", ())
        assert answer.text == text("ask_refused", "en")
        assert answer.nearest
        for number, citation in enumerate(answer.nearest, start=1):
            assert citation.number == number
            assert citation.quote in answer.passages[citation.passage - 1].text


@pytest.mark.usefixtures("no_model")
@pytest.mark.parametrize("question", [QUESTION, "Who is the king of France?"])
def test_a_model_that_was_asked_for_by_name_is_missed(library: Library, question: str) -> None:
    with pytest.raises(PhialError) as caught:
        next(library.ask(question, model="phi-9"))
    assert caught.value.kind is EngineProblem.MODEL_UNKNOWN


# --- what streams -----------------------------------------------------------------------------------------------------


def test_what_streams_holds_no_forged_citation_and_nothing_unseen(library: Library, tmp_path: Path) -> None:
    said = "The loaf is done at 97 degrees [1].\u202e It \x1b[2Jbakes [[2]3] for 45 minutes [note]."
    host = ObeyingHost({"97 degrees": said})
    real, library._writing.asker._host = library._writing.asker._host, host  # type: ignore[assignment]
    try:
        events, answer = whole(library, QUESTION)
    finally:
        library._writing.asker._host = real
    streamed = "".join(event.text for event in events if isinstance(event, Token))
    assert streamed == "The loaf is done at 97 degrees. It [2Jbakes for 45 minutes [note]."
    assert answer.text.replace(" ", "") in streamed.replace(" ", "")


def test_an_answer_keeps_where_was_looked(library: Library) -> None:
    scope = Scope((str(NOTE),))
    *_, answered = library.ask(QUESTION, scope)
    assert isinstance(answered, Answered)
    assert answered.answer.scope == scope


@pytest.mark.usefixtures("no_model")
def test_a_follow_up_is_answered_by_its_own_words_not_by_those_of_the_question_before(library: Library) -> None:
    *_, first = library.ask(QUESTION)
    assert isinstance(first, Answered)
    *_, answered = library.ask("And how long does it bake?", conversation=first.conversation)
    assert isinstance(answered, Answered)
    assert answered.answer.citations[0].quote.startswith("Bake it in the iron pot")


def test_answers_are_as_the_person_wants_them_from_the_next_question_on(
    library: Library, ask: Callable[..., Answered]
) -> None:
    assert ask(ELSEWHERE).answer.refused
    try:
        library.settings.change("strictness", "open")
        tried = ask(ELSEWHERE).answer
        assert tried.model
        assert not tried.refused
        library.settings.change("strictness", "strict")
        assert all(sentence.supported for sentence in ask(QUESTION).answer.sentences)
        usual = ask(QUESTION).answer.timings.prompt_tokens
        library.settings.change("answer_language", "it")
        assert ask(QUESTION).answer.timings.prompt_tokens != usual  # another instruction stands before it
        assert ask(ELSEWHERE).answer.text == text("ask_refused", "it")
    finally:
        for setting in ("strictness", "answer_language"):
            library.settings.change(setting, "")


def test_what_was_asked_here_is_what_the_next_estimate_rests_on(library: Library, ask: Callable[..., Answered]) -> None:
    assert ask(QUESTION).answer.timings.answer_tokens > 0
    told = library.estimator.estimate(Estimate(0, Errand.ASK))
    assert told.is_measured
    assert 0.0 < told.first_word_s < told.total_s
    every = library.estimator.estimate(Estimate(0, Errand.SUMMARISE))
    assert every.documents == 1
    assert every.total_s > told.total_s
    *_, found = library.find_all("salt")
    assert isinstance(found, FoundAll)
    assert library.estimator.estimate(Estimate(0, Errand.FIND_ALL)).is_measured
