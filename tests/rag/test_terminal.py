from __future__ import annotations

import dataclasses
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import LANGUAGES, LibraryProblem, PhialError, Problem, about_the_file, describe, text
from rag.json_view import JsonView
from rag.protocol import (
    Answer,
    Answered,
    Check,
    Document,
    DocumentChanged,
    DocumentState,
    Evidence,
    Found,
    Indexed,
    IndexedFile,
    LibraryStatus,
    Passage,
    Progress,
    Removed,
    Reply,
    Scope,
    Sentence,
    Speed,
    Stage,
    Token,
)
from rag.terminal import PlainView
from rag.view import View, complain, is_anything_done, printable
from tests.fakes.plausible import ANSWER, NOTES, PASSAGES, STARTER, STUDY
from tests.rag.making_messages import ANY_TEXT, values_of

BROKEN = Problem("pdf_broken", {"path": "/papers/a.pdf"})
READY = IndexedFile("/papers/b.pdf", "b" * 64, DocumentState.READY, 3, 9, None)
FAILED = IndexedFile("/papers/a.pdf", "", DocumentState.FAILED, 0, 0, BROKEN)
PROGRESS = Progress(1, 1, 4, 20, 30, 90, 12.4)
HOSTILE = "\x1b]0;pwned\x07\x1b[2J\x9b31m\r\x00[bold]&\udce9"
"""What a terminal would obey, what rich would read as markup, and what can't be encoded."""

Printed = tuple[bool, str, str]
Show = Callable[[Callable[[View], bool | None]], Printed]


@pytest.fixture(params=[PlainView, JsonView], ids=["plain", "json"])
def make_view(request: pytest.FixtureRequest) -> Callable[[str], View]:
    made: Callable[[str], View] = request.param
    return made


@pytest.fixture
def plain(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Show:
    monkeypatch.delenv("COLUMNS", raising=False)

    def show(use: Callable[[View], bool | None]) -> Printed:
        done = use(PlainView("en"))
        captured = capsys.readouterr()
        return bool(done), captured.out, captured.err

    return show


@pytest.fixture
def objects(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[bool, list[dict[str, Any]], str]]:
    def show(use: Callable[[View], bool | None]) -> tuple[bool, list[dict[str, Any]], str]:
        done = use(JsonView("en"))
        captured = capsys.readouterr()
        return bool(done), [json.loads(line) for line in captured.out.split("\n")[:-1]], captured.err

    return show


def replies(*some: Reply) -> Iterator[Reply]:
    return iter(some)


# --- both -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "is_done"),
    [((), False), ((FAILED,), False), ((FAILED, READY), True),
     ((dataclasses.replace(FAILED, state=DocumentState.EMPTY),), True)],
)  # fmt: skip
def test_something_was_done_where_one_file_could_be_read(
    make_view: Callable[[str], View],
    capsys: pytest.CaptureFixture[str],
    files: tuple[IndexedFile, ...],
    is_done: bool,
) -> None:
    indexed = Indexed(1, files, 2.0)
    assert is_anything_done(indexed) == is_done
    assert make_view("en").index(replies(PROGRESS, indexed)) == is_done
    reason = describe(BROKEN).meaning
    assert (reason in capsys.readouterr().err) == (bool(files) and not is_done)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failure_is_a_sentence_on_standard_error(
    make_view: Callable[[str], View], capsys: pytest.CaptureFixture[str], language: str
) -> None:
    error = PhialError(LibraryProblem.PATH_MISSING, path="/nowhere.pdf")
    make_view(language).fail(error)
    sentences = str(describe(Problem("path_missing", {"path": "/nowhere.pdf"}), language))
    assert capsys.readouterr().err == sentences + "\n"


def test_a_restart_is_said_on_standard_error(
    make_view: Callable[[str], View], capsys: pytest.CaptureFixture[str]
) -> None:
    make_view("en").restarted()
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", text("worker_restarted", "en") + "\n")


@given(values_of(Answered), values_of(Found), values_of(Evidence))
def test_no_reply_is_one_that_cannot_be_shown(answered: Answered, found: Found, evidence: Evidence) -> None:
    for view, output in views():
        view.search(replies(dataclasses.replace(found, passages=unmarked(found.passages))))
        first = dataclasses.replace(evidence, passages=unmarked(evidence.passages))
        view.ask(replies(first, Stage(1, "model", "Phi"), Token(1, HOSTILE), uncited(answered)))
        assert_harmless(view, output.getvalue())


@given(
    st.lists(values_of(Document), max_size=2), values_of(Removed), st.lists(values_of(Check), max_size=2),
    st.lists(values_of(IndexedFile), max_size=2), values_of(LibraryStatus),
)  # fmt: skip
def test_no_list_is_one_that_cannot_be_shown(
    documents: list[Document], removed: Removed, checks: list[Check], files: list[IndexedFile], status: LibraryStatus
) -> None:
    status = dataclasses.replace(status, documents={"ready": 3})
    for view, output in views():
        view.documents(documents)
        view.removed(removed)
        view.examined(checks)
        view.index(replies(PROGRESS, Indexed(1, tuple(files), 1.0)))
        view.status(status)
        assert_harmless(view, output.getvalue())


def unmarked(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """The same without marks, which lie inside the text where the worker makes them."""
    return tuple(dataclasses.replace(passage, marks=()) for passage in passages)


def uncited(answered: Answered) -> Answered:
    """The same without numbers of citations, which are there where the worker writes them."""
    sentences = tuple(dataclasses.replace(sentence, citations=()) for sentence in answered.answer.sentences)
    return dataclasses.replace(answered, answer=dataclasses.replace(answered.answer, sentences=sentences))


def views() -> Iterator[tuple[View, Output]]:
    """Both views, on standard outputs that take UTF-8 and nothing else."""
    for make in (PlainView, JsonView):
        with pytest.MonkeyPatch.context() as patch:
            output = Output(io.BytesIO(), encoding="utf-8", newline="\n")
            patch.setattr("sys.stdout", output)
            patch.setattr("sys.stderr", output)
            yield make("en"), output


class Output(io.TextIOWrapper):
    """A stream whose text can be looked at."""

    def getvalue(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode("utf-8")


def assert_harmless(view: View, printed: str) -> None:
    if isinstance(view, PlainView):
        assert re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", printed) is None
    else:
        assert all(isinstance(json.loads(line), dict) for line in printed.split("\n") if line.startswith("{"))


# --- for people -------------------------------------------------------------------------------------------------------


def test_passages_are_shown_with_their_places(plain: Show) -> None:
    done, output, _ = plain(lambda view: view.search(replies(Found(1, PASSAGES, 0.04))))
    assert done
    assert "1. Harbour wind study 2025.pdf · page 57 · 4.2 Design values" in output
    assert "page 3 (printed iii) · Approval" in output
    assert PASSAGES[0].text in output
    assert "3 passages in 0.04 s" in output


def test_nothing_found_is_said(plain: Show) -> None:
    _, output, _ = plain(lambda view: view.search(replies(Found(1, (), 0.04))))
    assert text("search_nothing", "en") in output


def test_an_answer_is_shown_with_its_citations_and_what_they_are_worth(plain: Show) -> None:
    answered = Answered(1, ANSWER, 1, 1)
    stream = (Evidence(1, PASSAGES, False, 0.1), Stage(1, "prompt", "Phi", 612), Token(1, "The"), answered)
    done, output, _ = plain(lambda view: view.ask(replies(*stream)))
    assert done
    assert "out of service. [1]" in output
    assert f"“{ANSWER.citations[1].quote}”" in output
    assert text("ask_unsupported", "en") in output
    assert text("ask_stand_in", "en", model=ANSWER.model) in output
    assert "612 tokens read, 74 written" in output
    assert text("ask_stopped", "en") not in output


@pytest.mark.parametrize(
    ("answer", "shown", "hidden"),
    [
        (dataclasses.replace(ANSWER, was_stopped=True), "ask_stopped", "ask_quoted"),
        (dataclasses.replace(ANSWER, is_quoted=True), "ask_quoted", "ask_stopped"),
        (dataclasses.replace(ANSWER, refused=True), "ask_answer", "ask_unsupported"),
        (dataclasses.replace(ANSWER, citations=()), "ask_answer", "ask_citations"),
    ],
)
def test_what_is_special_about_an_answer_is_said(plain: Show, answer: Answer, shown: str, hidden: str) -> None:
    _, output, _ = plain(lambda view: view.ask(replies(Answered(1, answer, 1, 1))))
    assert text(shown, "en") in output
    assert text(hidden, "en") not in output


def test_documents_are_shown_with_their_states_and_why(plain: Show) -> None:
    failed = dataclasses.replace(NOTES, state=DocumentState.FAILED, reason=BROKEN)
    _, output, _ = plain(lambda view: view.documents((STUDY, failed)))
    lines = output.splitlines()
    study = next(line for line in lines if STUDY.name in line)
    assert study.split() == [*STUDY.name.split(), "ready", "148", "444"]
    below = lines[next(number for number, line in enumerate(lines) if NOTES.name in line) + 1]
    assert below == "   a.pdf can’t be read: the PDF is damaged."
    assert text("documents_none", "en") in plain(lambda view: view.documents(()))[1]


def test_the_sum_of_indexing_names_what_could_not_be_read(plain: Show) -> None:
    _, output, _ = plain(lambda view: view.index(replies(PROGRESS, Indexed(1, (READY, FAILED), 2.04))))
    assert f"/papers/a.pdf\n   {describe(about_the_file(BROKEN))}\n" in output
    assert "1 of 2 documents ready: 3 pages, 9 passages, in 2.0 s." in output


def test_what_is_forgotten_and_what_still_quotes_it(plain: Show) -> None:
    _, output, _ = plain(lambda view: view.removed(Removed(1, (STUDY,), ("Which gust?", "And who?"))))
    assert text("removed", "en", document=STUDY.name) in output
    assert "Which gust?, And who?" in output


def test_where_there_is_no_model_it_says_what_helps(plain: Show) -> None:
    _, output, _ = plain(lambda view: view.models(()))
    assert " ".join(output.split()) == str(describe(Problem("no_model"), "en"))


def test_models_are_shown_with_the_one_that_answers(plain: Show) -> None:
    broken = dataclasses.replace(
        STARTER, model="b", is_chosen=False, fit="", problem=Problem("model_damaged", {"path": "/b.gguf"})
    )
    # Nobody's size, fit or speed is invented for it.
    found = dataclasses.replace(
        STARTER, model="phi", name="Phi-4-mini Q4_K_M", is_chosen=False, source="LM Studio", is_verified=True,
        speed=Speed(20.14, 4.86, is_measured=True),
    )  # fmt: skip
    _, output, _ = plain(lambda view: view.models((STARTER, broken, found)))
    assert re.search(r"Phi-4-mini Q4_K_M \(phi\) .* 20\.1 / 4\.9\n +found in LM Studio · its bytes are", output)
    assert re.search(r"● SmolLM2 135M \(smollm2-135m\) +0\.10 GB +0\.32 GB +fits", output)
    assert "/b.gguf" in output


def test_the_status_and_the_doctor(plain: Show) -> None:
    status = LibraryStatus(
        id=1, home="/home/ada/phial", version="0.1.0", pid=7, documents={"ready": 2, "failed": 1}, pages=12,
        passages=36, passages_embedded=30, bytes=1_000, embedder="", model="Phi", is_stand_in=False, is_paused=False,
        connections=("then there",), notices=(Problem("home_synced", {"path": "/home/ada/phial"}),),
    )  # fmt: skip
    _, output, _ = plain(lambda view: view.status(status))
    assert "ready (2), could not be read (1)" in output
    assert "36 (6 still to be found by their meaning)" in output
    assert "then there" in output
    _, output, _ = plain(lambda view: view.status(dataclasses.replace(status, model_sleeps_for="pressure")))
    assert "Phi (asleep: other programs needed the memory)" in output
    assert describe(status.notices[0]).title in output
    _, output, _ = plain(lambda view: view.examined((Check("disk", "1 GB", False), Check("python", "3.11", True))))
    assert re.search(r"disk free +1 GB +needs a look", output)
    assert re.search(r"python +3\.11 +well", output)


def test_an_interrupt_is_explained_to_people_alone(
    plain: Show, objects: Callable[..., tuple[bool, list[dict[str, Any]], str]]
) -> None:
    assert plain(lambda view: view.interrupted())[2] == text("interrupted", "en") + "\n"
    assert objects(lambda view: view.interrupted()) == (False, [], "")


def test_what_a_document_says_is_neither_obeyed_nor_read_as_markup(plain: Show) -> None:
    hostile = dataclasses.replace(PASSAGES[0], text=HOSTILE, document=HOSTILE, section="[red]", marks=((0, 2),))
    _, output, _ = plain(lambda view: view.search(replies(Found(1, (hostile,), 0.04))))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", output)
    assert "[bold]&\ufffd" in output
    assert "· [red]" in output


@given(ANY_TEXT)
def test_printable_text_is_as_long_as_it_was(value: str) -> None:
    shown = printable(value)
    assert len(shown) == len(value)
    assert printable(shown) == shown
    assert all(one == other or one == "\ufffd" for one, other in zip(shown, value, strict=True))


def test_printable_keeps_what_is_no_text() -> None:
    assert printable(dataclasses.replace(STUDY, name="a\x1b", paths=("/a\x1b",))) == dataclasses.replace(
        STUDY, name="a\ufffd", paths=("/a\ufffd",)
    )
    assert printable(FAILED).state is DocumentState.FAILED
    assert printable(Problem("pdf_broken", {"path": "\x1b", "page": 3})) == Problem(
        "pdf_broken", {"path": "\ufffd", "page": 3}
    )


def test_a_complaint_obeys_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    complain("no such file: \x1b[2J\udce9")
    assert capsys.readouterr().err == "no such file: \ufffd[2J\ufffd\n"


# --- for programs -----------------------------------------------------------------------------------------------------


def test_indexing_prints_events_and_one_summary(
    objects: Callable[..., tuple[bool, list[dict[str, Any]], str]],
) -> None:
    stream = (DocumentChanged(1, STUDY), PROGRESS, dataclasses.replace(PROGRESS, seconds_left=-1.0),
              Indexed(1, (READY, FAILED), 2.0))  # fmt: skip
    done, printed, complaint = objects(lambda view: view.index(replies(*stream)))
    assert done
    assert complaint == ""
    assert [entry["event"] for entry in printed] == ["document", "progress", "progress", "summary"]
    assert [entry["seconds_left"] for entry in printed[1:3]] == [12.4, None]
    assert (printed[1]["pages_read"], printed[1]["pages_waiting"], printed[1]["is_paused"]) == (20, 0, False)
    summary = printed[-1]
    assert summary["seconds"] == 2.0
    assert [entry["path"] for entry in summary["documents"]] == ["/papers/b.pdf", "/papers/a.pdf"]
    assert {"path", "sha256", "state", "pages", "passages", "reason"} <= summary["documents"][0].keys()


def test_each_command_prints_what_is_relied_on(
    objects: Callable[..., tuple[bool, list[dict[str, Any]], str]],
) -> None:
    _, (found,), _ = objects(lambda view: view.search(replies(Evidence(1, (), False, 0.1), Found(1, PASSAGES, 0.0416))))
    assert found["seconds"] == 0.042
    assert [entry["page"] for entry in found["passages"]] == [57, 3, 1]
    _, (answer,), _ = objects(lambda view: view.ask(replies(Token(1, "The"), Answered(1, ANSWER, 5, 6))))
    assert (answer["answer"], answer["conversation"]) == (ANSWER.text, 5)
    _, documents, _ = objects(lambda view: view.documents((STUDY, NOTES)))
    assert [entry["document"] for entry in documents] == [STUDY.name, NOTES.name]
    _, (removed,), _ = objects(lambda view: view.removed(Removed(1, (STUDY,), ("Which gust?",))))
    assert (removed["removed"][0]["document"], removed["conversations"]) == (STUDY.name, ["Which gust?"])
    _, (examined,), _ = objects(lambda view: view.examined((Check("disk", "1 GB", False),)))
    assert examined == {"checks": [{"name": "disk", "value": "1 GB", "is_well": False}]}
    _, (models,), _ = objects(lambda view: view.models((STARTER,)))
    assert models["models"][0]["model"] == STARTER.model
    error = PhialError(LibraryProblem.PATH_MISSING, path="/a")
    _, (failure,), _ = objects(lambda view: view.fail(error))
    assert (failure["event"], failure["reason_kind"]) == ("error", "path_missing")


def test_how_a_follow_up_was_understood_and_where_was_looked_is_said(plain: Show) -> None:
    scope = Scope(("/papers/wind",), ("Harbour",), since="2024-01-01")
    answer = dataclasses.replace(ANSWER, understood="What was Nvidia's revenue in 2022?", scope=scope)
    _, output, _ = plain(lambda view: view.ask(replies(Answered(1, answer, 1, 2))))
    assert "Understood as: What was Nvidia's revenue in 2022?" in output
    assert "Looked in: /papers/wind, Harbour, 2024-01-01 – …" in output


def test_a_refusal_shows_what_is_nearest_and_no_answer_of_a_model(plain: Show) -> None:
    said = Sentence(text("ask_refused", "en"), supported=False)
    timings = dataclasses.replace(ANSWER.timings, prompt_tokens=0, answer_tokens=0)
    answer = dataclasses.replace(
        ANSWER, refused=True, sentences=(said,), citations=(), nearest=ANSWER.citations[:1], model="", timings=timings,
        is_stand_in=False,
    )  # fmt: skip
    _, output, _ = plain(lambda view: view.ask(replies(Answered(1, answer, 1, 1))))
    assert text("ask_nearest", "en") in output
    assert f"“{ANSWER.citations[0].quote}”" in output
    assert text("ask_citations", "en") + "\n" not in output
    assert "tokens read" not in output


def test_without_a_model_the_documents_are_quoted_and_it_is_said(plain: Show) -> None:
    answer = dataclasses.replace(ANSWER, is_quoted=True, model="", is_stand_in=False)
    _, output, _ = plain(lambda view: view.ask(replies(Answered(1, answer, 1, 1))))
    assert text("ask_no_model", "en") in output
    assert text("ask_quoted", "en") not in output
