"""Reading ahead and forgetting it again, with the real embedder and the real starter model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.host import ModelHost
from engine.kv_folder import StateKey
from engine.messages import CONVERSATION
from engine.paths import kv_states, logs
from rag.library import Library
from rag.protocol import Answer, Answered
from tests.end_to_end.conftest import SAMPLES

NOTE = SAMPLES / "sourdough-notebook.md"
OTHER = SAMPLES / "choir-meeting.md"
QUESTION = "What core temperature does the loaf have when it is done?"
SALT = "How much salt goes into the dough?"
ELSEWHERE = "Who was the emperor of Ethiopia in 1930?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("home")) as opened:
        *_, _ = opened.index([str(NOTE), str(OTHER)])
        opened.settings.change("reads_ahead", "always")
        yield opened


def ask(library: Library, question: str, conversation: int = 0) -> Answer:
    *_, last = library.ask(question, conversation=conversation)
    assert isinstance(last, Answered)
    return last.answer


def interest(library: Library) -> tuple[str, ...]:
    return library._holdings.interest.keys


def traces(library: Library) -> tuple[object, ...]:
    text = "".join(file.read_text("utf-8") for file in logs(library.home).iterdir() if file.suffix == ".log")
    return library.history.conversations(), interest(library), SALT in text


def states_of(library: Library, owner: str) -> list[Path]:
    owned = StateKey(owner, "").file_name.partition("-")[0]
    return [file for file in kv_states(library.home).iterdir() if file.name.startswith(owned)]


def test_a_question_that_was_anticipated_has_been_read_when_it_comes(library: Library) -> None:
    ask(library, QUESTION)
    before = traces(library)
    library.anticipate(SALT)
    assert traces(library) == before
    answer = ask(library, SALT)
    assert answer.timings.cached_tokens == answer.timings.prompt_tokens - 1


@pytest.mark.parametrize("question", ["", "x" * 100_000, ELSEWHERE])
def test_what_cannot_be_answered_is_no_trouble_while_it_is_typed(library: Library, question: str) -> None:
    before = traces(library)
    library.anticipate(question)
    assert traces(library) == before


def test_nothing_is_anticipated_where_nobody_wants_it(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.settings.change("reads_ahead", "never")
    monkeypatch.delattr(ModelHost, "prepare")
    library.anticipate(QUESTION)
    library.settings.change("reads_ahead", "always")


def test_passages_that_were_read_stand_whole_in_other_questions_about_them(library: Library) -> None:
    library.settings.change("reuses_passages", "always")
    library.anticipate(QUESTION)
    first = ask(library, QUESTION).timings
    assert first.prompt_tokens > 400  # whole passages
    assert first.cached_tokens / first.prompt_tokens > 0.8
    # Another question finds some of them, among others that have not been read.
    assert ask(library, "When is the loaf done, at which core temperature?").timings.cached_tokens > 400


def test_deleting_a_conversation_erases_what_was_read_for_it(library: Library) -> None:
    library.settings.change("reuses_passages", "never")
    *_, last = library.ask("When does the choir rehearse?")
    assert isinstance(last, Answered)
    library._writing.host._slot.save(10.0)
    assert states_of(library, CONVERSATION)
    library.delete_conversation(last.conversation)
    library._writing.host._slot.save(10.0)
    assert not states_of(library, CONVERSATION)


def test_forgetting_a_document_erases_what_was_read_of_it(library: Library) -> None:
    library.settings.change("reuses_passages", "always")
    library.anticipate(QUESTION)
    library._writing.host._slot.save(10.0)
    [note] = [document for document in library.documents() if document.name == NOTE.name]
    read = [file.read_bytes()[-64:] for file in states_of(library, note.sha256)]
    assert read
    library.remove([str(NOTE)])
    library._writing.host._slot.save(10.0)  # what the process still had would come back now
    kept = [file.read_bytes() for file in library.home.rglob("*") if file.is_file()]
    assert not any(state in data for state in read for data in kept)
